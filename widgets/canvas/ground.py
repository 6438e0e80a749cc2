"""The background: flat, with dots each 24 px that fade out when far."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets.canvas.batches import draw_points
from widgets.canvas.lens import Lens
from widgets.canvas.style import CanvasStyle

STEP = 24.0
_DOT = 1.5
_GONE, _FULL = 0.3, 0.5
"""Zooms below which no dot is drawn, and above which all are drawn in full."""


class Ground:
    """Keeps one row of dots at the zoom of the last frame and blits it row by row."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style
        self._row = QPixmap()
        self._drawn = (0.0, 0.0, 0.0)

    def paint(self, painter: QPainter, camera: Lens, size: QRectF, ratio: float) -> None:
        """Fill the view."""
        painter.fillRect(size, self._style.canvas)
        if camera.zoom <= _GONE:
            return
        step = STEP * camera.zoom
        state = (camera.zoom, size.width(), ratio)
        if state != self._drawn:
            self._drawn = state
            self._row = self._draw_row(step, size.width(), camera.zoom, ratio)
        painter.setOpacity(min((camera.zoom - _GONE) / (_FULL - _GONE), 1.0))
        left = camera.offset.x() % step - step
        top = camera.offset.y() % step - self._row.height() / ratio / 2
        for row in range(math.ceil(size.height() / step) + 1):
            place = QPointF(round(left * ratio) / ratio, round((top + row * step) * ratio) / ratio)
            painter.drawPixmap(place, self._row)
        painter.setOpacity(1.0)

    def _draw_row(self, step: float, width: float, zoom: float, ratio: float) -> QPixmap:
        dot = max(_DOT * zoom, 1.0)
        height = 2 * math.ceil(dot)
        row = QPixmap(math.ceil((width + 2 * step) * ratio), math.ceil(height * ratio))
        row.setDevicePixelRatio(ratio)
        row.fill(Qt.GlobalColor.transparent)
        painter = QPainter(row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._style.dot(dot))
        count = math.ceil(width / step) + 2
        draw_points(painter, np.column_stack([np.arange(count) * step, np.full(count, height / 2)]))
        painter.end()
        return row
