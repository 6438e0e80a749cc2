"""Commands that open a dialog or another file about the drawing: pictures, replacing, comparing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from graphs.errors import UserError
from widgets.commands.command import Command
from widgets.files_flow import PROJECTS

if TYPE_CHECKING:
    from widgets.window import MainWindow


def window_commands(window: "MainWindow") -> tuple[Command, ...]:
    """Return the commands."""
    acts = _Acts(window)
    return (
        Command(
            id="file.export_picture", title="Export a picture…", run=acts.export, menu="File", group=1,
            shortcuts=("Ctrl+Shift+E",), icon="image", enabled=acts.on_canvas,
            summary="Write the drawing or the selection as SVG, PNG or PDF",
        ),
        Command(
            id="file.compare", title="Compare with a file…", run=acts.compare, menu="File", group=1, icon="compare",
            enabled=acts.on_canvas, summary="Show what was added, removed and changed since another file",
        ),
        Command(
            id="file.compare_saved", title="Compare with the last save", run=acts.compare_saved, menu="File", group=1,
            enabled=lambda: acts.on_canvas() and window.parts.document.path is not None,
        ),
        Command(
            id="edit.copy_picture", title="Copy as a picture", run=acts.copy, menu="Edit", group=1,
            shortcuts=("Ctrl+Shift+C",), enabled=acts.on_canvas,
        ),
        Command(
            id="edit.replace_parameter", title="Find and replace a parameter…", run=lambda: acts.replace("parameter"),
            menu="Edit", group=3, shortcuts=("Ctrl+H",), enabled=acts.on_canvas,
        ),
        Command(
            id="edit.replace_kind", title="Replace a kind of layer…", run=lambda: acts.replace("kind"),
            menu="Edit", group=3, shortcuts=("Ctrl+Shift+H",), enabled=acts.on_canvas, context=("node",),
        ),
    )  # fmt: skip


class _Acts:
    """What the commands do; dialogs are imported when the first is opened."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def on_canvas(self) -> bool:
        return self._window.in_project and self._window.view == "network"

    def _open(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def export(self) -> None:
        from widgets.dialogs.export_picture import ExportPictureDialog

        window, parts = self._window, self._window.parts
        told = window.toasts.show
        self._open(ExportPictureDialog(parts.document, parts.selection, parts.themes, parts.ask, told, window))

    def copy(self) -> None:
        from widgets.dialogs.export_picture import copy

        parts = self._window.parts
        copy(parts.document, parts.selection, parts.themes.theme)
        self._window.toasts.show("Copied as a picture")

    def replace(self, what: str) -> None:
        from widgets.dialogs.replacing import DIALOGS

        self._open(DIALOGS[what](self._window.parts.document, self._window.parts.selection, self._window))

    def compare(self) -> None:
        parts = self._window.parts
        folder = parts.document.path.parent if parts.document.path is not None else Path.home()
        path = parts.ask.path_to_open(self._window, "Compare with", folder, PROJECTS)
        if path is not None:
            self._compare_with(path, path.name)

    def compare_saved(self) -> None:
        path = self._window.parts.document.path
        if path is None:
            raise UserError("This project is in no file yet. Save it first.")
        self._compare_with(path, "the last save")

    def _compare_with(self, path: Path, title: str) -> None:
        read = self._window.files.read(path)
        if read is not None:
            self._window.canvas.structure.comparison.begin(read[0], title)
