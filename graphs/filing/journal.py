"""The recovery journal: every edit since the last save, on the disk a moment after it was made.

A journal is a text file. Its first line holds the project before the first edit, whole, so that recovery depends on
no other file; each further line is one edit. A line is the CRC32 of its JSON in eight hexadecimal digits, a space
and the JSON. While its process lives a journal is locked, and the system lets go of the lock when the process dies.
"""

import json
import os
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from graphs.edits import Edit
from graphs.errors import FileProblem
from graphs.files import to_json
from graphs.filing.atomic import Stamp, changed, write_bytes
from graphs.project import Project

SUFFIX = ".journal"
VERSION = 1
FLUSH_EVERY = 1.0


class Journal:
    """The journal of one open document; `folder` is the recovery folder in the user's data, `document` its id.

    Nothing is on the disk until there is an edit that no file holds. Trouble with the disk never stops editing: the
    edits wait in memory and are written when that works again.
    """

    def __init__(self, folder: Path, document: str, clock: Callable[[], float] = time.monotonic) -> None:
        assert document.replace("-", "").isalnum(), document
        self.path = folder / f"{document}{SUFFIX}"
        self._clock = clock
        self._descriptor = -1
        self._waiting: list[bytes] = []
        self._length = 0
        self._flushed_at = clock()
        self._told = False
        self._first: dict[str, Any] | None = None
        self._begun: Project | None = None  # as it was at the start; written out when there is an edit to keep

    @property
    def started(self) -> bool:
        """Whether it has a project to record the edits of."""
        return self._first is not None

    def start(
        self, project: Project, path: str | Path | None = None, stamp: Stamp | None = None, unsaved: bool = False
    ) -> FileProblem | None:
        """Begin at `project` as it is now, drop what was recorded before.

        path and stamp: of its file, None for an untitled one. unsaved: the project itself is in no file yet (it was
        recovered or imported), so it is written at once; the trouble that may cause is returned.
        """
        self.discard()
        base = None if path is None else {"path": os.path.abspath(path), "stamp": _stamp_json(stamp)}
        self._first = {"journal": VERSION, "file": base, "time": time.time()}
        self._begun = project.snapshot()
        return self._write() if unsaved else None

    def record(self, edit: Edit) -> FileProblem | None:
        """Append one edit that was applied. Returns the trouble with the disk the first time there is some."""
        assert self.started, "a journal starts before it records"
        self._waiting.append(_record(edit.to_json()))
        return self._write()

    def flush(self) -> FileProblem | None:
        """Have everything recorded so far on the disk, safe from a power cut too."""
        return self._write(at_once=True) if self._waiting or self._descriptor >= 0 else None

    def saved(self, project: Project, path: str | Path, stamp: Stamp) -> None:
        """Begin anew after a save; what was recorded goes only when the file on the disk is the one that was saved."""
        if changed(path, stamp):
            raise FileProblem(path, "is not what was saved a moment ago; the recovery journal is kept. Save again.")
        self.start(project, path, stamp)

    def discard(self) -> None:
        """Remove the journal: the user chose not to keep the changes, or there are none."""
        if self._descriptor >= 0:
            self.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let go of the file and leave it as it is, to be recovered."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor, self._length, self._waiting = -1, 0, []
        self._first, self._begun = None, None

    def _write(self, at_once: bool = False) -> FileProblem | None:
        try:
            if self._descriptor < 0:
                self._create()
            self._append()
            if at_once or self._clock() - self._flushed_at >= FLUSH_EVERY:
                os.fsync(self._descriptor)
                self._flushed_at = self._clock()
        except FileProblem as problem:
            return self._tell_once(problem)
        except OSError as error:
            what = f"the recovery journal cannot be written ({error.strerror}); save your work to be safe."
            return self._tell_once(FileProblem(self.path, what))
        self._told = False
        return None

    def _tell_once(self, problem: FileProblem) -> FileProblem | None:
        told, self._told = self._told, True
        return None if told else problem

    def _create(self) -> None:
        assert self._first is not None
        assert self._begun is not None, "what the edits begin at is kept until it is written"
        first = _record({**self._first, "project": to_json(self._begun)})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(self.path, first)
        descriptor = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        if not lock(descriptor):
            os.close(descriptor)
            raise FileProblem(self.path, "another window is writing this recovery journal.")
        self._descriptor, self._length, self._begun = descriptor, len(first), None

    def _append(self) -> None:
        """Write the waiting lines after the last whole one; a torn one from an earlier try is written over."""
        data = b"".join(self._waiting)
        os.lseek(self._descriptor, self._length, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self._length += len(data)
        self._waiting.clear()


def lock(descriptor: int) -> bool:
    """Lock an open file until it is closed or the process dies. Returns False when another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        # A byte far behind the end, because other processes cannot read what is locked there.
        os.lseek(descriptor, 2**40, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _stamp_json(stamp: Stamp | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    # The numbers as text: times in nanoseconds and inodes are larger than JSON numbers are sure to hold.
    return {"mtime_ns": str(stamp.mtime_ns), "size": stamp.size, "inode": str(stamp.inode), "sha256": stamp.sha256}


def _record(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=True, allow_nan=False).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)
