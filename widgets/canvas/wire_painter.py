"""Paints wires: each as a path of its own when near, as batches of hairlines when far."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from graphs.tensors import KINDS
from widgets.canvas import states
from widgets.canvas.batches import Floats, draw_lines
from widgets.canvas.node_geometry import Rect
from widgets.canvas.port_painter import draw_port
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.canvas.wire_geometry import STRAIGHT

Rows = npt.NDArray[np.intp]
_PIECES = 6
_SHORTEST = 1.0
_MOST_SOCKETS = 48
_DOT, _LEAST_DOT = 5.0, 2.0


class WirePainter:
    """Paints the wires of a scene with a painter whose units are px at 100 %."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style

    def paint(self, painter: QPainter, scene: Scene, seen: Rect, zoom: float, standing: Standing) -> None:
        """Paint the wires that touch `seen`."""
        rows = scene.wires.inside(seen)
        if standing.hidden_wires:
            rows = rows[~np.isin(rows, list(standing.hidden_wires))]
        if zoom < self._style.wire_measures.hairline_below_zoom:
            far = states.level_of(self._style.measures.name_px * zoom) == states.FAR
            self._hairlines(painter, scene, rows, zoom, far=far, standing=standing)
            rows = self._lifted(scene, rows, standing)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._style.none)
        lifted = set(self._lifted(scene, rows, standing).tolist())
        traced, wires = standing.traced, scene.wires
        for row in rows.tolist():
            kind, state = int(wires.kinds[row]), int(wires.states[row])
            if traced is not None:
                on = {int(end) for end in wires.own[row]} <= traced
                painter.setOpacity(1.0 if on else self._style.wire_measures.dimmed_opacity)
            if row in standing.cut_wires or row == standing.target_wire:
                self._draw(painter, scene, row, self._style.target if row == standing.target_wire else self._style.cut)
            elif row in lifted:
                if row != standing.hovered_wire or row in standing.selected_wires:
                    self._stroke(painter, scene, row, (kind, state, "band"))
                self._stroke(painter, scene, row, (kind, state, "hover"))
            else:
                self._stroke(painter, scene, row, (kind, state, "plain"))
        painter.setOpacity(1.0)
        if scene.wires.dots:
            self._dots(painter, scene, seen, zoom, standing)

    def sockets(self, painter: QPainter, scene: Scene, seen: Rect, standing: Standing) -> None:
        """Lift both ends of the wires at what is under the pointer or selected, over the nodes that hold them.

        Of very many wires none is traced by its ends, so these are left as they are.
        """
        lifted = self._lifted(scene, scene.wires.inside(seen), standing).tolist()
        if len(lifted) > _MOST_SOCKETS:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in lifted:
            if row in standing.hidden_wires:
                continue
            kind = KINDS[int(scene.wires.kinds[row])]
            x0, y0, x1, y1 = scene.wires.ends[row].tolist()
            for place in (QPointF(x0, y0), QPointF(x1, y1)):
                draw_port(painter, self._style, kind, place, free=False, halo=True, flow=scene.flow)

    def _dots(self, painter: QPainter, scene: Scene, seen: Rect, zoom: float, standing: Standing) -> None:
        """Draw the dots of wires, never too small to be hit."""
        reach = max(_DOT, _LEAST_DOT / zoom)
        for row in scene.wires.inside(seen).tolist():
            for index, (x, y) in enumerate(scene.wires.dots.get(row, ())):
                if (row, index) in standing.selected_dots or (row, index) == standing.hovered_dot:
                    chosen = (row, index) in standing.selected_dots
                    painter.setPen(self._style.selection if chosen else self._style.border_hover)
                    painter.setBrush(self._style.canvas)
                    painter.drawEllipse(QPointF(x, y), reach + 4, reach + 4)
                painter.setPen(self._style.dot_edge)
                painter.setBrush(self._style.wire_brushes[int(scene.wires.kinds[row])])
                painter.drawEllipse(QPointF(x, y), reach, reach)

    def _stroke(self, painter: QPainter, scene: Scene, row: int, look: tuple[int, int, str]) -> None:
        self._draw(painter, scene, row, self._style.wires[look])

    @staticmethod
    def _draw(painter: QPainter, scene: Scene, row: int, pen: QPen) -> None:
        painter.setPen(pen)
        if scene.wires.styles[row] == STRAIGHT:
            x0, y0, x1, y1 = scene.wires.ends[row].tolist()
            painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
        else:
            painter.drawPath(scene.wires.path(row))

    def _lifted(self, scene: Scene, rows: Rows, standing: Standing) -> Rows:
        """Return those of `rows` that stand out: under the pointer, selected, or at a node that is."""
        nodes = set(standing.selected)
        if standing.hovered is not None:
            nodes.add(standing.hovered)
        wanted = {*standing.selected_wires, *standing.cut_wires}
        wanted |= {row for row in (standing.hovered_wire, standing.target_wire) if row is not None}
        if not nodes and not wanted:
            return rows[:0]
        at_nodes = np.isin(scene.wires.own[rows], list(nodes)).any(axis=1)
        return rows[at_nodes | np.isin(rows, list(wanted))]

    def _hairlines(
        self, painter: QPainter, scene: Scene, rows: Rows, zoom: float, *, far: bool, standing: Standing
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not far)
        if far:
            rows = rows[self._spans(scene, rows) * zoom >= _SHORTEST]
        kinds, conditions = scene.wires.kinds[rows], scene.wires.states[rows]
        traced: npt.NDArray[np.bool_] = np.ones(len(rows), dtype=bool)
        if standing.traced is not None:
            traced = np.asarray(np.isin(scene.wires.own[rows], list(standing.traced)).all(axis=1), dtype=bool)
        for number in np.unique(kinds).tolist():
            for state in np.unique(conditions).tolist():
                painter.setPen(self._style.wires[number, state, "hairline"])
                for on, opacity in ((True, 1.0), (False, self._style.wire_measures.dimmed_opacity)):
                    chosen = rows[(kinds == number) & (conditions == state) & (traced == on)]
                    if len(chosen):
                        painter.setOpacity(opacity)
                        draw_lines(painter, scene.wires.lines(chosen, 1 if far else _PIECES))
        painter.setOpacity(1.0)

    @staticmethod
    def _spans(scene: Scene, rows: Rows) -> Floats:
        boxes = scene.wires.boxes[rows]
        longest: Floats = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        return longest
