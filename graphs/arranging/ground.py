"""The ground that nodes take up, and how far a picture has to step aside to find room on it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_STRIP = 512.0


class Box(NamedTuple):
    """What a node covers: across and along the flow, px."""

    left: float
    right: float
    start: float
    end: float


class Ground:
    """Boxes that others have to keep off."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._strips: dict[int, list[Box]] = defaultdict(list)
        for box in boxes:
            self.take(box)

    def take(self, box: Box) -> None:
        """Cover one box more."""
        for strip in _strips(box, 0.0):
            self._strips[strip].append(box)

    def near(self, box: Box, along: float) -> Iterator[Box]:
        """Yield the boxes in the same stretch along the flow, to within `along` px."""
        for strip in _strips(box, along):
            for other in self._strips.get(strip, ()):
                if other.start < box.end + along and other.end > box.start - along:
                    yield other

    def step_aside(self, boxes: Iterable[Box], across: float, along: float, grid: float) -> float:
        """Return the least step across, in steps of `grid`, that takes all `boxes` off what is covered.

        across, along: the px to keep off it.
        """
        barred: list[tuple[float, float]] = []
        for box in boxes:
            for other in self.near(box, along):
                low = math.floor((other.left - across - box.right) / grid + 1e-9) * grid
                high = math.ceil((other.right + across - box.left) / grid - 1e-9) * grid
                barred.append((low, high))
        return _nearest_free(sorted(set(barred)))


def _strips(box: Box, along: float) -> range:
    return range(int((box.start - along) // _STRIP), int((box.end + along) // _STRIP) + 1)


def _nearest_free(barred: list[tuple[float, float]]) -> float:
    """Return the number nearest 0 that lies in none of the open intervals, which are sorted."""
    merged: list[list[float]] = []
    for low, high in barred:
        if merged and low < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], high)
        else:
            merged.append([low, high])
    around = next(((low, high) for low, high in merged if low < 0 < high), None)
    if around is None:
        return 0.0
    return float(around[1] if around[1] <= -around[0] else around[0])
