"""A memory-mapped ring of numbers per step: one writer that never waits, any number of readers, no loss on a crash.

The file is a header page and `capacity` slots. A slot holds the record's index, a checksum and the columns as float64.
The writer raises `claimed` before it touches a slot and `written` after it, so a reader knows which slots held still
while it copied them; the checksum decides where the machine shows the two counters out of order.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from graphs.errors import FileProblem, UserError

CAPACITY = 65536
"""Records kept before the oldest is overwritten: 6 MB with ten columns."""

_MAGIC = b"NWRING01"
_PAGE = 4096
_FIXED = struct.Struct("<8sQII")  # magic, capacity, number of columns, length of the names
_CHECK = struct.Struct("<I")
_COUNTERS = struct.Struct("=QQ")  # claimed, written
_COUNTERS_AT = _PAGE - _COUNTERS.size
_STAMP = struct.Struct("<QQ")  # index of the record, checksum
_MOST_COLUMNS = 128
_MOST_RECORDS = 1 << 24
_MOST_LOOKS = 1000


@dataclass(frozen=True)
class Layout:
    """What a ring's header says: the names of its columns, in order, and how many records it keeps."""

    columns: tuple[str, ...]
    capacity: int

    @property
    def slot(self) -> int:
        """Bytes of one record."""
        return _STAMP.size + 8 * len(self.columns)

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return _PAGE + self.capacity * self.slot

    def position(self, index: int) -> int:
        """Where the record of this index lies in the file."""
        return _PAGE + index % self.capacity * self.slot

    def header(self) -> bytes:
        """The first page of an empty ring."""
        names = json.dumps(self.columns).encode()
        body = _FIXED.pack(_MAGIC, self.capacity, len(self.columns), len(names)) + names
        page = body + _CHECK.pack(zlib.crc32(body))
        assert len(page) <= _COUNTERS_AT, "the names of the columns do not fit the header"
        return page.ljust(_PAGE, b"\0")


class Batch(NamedTuple):
    """New records as rows `[n, columns]`, the cursor for the next read, and how many were lost in between."""

    rows: NDArray[numpy.float64]
    cursor: int
    lost: int


class Writer:
    """The one writer of a ring. An existing ring with the same layout is continued, any other is replaced."""

    def __init__(self, path: Path, columns: Sequence[str], capacity: int = CAPACITY) -> None:
        assert 0 < len(set(columns)) == len(columns) <= _MOST_COLUMNS
        assert 0 < capacity <= _MOST_RECORDS
        self.layout = Layout(tuple(columns), capacity)
        self._prepare(path)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), self.layout.size)
        self._values = struct.Struct(f"<{len(columns)}d")
        # Items of such a view are stored in one move, where struct would clear and fill them byte by byte.
        self._counters = memoryview(self._map)[_COUNTERS_AT:_PAGE].cast("Q")
        self._written = self._counters[1]
        self._counters[0] = self._written

    def _prepare(self, path: Path) -> None:
        try:
            if read_layout(path) == self.layout:
                return
        except UserError:
            pass  # absent or damaged: the writer owns the file and begins it anew
        # Real zeros, not a hole: a write into a hole of a mapped file on a full disk kills the process.
        beside = path.with_name(f"{path.name}.new")
        try:
            with beside.open("wb") as file:
                file.write(self.layout.header())
                for _ in range(self.layout.capacity // 1024):
                    file.write(bytes(1024 * self.layout.slot))
                file.write(bytes(self.layout.capacity % 1024 * self.layout.slot))
            os.replace(beside, path)
        except OSError:
            beside.unlink(missing_ok=True)  # what it took of a full disk is needed to say that it is full
            raise

    @property
    def written(self) -> int:
        """Records written since the ring was made."""
        return int(self._written)

    def append(self, values: Sequence[float]) -> None:
        """Write one record, in the order of the columns."""
        index = self._written
        packed = self._values.pack(*values)
        at = self.layout.position(index)
        self._counters[0] = index + 1
        self._map[at : at + self.layout.slot] = _STAMP.pack(index, zlib.crc32(packed, index & 0xFFFFFFFF)) + packed
        self._counters[1] = self._written = index + 1

    def close(self) -> None:
        """Let go of the file."""
        self._counters.release()
        self._map.close()


class Reader:
    """Reads a ring that another process may be writing; it reads the file plainly, so that no fault can end it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.layout = read_layout(path)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.layout.columns

    def read(self, cursor: int = 0) -> Batch:
        """Records from index `cursor` on that are still there; all of them where the ring was replaced meanwhile.

        Raises FileProblem where the file is damaged or gone.
        """
        layout = read_layout(self.path)
        if layout != self.layout:
            self.layout, cursor = layout, 0
        try:
            with self.path.open("rb", buffering=0) as file:
                return self._read(file, cursor)
        except OSError as error:
            raise FileProblem(self.path, f"this metrics file cannot be read ({error.strerror}).") from error

    def _read(self, file: FileIO, cursor: int) -> Batch:
        _, written = self._counters(file)
        cursor = min(max(cursor, 0), written)
        first = max(cursor, written - self.layout.capacity)
        raw = self._copy(file, first, written)
        claimed, _ = self._counters(file)
        safe = min(max(first, claimed - self.layout.capacity), written)
        indices, rows = self._valid(raw[safe - first :], safe)
        end = written
        if len(indices) < written - safe:  # stamps that are not in sight yet are looked for again next time
            end = int(indices[-1]) + 1 if len(indices) else safe
        return Batch(rows, end, end - cursor - len(rows))

    def _counters(self, file: FileIO) -> tuple[int, int]:
        for _ in range(_MOST_LOOKS):
            claimed, written = _COUNTERS.unpack(self._bytes(file, _COUNTERS_AT, _COUNTERS.size))
            if claimed - written in (0, 1):  # otherwise they changed while they were copied
                return claimed, written
        raise FileProblem(self.path, "the counters of this metrics file are damaged; delete it to begin a new one.")

    def _bytes(self, file: FileIO, position: int, count: int) -> bytes:
        file.seek(position)
        data = file.read(count)
        if len(data) != count:
            raise FileProblem(self.path, "this metrics file was cut short; the run's epochs are in metrics.jsonl.")
        return data

    def _copy(self, file: FileIO, first: int, end: int) -> NDArray[numpy.uint8]:
        """Slots of the records first..end-1 as rows of bytes; at most two stretches of the file."""
        split = min(end, first - first % self.layout.capacity + self.layout.capacity)
        parts = [
            self._bytes(file, self.layout.position(low), (high - low) * self.layout.slot)
            for low, high in ((first, split), (split, end))
            if low < high
        ]
        return numpy.frombuffer(b"".join(parts), numpy.uint8).reshape(-1, self.layout.slot)

    def _valid(self, raw: NDArray[numpy.uint8], first: int) -> tuple[NDArray[numpy.int64], NDArray[numpy.float64]]:
        stamps = raw[:, : _STAMP.size].copy().view("<u8")
        values = raw[:, _STAMP.size :].copy()
        indices = numpy.arange(first, first + len(raw), dtype=numpy.int64)
        checksums = [zlib.crc32(row, index & 0xFFFFFFFF) for row, index in zip(values, indices.tolist(), strict=True)]
        whole = (stamps[:, 0] == indices.astype(numpy.uint64)) & (stamps[:, 1] == numpy.array(checksums, numpy.uint64))
        return indices[whole], values[whole].view("<f8").reshape(-1, len(self.layout.columns))


def read_layout(path: Path) -> Layout:
    """The layout of a ring file. Raises FileProblem where it is absent, damaged or not a ring at all."""
    try:
        with path.open("rb") as file:
            page = file.read(_PAGE)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise FileProblem(path, f"this metrics file cannot be read ({error.strerror}).") from error
    layout = _parse(page)
    if layout is None or layout.size != size:
        raise FileProblem(path, "this is no metrics ring, or a damaged one; delete it to begin a new one.")
    return layout


def _parse(page: bytes) -> Layout | None:
    if len(page) != _PAGE:
        return None
    magic, capacity, count, length = _FIXED.unpack_from(page)
    end = _FIXED.size + length
    if magic != _MAGIC or not 0 < capacity <= _MOST_RECORDS or end + _CHECK.size > _COUNTERS_AT:
        return None
    if _CHECK.unpack_from(page, end)[0] != zlib.crc32(page[:end]):
        return None
    columns = tuple(json.loads(page[_FIXED.size : end]))
    return Layout(columns, capacity) if len(columns) == count else None
