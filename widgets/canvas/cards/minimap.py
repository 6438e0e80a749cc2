"""The small map of the whole network in the emptiest corner of the canvas."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.canvas import states
from widgets.canvas.camera import Camera
from widgets.canvas.painting.badges import BadgePainter
from widgets.canvas.scene import Scene
from widgets.canvas.style import CanvasStyle, with_alpha
from widgets.canvas.tables.batches import draw_rects
from widgets.canvas.tables.board import FRAMES
from widgets.canvas.tables.node_geometry import Rect

_PADDING = 10.0
_OFF = 12
_MARK = 8.0
_FITS_AT = 0.6


class Minimap(QWidget):
    """Blocks in the colours of their categories, problems as marks, and the rect that the view shows.

    `sought` carries the point of the canvas that was pressed.
    """

    sought = Signal(QPointF)

    def __init__(self, scene: Scene, camera: Camera, style: CanvasStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._scene, self._camera, self._style = scene, camera, style
        self._picture = QPixmap()
        self._drawn: tuple[int, str] | None = None
        self._mapped = (1.0, QPointF())
        self.enabled = True
        self.setFixedSize(QSize(*style.theme.measures.size.minimap))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Map of the network")
        self.hide()

    def show_style(self, style: CanvasStyle) -> None:
        """Draw in another theme."""
        self._style = style
        self._drawn = None
        self.update()

    def settle(self) -> None:
        """Go to the emptiest corner, or hide when everything fits at 60 % or more."""
        room = self._parent.rect()
        bounds = self._scene.nodes.bounds()
        if not self.enabled or bounds is None or self._fits(bounds):
            self.hide()
            return
        wide, high = self.width(), self.height()
        right, bottom = room.width() - wide - _OFF, room.height() - high - _OFF
        corners = [(right, bottom), (_OFF, bottom), (right, _OFF), (_OFF, _OFF)]
        here = (self.x(), self.y())
        self.move(*min(corners, key=lambda corner: (self._covered(corner), corner != here)))
        self.show()
        self._draw_if_stale()
        self.update()

    def _fits(self, bounds: Rect) -> bool:
        left, top, right, bottom = bounds
        room = self._parent.size()
        zoom = min(room.width() / max(right - left, 1.0), room.height() / max(bottom - top, 1.0))
        seen = self._camera.seen(QRectF(0, 0, room.width(), room.height()))
        inside = seen[0] <= left and seen[1] <= top and seen[2] >= right and seen[3] >= bottom
        return zoom >= _FITS_AT and inside and self._camera.zoom >= _FITS_AT

    def _covered(self, corner: tuple[int, int]) -> int:
        area = QRectF(corner[0], corner[1], self.width(), self.height())
        return len(self._scene.nodes.inside(self._camera.seen(area)))

    def _mapping(self) -> tuple[float, QPointF]:
        """Return the scale from the canvas to the map, and the offset."""
        seen = self._camera.seen(self._parent.rect().toRectF())
        left, top, right, bottom = self._scene.nodes.bounds() or seen
        room = self.rect().toRectF().adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        scale = min(room.width() / max(right - left, 1.0), room.height() / max(bottom - top, 1.0))
        middle = QPointF((left + right) / 2, (top + bottom) / 2)
        return scale, room.center() - middle * scale

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            self._draw_if_stale()
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), self._picture)
        scale, offset = self._mapped
        left, top, right, bottom = self._camera.seen(self._parent.rect().toRectF())
        view = QRectF(QPointF(left, top) * scale + offset, QPointF(right, bottom) * scale + offset)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._style.guide_wide)
        painter.setBrush(self._style.none)
        painter.drawRect(view.intersected(self.rect().toRectF().adjusted(2, 2, -2, -2)))
        painter.end()

    def _draw_if_stale(self) -> None:
        """Draw the map anew, if the network is another one now; never while something is in hand."""
        state = (self._scene.revision, self._style.theme.name)
        if state != self._drawn:
            self._drawn = state
            self._draw(self.devicePixelRatioF())

    def _draw(self, ratio: float) -> None:
        self._mapped = self._mapping()
        self._picture = QPixmap(self.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._style.border)
        painter.setBrush(self._style.panel)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        scale, offset = self._mapping()
        self._frames(painter, scale, offset)
        nodes = self._scene.nodes
        rows = np.flatnonzero(~np.isnan(nodes.rects[:, 0]))
        rects = nodes.rects[rows] * scale + np.array([offset.x(), offset.y()] * 2)
        rects[:, 2:] = np.maximum(rects[:, 2:] - rects[:, :2], 1.0)
        painter.setPen(self._style.no_pen)
        shown = ~np.isin(rows, list(nodes.boxes))  # the others are in frames that are collapsed
        for number in np.unique(nodes.categories[rows[shown]]).tolist():
            painter.setBrush(self._style.categories[number])
            draw_rects(painter, rects[shown & (nodes.categories[rows] == number)])
        badges = BadgePainter(self._style)
        marked = nodes.problems[rows] > states.KNOCK_ON
        for row, (x, y, wide, _) in zip(rows[marked].tolist(), rects[marked].tolist(), strict=True):
            badges.badge(painter, int(nodes.problems[row]), QPointF(x + wide, y), _MARK)
        painter.end()

    def _frames(self, painter: QPainter, scale: float, offset: QPointF) -> None:
        """Draw the frames behind the blocks, the outer ones first; one that is collapsed as the box that it is."""
        board = self._scene.board
        for kind, id_ in board.shown():
            if kind != FRAMES:
                continue
            frame, (left, top, right, bottom) = board.frames[id_], board.rect((kind, id_))
            corner, end = QPointF(left, top) * scale + offset, QPointF(right, bottom) * scale + offset
            rect = QRectF(corner, end).intersected(self.rect().toRectF().adjusted(2, 2, -2, -2))
            painter.setPen(self._style.border_hover if frame.collapsed else self._style.border)
            painter.setBrush(with_alpha(QColor(frame.colour), 0.3) if frame.colour else self._style.frame)
            painter.drawRect(rect)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def _seek(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            scale, offset = self._mapped
            self.sought.emit((event.position() - offset) / scale)
        event.accept()
