"""Draws a wire that is in hand, or waits for what it will lead to."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from widgets.canvas.lens import Lens
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.wire_geometry import CURVED, wire_path


def draw_hand_wire(
    painter: QPainter, lens: Lens, style: CanvasStyle, pen: QPen, start: QPointF, end: QPointF, flow: str
) -> None:
    """Draw from an output to an input, both given on the canvas, with a painter whose units are px of the view."""
    painter.save()
    painter.translate(lens.offset)
    painter.scale(lens.zoom, lens.zoom)
    painter.setBrush(style.none)
    painter.setPen(pen)
    painter.drawPath(wire_path((start.x(), start.y(), end.x(), end.y()), CURVED, 0.0, flow))
    painter.restore()
