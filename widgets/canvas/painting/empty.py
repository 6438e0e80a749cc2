"""What an empty canvas says: three ways to begin."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.canvas.style import CanvasStyle

LINES = ("Type a layer's name", "Drop a file", "Start from a template")
_STEP = 24.0


def paint_empty(painter: QPainter, style: CanvasStyle, size: QRectF) -> None:
    """Write the three lines in the middle."""
    painter.setFont(style.fonts["empty"])
    painter.setPen(style.text["secondary"])
    top = size.center().y() - _STEP * len(LINES) / 2
    for place, line in enumerate(LINES):
        rect = QRectF(size.left(), top + place * _STEP, size.width(), _STEP)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, line)
