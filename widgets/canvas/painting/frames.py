"""Paints frames: surface and border behind the wires, title and count so that they can be read at any zoom."""

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from graphs.annotations import Frame
from graphs.framing import MARGIN
from widgets.canvas.lens import Lens
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle, cosmetic, with_alpha
from widgets.canvas.tables.board import FRAMES, HEAD, Board
from widgets.theme import Theme

_TITLE = 13.0
_READABLE = 9.0
_LEFT, _BASELINE = 12.0, 23.0
_COLOUR_BAR = (3.0, 16.0)
_LEAST_ROOM = 40.0
_LEAST_CLEAR = 88.0
"""Room before a wire for which a title is made shorter, px at 100 %."""


class FramePainter:
    """Paints with painters whose units are px of the screen."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style

    def paint_behind(self, painter: QPainter, board: Board, camera: Lens, view: QRectF, standing: Standing) -> None:
        """Paint the open frames in a part of the view; their titles too, while these scale with the drawing."""
        look = FrameLook(self._style.theme, camera.zoom)
        for frame, rect in _seen(board, camera, view, collapsed=False):
            self._body(painter, look, frame, rect, standing)
            if not look.far:
                clear = board.clear_head(frame.id) * camera.zoom
                look.title(painter, frame, rect, board.counts.get(frame.id, 0), clear)

    def paint_over(self, painter: QPainter, board: Board, camera: Lens, view: QRectF, standing: Standing) -> None:
        """Paint collapsed frames, and titles that keep their size on the screen."""
        look = FrameLook(self._style.theme, camera.zoom)
        for frame, rect in _seen(board, camera, view, collapsed=True):
            self._body(painter, look, frame, rect, standing)
            look.title(painter, frame, rect, board.counts.get(frame.id, 0))
        for frame, rect in _seen(board, camera, view, collapsed=False) if look.far else ():
            look.title(painter, frame, rect, board.counts.get(frame.id, 0))

    def _body(self, painter: QPainter, look: "FrameLook", frame: Frame, rect: QRectF, standing: Standing) -> None:
        look.body(painter, frame, rect)
        if (FRAMES, frame.id) in standing.annotations:
            painter.setBrush(self._style.none)
            painter.setPen(self._style.selection)
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 8, 8)


def _seen(board: Board, camera: Lens, view: QRectF, *, collapsed: bool) -> Iterator[tuple[Frame, QRectF]]:
    """Yield the frames in a part of the view, and where they are in it."""
    for kind, id_ in board.shown():
        if kind == FRAMES and (frame := board.frames[id_]).collapsed == collapsed:
            rect = board.on_screen((kind, id_), camera)
            if rect.adjusted(-8, -20, 8, 8).intersects(view):  # with ring and title
                yield frame, rect


class FrameLook:
    """Draws a frame in a theme at a zoom, with painters whose units are px of the screen."""

    def __init__(self, theme: Theme, zoom: float) -> None:
        self._theme = theme
        self._zoom = zoom

    @property
    def far(self) -> bool:
        """Whether titles keep their size, as they would be too small to read."""
        return self._zoom * _TITLE < _READABLE

    def body(self, painter: QPainter, frame: Frame, rect: QRectF) -> None:
        """Draw the surface and its border, and what lies under a frame that is collapsed."""
        theme, zoom = self._theme, self._zoom
        radius = theme.measures.radius.frame * min(zoom, 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(cosmetic(theme.border.strong if frame.collapsed else theme.border.subtle, 1.0))
        if frame.collapsed:
            under = rect.adjusted(6 * zoom, 8 * zoom, -6 * zoom, 5 * zoom)
            painter.setBrush(theme.surface.raised)
            painter.drawRoundedRect(under, radius, radius)
        painter.setBrush(theme.surface.raised if frame.collapsed else theme.surface.frame)
        painter.drawRoundedRect(rect, radius, radius)
        if frame.colour:
            painter.setBrush(with_alpha(QColor(frame.colour), 0.08))
            painter.drawRoundedRect(rect, radius, radius)

    def title(self, painter: QPainter, frame: Frame, rect: QRectF, count: int, clear: float = math.inf) -> None:
        """Write title and count; the count goes first, then the title elides, and under 40 px of room it is gone.

        clear: how far from the left edge no wire crosses the title, which ends there if that leaves it some room.
        """
        zoom, theme = self._zoom, self._theme
        scale = 1.0 if self.far else zoom
        room = rect.width() - 2 * _LEFT * scale
        if room < _LEAST_ROOM:
            return
        font = _sized(theme.font("control", "semibold"), scale)
        metrics = QFontMetricsF(font)
        room_for_title = (HEAD + MARGIN) * zoom
        above = self.far and room_for_title < _TITLE and not frame.collapsed
        middle = rect.top() + (min(room_for_title / 2, 12.0) if self.far else (_BASELINE - 5) * scale)
        if above:
            middle = rect.top() - 9
        if frame.collapsed:
            middle = rect.center().y()
        left = rect.left() + (4.0 if above else _LEFT * scale)
        if frame.colour:
            bar = QRectF(left, middle - _COLOUR_BAR[1] * scale / 2, _COLOUR_BAR[0] * scale, _COLOUR_BAR[1] * scale)
            painter.fillRect(bar, QColor(frame.colour))
            left += (_COLOUR_BAR[0] + 6) * scale
        end = QPointF(rect.right() - _LEFT * scale, middle + (metrics.ascent() - metrics.descent()) / 2)
        title = frame.title or "Frame"
        if not self.far:
            if _LEAST_CLEAR * scale <= clear < rect.width():
                title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, rect.left() + clear - left - 8 * scale)
            end.setX(self._count(painter, count, end, end.x() - left - metrics.horizontalAdvance(title)))
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, end.x() - left)
        if above:  # it lies over whatever stands there
            plate = QRectF(left - 2, middle - 8, metrics.horizontalAdvance(text) + 4, 16)
            painter.fillRect(plate, with_alpha(theme.surface.canvas, 0.8))
        painter.setFont(font)
        painter.setPen(theme.text.primary)
        painter.drawText(QPointF(left, end.y()), text)

    def _count(self, painter: QPainter, count: int, end: QPointF, room: float) -> float:
        """Write the number of layers where there is room for it; return where the title must end."""
        font = _sized(self._theme.font("caption", mono=True), self._zoom)
        width = QFontMetricsF(font).horizontalAdvance(str(count))
        if room < width + 8:
            return end.x()
        painter.setFont(font)
        painter.setPen(self._theme.text.tertiary)
        painter.drawText(QPointF(end.x() - width, end.y()), str(count))
        return end.x() - width - 8


def _sized(font: QFont, scale: float) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(max(round(font.pixelSize() * scale), 1))
    return sized
