"""From a project's choices to prepared arrays: read, bind, leave out unusable rows, split, fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from builder.data import sources, splits
from builder.data.binding import Binding, bind
from builder.data.choices import DATA, DROP, SPLIT
from builder.data.encoders import ClassEncoder
from builder.data.ends import NUMBERS
from builder.data.fitting import fit
from builder.data.preparation import Preparation
from builder.data.splits import Rows, Split
from builder.data.table import Array, Table, as_labels
from graphs.errors import UserError
from graphs.parameters import Value
from graphs.project import MAIN, Project
from graphs.reporting import Report


@dataclass(frozen=True, eq=False, slots=True)
class Loaded:
    """A table bound to a network, split, and its preparation fitted.

    table: the usable rows. left_out: how many rows were not, with the reason in `notes`.
    """

    table: Table
    binding: Binding
    split: Split
    preparation: Preparation
    left_out: int
    notes: tuple[str, ...]

    def arrays(self, part: str) -> tuple[dict[str, Array], dict[str, Array]]:
        """Return inputs and targets of `training`, `validation` or `test` by node, each (N, ...).

        The target of an output that gives an input back is that input's very array.
        """
        rows = self.table.take(self.split[part])
        inputs = self.preparation.apply(rows)
        copies = {output: inputs[name] for output, name in (self.preparation.copies or {}).items()}
        return inputs, self.preparation.apply_targets(rows) | copies


def load(project: Project, folder: Path, network: str = MAIN, drawn: Report | None = None) -> Loaded:
    """Return a project's data, ready for one of its networks; relative paths start from `folder`.

    Raises UserError for data that cannot be read, that does not fit the network, or that is too little to split.
    """
    choices = DATA.complete(project.data)
    table = sources.read(choices["source"], folder)
    binding = bind(table, project, network, drawn)
    if binding.errors:
        more = f" ({len(binding.errors) - 1} more)" if len(binding.errors) > 1 else ""
        raise UserError(f"The data does not fit the network yet. {binding.errors[0].advice}{more}")
    return prepare(table, binding, choices)


def prepare(table: Table, binding: Binding, choices: Mapping[str, Value]) -> Loaded:
    """Return the bound table without unusable rows, split and fitted. Raises UserError when too few rows are left."""
    keep, notes = _usable(table, binding, choices["missing"] == DROP)
    left = table if keep.all() else table.take(np.flatnonzero(keep))
    if not len(left):
        raise UserError(f"{table.title}: no row can be used. {' '.join(notes)}".strip())
    chosen = SPLIT.complete(choices["split"])
    split = splits.split(
        len(left),
        chosen["validation"],
        chosen["test"],
        chosen["seed"],
        shuffle=chosen["shuffle"],
        classes=_classes(left, binding) if chosen["stratify"] else None,
    )
    preparation = fit(left, binding, split.training, choices)
    return Loaded(left, binding, split, preparation, len(table) - len(left), notes)


def _usable(table: Table, binding: Binding, drop: bool) -> tuple["np.typing.NDArray[np.bool_]", tuple[str, ...]]:
    """Return which rows can be used, and for each column that takes rows out, how many."""
    keep = np.ones(len(table), dtype=np.bool_)
    notes = []
    wanted = {name: "has no target" for bound in binding.targets for name in bound.columns}
    if drop:
        wanted |= {n: "is empty" for bound in binding.inputs for n in bound.columns if n not in wanted}
    for name, what in wanted.items():
        missing = table[name].missing
        if missing.any():
            number = int(missing.sum())
            notes.append(f"{number:,} row{'' if number == 1 else 's'} left out: {name} {what}.")
            keep &= ~missing
    return keep, tuple(notes)


def _classes(table: Table, binding: Binding) -> Rows | None:
    """Return the class of each row by the first output that compares with classes, None where there is none."""
    for bound in binding.targets:
        column = table[bound.columns[0]]
        if column.scalar and bound.end.wants != NUMBERS:
            return ClassEncoder(column.name, as_labels(column).classes).encode(column)
    return None
