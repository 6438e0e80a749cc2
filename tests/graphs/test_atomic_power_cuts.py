"""Every state that a power cut may leave on the disk during a save is the whole old file or the whole new one.

A model of the disk: what was written and not flushed may be there, be zeros, be half there or be missing; a rename
may or may not have happened until its folder is flushed (Pillai et al., OSDI 2014).
"""

import os
from collections.abc import Iterator
from pathlib import Path

from graphs.filing.atomic import System, write_bytes

OLD, NEW = b"old" * 3000, b"new" * 5000


class Recorder(System):
    """Carries out every call and notes those that matter for what is on the disk."""

    def __init__(self) -> None:
        self.folders: set[int] = set()
        self.events: list[tuple[str, bytes]] = []

    def open(self, path: str, flags: int, mode: int = 0o666) -> int:
        descriptor = super().open(path, flags, mode)
        if os.path.isdir(path):
            self.folders.add(descriptor)
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        written = super().write(descriptor, data[:4096])
        self.events.append(("write", bytes(data[:written])))
        return written

    def fsync(self, descriptor: int) -> None:
        super().fsync(descriptor)
        self.events.append(("flush folder" if descriptor in self.folders else "flush", b""))

    def replace(self, source: str, target: str) -> None:
        super().replace(source, target)
        self.events.append(("rename", b""))


def on_disk(events: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield everything that the target may hold when the power goes after `events`."""
    flushed, waiting = b"", b""
    renamed = certain = False
    for event, data in events:
        if event == "write":
            waiting += data
        elif event == "flush":
            flushed, waiting = flushed + waiting, b""
        elif event == "rename":
            renamed = True
        else:
            certain = renamed
    if not certain:
        yield OLD
    if renamed:
        for rest in (waiting, b"", b"\0" * len(waiting), waiting[: len(waiting) // 2], waiting[:-1] + b"\0"):
            yield flushed + rest if waiting else flushed


def save(folder: Path) -> list[tuple[str, bytes]]:
    """Return what one save over an old file does."""
    path, recorder = folder / "a.netwright", Recorder()
    path.write_bytes(OLD)
    write_bytes(path, NEW, recorder)
    return recorder.events


def test_every_state_is_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    events = save(tmp_path)
    assert b"".join(data for _, data in events) == NEW
    for length in range(len(events) + 1):
        for state in on_disk(events[:length]):
            assert state in (OLD, NEW), events[:length][-1][0]
    assert set(on_disk(events)) == {NEW}


def test_the_model_finds_a_save_that_forgets_to_flush(tmp_path: Path) -> None:
    events = save(tmp_path)
    careless = [event for event in events if event[0] != "flush"]
    assert any(state not in (OLD, NEW) for state in on_disk(careless))
    hasty = [event for event in events if event[0] != "flush folder"]
    assert OLD in set(on_disk(hasty))
