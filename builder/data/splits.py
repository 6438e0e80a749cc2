"""Training, validation and test rows: disjoint, complete, and the same for the same seed."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from graphs.errors import UserError

Rows: TypeAlias = npt.NDArray[np.int64]
TRAINING, VALIDATION, TEST = "training", "validation", "test"
PARTS = (TRAINING, VALIDATION, TEST)


@dataclass(frozen=True, eq=False, slots=True)
class Split:
    """Row numbers of each part, ascending."""

    training: Rows
    validation: Rows
    test: Rows

    def __getitem__(self, part: str) -> Rows:
        return {TRAINING: self.training, VALIDATION: self.validation, TEST: self.test}[part]


def split(
    count: int,
    validation: float,
    test: float,
    seed: int = 0,
    *,
    shuffle: bool = True,
    classes: Rows | None = None,
) -> Split:
    """Return the parts of `count` rows; `validation` and `test` are shares of all.

    With `classes` (count,) each part has nearly the shares of them that all rows have. A part whose share is not 0
    gets a row at least. Unshuffled, the last rows are the test, those before them the validation rows.
    Raises UserError when no row would be left for training.
    """
    if validation + test >= 1:
        raise UserError(
            f"split: validation {validation:g} and test {test:g} leave nothing to train on; "
            "expected that they are below 1 together."
        )
    held = _held(count, validation), _held(count, test)
    if count - sum(held) < 1:  # both were rounded up
        held = _held(count, validation, whole=math.floor), _held(count, test, whole=math.floor)
    if count - sum(held) < 1:
        rows = "1 usable row is" if count == 1 else f"{count:,} usable rows are"
        raise UserError(f"split: {rows} too few for {1 + sum(h > 0 for h in held)} parts.")
    order = _order(count, seed, classes) if shuffle else np.arange(count)[::-1]
    last, held_out, rest = np.split(order, np.cumsum(held[::-1]))
    return Split(np.sort(rest), np.sort(held_out), np.sort(last))


def _held(count: int, share: float, *, whole: Callable[[float], int] = round) -> int:
    return max(1, whole(count * share)) if share > 0 else 0


def _order(count: int, seed: int, classes: Rows | None) -> Rows:
    """Return all rows in random order; with classes, so that each run of rows has its fair share of every class."""
    random = np.random.default_rng(seed)
    shuffled = random.permutation(count)
    if classes is None:
        return shuffled
    place = np.empty(count)
    for code in np.unique(classes):
        members = shuffled[classes[shuffled] == code]
        # The k-th of n members stands at (k + a chance) / n of the whole.
        place[members] = (np.arange(len(members)) + random.uniform()) / len(members)
    return shuffled[np.argsort(place[shuffled], kind="stable")]
