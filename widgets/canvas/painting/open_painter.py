"""Draws what an open block has round its layers: body, head and ports, and the ways from these to what is inside."""

from PySide6.QtGui import QPainter, QPainterPath

from widgets.canvas import states
from widgets.canvas.painting.dashes import stroke
from widgets.canvas.painting.node_painter import NodePainter
from widgets.canvas.scene import Scene
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.inside import PADDING, Inside
from widgets.canvas.tables.node_geometry import Point, node_measures, port_point
from widgets.canvas.tables.wire_geometry import CURVED, STRAIGHT, bent_path, wire_path
from widgets.canvas.tables.wire_table import KIND_NUMBERS


class OpenPainter:
    """Draws with painters whose units are px at 100 %."""

    def __init__(self, style: CanvasStyle, flow: str) -> None:
        self._style = style
        self._flow = flow
        self._nodes = NodePainter(style, flow)

    def body(self, painter: QPainter, scene: Scene, row: int, level: int, passing: int) -> None:
        """Draw the body of the open block in a row, and from `NEAR` on what stands in its head."""
        left, top, _, _ = scene.nodes.rect(row)
        face, problem = scene.nodes.face(row), int(scene.nodes.problems[row])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(left, top)
        self._nodes.draw_open(painter, face, level, passing, problem)
        painter.restore()

    def ports(self, painter: QPainter, scene: Scene, row: int) -> None:
        """Draw the glyphs of the ports of the open block in a row."""
        left, top, _, _ = scene.nodes.rect(row)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(left, top)
        self._nodes.ports(painter, scene.nodes.face(row), 0)
        painter.restore()

    def ways(self, painter: QPainter, scene: Scene, row: int, inside: Inside) -> None:
        """Draw the ways from the block's inputs to its inlets, and from its outlets to its outputs."""
        rect = scene.nodes.rect(row)
        face, (x, y) = scene.nodes.face(row), inside.corner(rect)
        painter.setBrush(self._style.none)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ports, output in ((face.inputs, False), (face.outputs, True)):
            for place, port in enumerate(ports, 1):
                end = inside.scene.network.find(port.name)
                if end is None or end not in inside.scene.nodes:
                    continue
                pill = inside.scene.nodes.rows[end]
                inner = port_point(inside.scene.nodes.rect(pill), 0.0, inside.scene.flow, output=output)
                outer = self._edge(port_point(rect, port.place, self._flow, output=output), output=output)
                there = (inner[0] + x, inner[1] + y)
                if inside.scene.flow != self._flow:
                    way = self._turning(outer, there, PADDING * place / (len(ports) + 1), output=output)
                else:
                    way = self._onward(there, outer) if output else self._onward(outer, there)
                state = states.DASHED if face.marks & (states.DISABLED | states.BYPASSED) else states.PLAIN
                stroke(painter, way, self._style.wires[KIND_NUMBERS[port.kind], state, "plain"])

    def _edge(self, port: Point, *, output: bool) -> Point:
        """Return where the way from a port shows: one that comes in from above passes behind the head."""
        x, y = port
        return port if output or self._flow == "right" else (x, y + node_measures().header)

    def _onward(self, start: Point, finish: Point) -> QPainterPath:
        """Return the way where the inside flows as the block does."""
        across = 1 if self._flow == "right" else 0
        style = STRAIGHT if abs(start[across] - finish[across]) < 0.5 else CURVED
        return wire_path((*start, *finish), style, 0.0, self._flow)

    def _turning(self, outer: Point, inner: Point, lead: float, *, output: bool) -> QPainterPath:
        """Return the way where the inside flows at right angles to the block: along the margin, behind no layer.

        lead: how far from the border of the block it runs, so that several run side by side.
        """
        (x0, y0), (x1, y1), way = outer, inner, -1 if output else 1
        if self._flow == "right":
            x, y = x0 + way * lead, y1 - way * (PADDING - lead)
            return bent_path([outer, (x, y0), (x, y), (x1, y), inner])
        x, y = x1 - way * (PADDING - lead), y0 + way * lead
        return bent_path([outer, (x0, y), (x, y), (x, y1), inner])
