"""A grid of cells that tells which boxes lie about a point without looking at the others."""

import math
from collections.abc import Iterable, Iterator

from widgets.canvas.node_geometry import Rect

_CELL = 256.0


class Grid:
    """Numbers of boxes by the cells that they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], set[int]] = {}
        self._spans: dict[int, tuple[int, int, int, int]] = {}

    def put(self, number: int, rect: Rect) -> None:
        """Place a box, anew if it is there."""
        span = _span(rect)
        if self._spans.get(number) != span:
            self.drop(number)
            self._spans[number] = span
            for cell in _cells(span):
                self._cells.setdefault(cell, set()).add(number)

    def drop(self, number: int) -> None:
        """Forget a box."""
        span = self._spans.pop(number, None)
        for cell in _cells(span) if span is not None else ():
            held = self._cells[cell]
            held.discard(number)
            if not held:
                del self._cells[cell]

    def clear(self) -> None:
        """Forget all boxes."""
        self._cells.clear()
        self._spans.clear()

    def near(self, x: float, y: float, reach: float = 0.0) -> Iterable[int]:
        """Return the boxes of the cells within `reach` of a point: all that may be there, and some that are not."""
        span = _span((x - reach, y - reach, x + reach, y + reach))
        if span[:2] == span[2:]:
            return self._cells.get(span[:2], ())
        return set().union(*(self._cells.get(cell, ()) for cell in _cells(span)))


def _span(rect: Rect) -> tuple[int, int, int, int]:
    left, top, right, bottom = rect
    return (
        math.floor(left / _CELL),
        math.floor(top / _CELL),
        math.floor(right / _CELL),
        math.floor(bottom / _CELL),
    )


def _cells(span: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = span
    return ((column, row) for column in range(left, right + 1) for row in range(top, bottom + 1))
