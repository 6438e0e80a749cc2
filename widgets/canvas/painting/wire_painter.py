"""Paints wires: each as a path of its own when near, as batches of hairlines when far."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from graphs.tensors import KINDS
from widgets.canvas import states
from widgets.canvas.painting.dashes import stroke
from widgets.canvas.painting.port_painter import draw_port
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.batches import Floats, draw_lines
from widgets.canvas.tables.node_geometry import Rect
from widgets.canvas.tables.wire_geometry import STRAIGHT, THROUGH

Rows = npt.NDArray[np.intp]
_SHORTEST, _SEEN = 1.0, 0.5
"""Length on the screen, px, of wires and of pieces of them from which these are painted where all is hairlines."""
_LARGEST = 1.5
"""Zoom up to which wires that move are painted in pieces; above, there are few."""
_FINE = 2.0
_MOST_SOCKETS = 48
_MOST_LIFTED = 100
"""How many wires that stand out are painted one by one from afar; more are told from others by their width alone."""
_DOT, _LEAST_DOT = 5.0, 2.0


class WirePainter:
    """Paints the wires of a scene with a painter whose units are px at 100 %."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style

    def paint(self, painter: QPainter, scene: Scene, seen: Rect, zoom: float, standing: Standing) -> None:
        """Paint the wires that touch `seen`."""
        rows = standing.part.wires(scene.wires.inside(seen))
        if standing.hidden_wires:
            rows = rows[~np.isin(rows, list(standing.hidden_wires))]
        lifted = self._lifted(scene, rows, standing)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not _edges_unseen(painter, standing))
        painter.setBrush(self._style.none)
        if zoom < self._style.wire_measures.hairline_below_zoom:
            far = states.level_of(self._style.measures.name_px * zoom) == states.FAR
            self._hairlines(painter, scene, rows, zoom, far=far, standing=standing)
            many = len(lifted) > _MOST_LIFTED
            rows = self._in_pieces(painter, scene, lifted, zoom, standing, "lit") if many else lifted
        elif standing.settling and zoom <= _LARGEST:
            others = self._in_pieces(painter, scene, rows[~np.isin(rows, lifted)], zoom, standing, "piece")
            rows = np.concatenate([others, lifted])
        self._paths(painter, scene, rows, set(lifted.tolist()), standing)
        if scene.wires.dots:
            self._dots(painter, scene, seen, zoom, standing)

    def _in_pieces(
        self, painter: QPainter, scene: Scene, rows: Rows, zoom: float, standing: Standing, how: str
    ) -> Rows:
        """Paint those of `rows` that are one solid line each at once, with the pens for `how`; return the others."""
        wires = scene.wires
        left = wires.styles[rows] == THROUGH
        if standing.traced is not None:
            left |= ~np.isin(wires.own[rows], list(standing.traced)).all(axis=1)
        looks = wires.kinds[rows] * np.int64(len(states.WIRE_STATES)) + wires.states[rows]
        for look in np.flatnonzero(np.bincount(looks)).tolist():
            pen, chosen = self._style.wires[*divmod(look, len(states.WIRE_STATES)), how], looks == look
            if pen.style() == Qt.PenStyle.SolidLine and pen.color().alpha() == 255:
                painter.setPen(pen)
                draw_lines(painter, wires.round_lines(rows[chosen & ~left], zoom))
            else:
                left |= chosen
        others: Rows = rows[left]
        return others

    def _paths(self, painter: QPainter, scene: Scene, rows: Rows, lifted: set[int], standing: Standing) -> None:
        """Paint wires one by one, each as it stands out."""
        traced, wires = standing.traced, scene.wires
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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

    def sockets(self, painter: QPainter, scene: Scene, seen: Rect, standing: Standing) -> None:
        """Lift both ends of the wires at what is under the pointer or selected, over the nodes that hold them.

        Of very many wires none is traced by its ends, so these are left as they are.
        """
        if _many_lifted(scene, standing):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in self._lifted(scene, standing.part.wires(scene.wires.inside(seen)), standing).tolist():
            if row in standing.hidden_wires:
                continue
            kind = KINDS[int(scene.wires.kinds[row])]
            x0, y0, x1, y1 = scene.wires.ends[row].tolist()
            for place in (QPointF(x0, y0), QPointF(x1, y1)):
                draw_port(painter, self._style, kind, place, free=False, halo=True, flow=scene.flow)

    def _dots(self, painter: QPainter, scene: Scene, seen: Rect, zoom: float, standing: Standing) -> None:
        """Draw the dots of wires, never too small to be hit."""
        reach = max(_DOT, _LEAST_DOT / zoom)
        for row in standing.part.wires(scene.wires.inside(seen)).tolist():
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
        if scene.wires.styles[row] == STRAIGHT and pen.style() == Qt.PenStyle.SolidLine:
            x0, y0, x1, y1 = scene.wires.ends[row].tolist()
            painter.setPen(pen)
            painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
        else:
            stroke(painter, scene.wires.path(row), pen)

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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not (far or _edges_unseen(painter, standing)))
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
                        draw_lines(painter, self._hairs(scene, chosen, zoom, far=far))
        painter.setOpacity(1.0)

    @staticmethod
    def _hairs(scene: Scene, rows: Rows, zoom: float, *, far: bool) -> Floats:
        """Return wires as lines; from afar without those that are too short to be seen."""
        if not far:
            return scene.wires.round_lines(rows, zoom, sharp=True)
        lines = scene.wires.lines(rows, 1)
        seen: Floats = lines[np.abs(lines[:, 2:] - lines[:, :2]).max(axis=1) * zoom >= _SEEN]
        return seen

    @staticmethod
    def _spans(scene: Scene, rows: Rows) -> Floats:
        boxes = scene.wires.boxes[rows]
        longest: Floats = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        return longest


def _edges_unseen(painter: QPainter, standing: Standing) -> bool:
    """Tell whether nobody sees if edges are smooth: while they move, in pixels half as wide as usual."""
    return standing.settling and painter.device().devicePixelRatioF() >= _FINE


def _many_lifted(scene: Scene, standing: Standing) -> bool:
    """Tell whether very many wires stand out, on view or not."""
    count = len(standing.selected_wires)
    for row in standing.selected:
        if count > _MOST_SOCKETS:
            break
        count += len(scene.wires.of_node(row))
    if standing.hovered is not None:
        count += len(scene.wires.of_node(standing.hovered))
    return count > _MOST_SOCKETS
