"""Wiring without a pointer: arrows choose a port, then where its wire goes; Enter takes, Esc leaves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Connect
from widgets.canvas.acts.chaining import chained
from widgets.canvas.acts.fitness import Fitting, Refused
from widgets.canvas.tables.wire_geometry import CURVED, wire_path

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RING = 11.0
_MOST = 300


@dataclass(frozen=True, slots=True)
class _Place:
    """A port of a node."""

    node: str
    port: str
    output: bool


class KeyWiring:
    """Connects the selected nodes; with one of them, leads a wire from it by keys. `active` while keys belong to it."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view
        self._from: _Place | None = None
        self._choice: list[_Place] = []
        self._at = 0
        self._fitting: Fitting | None = None

    @property
    def active(self) -> bool:
        """Whether a wire is being led by keys."""
        return bool(self._choice)

    def start(self) -> None:
        """Connect several selected nodes in their order, or begin at the ports of one."""
        view = self._view
        chosen = [node for node in view.selection.nodes if node in view.stage.scene.nodes]
        if len(chosen) > 1:
            made = chained(view.stage.scene, chosen)
            if isinstance(made, Refused):
                view.say(made)
            else:
                view.perform(made)
        elif chosen:
            face = view.stage.scene.nodes.face(view.stage.scene.nodes.rows[chosen[0]])
            ports = [_Place(chosen[0], port.name, True) for port in face.outputs]
            ports += [_Place(chosen[0], port.name, False) for port in face.inputs if not port.wired]
            self._offer(ports)
            if len(ports) == 1:
                self._take()

    def stop(self) -> None:
        """Leave with nothing changed."""
        if self.active:
            self._from, self._choice, self._fitting = None, [], None
            self._view.status_hint.emit("")
            self._view.update()

    def key(self, key: int) -> bool:
        """Answer a key while active; every key belongs to the wire then."""
        if key == Qt.Key.Key_Escape:
            self.stop()
        elif key in _ENTER:
            self._take()
        elif (step := _STEPS.get(Qt.Key(key))) is not None:
            self._at = (self._at + step) % len(self._choice)
            self._show()
        return True

    def _offer(self, places: list[_Place]) -> None:
        self._choice, self._at = places, 0
        if places:
            self._show()

    def _show(self) -> None:
        place = self._choice[self._at]
        words = f"{self._view.stage.scene.network.name(place.node)}.{place.port}"
        if self._from is not None:
            words = f"{self._view.stage.scene.network.name(self._from.node)}.{self._from.port} to {words}"
        self._view.reveal(place.node)
        self._view.status_hint.emit(f"{words}   Arrows choose, Enter takes, Esc leaves")
        self._view.update()

    def _take(self) -> None:
        place = self._choice[self._at]
        if self._from is None or self._fitting is None:
            self._from = place
            self._fitting = Fitting(self._view.stage.scene, place.node, place.port, output=place.output)
            targets = self._targets(place, self._fitting)
            self._offer(targets)
            if not targets:
                self._refuse(place)
            return
        edit = Connect.wire(self._view.stage.scene.name, self._fitting.wire(place.node, place.port))
        start = self._from.node
        self.stop()
        self._view.perform(edit)
        self._view.focus_node(place.node if place.node in self._view.stage.scene.nodes else start)

    def _targets(self, start: _Place, fitting: Fitting) -> list[_Place]:
        """Return the ports that the wire may go to, the nearest first."""
        scene = self._view.stage.scene
        x, y = scene.position(start.node)
        others = sorted(
            (node for node in scene.nodes if node != start.node),
            key=lambda node: abs(scene.position(node)[0] - x) + abs(scene.position(node)[1] - y),
        )
        return [_Place(node, port, not start.output) for node in others[:_MOST] for port in fitting.open_ports(node)]

    def _refuse(self, place: _Place) -> None:
        name = self._view.stage.scene.network.name(place.node)
        self.stop()
        self._from = None
        verb = "Nothing here takes what" if place.output else "Nothing here gives what"
        ends = f"{verb} {name} {'gives' if place.output else 'takes'}"
        self._view.say(Refused(ends, "The other ports have wires already or want another shape. Type to add a layer."))

    def paint(self, painter: QPainter) -> None:
        """Draw a ring about the port that Enter would take, and the wire to it."""
        if not self.active:
            return
        view = self._view
        ring, start = self._point(self._choice[self._at]), self._from
        painter.setBrush(view.style_of_canvas.none)
        if start is not None and not view.pointer.begun:
            ends = (self._point(start), ring) if start.output else (ring, self._point(start))
            painter.setPen(view.style_of_canvas.target)
            (x0, y0), (x1, y1) = ((point.x(), point.y()) for point in ends)
            painter.drawPath(wire_path((x0, y0, x1, y1), CURVED, 0.0, view.stage.scene.flow))
        painter.setPen(view.style_of_canvas.focus)
        painter.drawEllipse(ring, _RING, _RING)

    def _point(self, place: _Place) -> QPointF:
        nodes = self._view.stage.scene.nodes
        return self._view.stage.lens.to_view(*nodes.port(nodes.rows[place.node], place.port, output=place.output))
