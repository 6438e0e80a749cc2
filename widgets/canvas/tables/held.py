"""What of a drawing is in hand, and how it is painted apart: what rests, what is carried, and what joins the two."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]
_NONE: frozenset[int] = frozenset()


class Part:
    """What of a scene is painted: rows of nodes, of wires and of nodes with their labels, or with `others` all else.

    alone: labels keep clear of nothing but what is of this part.
    """

    def __init__(
        self,
        nodes: frozenset[int] = _NONE,
        wires: frozenset[int] = _NONE,
        labels: frozenset[int] = _NONE,
        *,
        others: bool = False,
        alone: bool = True,
    ) -> None:
        self._held, self._others, self.alone = nodes, others, alone
        self._nodes, self._wires, self._labels = (
            np.fromiter(rows, dtype=np.intp, count=len(rows)) for rows in (nodes, wires, labels)
        )

    def has_node(self, row: int) -> bool:
        """Tell whether a node is painted."""
        return (row in self._held) != self._others

    def nodes(self, rows: Rows) -> Rows:
        """Return those of `rows` that are painted."""
        return self._of(rows, self._nodes)

    def wires(self, rows: Rows) -> Rows:
        """Return those of `rows` that are painted."""
        return self._of(rows, self._wires)

    def labels(self, rows: Rows) -> Rows:
        """Return those of `rows` whose labels are painted."""
        return self._of(rows, self._labels)

    def _of(self, rows: Rows, own: Rows) -> Rows:
        if not len(own):
            return rows if self._others else rows[:0]
        return rows[np.isin(rows, own, invert=self._others)]


EVERYTHING = Part(others=True)


@dataclass(frozen=True)
class Held:
    """Rows of what is in hand: nodes, the wires at them, and of these the `inner` ones, which have both ends there.

    joints: the nodes at both ends of the other wires. Labels keep clear of wires, so theirs move as these wires do.
    """

    nodes: frozenset[int] = _NONE
    wires: frozenset[int] = _NONE
    inner: frozenset[int] = _NONE
    joints: frozenset[int] = _NONE

    @cached_property
    def rest(self) -> Part:
        """All that is not in hand."""
        return Part(self.nodes, self.wires, self.nodes | self.joints, others=True)

    @cached_property
    def carried(self) -> Part:
        """What looks the same wherever the hand is."""
        return Part(self.nodes, self.inner, self.nodes - self.joints)

    @cached_property
    def joining(self) -> Part:
        """What leads from the one to the other."""
        return Part(wires=self.wires - self.inner, labels=self.joints, alone=False)


NONE_HELD = Held()
