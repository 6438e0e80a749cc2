"""Find what crashed windows left behind and bring it back as far as it is whole; set aside what crashes again."""

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphs import edits
from graphs.errors import FileProblem, UserError
from graphs.files import from_json
from graphs.filing.atomic import Stamp, changed
from graphs.filing.journal import SUFFIX, VERSION, lock
from graphs.filing.strict_json import parse
from graphs.project import Project

TRIES = 2
ASIDE = "set-aside"
_TRIED = ".tried"
# What a line of a later or a broken make may lead to, though its check sum fits.
BROKEN = (UserError, TypeError, ValueError, LookupError, AttributeError)


@dataclass(frozen=True)
class Entry:
    """One document that can be brought back.

    journal: its file. document: its id. title: of the project. file: where it was saved last, None for an untitled
    one. time: when the journal began, in seconds since 1970. steps: the edits in it that are whole.
    file_changed: whether the saved file is not the one that the edits were made to.
    """

    journal: Path
    document: str
    title: str
    file: Path | None
    time: float
    steps: int
    file_changed: bool

    def discard(self) -> None:
        """Remove it for good: the user said so, or the recovered project was saved."""
        self.journal.unlink(missing_ok=True)
        _tried(self.journal).unlink(missing_ok=True)

    def settle(self) -> None:
        """Say that the recovered project was shown and all went well, so the tries start from none again."""
        _tried(self.journal).unlink(missing_ok=True)


@dataclass(frozen=True)
class Recovered:
    """A project brought back: with how many `steps` since its last save, and how many were `lost` to damage."""

    project: Project
    steps: int
    lost: int


def recoverable(folder: Path) -> list[Entry]:
    """Return what can be brought back, newest first; journals of windows that are open are not among it.

    One whose recovery began twice and was never settled (so it crashed the window twice), and one whose first line is
    damaged, is moved into the folder `set-aside` and left out.
    """
    entries = []
    for journal in sorted(folder.glob(f"*{SUFFIX}")):
        if _in_use(journal):
            continue
        if _tries(journal) >= TRIES:
            _set_aside(journal)
            continue
        try:
            entries.append(_entry(journal))
        except OSError:
            continue  # gone meanwhile, or not ours to read
        except BROKEN:
            _set_aside(journal)
    return sorted(entries, key=lambda entry: -entry.time)


def set_aside(folder: Path) -> list[Path]:
    """Return the journals that were set aside because recovering them failed; they are never deleted."""
    return sorted((folder / ASIDE).glob(f"*{SUFFIX}*"))


def replay(entry: Entry) -> Recovered:
    """Return the project with every edit up to the first that is damaged or does not apply.

    Call `entry.settle()` once it was shown, `entry.discard()` once it was saved or is in a journal of its own.
    """
    tried = _tried(entry.journal)
    tried.write_text(str(_tries(entry.journal) + 1))
    lines = _lines(entry.journal)
    project = from_json(_first(entry.journal, lines)["project"], str(entry.journal))
    steps = 0
    for document in _whole(lines[1:], entry.journal):
        try:
            edits.from_json(document).apply(project)
        except BROKEN:
            break
        steps += 1
    return Recovered(project, steps, len(lines) - 1 - steps)


def _entry(journal: Path) -> Entry:
    lines = _lines(journal)
    first = _first(journal, lines)
    project = from_json(first["project"], str(journal))
    file = Path(first["file"]["path"]) if first.get("file") else None
    stamp = _stamp(first["file"].get("stamp")) if file else None
    return Entry(
        journal=journal,
        document=journal.name.removesuffix(SUFFIX),
        title=project.title,
        file=file,
        time=float(first["time"]),
        steps=sum(1 for _ in _whole(lines[1:], journal)),
        file_changed=file is not None and (stamp is None or changed(file, stamp)),
    )


def _lines(journal: Path) -> list[bytes]:
    return journal.read_bytes().rstrip(b"\n").split(b"\n")


def _first(journal: Path, lines: list[bytes]) -> dict[str, Any]:
    """Return the first line. Raises FileProblem when it is damaged or of another make."""
    first = next(_whole(lines[:1], journal), None)
    wanted = {"journal", "time", "project"}
    if not isinstance(first, dict) or not wanted <= first.keys() or first["journal"] != VERSION:
        raise FileProblem(journal, "the first line of this recovery journal is damaged; nothing can be brought back.")
    return first


def _whole(lines: list[bytes], journal: Path) -> Iterator[Any]:
    """Yield the values of the lines up to the first whose check sum does not fit."""
    for line in lines:
        digits, _, text = line.partition(b" ")
        if digits != b"%08x" % zlib.crc32(text):
            return
        yield parse(text, journal)


def _stamp(document: Any) -> Stamp | None:
    if not isinstance(document, dict):
        return None
    return Stamp(int(document["mtime_ns"]), document["size"], int(document["inode"]), document["sha256"])


def _in_use(journal: Path) -> bool:
    try:
        descriptor = os.open(journal, os.O_RDWR)
    except OSError:
        return False
    try:
        return not lock(descriptor)
    finally:
        os.close(descriptor)


def _tried(journal: Path) -> Path:
    return journal.with_suffix(_TRIED)


def _tries(journal: Path) -> int:
    try:
        return int(_tried(journal).read_text())
    except (OSError, ValueError):
        return 0


def _set_aside(journal: Path) -> None:
    """Move a journal out of the way; on a folder that cannot be written to it stays and is left out all the same."""
    aside = journal.parent / ASIDE
    try:
        aside.mkdir(exist_ok=True)
        number = len(list(aside.iterdir())) + 1
        journal.replace(aside / f"{journal.stem}-{number}{SUFFIX}")
        _tried(journal).unlink(missing_ok=True)
    except OSError:
        return
