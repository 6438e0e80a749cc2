"""Keeps a look at the project's data current: read in the background, once for all that show it or depend on it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from graphs.edits import Edit, Group, Move, SetNetworkAttributes, SetSection, SetTitle
from graphs.errors import UserError
from graphs.problems import Problem
from graphs.project import Project
from widgets.document import Change, Document
from widgets.latest import Latest

if TYPE_CHECKING:
    from builder.data.previews import Preview
    from builder.data.table import Table

FIRST = 250  # ms from the moment when a project is shown, which the drawing has for itself
SETTLE = 250  # ms without an edit before the data is looked at again
LARGE = 100 * 2**20
"""Bytes of a file from which on it is read only for somebody who wants to see it."""

_UNRELATED = (Move, SetTitle, SetNetworkAttributes)


@dataclass(frozen=True, eq=False, slots=True)
class _Look:
    """What one look found. key: what was looked at. preview, table: None where that was not wanted or failed."""

    key: str = ""
    problems: tuple[Problem, ...] = ()
    table: "Table | None" = None
    preview: "Preview | None" = None
    error: UserError | None = None


class DataWatch(QObject):
    """What is known of the data now.

    changed: something differs, or work goes on. found: a look has ended. There is no preview until samples are wanted.
    A table is read again only when its source is another one, or its file has changed.
    """

    changed = Signal()
    found = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.cancelled = False
        self._wanted = False
        self._seen = _Look()
        self._key = ""  # of what was looked at last, or is being looked at
        self._latest = Latest(self)
        self._latest.finished.connect(self._take)
        self._latest.changed.connect(self.changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        document.edited.connect(self._follow)
        document.replaced.connect(self._forget)
        document.saved.connect(lambda: self._soon.start(SETTLE))  # relative paths may start from elsewhere now
        self._soon.start(FIRST)

    @property
    def preview(self) -> "Preview | None":
        """The data as far as it is there to see."""
        return self._seen.preview

    @property
    def error(self) -> UserError | None:
        """Why the data cannot be read, None where it can."""
        return self._seen.error

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the data, as far as it is known."""
        return self._seen.problems

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

    def want_samples(self) -> None:
        """Make a preview too, from now on: somebody wants to see it."""
        if not self._wanted:
            self._wanted = True
            self._soon.start(0)

    def look(self) -> None:
        """Look at the data again now."""
        self._soon.stop()
        self.cancelled = False
        project = self._document.project
        if not project.data.get("source"):
            self._latest.cancel()
            self._show(_Look())
            return
        self._key = source_key(project.data["source"], self.folder)
        # The thread works on a copy, since the drawing goes on changing; layers are not looked into, only reported.
        self._latest.start(_task(project.snapshot(), self.folder, self._key, self._seen, self._wanted))

    def look_if_due(self) -> bool:
        """Look now if that was due soon, or if the file is another than was looked at; tell whether a look goes on.

        Reading that the user has cancelled stays cancelled.
        """
        source = self._document.project.data.get("source")
        if self._soon.isActive() or (source and not self.cancelled and source_key(source, self.folder) != self._key):
            self.look()
        return self.working

    def cancel(self) -> None:
        """Stop reading; what was known before stays on show."""
        self.cancelled = True
        self._soon.stop()
        self._latest.cancel()

    def _follow(self, change: Change) -> None:
        if _concerns(change.edit):
            self._soon.start(SETTLE)
            self.changed.emit()

    def _forget(self) -> None:
        self._latest.cancel()
        self._soon.start(0 if self._wanted else FIRST)
        self._show(_Look())

    def _take(self, outcome: object) -> None:
        if isinstance(outcome, _Look):
            self._show(outcome)

    def _show(self, seen: _Look) -> None:
        self._seen = seen
        self.changed.emit()
        self.found.emit()


def _task(
    project: Project, folder: Path, key: str, known: _Look, wanted: bool
) -> Callable[[Callable[[], bool]], _Look | None]:
    def read(cancelled: Callable[[], bool]) -> _Look | None:
        # Imported in the thread: the window waits for nothing of this.
        from builder.data import sources
        from builder.data.checks import table_problems, unreadable
        from builder.data.choices import DATA
        from builder.data.previews import Cancelled, preview

        try:
            source = DATA.complete(project.data)["source"]
            table = known.table if known.key == key else None
            if table is None and not wanted and _size(source, folder) > LARGE:
                return _Look(key)
            table = sources.read(source, folder) if table is None else table
            if not wanted:
                return _Look(key, table_problems(table, project), table)
            shown = preview(project, folder, cancelled=cancelled, table=table)
            return _Look(key, shown.problems, table, shown)
        except UserError as error:
            return _Look(key, (unreadable(project, error),), error=error)
        except Cancelled:
            return None

    return read


def source_key(source: object, folder: Path) -> str:
    """Return a text that differs when a source would read something else: its choices, and its file's time and size."""
    stamp = ""
    path = _path(source, folder)
    if path is not None:
        try:
            status = path.stat()
        except OSError:
            stamp = "missing"
        else:
            stamp = f"{status.st_mtime_ns} {status.st_size}"
    return json.dumps([source, str(folder), stamp], sort_keys=True, default=str)


def _size(source: object, folder: Path) -> int:
    """Return the bytes of a source's file, 0 where there is none."""
    path = _path(source, folder)
    try:
        return path.stat().st_size if path is not None else 0
    except OSError:
        return 0


def _path(source: object, folder: Path) -> Path | None:
    path = source.get("path") if isinstance(source, dict) else None
    return folder / Path(path).expanduser() if isinstance(path, str) and path and "\0" not in path else None


def _concerns(edit: Edit) -> bool:
    """Tell whether an edit can make a difference to the data or to how it fits the network."""
    if isinstance(edit, Group):
        return any(_concerns(inner) for inner in edit.edits)
    if isinstance(edit, SetSection):
        return edit.section == "data"
    return not isinstance(edit, _UNRELATED)
