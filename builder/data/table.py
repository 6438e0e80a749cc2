"""A table: named columns of equal length, as a source reads them and before anything is prepared."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from graphs.errors import UserError
from graphs.tensors import TensorSpec

Array: TypeAlias = npt.NDArray[Any]

INPUT, TARGET, IGNORE = "input", "target", "ignore"
ROLES = (INPUT, TARGET, IGNORE)

NUMBER, LABEL, TEXT, VECTOR, SEQUENCE, IMAGE = "number", "label", "text", "vector", "sequence", "image"
MOST_CLASSES = 1000


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """One named column of N rows.

    kind and values: `number` (N,) float64 with NaN where missing; `label` (N,) int64 places in `classes`, -1 where
    missing; `text` (N,) of str, empty where missing; `vector` (N, ...) numbers of any type; `sequence` (N, T, F);
    `image` (N, C, H, W).
    role and reason: what the source proposes it is for, and why it is left out where it is.
    trouble: why the column cannot be used, as a message for the user; empty for a sound one.
    """

    name: str
    kind: str
    values: Array
    classes: tuple[str, ...] = ()
    role: str = INPUT
    reason: str = ""
    trouble: str = ""

    def __len__(self) -> int:
        return len(self.values)

    @property
    def scalar(self) -> bool:
        """Whether each row holds one number or word, which joins others to a vector."""
        return self.kind in (NUMBER, LABEL, TEXT)

    @property
    def spec(self) -> TensorSpec:
        """The spec of one row as it stands; a label is its place among the classes."""
        if self.kind in (LABEL, TEXT):
            return TensorSpec((), "int64")
        whole = self.values.dtype.kind in "iu" and self.kind == VECTOR
        return TensorSpec(self.values.shape[1:], "int64" if whole else "float32")

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Which rows hold nothing, (N,); in an array, which rows hold a number that is none."""
        if self.kind == LABEL:
            return np.asarray(self.values < 0)
        if self.kind == TEXT:
            return np.asarray(self.values == "", dtype=np.bool_)
        if self.values.dtype.kind != "f":
            return np.zeros(len(self), dtype=np.bool_)
        return np.asarray(np.isnan(self.values).reshape(len(self), -1).any(axis=1))

    def words(self) -> list[str]:
        """Return the cells of a scalar column as text, empty where missing; whole numbers have no point."""
        if self.kind == LABEL:
            return [self.classes[code] if code >= 0 else "" for code in self.values]
        if self.kind == TEXT:
            return [str(value) for value in self.values]
        return [number_text(value) for value in self.values]

    def take(self, rows: npt.NDArray[np.int64]) -> "Column":
        """Return the column of these rows."""
        return replace(self, values=self.values[rows])


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Columns of equal length, in order. `title` names the data, `notes` say what was left out in reading."""

    title: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        assert len({column.name for column in self.columns}) == len(self.columns), "two columns of one name"
        assert len({len(column) for column in self.columns}) <= 1, "columns of unequal length"

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise UserError(f"{self.title} has no column {name!r}; it has {brief_list([c.name for c in self.columns])}.")

    def take(self, rows: npt.NDArray[np.int64]) -> "Table":
        """Return the table of these rows."""
        return replace(self, columns=tuple(column.take(rows) for column in self.columns))


def number_text(value: float) -> str:
    """Return a number as a person would write it, nothing for NaN."""
    if value != value:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def brief_list(names: Sequence[str], most: int = 8) -> str:
    """Return the first names with commas between, and how many more there are."""
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def as_labels(column: Column) -> Column:
    """Return a number or text column as labels, its classes sorted: numbers by size, words by alphabet.

    Raises UserError when there are more than MOST_CLASSES of them, which is no set of classes.
    """
    if column.kind == LABEL:
        return column
    words = column.words()
    distinct = {word for word in words if word}
    if len(distinct) > MOST_CLASSES:
        raise UserError(
            f"{column.name} has {len(distinct):,} different values; classes may be {MOST_CLASSES:,} at most."
        )
    classes = tuple(sorted(distinct, key=float if column.kind == NUMBER else str))
    places = {word: place for place, word in enumerate(classes)} | {"": -1}
    codes = np.fromiter((places[word] for word in words), np.int64, len(words))
    return replace(column, kind=LABEL, values=codes, classes=classes)
