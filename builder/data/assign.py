"""Deals out a table's columns among the ends of a network: as chosen, by name, and else by what fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from builder.data.ends import BINARY, CLASS, End
from builder.data.table import LABEL, MOST_CLASSES, NUMBER, TEXT, Column

MOST_GUESSED_CLASSES = 100


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of the network and the columns that feed it, in the table's order; none where nothing fits."""

    end: End
    columns: tuple[str, ...] = ()


def feed_inputs(
    inputs: Sequence[End], columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[tuple[Bound, ...], list[str]]:
    """Return the columns of each input, and the names of those left over. `chosen` maps columns to nodes' names.

    Columns of one value a row go to an input together, an array has one to itself.
    """
    fed, free = _as_chosen(inputs, columns, chosen)
    for end in inputs:
        if end.name not in fed:
            fed[end.name] = taken = _fitting_input(end, free, last=len(fed) == len(inputs) - 1)
            free = [column for column in free if column.name not in taken]
    return tuple(Bound(end, fed[end.name]) for end in inputs), [column.name for column in free]


def feed_targets(
    outputs: Sequence[End], columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[tuple[Bound, ...], list[str]]:
    """Return the columns of each output's target, and the names of those left over.

    The only target of a table serves all outputs that want one, as auxiliary classifiers do.
    """
    asked = {end.column: end.name for end in outputs if end.column}
    fed, free = _as_chosen(outputs, columns, {**asked, **chosen})
    only = columns[0] if len(columns) == 1 else None
    for end in outputs:
        if end.name not in fed:
            # An output that names its column takes that or none.
            taken = () if end.column else _fitting_target(end, free, last=len(fed) == len(outputs) - 1)
            fed[end.name] = taken or ((only.name,) if only is not None and not end.column else ())
            free = [column for column in free if column.name not in taken]
    return tuple(Bound(end, fed[end.name]) for end in outputs), [column.name for column in free]


def _as_chosen(
    where: Sequence[End], columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], list[Column]]:
    """Return what is settled by choice, or by a column with an end's own name, and the columns still free."""
    names = {end.name for end in where}
    fed: dict[str, tuple[str, ...]] = {}
    free = []
    for column in columns:
        node = chosen.get(column.name, "")
        node = node or (column.name if column.name in names and (len(names) > 1 or not column.scalar) else "")
        if node in names:
            fed[node] = (*fed.get(node, ()), column.name)
        else:
            free.append(column)
    return fed, free


def _fitting_input(end: End, free: Sequence[Column], last: bool) -> tuple[str, ...]:
    """Return the columns for an input: an array of its rank, or else all single values; `last` takes what there is."""
    arrays = [column for column in free if not column.scalar]
    scalars = tuple(column.name for column in free if column.scalar)
    rank = None if end.spec is None else end.spec.rank
    same = [column.name for column in arrays if column.spec.rank == rank]
    if same and not (rank == 1 and scalars):
        return (same[0],)
    if scalars and (rank in (None, 0, 1) or (last and not arrays)):
        return scalars
    return tuple((same or [column.name for column in arrays])[:1]) if last else ()


def _fitting_target(end: End, free: Sequence[Column], last: bool) -> tuple[str, ...]:
    """Return the columns for an output: the first that suits it; `last` takes several numbers, or what there is."""
    fit = [column for column in free if suits(column, end.wants)]
    several = fit and last and end.wants != CLASS and all(column.scalar for column in fit)
    if several:
        return tuple(column.name for column in fit)
    return (fit[0].name,) if fit else (free[0].name,) if free and last else ()


def suits(column: Column, wants: str) -> bool:
    """Tell whether a column can be the target of an output that compares with classes, yes or no, or numbers."""
    if wants in (CLASS, BINARY):
        most = 2 if wants == BINARY else MOST_GUESSED_CLASSES
        return count_classes(column) <= most if column.scalar else column.spec.dtype == "int64"
    return column.kind not in (LABEL, TEXT)


def count_classes(column: Column) -> int:
    """Return how many different values a column of one value a row has; a fraction makes it too many for classes."""
    if column.kind == LABEL:
        return len(column.classes)
    if column.kind == NUMBER:
        values = np.unique(column.values[~column.missing])
        return len(values) + (0 if (values == np.round(values)).all() else MOST_CLASSES)
    return len(set(column.words()) - {""})
