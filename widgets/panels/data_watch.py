"""Keeps a look at the project's data current: read in the background, once for all panels that show it."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from builder.data import sources
from builder.data.choices import DATA
from builder.data.previews import Cancelled, Preview, preview
from builder.data.table import Table
from graphs.edits import Edit, Group, Move, SetNetworkAttributes, SetSection, SetTitle
from graphs.errors import UserError
from graphs.problems import Problem
from graphs.project import MAIN, Project
from widgets.document import Change, Document
from widgets.latest import Latest

SETTLE = 250  # ms without an edit before the data is looked at again
_UNRELATED = (Move, SetTitle, SetNetworkAttributes)


class DataWatch(QObject):
    """What is known of the data now.

    preview: None while there is none. error: why the data cannot be shown. changed: either differs, or work goes on.
    A table is read again only when its source is another one, or its file has changed.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.preview: Preview | None = None
        self.error: UserError | None = None
        self.cancelled = False
        self._table: tuple[str, Table] | None = None
        self._latest = Latest(self)
        self._latest.finished.connect(self._take)
        self._latest.changed.connect(self.changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.look)
        document.edited.connect(self._follow)
        document.replaced.connect(self._forget)
        document.saved.connect(lambda: self._soon.start())  # relative paths may start from elsewhere now
        self._soon.start(0)

    @property
    def folder(self) -> Path:
        """Where relative paths start from."""
        return self._document.path.parent if self._document.path is not None else Path.home()

    @property
    def working(self) -> bool:
        """Whether the data is being read, or soon will be."""
        return self._latest.working or self._soon.isActive()

    @property
    def seconds(self) -> float:
        """For how long the data has been being read."""
        return self._latest.seconds

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the data, as far as it is known."""
        if self.error is not None:
            return (Problem("data-source", "error", MAIN, "", f"cannot be used: {self.error}", name="data"),)
        return self.preview.problems if self.preview is not None else ()

    def look(self) -> None:
        """Look at the data again now."""
        self.cancelled = False
        project = self._document.project
        if not project.data.get("source"):
            self._latest.cancel()
            self._table = None
            self._show(None, None)
            return
        # The thread works on a copy, since the drawing goes on changing; layers are not looked into, only reported.
        self._latest.start(_task(project.snapshot(), self.folder, self._table))

    def cancel(self) -> None:
        """Stop reading; what was known before stays on show."""
        self.cancelled = True
        self._soon.stop()
        self._latest.cancel()

    def _follow(self, change: Change) -> None:
        if _concerns(change.edit):
            self._soon.start()
            self.changed.emit()

    def _forget(self) -> None:
        self._table = None
        self._show(None, None)
        self._soon.start(0)

    def _take(self, outcome: object) -> None:
        if isinstance(outcome, UserError):
            self._show(None, outcome)
        elif isinstance(outcome, tuple):
            shown, self._table = outcome
            self._show(shown, None)

    def _show(self, shown: Preview | None, error: UserError | None) -> None:
        self.preview, self.error = shown, error
        self.changed.emit()


Read = tuple[Preview, tuple[str, Table]]


def _task(
    project: Project, folder: Path, known: tuple[str, Table] | None
) -> Callable[[Callable[[], bool]], Read | None]:
    def read(cancelled: Callable[[], bool]) -> Read | None:
        source = DATA.complete(project.data)["source"]
        key = source_key(source, folder)
        table = known[1] if known is not None and known[0] == key else sources.read(source, folder)
        try:
            return preview(project, folder, cancelled=cancelled, table=table), (key, table)
        except Cancelled:
            return None

    return read


def source_key(source: object, folder: Path) -> str:
    """Return a text that differs when a source would read something else: its choices, and its file's time and size."""
    stamp = ""
    path = source.get("path") if isinstance(source, dict) else None
    if isinstance(path, str) and path and "\0" not in path:
        try:
            status = (folder / Path(path).expanduser()).stat()
        except OSError:
            stamp = "missing"
        else:
            stamp = f"{status.st_mtime_ns} {status.st_size}"
    return json.dumps([source, str(folder), stamp], sort_keys=True, default=str)


def _concerns(edit: Edit) -> bool:
    """Tell whether an edit can make a difference to the data or to how it fits the network."""
    if isinstance(edit, Group):
        return any(_concerns(inner) for inner in edit.edits)
    if isinstance(edit, SetSection):
        return edit.section == "data"
    return not isinstance(edit, _UNRELATED)
