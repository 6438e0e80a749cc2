"""How one column becomes numbers: fitted values and the arithmetic with them, each a plain value that JSON holds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeAlias

import numpy as np

from builder.data.table import LABEL, NUMBER, Array, Column
from graphs.errors import UserError


@dataclass(frozen=True, slots=True)
class NumberEncoder:
    """A number column to (N, 1) float32: `(value - shift) / scale`, `fill` where it is missing."""

    column: str
    fill: float = 0.0
    shift: float = 0.0
    scale: float = 1.0
    kind: ClassVar[str] = "number"

    def encode(self, column: Column) -> Array:
        """Return the encoded column. Raises UserError for text."""
        if column.kind != NUMBER or column.trouble:
            word = next((word for word in column.words() if word), "nothing") if column.scalar else column.kind
            raise UserError(column.trouble or f"column {self.column!r}: got {word[:80]!r}, expected numbers.")
        values = np.where(np.isnan(column.values), self.fill, column.values)
        return ((values - self.shift) / self.scale).astype(np.float32)[:, np.newaxis]

    def restore(self, values: Array) -> Array:
        """Return encoded numbers in the column's own unit."""
        return np.asarray(values) * self.scale + self.shift


@dataclass(frozen=True, slots=True)
class CategoryEncoder:
    """A column of classes to (N, K) float32, one number a class, or with `index` to (N, 1) int64, its place.

    seen: whether the training rows have the class; one that they lack encodes as all zeros, like one not in the list.
    fill: the place that a missing value takes.
    """

    column: str
    classes: tuple[str, ...]
    seen: tuple[bool, ...]
    fill: int = 0
    index: bool = False
    kind: ClassVar[str] = "category"

    def encode(self, column: Column) -> Array:
        """Return the encoded column. Raises UserError for a class not in the list where its place is asked for."""
        codes = np.where(column.missing, self.fill, places(column, self.classes))
        if self.index:
            refuse_unknown(column, codes, self.classes)
            return codes[:, np.newaxis]
        rows = np.zeros((len(codes), len(self.classes)), np.float32)
        known = np.flatnonzero((codes >= 0) & np.array((*self.seen, False))[codes])
        rows[known, codes[known]] = 1.0
        return rows


@dataclass(frozen=True, slots=True)
class ClassEncoder:
    """A target column of classes to (N,) int64, the place of each among `classes`."""

    column: str
    classes: tuple[str, ...]
    kind: ClassVar[str] = "class"

    def encode(self, column: Column) -> Array:
        """Return the encoded column. Raises UserError for a missing or an unknown class."""
        codes = places(column, self.classes)
        refuse_unknown(column, codes, self.classes)
        return codes


@dataclass(frozen=True, slots=True)
class ArrayEncoder:
    """An array column (N, ...) to float32 of the same shape: `(value - shift) / scale`, `shift` where it is missing.

    shift and scale: one number for all, or one for each place along `axis` of a row.
    """

    column: str
    shape: tuple[int, ...]
    shift: tuple[float, ...] = (0.0,)
    scale: tuple[float, ...] = (1.0,)
    axis: int = 0
    kind: ClassVar[str] = "array"

    def encode(self, column: Column) -> Array:
        """Return the encoded column. Raises UserError for rows of another shape."""
        if column.values.shape[1:] != self.shape:
            came = "x".join(map(str, column.values.shape[1:])) or column.kind
            raise UserError(f"{column.name}: got {came} in a row, expected {'x'.join(map(str, self.shape))}.")
        shift, scale = self._spread(self.shift), self._spread(self.scale)
        values = column.values.astype(np.float32, copy=False)
        if np.isnan(values).any():
            values = np.where(np.isnan(values), shift, values)
        return np.asarray((values - shift) / scale, np.float32)

    def restore(self, values: Array) -> Array:
        """Return encoded numbers in the column's own unit."""
        return np.asarray(values) * self._spread(self.scale) + self._spread(self.shift)

    def _spread(self, numbers: tuple[float, ...]) -> Array:
        """Return the numbers in a shape that broadcasts over rows."""
        lengths = [1] * len(self.shape)
        if len(numbers) > 1:
            lengths[self.axis] = len(numbers)
        return np.array(numbers, np.float32).reshape(lengths or [1])


@dataclass(frozen=True, slots=True)
class IndexEncoder:
    """An array column of whole numbers (N, ...) to int64 as it stands, such as the places of words in a list."""

    column: str
    shape: tuple[int, ...]
    kind: ClassVar[str] = "index"

    def encode(self, column: Column) -> Array:
        """Return the encoded column. Raises UserError for numbers that are not whole."""
        if column.values.shape[1:] != self.shape or not np.array_equal(column.values, np.round(column.values)):
            raise UserError(f"{column.name}: expected whole numbers, {'x'.join(map(str, self.shape)) or 'one'} a row.")
        return column.values.astype(np.int64)


Encoder: TypeAlias = NumberEncoder | CategoryEncoder | ClassEncoder | ArrayEncoder | IndexEncoder
_KINDS: Mapping[str, type[Encoder]] = {
    kind.kind: kind for kind in (NumberEncoder, CategoryEncoder, ClassEncoder, ArrayEncoder, IndexEncoder)
}


def to_json(encoder: Encoder) -> dict[str, Any]:
    """Return the encoder as a JSON object."""
    return {"kind": encoder.kind, **asdict(encoder)}


def from_json(document: Any) -> Encoder:
    """Return the encoder that a JSON object describes. Raises UserError for anything else."""
    try:
        kind = _KINDS[document["kind"]]
        values = {name: value for name, value in document.items() if name != "kind"}
        fields: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in values.items()}
        encoder = kind(**fields)
        _check(encoder)
    except (KeyError, TypeError, ValueError):
        raise UserError(f"This is no preparation of a column: {str(document)[:120]}") from None
    return encoder


def _check(encoder: Encoder) -> None:
    if not isinstance(encoder.column, str):
        raise TypeError
    if isinstance(encoder, NumberEncoder | ArrayEncoder):
        numbers = np.array([*np.ravel(encoder.shift), *np.ravel(encoder.scale)], dtype=np.float64)
        if not np.isfinite(numbers).all() or not np.all(encoder.scale):
            raise ValueError
    if isinstance(encoder, CategoryEncoder | ClassEncoder) and not all(isinstance(c, str) for c in encoder.classes):
        raise TypeError
    if isinstance(encoder, CategoryEncoder) and not len(encoder.seen) == len(encoder.classes) > encoder.fill >= 0:
        raise ValueError


def places(column: Column, classes: tuple[str, ...]) -> Array:
    """Return the place of each cell among `classes` (N,), -1 where it is missing or another."""
    known = {name: place for place, name in enumerate(classes)}
    if column.kind == LABEL:  # through the few classes, not the many rows
        table = np.array([*(known.get(name, -1) for name in column.classes), -1], np.int64)
        return np.asarray(table[column.values])
    words = column.words() if column.scalar else []
    return np.fromiter((known.get(word, -1) for word in words), np.int64, len(words))


def refuse_unknown(column: Column, codes: Array, classes: tuple[str, ...]) -> None:
    """Raise UserError that names the first row whose class is not among `classes`."""
    wrong = np.flatnonzero(codes < 0)
    if len(wrong):
        word = column.words()[wrong[0]] or "nothing"
        near = ", ".join(classes[:8]) + ("..." if len(classes) > 8 else "")
        raise UserError(f"row {wrong[0] + 1}, column {column.name!r}: got {word[:80]!r}, expected one of {near}.")
