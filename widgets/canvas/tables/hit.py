"""What lies under a point of the view: a node, a port, a wire or one of its ends."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from graphs.network import Wire
from widgets.canvas import states
from widgets.canvas.lens import Lens
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_face import PortFace
from widgets.canvas.tables.node_geometry import node_measures, port_point

_PRESS, _PRESS_SMALL = 9.0, 5.0
_WIRE = 6.0
_END = 14.0
_DOT = 8.0


@dataclass(frozen=True, slots=True)
class PortHit:
    """A port of a node, and where it is on the canvas."""

    node: str
    port: PortFace
    output: bool
    place: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """What is under a point; all None over empty canvas.

    end: which end of `wire` is near, if any. dot: the index of its dot.
    """

    node: str | None = None
    port: PortHit | None = None
    wire: Wire | None = None
    end: str = ""
    dot: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is there."""
        return self.node is None and self.wire is None


class Hits:
    """Answers what lies under points; distances are px of the screen."""

    def __init__(self, scene: Scene, camera: Lens) -> None:
        self._scene = scene
        self._camera = camera

    def at(self, place: QPointF) -> Hit:
        """Return what a press at a point of the view means."""
        level = states.level_of(node_measures().name_px * self._camera.zoom)
        reach = _PRESS if level >= states.NEAR else _PRESS_SMALL
        if level != states.FAR and (port := self.port(place, reach)) is not None:
            return Hit(node=port.node, port=port)
        if (node := self.node(place)) is not None:
            return Hit(node=node)
        if level != states.FAR:
            return self._wire(place)
        return Hit()

    def node(self, place: QPointF) -> str | None:
        """Return the node under a point of the view, the one drawn last if there are several."""
        at = self._camera.to_scene(place)
        x, y, nodes = at.x(), at.y(), self._scene.nodes
        best = -1
        for row in nodes.grid.near(x, y):
            left, top, right, bottom = nodes.rect(row)
            if left <= x <= right and top <= y <= bottom and row > best:
                best = row
        return nodes.ids[best] if best >= 0 else None

    def port(self, place: QPointF, reach: float, *, output: bool | None = None) -> PortHit | None:
        """Return the nearest port within `reach` of a point; only inputs or only outputs if `output` says so."""
        found = self.ports(place, reach, output=output)
        return found[0] if found else None

    def ports(self, place: QPointF, reach: float, *, output: bool | None = None) -> list[PortHit]:
        """Return the ports within `reach` of a point, the nearest first."""
        at = self._camera.to_scene(place)
        x, y, nodes = at.x(), at.y(), self._scene.nodes
        closest, found = reach / self._camera.zoom, list[tuple[float, PortHit]]()
        for row in nodes.grid.near(x, y, closest + node_measures().port_gap):
            rect, face = nodes.rect(row), nodes.face(row)
            for ports, out in ((face.inputs, False), (face.outputs, True)):
                if output is not None and out != output:
                    continue
                for port in ports:
                    px, py = port_point(rect, port.place, nodes.flow, output=out)
                    away = ((px - x) ** 2 + (py - y) ** 2) ** 0.5
                    if away <= closest:
                        found.append((away, PortHit(nodes.ids[row], port, out, (px, py))))
        return [hit for _, hit in sorted(found, key=lambda entry: entry[0])]

    def wire(self, place: QPointF) -> Wire | None:
        """Return the wire under a point that lies on no node."""
        return self._wire(place).wire if self.node(place) is None else None

    def _wire(self, place: QPointF) -> Hit:
        at, wires = self._camera.to_scene(place), self._scene.wires
        if (dot := wires.dot_near(at.x(), at.y(), _DOT / self._camera.zoom)) is not None:
            return Hit(wire=wires.wires[dot[0]], dot=dot[1])
        row = wires.near(at.x(), at.y(), _WIRE / self._camera.zoom)
        if row is None:
            return Hit()
        x0, y0, x1, y1 = wires.ends[row].tolist()
        to_source = ((x0 - at.x()) ** 2 + (y0 - at.y()) ** 2) ** 0.5 * self._camera.zoom
        to_target = ((x1 - at.x()) ** 2 + (y1 - at.y()) ** 2) ** 0.5 * self._camera.zoom
        end = "target" if to_target <= min(_END, to_source) else "source" if to_source <= _END else ""
        return Hit(wire=wires.wires[row], end=end)
