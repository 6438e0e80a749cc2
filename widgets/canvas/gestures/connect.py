"""Connect: a wire in hand, from a port in either direction or unplugged from where it ended."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Connect as ConnectEdit
from graphs.edits import Disconnect, Edit, Group
from graphs.network import Wire
from widgets.canvas import states
from widgets.canvas.acts.fitness import Fitting, Refused
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.hands.picking import pick
from widgets.canvas.painting.hand_wire import draw_hand_wire
from widgets.canvas.painting.port_painter import draw_port, draw_pressed_port
from widgets.canvas.tables.hit import PortHit
from widgets.canvas.tables.node_face import NodeFace, PortFace
from widgets.canvas.tables.node_geometry import node_measures

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_RING = 9.5
_DIM = 0.35
_UNDER = 6.0
_LEAST_ZOOM = 0.29
"""Below, so many ports are on view and so close together that none is told from the next."""


class Connect(Gesture):
    """Draws a wire from the port `anchor`; `unplugged` is the wire whose other end the hand took."""

    hint = "Let go on a port or a layer to connect, on empty canvas to add a layer"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: "CanvasView", start: QPointF, anchor: PortHit, unplugged: Wire | None = None) -> None:
        super().__init__(view, start)
        self._anchor = anchor
        self._unplugged = unplugged
        scene, port = self.stage.scene, anchor.port.name
        self._fitting = Fitting(scene, anchor.node, port, output=anchor.output, without=unplugged)
        self._at = start
        self._target: tuple[str, str] | None = None
        self._refused: Refused | None = None
        self._refusing: PortHit | None = None
        self._pressed = self.stage.hits.at(start).port or anchor

    def begin(self) -> None:
        """Let the ports show which of them fit."""
        self.stage.standing.bare = True
        if self._unplugged is not None:
            self.stage.standing.hidden_wires = frozenset({self.stage.scene.wires.rows[self._unplugged]})

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Find the port that the wire would end at: one within reach, or the only one of a body that fits."""
        self._at = at
        self._forget()
        node = self.stage.hits.node(at)
        body = node if node != self._anchor.node else None
        port = self._port_near(at, body)
        if port is not None:
            self._judge(port)
        elif body is not None:
            fitting = self._fitting.open_ports(body)
            if len(fitting) == 1:
                self._target = (body, fitting[0])
            elif not fitting:
                self._refuse_body(body)
        if self._refused is not None:
            self.view.card.tell(self._refused, at, self._bridge, self._refuser(at))
        else:
            self.view.card.close_unless_kept()

    def _port_near(self, at: QPointF, body: str | None) -> PortHit | None:
        """Return the port that the hand means: the one right under it, else the nearest that fits, else the nearest.

        Over a body it means a port of that node, however near those of a neighbour are.
        """
        hits, snap = self.stage.hits, float(self.view.style_of_canvas.wire_measures.snap)
        wanted, own = not self._anchor.output, self._anchor.node
        within = hits.ports(at, snap, output=wanted)
        found = [port for port in within if (port.node == body if body is not None else port.node != own)]
        if not found:
            return None
        under = hits.ports(at, _UNDER, output=wanted)  # ports that are drawn small may be there side by side
        meant = [port for port in found if port in under] if found[0] in under else found
        fitting = (port for port in meant if self._fitting.refusal(port.node, self._free_name(port)) is None)
        return next(fitting, found[0])

    def _forget(self) -> None:
        self._target = None
        self._refused = None
        self._refusing = None

    def _refuser(self, at: QPointF) -> QRectF | None:
        """Return the rect in the view of the node that refuses."""
        node = self._refusing.node if self._refusing is not None else self.stage.hits.node(at)
        if node is None:
            return None
        left, top, right, bottom = self.stage.scene.rect(node)
        return QRectF(self.stage.lens.to_view(left, top), self.stage.lens.to_view(right, bottom))

    def _judge(self, port: PortHit) -> None:
        name = self._free_name(port)
        self._refused = self._fitting.refusal(port.node, name)
        if self._refused is None:
            self._target = (port.node, name)
        else:
            self._refusing = port

    def _free_name(self, port: PortHit) -> str:
        """Return the place that a wire to a variadic port takes: the next one, if this one is in use."""
        face = self.stage.scene.nodes.face(self.stage.scene.nodes.rows[port.node])
        own = self._unplugged is not None and self._unplugged.target == port.node
        if not port.port.wired or own or port.port.name.partition(".")[0] != face.variadic:
            return port.port.name
        return next_place(face)

    def _refuse_body(self, node: str) -> None:
        face = self.stage.scene.nodes.face(self.stage.scene.nodes.rows[node])
        ports = face.inputs if self._anchor.output else face.outputs
        if ports:
            name = next_place(face) if self._anchor.output and face.slot is not None else ports[0].name
            self._refused = self._fitting.refusal(node, name)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw the wire, or say why not; over empty canvas, offer what would take it."""
        self._clear()
        name = self.stage.scene.name
        removed: tuple[Edit, ...] = (Disconnect.wire(name, self._unplugged),) if self._unplugged is not None else ()
        if self._target is not None:
            drawn = self._fitting.wire(*self._target)
            if drawn != self._unplugged:
                edit = ConnectEdit.wire(name, drawn)
                self.view.perform(Group((*removed, edit), "Move wire") if removed else edit)
        elif self._refused is not None:
            self.view.card.keep()
        elif removed:
            self.view.perform(removed[0])
        elif self.stage.hits.node(at) is None:
            self.view.adding.search_for(at, "", self._anchor)

    def _bridge(self, edit: Edit) -> None:
        self.view.finish_gesture()
        self.view.mend(edit)

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select the node: a port is a small part of it."""
        self._clear()
        self.view.selection.select([self._anchor.node])

    def cancel(self) -> None:
        """Leave the wires as they were."""
        self._clear()
        self.view.card.close()

    def _clear(self) -> None:
        self.stage.standing.bare = False
        self.stage.standing.hidden_wires = frozenset()

    def paint_pressed(self, painter: QPainter) -> None:
        """Draw the port that the wire will begin at, or was taken off."""
        style = self.view.style_of_canvas
        draw_pressed_port(painter, style, self._pressed, self.stage.lens, self.stage.scene.flow)

    def paint(self, painter: QPainter) -> None:
        """Draw the ports by whether they fit, and the wire."""
        self._paint_ports(painter)
        self._paint_wire(painter)

    def _paint_ports(self, painter: QPainter) -> None:
        view, zoom = self.view, self.stage.lens.zoom
        if zoom < _LEAST_ZOOM:
            return
        size = zoom if states.level_of(view.style_of_canvas.measures.name_px * zoom) >= states.NEAR else 1.0
        painter.save()
        painter.translate(self.stage.lens.offset)
        painter.scale(size, size)  # where nodes are small, their ports are as large as at 1:1
        nodes = self.stage.scene.nodes
        for row in nodes.inside(self.stage.lens.seen(view.rect().toRectF())).tolist():
            face, node = nodes.face(row), nodes.ids[row]
            for ports, output in ((_with_free_place(face), False), (face.outputs, True)):
                for port in ports:
                    place = QPointF(*nodes.port(row, port.name, output=output))
                    hit = PortHit(node, port, output, (place.x(), place.y()))
                    self._paint_port(painter, hit, place * (zoom / size))
        painter.restore()

    def _paint_port(self, painter: QPainter, hit: PortHit, place: QPointF) -> None:
        style, anchor = self.view.style_of_canvas, self._anchor
        own = (hit.node, hit.port.name, hit.output) == (anchor.node, anchor.port.name, anchor.output)
        fits = hit.output != anchor.output and self._fitting.refusal(hit.node, hit.port.name) is None
        painter.setOpacity(1.0 if own or fits else _DIM)
        draw_port(painter, style, hit.port.kind, place, free=not hit.port.wired, flow=self.stage.scene.flow)
        painter.setOpacity(1.0)
        refuses = self._refusing is not None and hit.place == self._refusing.place
        if (fits and not own) or refuses:
            painter.setBrush(style.none)
            painter.setPen(style.refuses if refuses else style.fits)
            painter.drawEllipse(place, _RING, _RING)
            if refuses:
                reach = _RING * 0.7
                painter.drawLine(place + QPointF(-reach, reach), place + QPointF(reach, -reach))

    def _paint_wire(self, painter: QPainter) -> None:
        view, scene = self.view, self.stage.scene
        start = QPointF(*self._anchor.place)
        end = self.stage.lens.to_scene(self._at)
        if self._target is not None:
            node, name = self._target
            end = QPointF(*scene.nodes.port(scene.nodes.rows[node], name, output=not self._anchor.output))
        if not self._anchor.output:
            start, end = end, start
        style = view.style_of_canvas
        draw_hand_wire(painter, self.stage.lens, style, style.hand[self._anchor.port.kind], start, end, scene.flow)


class ConnectFromBody(Connect):
    """Draws a wire that begins anywhere on a node, as where its ports are too small to be taken."""

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Pick the node as any click with that key does."""
        self._clear()
        pick(self.view.selection, self._anchor.node, modifiers)


def next_place(face: NodeFace) -> str:
    """Return how a further wire into the variadic input of a node is written."""
    places = [int(port.name.rpartition(".")[2]) for port in face.inputs if port.name.startswith(f"{face.variadic}.")]
    return f"{face.variadic}.{max(places) + 1}"


def _with_free_place(face: NodeFace) -> tuple[PortFace, ...]:
    """Return the inputs of a node with the free place that a variadic one has once all others are wired."""
    if face.slot is None or not all(port.wired for port in face.inputs):
        return face.inputs
    place = face.slot[1] + node_measures().slot_step
    return (*face.inputs, PortFace(next_place(face), face.inputs[-1].kind, False, place))
