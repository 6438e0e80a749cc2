"""The way of a wire through its dots: piece by piece, each straight or curved as a wire of its own would be."""

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from widgets.canvas.tables import wire_geometry
from widgets.canvas.tables.node_geometry import Point, Rect
from widgets.canvas.tables.wire_geometry import CURVED, STRAIGHT, Floats

_ALIGNED = 0.5


def pieces(points: list[Point], flow: str) -> Floats:
    """Return a way through points as rows of x0, y0, x1, y1, turned so that the network flows down."""
    rows = np.array([[*start, *end] for start, end in pairwise(points)], dtype=np.float64)
    return wire_geometry.turned(rows) if flow == "right" else rows


def lines(points: list[Point], flow: str, count: int) -> Floats:
    """Return the way as straight lines, each curve in `count` of them."""
    rows = pieces(points, flow)
    styles = _styles(rows)
    found = [wire_geometry.segments(rows[[i]], styles[[i]], np.zeros(1), count) for i in range(len(rows))]
    joined = np.concatenate(found)
    return wire_geometry.turned(joined) if flow == "right" else joined


def path(points: list[Point], flow: str) -> QPainterPath:
    """Return the way as one path."""
    rows = pieces(points, flow)
    way = QPainterPath(QPointF(*points[0]))
    for row, style, end in zip(rows, _styles(rows).tolist(), points[1:], strict=True):
        if style == CURVED:
            x0, y0, x1, y1 = row.tolist()
            handle = float(wire_geometry.reach(row[None, :])[0])
            first, second = (x0, y0 + handle), (x1, y1 - handle)
            if flow == "right":
                first, second = first[::-1], second[::-1]
            way.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
        else:
            way.lineTo(QPointF(*end))
    return way


def box(points: list[Point]) -> Rect:
    """Return the rect that holds the way: curves between points that follow one another stay between them."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _styles(rows: Floats) -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
    """Curved where a piece goes on with the flow, straight where it is in line or goes back."""
    straight = (np.abs(rows[:, 0] - rows[:, 2]) <= _ALIGNED) | (rows[:, 3] < rows[:, 1] + 1)
    return np.where(straight, STRAIGHT, CURVED).astype(np.int8)
