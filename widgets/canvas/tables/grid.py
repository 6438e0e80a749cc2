"""Grids of cells that tell which boxes lie about a point, or touch others, without looking at each pair."""

import math
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from widgets.canvas.tables.node_geometry import Rect

_CELL = 256.0
_FEW = 32
_MOST_CELLS = 256
_SMALLEST_CELL = 64.0
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Cells = npt.NDArray[np.int64]


class Grid:
    """Numbers of boxes by the cells that they touch."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], set[int]] = {}
        self._spans: dict[int, tuple[int, int, int, int]] = {}

    def copy(self) -> "Grid":
        """Return a grid with the same boxes."""
        found = Grid()
        found._cells = {cell: set(numbers) for cell, numbers in self._cells.items()}
        found._spans = dict(self._spans)
        return found

    def put(self, number: int, rect: Rect) -> None:
        """Place a box, anew if it is there."""
        self._span_over(number, _span(rect))

    def lay(self, numbers: Iterable[int], rects: Floats) -> None:
        """Place many boxes, a row of `rects` each."""
        spans = np.floor(rects / _CELL).astype(np.int64).tolist()
        for number, (left, top, right, bottom) in zip(numbers, spans, strict=True):
            self._span_over(number, (left, top, right, bottom))

    def _span_over(self, number: int, span: tuple[int, int, int, int]) -> None:
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


def touched(boxes: Floats, rects: Floats) -> Flags:
    """Tell which boxes touch one of the rects, rows of left, top, right, bottom; a few that only come near as well.

    Where there are many rects, cells that they cover stand for them, summed up over the plane so that each box is
    looked up at its corners (F. C. Crow, "Summed-Area Tables for Texture Mapping", SIGGRAPH 1984).
    """
    if not len(boxes) or not len(rects):
        return np.zeros(len(boxes), dtype=bool)
    if len(rects) <= _FEW:
        found = [(boxes[:, :2] < rect[2:]).all(axis=1) & (boxes[:, 2:] > rect[:2]).all(axis=1) for rect in rects]
        return np.asarray(np.any(found, axis=0), dtype=bool)
    low, high = rects[:, :2].min(axis=0), rects[:, 2:].max(axis=0)
    sides = np.maximum((high - low) / _MOST_CELLS, _SMALLEST_CELL)
    first, last = _cells_of(rects, low, sides)
    covered = np.zeros((_MOST_CELLS + 2, _MOST_CELLS + 2), dtype=np.int64)
    for sign, x, y in ((1, first, first), (-1, last + 1, first), (-1, first, last + 1), (1, last + 1, last + 1)):
        np.add.at(covered, (x[:, 0], y[:, 1]), sign)
    covered = (covered.cumsum(axis=0).cumsum(axis=1) > 0).cumsum(axis=0).cumsum(axis=1)
    sums = np.pad(covered, ((1, 0), (1, 0)))
    first, last = _cells_of(boxes, low, sides)
    (left, top), (right, bottom) = first.T, last.T + 1
    near = (boxes[:, :2] < high).all(axis=1) & (boxes[:, 2:] > low).all(axis=1)
    inside = sums[right, bottom] - sums[left, bottom] - sums[right, top] + sums[left, top]
    return np.asarray(near & (inside > 0), dtype=bool)


def _cells_of(rects: Floats, low: Floats, sides: Floats) -> tuple[Cells, Cells]:
    """Return the first and the last cell, column and row, that each rect touches, within the plane of cells."""
    first = np.clip(np.floor((rects[:, :2] - low) / sides), 0, _MOST_CELLS).astype(np.int64)
    return first, np.clip(np.floor((rects[:, 2:] - low) / sides), 0, _MOST_CELLS).astype(np.int64)
