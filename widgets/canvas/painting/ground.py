"""The background: flat, with dots each 24 px that fade out when far."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPixmap

from widgets.canvas.lens import HALF, Lens
from widgets.canvas.style import CanvasStyle

STEP = 24.0
_DOT = 1.5
_GONE, _FULL = 0.3, 0.5
"""Zooms below which no dot is drawn, and above which all are drawn in full."""
_AHEAD = 8
"""Dots that a row has beyond the view, so that one row does while the view is moved a little."""


class Ground:
    """Keeps one row of dots at the zoom of the last frame and blits it row by row.

    Every dot lies on whole device pixels, wherever the view is: all look alike, and a view that is moved by whole
    pixels shows the same dots, moved.
    """

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style
        self._row = QPixmap()
        self._drawn: tuple[float, ...] = ()

    def paint(self, painter: QPainter, camera: Lens, size: QRectF, ratio: float, area: QRectF | None = None) -> None:
        """Fill the view, or an area of it."""
        area = size if area is None else area
        painter.fillRect(area, self._style.canvas)
        if camera.zoom <= _GONE:
            return
        step = STEP * camera.zoom
        offset = camera.offset.x() * ratio
        first = math.floor((size.left() * ratio - offset) / (step * ratio) / _AHEAD) * _AHEAD - 1
        whole = math.floor(offset)
        state = (camera.zoom, size.width(), ratio, first, round(offset - whole, 6))
        if state != self._drawn:
            self._drawn = state
            opacity = min((camera.zoom - _GONE) / (_FULL - _GONE), 1.0)
            dot = self._draw_dot(max(_DOT * camera.zoom, 1.0) * ratio, opacity)
            self._row = self._draw_row(dot, step * ratio, size.width() * ratio, first, offset - whole)
            self._row.setDevicePixelRatio(ratio)
        left, half = (whole + math.floor(first * step * ratio)) / ratio, self._row.height() // 2
        begin = math.floor((area.top() - camera.offset.y()) / step - 0.5)
        for row in range(begin, math.ceil((area.bottom() - camera.offset.y()) / step + 0.5) + 1):
            top = math.floor((camera.offset.y() + row * step) * ratio + HALF) - half
            painter.drawPixmap(QPointF(left, top / ratio), self._row)

    @staticmethod
    def _draw_row(dot: QImage, step: float, width: float, first: int, share: float) -> QPixmap:
        """Return a row from the dot `first` on, beginning at a whole pixel; all in device pixels."""
        count = math.ceil(width / step) + _AHEAD + 3
        start, dots = math.floor(first * step), _pixels(dot)
        row = np.full((dot.height(), math.ceil((count + 1) * step)), dots[0, 0])
        places = np.floor(share + np.arange(first, first + count) * step + HALF).astype(np.intp) - start
        row[:, places[:, None] + np.arange(dot.width()) - dot.width() // 2] = dots[:, None]
        image = QImage(row.data, row.shape[1], row.shape[0], row.strides[0], QImage.Format.Format_RGB32)
        return QPixmap.fromImage(image.copy())

    def _draw_dot(self, side: float, opacity: float) -> QImage:
        """Return a dot on its ground: what nothing shines through is copied to the screen several times as fast."""
        reach = math.ceil(side)
        dot = QImage(2 * reach, 2 * reach, QImage.Format.Format_RGB32)
        dot.fill(self._style.canvas.color())
        painter = QPainter(dot)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(opacity)
        painter.setPen(self._style.dot(side))
        painter.drawPoint(QPointF(reach, reach))
        painter.end()
        return dot


def _pixels(image: QImage) -> npt.NDArray[np.uint32]:
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
