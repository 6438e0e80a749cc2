"""The NumPy source: arrays by name in an `.npz` archive, the first axis of each its rows."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from builder.data import cells, roles
from builder.data.sources import SOURCES, SourceSpec, file_bytes
from builder.data.table import (
    IMAGE,
    NUMBER,
    SEQUENCE,
    VECTOR,
    Array,
    Column,
    Table,
    brief_list,
)
from graphs.errors import FileProblem
from graphs.parameters import FilePath, Text, Value

LARGEST = 2**34
BRIGHTEST = 255
_UNREADABLE = (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError)


def read_npz(values: Mapping[str, Value], folder: Path) -> Table:
    """Return the arrays of an archive as columns. Raises FileProblem that names the array."""
    path, content = file_bytes(values["path"], folder, LARGEST)
    arrays = _arrays(path, content, [name.strip() for name in values["arrays"].split(",") if name.strip()])
    (first, rows), *others = ((name, array.shape[:1]) for name, array in arrays.items())
    for name, length in others:
        if length != rows:
            raise FileProblem(
                path,
                f"{length[0]:,} rows, but array {first!r} has {rows[0]:,}. Name the arrays that belong together in "
                "the source's `arrays`.",
                f"array {name!r}",
            )
    if not rows[0]:
        raise FileProblem(path, "the arrays have no rows.", f"array {first!r}")
    columns = tuple(_column(path, name, array) for name, array in arrays.items())
    return Table(path.name, roles.propose(columns))


def _arrays(path: Path, content: bytes, wanted: list[str]) -> dict[str, Array]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise FileProblem(path, "this is no .npz archive; write one with numpy.savez(path, x=..., y=...).")
    try:
        archive = np.load(io.BytesIO(content), allow_pickle=False)
        names = list(archive.files)
    except _UNREADABLE as error:
        raise FileProblem(path, f"the archive cannot be read: {error}.") from None
    if not names:
        raise FileProblem(path, "the archive holds no arrays.")
    for name in wanted:
        if name not in names:
            raise FileProblem(path, f"there is no array {name!r}; there are: {brief_list(names)}.")
    return {name: _array(path, archive, name) for name in wanted or names}


def _array(path: Path, archive: Mapping[str, Array], name: str) -> Array:
    place = f"array {name!r}"
    try:
        array = archive[name]
    except ValueError as error:
        if "allow_pickle" in str(error):
            what = "it holds Python objects, which are not read because they could run code; save numbers or text."
            raise FileProblem(path, what, place) from None
        raise FileProblem(path, f"it cannot be read: {error}.", place) from None
    except MemoryError:
        raise FileProblem(path, "it says it is larger than the memory there is.", place) from None
    except _UNREADABLE as error:
        raise FileProblem(path, f"it cannot be read: {error}.", place) from None
    if not isinstance(array, np.ndarray) or array.ndim == 0 or array.dtype.kind not in "biufUS":
        came = f"type {array.dtype}, shape {array.shape}" if isinstance(array, np.ndarray) else "no array"
        raise FileProblem(path, f"{came}; expected numbers or text, one row along the first axis.", place)
    if array.dtype.kind == "f":
        _check_finite(path, array, place)
    return array


def _check_finite(path: Path, array: Array, place: str) -> None:
    wide = array.itemsize > np.dtype(np.float32).itemsize and array.ndim > 1
    odd = np.abs(array) > np.finfo(np.float32).max if wide else np.isinf(array)
    if not odd.any():
        return
    spot = tuple(np.argwhere(odd)[0])
    value = array[spot]
    what = "an infinite number; expected finite ones" if np.isinf(value) else f"{value:g}; expected 3.4e38 at most"
    raise FileProblem(path, f"{what}, or NaN where one is missing.", f"{place}, row {spot[0] + 1}")


def _column(path: Path, name: str, array: Array) -> Column:
    if array.ndim == 2 and array.shape[1] == 1:  # one value a row, as scikit-learn and Keras often keep targets
        array = array[:, 0]
    if array.dtype.kind in "US":
        return cells.words_column(name, _words(path, name, array))
    if array.ndim == 1:
        return Column(name, NUMBER, array.astype(np.float64))
    if array.dtype == np.uint8 and array.ndim in (3, 4):
        pictures = (array / np.float32(BRIGHTEST)).astype(np.float32)
        return Column(name, IMAGE, _channels_first(pictures[..., np.newaxis] if array.ndim == 3 else pictures))
    if array.dtype.kind == "b":
        array = array.astype(np.float32)
    if array.ndim == 4 and array.dtype.kind == "f":
        return Column(name, IMAGE, _channels_first(array))
    return Column(name, SEQUENCE if array.ndim == 3 and array.dtype.kind == "f" else VECTOR, array)


def _words(path: Path, name: str, array: Array) -> list[str]:
    if array.ndim != 1:
        raise FileProblem(path, f"text of shape {array.shape}; expected one word a row.", f"array {name!r}")
    try:
        return [str(word).strip() for word in array.astype(str)]
    except UnicodeDecodeError:
        raise FileProblem(path, "bytes that are not ASCII text; save text as str.", f"array {name!r}") from None


def _channels_first(pictures: Array) -> Array:
    """Return (N, C, H, W); channels stand last where the last axis alone has a number of channels: 1, 3 or 4."""
    last = pictures.shape[-1] in (1, 3, 4) and pictures.shape[1] not in (1, 3, 4)
    return np.ascontiguousarray(np.moveaxis(pictures, -1, 1)) if last else pictures


SOURCES.add(
    SourceSpec(
        name="npz",
        title="NumPy arrays",
        summary="Arrays by name in an .npz archive; the first axis of each is its rows.",
        parameters=(
            FilePath(name="path", suffixes=(".npz",), doc="The file."),
            Text(name="arrays", doc="Names of the arrays to read, with commas between; all when empty."),
        ),
        read=read_npz,
    )
)
