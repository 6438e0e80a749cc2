"""What happens to a file that is dropped on the window: a project opens, data is taken into the project."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDropEvent

from graphs.errors import UserError
from graphs.files import SUFFIX

if TYPE_CHECKING:
    from widgets.window import MainWindow


def dropped(event: QDropEvent) -> Path | None:
    """Return the file that is being dragged: of several the project, else the first; None where there is no file."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix == SUFFIX), next(iter(paths), None))


def take_in(window: "MainWindow", path: Path) -> None:
    """Open a project; show the data in any other file as that of the project, of a new one on the start page.

    Raises UserError for a file that is neither.
    """
    if path.suffix == SUFFIX:
        window.files.open(path)
        return
    # Imported at the first drop: the window does not wait for the readers of data.
    from widgets.panels.data_edits import DataEdits, data_suffixes, source_of
    from widgets.panels.steps import Steps

    kind = source_of(path)
    if not kind:
        known = ", ".join((SUFFIX, *data_suffixes()))
        raise UserError(f"{path.name} is neither a project nor data that can be read here. Those end in {known}.")
    if not window.in_project and not window.files.new():
        return
    DataEdits(Steps(window.parts.document)).choose_source(kind, str(path))
    window.show_view("data")
