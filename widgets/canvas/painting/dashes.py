"""Strokes paths so that dashes lie along them alike whatever part of a path is on view."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen


def stroke(painter: QPainter, path: QPainterPath, pen: QPen) -> None:
    """Draw a path with a pen.

    Qt leaves out what lies beyond the edges before it cuts a line into dashes, so these would wander as it is moved.
    """
    if pen.style() == Qt.PenStyle.SolidLine:
        painter.setPen(pen)
        painter.drawPath(path)
    else:
        painter.fillPath(QPainterPathStroker(pen).createStroke(path), pen.brush())
