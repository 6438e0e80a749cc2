"""What the window shows of data before any training: facts of each column, samples as the network gets them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from builder.data import sources
from builder.data.binding import Binding, Use, bind
from builder.data.checks import unreadable
from builder.data.choices import DATA
from builder.data.loading import Loaded, prepare
from builder.data.splits import PARTS
from builder.data.table import IMAGE, LABEL, NUMBER, SEQUENCE, Array, Column, Table, as_labels
from graphs.errors import UserError
from graphs.parameters import Value
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.reporting import Report

BINS = 20
MOST_ROWS = 1000
LONGEST_CELL = 60


class Cancelled(Exception):
    """The preview is not wanted any more."""


@dataclass(frozen=True, eq=False, slots=True)
class Facts:
    """One column as a person wants to know it.

    shape: of a row, empty for one value. missing: rows without a value. counts: of a scalar column its classes and
    how often each comes, most frequent first, or of a number column nothing. histogram and edges: how many values lie
    between each two neighbours of `edges`, empty but for numbers.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    use: Use
    missing: int
    least: float | None = None
    most: float | None = None
    mean: float | None = None
    counts: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Preview:
    """A look at a project's data.

    rows: how many there are. samples: of the first `sampled` rows, each column's cells as text. arrays: those rows of
    each image or sequence column as the network will get them, or as they are while data and network do not fit.
    parts: rows of training, validation and test. balance: for each class of the first target its rows in each part.
    problems: what keeps training from starting. notes: rows that are left out, and why.
    """

    title: str
    rows: int
    facts: tuple[Facts, ...]
    sampled: int
    samples: Mapping[str, tuple[str, ...]]
    arrays: Mapping[str, Array]
    parts: Mapping[str, int] = field(default_factory=dict)
    balance: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def preview(
    project: Project,
    folder: Path,
    rows: int = 50,
    network: str = MAIN,
    cancelled: Callable[[], bool] = lambda: False,
    table: Table | None = None,
    drawn: Report | None = None,
) -> Preview:
    """Return a look at a project's data, with `rows` sample rows; relative paths start from `folder`.

    `cancelled` is asked between the steps. `table` is what the source holds, where it was read before, `drawn` the
    network's report if there is one already. Raises Cancelled when it says so, UserError for data that cannot be read.
    """
    choices = DATA.complete(project.data)
    table = sources.read(choices["source"], folder) if table is None else table
    _heed(cancelled)
    binding = bind(table, project, network, drawn)
    _heed(cancelled)
    loaded, unfit = _prepared(table, binding, choices)
    facts = []
    for column in table.columns:
        _heed(cancelled)
        facts.append(_facts(column, binding.uses[column.name]))
    shown = loaded.table if loaded is not None else table
    first = shown.take(np.arange(min(rows, MOST_ROWS, len(shown))))
    return Preview(
        title=table.title,
        rows=len(table),
        facts=tuple(facts),
        sampled=len(first),
        samples={column.name: _cells(column) for column in first.columns if column.scalar},
        arrays=_arrays(first, loaded),
        parts={part: len(loaded.split[part]) for part in PARTS} if loaded is not None else {},
        balance=_balance(loaded, binding) if loaded is not None else {},
        problems=(*binding.problems, *(unreadable(project, error, network) for error in unfit)),
        notes=(*table.notes, *(loaded.notes if loaded is not None else ())),
    )


def _prepared(
    table: Table, binding: Binding, choices: Mapping[str, Value]
) -> tuple[Loaded | None, tuple[UserError, ...]]:
    """Return the prepared data, or nothing and why not."""
    if binding.errors:
        return None, ()
    try:
        return prepare(table, binding, choices), ()
    except UserError as error:
        return None, (error,)


def _heed(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _facts(column: Column, use: Use) -> Facts:
    shape = column.values.shape[1:]
    missing = int(column.missing.sum())
    if column.kind == LABEL:
        totals = np.bincount(column.values[column.values >= 0], minlength=len(column.classes))
        pairs = sorted(zip(column.classes, totals.tolist(), strict=True), key=lambda pair: -pair[1])
        return Facts(column.name, column.kind, shape, use, missing, counts=tuple(pairs))
    if column.scalar and column.kind != NUMBER:
        return Facts(column.name, column.kind, shape, use, missing)
    values = column.values.astype(np.float64, copy=False).ravel()
    values = values[~np.isnan(values)]
    if not len(values):
        return Facts(column.name, column.kind, shape, use, missing)
    least, most = float(values.min()), float(values.max())
    mean, edges = float((values / len(values)).sum()), np.linspace(least / 2, most / 2, BINS + 1) * 2
    return Facts(
        column.name, column.kind, shape, use, missing, least, most, mean,
        histogram=_histogram(values, least, most), edges=tuple(edges.tolist()),
    )  # fmt: skip


def _histogram(values: Array, least: float, most: float) -> tuple[int, ...]:
    """Return how many values lie in each of BINS equal parts, however far apart or close together they are."""
    span = most / 2 - least / 2  # in halves, which are as far apart as numbers can be
    places = (values / 2 - least / 2) / span if span else np.full(len(values), 0.5)
    return tuple(np.histogram(places, BINS, (0, 1))[0].tolist())


def _cells(column: Column) -> tuple[str, ...]:
    words = column.words()
    return tuple(word if len(word) <= LONGEST_CELL else f"{word[: LONGEST_CELL - 1]}…" for word in words)


def _arrays(first: Table, loaded: Loaded | None) -> dict[str, Array]:
    """Return the sample rows of all arrays by column."""
    found = {column.name: column.values for column in first.columns if column.kind in (IMAGE, SEQUENCE)}
    for feed in loaded.preparation.inputs if loaded is not None else ():
        column = feed.encoders[0].column
        if column in found:
            found[column] = feed.encode(first)
    return found


def _balance(loaded: Loaded, binding: Binding) -> dict[str, tuple[int, int, int]]:
    """Return the rows of each class in training, validation and test, by the first target that has classes."""
    for bound in binding.targets:
        column = loaded.table[bound.columns[0]]
        if bound.end.wants not in ("class", "binary") or not column.scalar:
            continue
        labels = as_labels(column)
        codes = [labels.values[loaded.split[part]] for part in PARTS]
        counts = [np.bincount(c, minlength=len(labels.classes)).tolist() for c in codes]
        return dict(zip(labels.classes, zip(*counts, strict=True), strict=True))
    return {}
