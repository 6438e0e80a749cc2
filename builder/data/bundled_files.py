"""scikit-learn's data files, read as they lie there: importing the library for them takes longer than a short run."""

import gzip
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from builder.data.table import Array
from graphs.errors import FileProblem, UserError

_REMEDY = "Install scikit-learn again: python -m pip install --force-reinstall scikit-learn"


class Rows(NamedTuple):
    """The numbers of a file (N, columns), its last column apart, and the classes that the file names."""

    features: Array
    target: Array
    classes: tuple[str, ...]


def rows(name: str) -> Rows:
    """Read a file whose first line counts rows and columns and names classes. Raises UserError as `numbers` does."""
    head, _, body = _text(name).partition("\n")
    count, *rest = head.split(",")
    values = _parsed(name, body.splitlines(), ",")
    if str(len(values)) != count:
        raise FileProblem(_folder() / name, f"the file is damaged: {len(values)} rows of {count}. {_REMEDY}")
    return Rows(values[:, :-1], values[:, -1], tuple(rest[1:]))


def numbers(name: str, delimiter: str | None = None) -> Array:
    """Read a file of numbers alone, by default between blanks. Raises UserError where it is not there or damaged."""
    return _parsed(name, _text(name).splitlines(), delimiter)


def _parsed(name: str, lines: list[str], delimiter: str | None) -> Array:
    try:
        return np.loadtxt(lines, delimiter=delimiter)
    except ValueError as error:
        raise FileProblem(_folder() / name, f"the file is damaged: {error}. {_REMEDY}") from None


def _text(name: str) -> str:
    path = _folder() / name
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise FileProblem(path, f"the file cannot be read: {error}. {_REMEDY}") from None


def _folder() -> Path:
    """Where the files are; finding a package, unlike its modules, does not import it."""
    spec = find_spec("sklearn")
    if spec is None or not spec.submodule_search_locations:
        raise UserError(f"scikit-learn, which brings this data, is not installed. {_REMEDY}")
    return Path(spec.submodule_search_locations[0], "datasets", "data")
