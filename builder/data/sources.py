"""Data sources: each is declared once, with its parameters and the function that reads it."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from builder.data.table import Table
from graphs.declarations import Declaration, Registry
from graphs.errors import FileProblem, UserError
from graphs.parameters import Value

Reader: TypeAlias = Callable[[Mapping[str, Value], Path], Table]
_FAMILIES = ("bundled", "generators", "csv_source", "npz_source")


@dataclass(frozen=True, kw_only=True)
class SourceSpec(Declaration):
    """A kind of data source.

    title: its name for people. read: takes all parameters and the folder that relative paths start from, returns the
    table, raises UserError for data that cannot be read.
    """

    title: str
    read: Reader


def _load() -> None:
    for family in _FAMILIES:
        importlib.import_module(f"builder.data.{family}")


SOURCES: Registry[SourceSpec] = Registry("data source", _load)


def read(source: Mapping[str, Value] | None, folder: Path) -> Table:
    """Return the table that a project's `data.source` describes: {"kind": name, parameter: value...}.

    Raises UserError where nothing is chosen, a parameter is wrong, or the data cannot be read.
    """
    if not source or not isinstance(source.get("kind"), str):
        raise UserError(f"No data is chosen yet. Set data.source to one of: {', '.join(SOURCES.names())}.")
    spec = SOURCES.get(source["kind"])
    values = spec.complete({name: value for name, value in source.items() if name != "kind"})
    return spec.read(values, folder)


def file_bytes(path: str, folder: Path, largest: int) -> tuple[Path, bytes]:
    """Return where a source's file is and what it holds; `largest` is in bytes.

    Raises FileProblem for a file that is not named, not there, not a file, not allowed to be read, or too large.
    """
    if not path.strip():
        raise UserError("No file is chosen yet. Choose the one that holds the data (data.source.path).")
    if "\0" in path:
        raise FileProblem(repr(path), "a path holds no NUL character.")
    place = folder / Path(path).expanduser()
    try:
        if place.is_dir():
            raise FileProblem(place, "this is a folder; choose a file in it.")
        size = place.stat().st_size
        if size > largest:
            raise FileProblem(place, f"the file has {size:,} bytes; {largest:,} is the most that is read at once.")
        return place, place.read_bytes()
    except FileNotFoundError:
        raise FileProblem(place, "there is no such file. Choose it again, or move it back.") from None
    except OSError as error:
        raise FileProblem(place, f"the file cannot be read: {error.strerror or error}.") from None
