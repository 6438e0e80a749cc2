"""The commands of the Edit menu that need the document alone."""

from collections.abc import Callable

from widgets.commands.command import Command
from widgets.document import Document


def edit_commands(document: Document, in_project: Callable[[], bool]) -> tuple[Command, ...]:
    """Return undo and redo, named after what they take back or do again."""
    return (
        Command(
            id="edit.undo", title=lambda: f"Undo {document.undo_title}".strip(), run=document.undo, menu="Edit",
            shortcuts=("Ctrl+Z",), icon="undo", enabled=lambda: in_project() and document.can_undo,
        ),
        Command(
            id="edit.redo", title=lambda: f"Redo {document.redo_title}".strip(), run=document.redo, menu="Edit",
            shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo", enabled=lambda: in_project() and document.can_redo,
        ),
    )  # fmt: skip
