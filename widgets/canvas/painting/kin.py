"""Marks nodes that are of one kin with the selected one, such as the other blocks of one network."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.canvas.lens import Lens
from widgets.canvas.style import CanvasStyle, dashed
from widgets.canvas.tables.node_geometry import Rect

_OFF = 4.0
_DASH = (2, 3)


def paint_kin(painter: QPainter, style: CanvasStyle, camera: Lens, rects: Iterable[Rect]) -> None:
    """Draw a dotted ring round each rect of the canvas, with a painter whose units are px of the screen."""
    painter.setPen(dashed(style.theme.text.link, 1.5, _DASH))
    painter.setBrush(style.none)
    radius = style.measures.radius_selected * camera.zoom
    for left, top, right, bottom in rects:
        rect = QRectF(camera.to_view(left, top), camera.to_view(right, bottom))
        painter.drawRoundedRect(rect.adjusted(-_OFF, -_OFF, _OFF, _OFF), radius, radius)
