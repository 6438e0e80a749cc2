"""Recovery: keeps the journal of the document on view, and brings back what a crash left in others."""

import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from builder import folders
from graphs.edits import Edit
from graphs.errors import FileProblem
from graphs.filing import recovery
from graphs.filing.atomic import Stamp
from graphs.filing.journal import FLUSH_EVERY, Journal
from graphs.filing.recovery import Entry
from widgets.document import Document

FOLDER_NAME = "recovery"


class Recovery(QObject):
    """Journals every edit of a document. troubled: a sentence about a disk that does not take the journal."""

    troubled = Signal(str)

    def __init__(self, document: Document, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder or folders.data() / FOLDER_NAME
        self.on = True
        self._kept = False  # whether the journal holds the document as it was shown
        self._document = document
        self._journal = Journal(self.folder, secrets.token_hex(8))
        self._flush = QTimer(self, singleShot=True, interval=round(FLUSH_EVERY * 1000))
        self._flush.timeout.connect(lambda: self._tell(self._journal.flush()))
        document.journal_to(self._record)
        document.replaced.connect(self._begin)
        document.file_lost.connect(self._begin)  # the journal is all that holds it now
        document.saved.connect(self.follow_save)
        if not document.blank:
            self._begin()

    def found(self) -> Sequence[Entry]:
        """Return what windows that ended unexpectedly left, newest first."""
        return recovery.recoverable(self.folder)

    def bring_back(self, entry: Entry) -> str:
        """Show a recovered project as work that is not saved; return a sentence about it."""
        recovered = recovery.replay(entry)
        self._document.replace(recovered.project, entry.file, dirty=True)
        entry.settle()
        if self._kept:
            entry.discard()  # it is in the journal of this document now
        lost = f"; {recovered.lost} more were damaged" if recovered.lost else ""
        changed = " Its file was changed since: save it under another name to keep both." if entry.file_changed else ""
        return f"{entry.title} is back with {recovered.steps} changes since it was saved{lost}.{changed}"

    def forget(self) -> None:
        """Remove the journal: its changes are saved, or were not to be kept."""
        self._flush.stop()
        self._journal.discard()

    def close(self) -> None:
        """Let go of the journal and leave it, to be brought back."""
        self._flush.stop()
        self._journal.close()

    def _begin(self) -> None:
        document = self._document
        unsaved = document.dirty and self.on
        problem = self._journal.start(document.project, document.path, _stamp(document.path), unsaved=unsaved)
        self._kept = unsaved and problem is None
        self._tell(problem)

    def follow_save(self) -> None:
        """Begin the journal anew once the file is known to hold what was saved."""
        document = self._document
        assert document.path is not None
        assert document.stamp is not None
        try:
            self._journal.saved(document.project, document.path, document.stamp)
        except FileProblem as problem:  # the file is not what was written: the journal stays
            self._tell(problem)

    def _record(self, edit: Edit) -> None:
        if not self.on:
            return
        if self._journal.started:
            self._tell(self._journal.record(edit))
        else:
            self._begin()  # with the project as the edit left it
        self._flush.start()

    def _tell(self, problem: FileProblem | None) -> None:
        if problem is not None:
            self.troubled.emit(str(problem))


def _stamp(path: Path | None) -> Stamp | None:
    try:
        found = path.stat() if path is not None else None
        data = path.read_bytes() if path is not None else b""
    except OSError:
        return None
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino, hashlib.sha256(data).hexdigest()) if found else None
