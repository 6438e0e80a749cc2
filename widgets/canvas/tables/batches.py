"""Hands rows of numpy arrays to QPainter without making an object a row."""

from typing import cast

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

Floats = npt.NDArray[np.float64]


def draw_rects(painter: QPainter, rects: Floats) -> None:
    """Draw rows of x, y, width, height with the pen and brush of `painter`."""
    rows = np.ascontiguousarray(rects, dtype=np.float64)
    if len(rows):
        first = cast("QRectF", shiboken6.wrapInstance(rows.ctypes.data, QRectF))
        painter.drawRects(first, len(rows))


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw rows of x0, y0, x1, y1 with the pen of `painter`."""
    rows = np.ascontiguousarray(lines, dtype=np.float64)
    if len(rows):
        first = cast("QLineF", shiboken6.wrapInstance(rows.ctypes.data, QLineF))
        painter.drawLines(first, len(rows))


def draw_points(painter: QPainter, points: Floats) -> None:
    """Draw rows of x, y with the pen of `painter`."""
    rows = np.ascontiguousarray(points, dtype=np.float64)
    if len(rows):
        first = cast("QPointF", shiboken6.wrapInstance(rows.ctypes.data, QPointF))
        painter.drawPoints(first, len(rows))
