"""Which gesture a press of the left button begins, by what lies under it and which keys are held."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from widgets.canvas.gestures.annotate import annotation_at
from widgets.canvas.gestures.box_select import BoxSelect, Look
from widgets.canvas.gestures.connect import Connect, ConnectFromBody
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.knife import KNIFE, Knife
from widgets.canvas.gestures.move import Move
from widgets.canvas.gestures.rehang import Rehang
from widgets.canvas.tables.hit import Hit, PortHit
from widgets.canvas.tables.node_table import find_port

if TYPE_CHECKING:
    from graphs.network import Wire
    from widgets.canvas.view import CanvasView

_TAKE_ALL = Qt.KeyboardModifier.ControlModifier


def gesture_for(view: "CanvasView", at: QPointF, hit: Hit, modifiers: Qt.KeyboardModifier) -> Gesture:
    """Return the gesture; on a locked canvas it selects and does nothing else."""
    if view.locked:
        return Look(view, at, hit)
    if modifiers & KNIFE == KNIFE:
        view.work_on(view.root.at(at))  # through the wires of an open block, where it begins in one
        return Knife(view, at, hit.node)
    if hit.port is not None:
        return _from_port(view, at, hit.port, modifiers)
    if hit.node is not None:
        anchor = _nearest_port(view, at, hit.node) if modifiers == _TAKE_ALL else None
        return Move(view, at, hit.node) if anchor is None else ConnectFromBody(view, at, anchor)
    if hit.wire is not None and hit.dot is not None:
        return Move(view, at, (hit.wire, hit.dot))
    if hit.wire is not None and hit.end:
        return _replug(view, at, hit.wire, hit.end)
    return annotation_at(view, at, hit) or BoxSelect(view, at)


def _nearest_port(view: "CanvasView", at: QPointF, node: str) -> PortHit | None:
    """Return the output of a node that is nearest to a point of the view; of one without any, the free input."""
    nodes, place = view.stage.scene.nodes, view.stage.lens.to_scene(at)
    face = nodes.face(nodes.rows[node])
    output = bool(face.outputs)
    ports = face.outputs if output else tuple(port for port in face.inputs if not port.wired)
    hits = [PortHit(node, port, output, nodes.port(nodes.rows[node], port.name, output=output)) for port in ports]
    return min(hits, key=lambda hit: (QPointF(*hit.place) - place).manhattanLength(), default=None)


def _from_port(view: "CanvasView", at: QPointF, port: PortHit, modifiers: Qt.KeyboardModifier) -> Gesture:
    network = view.stage.scene.network
    if port.output:
        wires = network.wires_from(port.node, port.port.name)
        return Rehang(view, at, port, wires) if wires and modifiers & _TAKE_ALL else Connect(view, at, port)
    held = next((wire for wire in network.wires_into(port.node) if wire.target_port == port.port.name), None)
    return _replug(view, at, held, "target") if held is not None else Connect(view, at, port)


def _replug(view: "CanvasView", at: QPointF, wire: "Wire", end: str) -> Gesture:
    """Take a wire by its end: the hand leads that end elsewhere, the other stays."""
    output = end == "target"
    node, name = (wire.source, wire.source_port) if output else (wire.target, wire.target_port)
    nodes = view.stage.scene.nodes
    row = nodes.rows[node]
    face = nodes.face(row)
    port = find_port(face.outputs if output else face.inputs, name)
    if port is None:
        return BoxSelect(view, at)
    anchor = PortHit(node, port, output, nodes.port(row, name, output=output))
    return Connect(view, at, anchor, wire)
