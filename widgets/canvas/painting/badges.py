"""Paints what lies over nodes: rings of selection and focus, and the marks of problems."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF

from widgets.canvas import states
from widgets.canvas.lens import HALF, Lens
from widgets.canvas.painting.dashes import stroke
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle, octagon

_TRIANGLE = QPolygonF([QPointF(0, -9), QPointF(9.5, 8), QPointF(-9.5, 8)])
_LEAST_GAP = 1.5
"""Least room between the ring of selection and the dashes of focus, px of the screen."""
Rows = npt.NDArray[np.intp]


class BadgePainter:
    """Paints rings and badges with a painter whose units are px of the screen."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style
        status, ground = style.theme.status, style.theme.surface.canvas
        self._open = QPen(status.error, 1.6)
        self._edge, self._mark = QPen(ground, 1.0), QPen(ground, 2.0)
        self._mark.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._fills = {states.ERROR: QBrush(status.error), states.WARNING: QBrush(status.warning)}
        self._shapes = {states.ERROR: octagon(style.measures.badge), states.WARNING: _TRIANGLE}

    def paint(self, painter: QPainter, scene: Scene, rows: Rows, camera: Lens, level: int, standing: Standing) -> None:
        """Paint the rings and badges of the nodes in `rows`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if level != states.FAR:
            for row in rows.tolist() if standing.selected else ():
                if row in standing.selected:
                    self._ring(painter, scene, row, camera)
        if standing.focused is not None and standing.part.has_node(standing.focused):
            chosen = standing.focused in standing.selected
            self._focus(painter, scene, standing.focused, camera, level=level, selected=chosen)
        marked = rows[scene.nodes.problems[rows] > (states.KNOCK_ON if level == states.FAR else states.CLEAR)]
        for row in marked.tolist():
            _, top, right, _ = scene.nodes.rect(row)
            problem = int(scene.nodes.problems[row])
            self.badge(painter, problem, camera.to_view(right, top), self._size(camera.zoom, level))

    def _size(self, zoom: float, level: int) -> float:
        """Return the size of a badge on the screen: never too small to see."""
        measures = self._style.measures
        if level == states.FAR:
            return measures.badge_far
        return max(measures.badge * zoom, measures.badge_least_on_screen)

    def badge(self, painter: QPainter, problem: int, at: QPointF, size: float) -> None:
        """Draw the mark of a problem about a point, `size` px of the screen high."""
        style = self._style
        painter.save()
        painter.translate(at)
        painter.scale(size / style.measures.badge, size / style.measures.badge)
        if problem == states.KNOCK_ON:
            reach = style.measures.knock_on_ring / 2
            painter.setPen(self._open)
            painter.setBrush(style.canvas)
            painter.drawEllipse(QPointF(0, 0), reach, reach)
        else:
            painter.setPen(self._edge)
            painter.setBrush(self._fills[problem])
            painter.drawPolygon(self._shapes[problem])
            painter.setPen(self._mark)
            shift = 0.0 if problem == states.ERROR else 1.0
            painter.drawLine(QPointF(0, -4.2 + shift), QPointF(0, 0.6 + shift))
            painter.drawPoint(QPointF(0, 4.2 + shift))
        painter.restore()

    def _ring(self, painter: QPainter, scene: Scene, row: int, camera: Lens) -> None:
        """Draw the ring of selection."""
        style, zoom = self._style, camera.zoom
        off = style.measures.ring_gap * min(zoom, 1.0) + style.measures.selection_ring / 2
        painter.setPen(style.selection)
        painter.setBrush(style.none)
        painter.drawPath(self._round(painter, scene, row, camera, off))

    def _focus(self, painter: QPainter, scene: Scene, row: int, camera: Lens, *, level: int, selected: bool) -> None:
        """Draw the dashes of the keyboard's focus: where the ring of selection goes, or a gap outside of that one."""
        measures = self._style.measures
        gap = measures.ring_gap * (1.0 if level == states.FAR else min(camera.zoom, 1.0))
        off = gap + measures.selection_ring / 2
        if selected:
            off += measures.selection_ring + max(gap, _LEAST_GAP)
        painter.setBrush(self._style.none)
        stroke(painter, self._round(painter, scene, row, camera, off), self._style.focus)

    def _round(self, painter: QPainter, scene: Scene, row: int, camera: Lens, off: float) -> QPainterPath:
        """Return the way round a node `off` px away from it, where its tile lies, which is on whole device pixels."""
        face, ratio, zoom = scene.nodes.face(row), painter.device().devicePixelRatioF(), camera.zoom
        corner = camera.to_view(*scene.nodes.rect(row)[:2]) * ratio
        left, top = math.floor(corner.x() + HALF) / ratio, math.floor(corner.y() + HALF) / ratio
        rect = QRectF(left, top, face.width * zoom, face.height * zoom)
        radius, path = self._style.measures.radius_selected * zoom, QPainterPath()
        path.addRoundedRect(rect.adjusted(-off, -off, off, off), radius, radius)
        return path
