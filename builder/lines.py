"""Files of JSON lines that one process appends to while others read them."""

import json
import os
from pathlib import Path


def append(path: Path, document: object) -> None:
    """Add one line in a single write, on a line of its own even where an earlier writer died in the middle of one.

    Raises OSError (a full disk, a folder that is gone); a part of the line may then be in the file, and is passed
    over by readers.
    """
    line = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o644)
    try:
        if _torn(descriptor):
            line = b"\n" + line
        while line:
            line = line[os.write(descriptor, line) :]
    finally:
        os.close(descriptor)


def _torn(descriptor: int) -> bool:
    if os.fstat(descriptor).st_size == 0:
        return False
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1) != b"\n"


class Tail:
    """Complete lines that were added to a file since the last look, from byte `offset` on; none while it is absent."""

    def __init__(self, path: Path, offset: int = 0) -> None:
        self.path = path
        self.damaged = 0
        """How many lines were no JSON object and were passed over."""
        self._offset = offset

    def read(self) -> list[dict[str, object]]:
        """New lines, oldest first; a last line without its end is left for the next look."""
        try:
            size = self.path.stat().st_size
            if size == self._offset:
                return []
            if size < self._offset:  # the file was begun anew
                self._offset = 0
            with self.path.open("rb") as file:
                file.seek(self._offset)
                data = file.read(size - self._offset)
        except FileNotFoundError:
            self._offset = 0
            return []
        complete = data[: data.rfind(b"\n") + 1]
        self._offset += len(complete)
        return [document for line in complete.splitlines() if (document := self._parse(line)) is not None]

    def _parse(self, line: bytes) -> dict[str, object] | None:
        if not line.strip():
            return None
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            document = None
        if isinstance(document, dict):
            return document
        self.damaged += 1
        return None
