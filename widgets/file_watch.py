"""Notices that the file of a document was changed by somebody else."""

import os
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from widgets.document import Document

PATIENCE = 400
"""Milliseconds without a file before it counts as gone: some programs save by removing the old file first."""

_State = tuple[int, int, int] | None


class FileWatch(QObject):
    """Follows the file of a document, whatever program replaces it.

    The folder is watched as well as the file: most programs save by putting a new file in place of the old.
    changed: it holds something else now. lost: it is gone.
    """

    changed = Signal()
    lost = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._known: _State = None
        self._absent = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.look)
        self._watcher.directoryChanged.connect(self.look)
        self._gone = QTimer(self, singleShot=True, interval=PATIENCE)
        self._gone.timeout.connect(self._settle)
        document.replaced.connect(self._follow)
        document.saved.connect(self._follow)
        self._follow()

    def look(self, *_: object) -> None:
        """Compare the file with what it was when it was read or written last; tell once of each change."""
        if self._document.held:  # it is being written or read from here, and followed anew after that
            return
        path = self._document.path
        found = _state(path)
        if found is None:
            if self._known is not None and not self._absent:
                self._gone.start()
            return
        self._absent = False
        if found != self._known:
            self._known = found
            self._watcher.addPath(str(path))
            self.changed.emit()

    def _settle(self) -> None:
        """Tell that the file is gone, unless it has come back."""
        if _state(self._document.path) is None:
            self._absent = True
            self.lost.emit()
        else:
            self.look()

    def _follow(self) -> None:
        self._gone.stop()
        self._absent = False
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        path = self._document.path
        self._known = _state(path)
        if path is not None and self._known is not None:
            self._watcher.addPaths([str(path), str(path.parent)])


def _state(path: Path | None) -> _State:
    try:
        found = os.stat(path) if path is not None else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else None
