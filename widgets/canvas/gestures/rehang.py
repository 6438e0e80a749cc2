"""Rehang: all wires of an output in one hand, led to another output."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Connect, Disconnect, Edit, Group
from graphs.network import Wire
from widgets.canvas.acts.fitness import Fitting, Refused
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.painting.port_painter import draw_pressed_port
from widgets.canvas.tables.hit import PortHit
from widgets.canvas.tables.wire_geometry import CURVED, wire_path

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


class Rehang(Gesture):
    """Moves the wires that leave `port` to the output where the hand lets go, as one undo step; elsewhere they stay."""

    hint = "Let go on another output to lead all these wires from there"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: "CanvasView", start: QPointF, port: PortHit, wires: list[Wire]) -> None:
        super().__init__(view, start)
        self._port, self._wires, self._at = port, wires, start
        self._fittings = {
            wire: Fitting(view.stage.scene, wire.target, wire.target_port, output=False, without=wire) for wire in wires
        }
        self._target: PortHit | None = None
        self._refused: Refused | None = None

    def begin(self) -> None:
        """Take the wires off."""
        rows = self.stage.scene.wires.rows
        self.stage.standing.hidden_wires = frozenset(rows[wire] for wire in self._wires)

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Find the output below the hand, and ask whether all the wires may start there."""
        self._at, self._target, self._refused = at, None, None
        hit = self.stage.hits.port(at, float(self.view.style_of_canvas.wire_measures.snap), output=True)
        if hit is not None and (hit.node, hit.port.name) != (self._port.node, self._port.port.name):
            refusals = (self._fittings[wire].refusal(hit.node, hit.port.name) for wire in self._wires)
            self._refused = next((refused for refused in refusals if refused is not None), None)
            self._target = hit if self._refused is None else None
        if self._refused is not None:
            told = Refused(self._refused.title, self._refused.reason)  # a bridge would mend one of the wires alone
            self.view.card.tell(told, at, lambda _edit: None)
        else:
            self.view.card.close_unless_kept()

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Lead the wires from there, or say why not."""
        target, name = self._target, self.stage.scene.name
        self._put_back()
        if target is not None:
            edits: list[Edit] = [Disconnect.wire(name, wire) for wire in self._wires]
            drawn = (Wire(target.node, target.port.name, wire.target, wire.target_port) for wire in self._wires)
            edits += [Connect.wire(name, wire) for wire in drawn]
            title = "Move wire" if len(self._wires) == 1 else f"Move {len(self._wires)} wires"
            self.view.perform(Group(tuple(edits), title))
        elif self._refused is not None:
            self.view.card.keep()

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select the node: a port is a small part of it."""
        self.view.selection.select([self._port.node])

    def cancel(self) -> None:
        """Leave the wires where they were."""
        self._put_back()
        self.view.card.close()

    def _put_back(self) -> None:
        self.stage.standing.hidden_wires = frozenset()

    def paint_pressed(self, painter: QPainter) -> None:
        """Draw the output whose wires will be taken."""
        draw_pressed_port(painter, self.view.style_of_canvas, self._port, self.stage.lens, self.stage.scene.flow)

    def paint(self, painter: QPainter) -> None:
        """Draw the wires from the hand on."""
        view, scene = self.view, self.stage.scene
        place = self.stage.lens.to_scene(self._at)
        start = self._target.place if self._target is not None else (place.x(), place.y())
        painter.save()
        painter.translate(self.stage.lens.offset)
        painter.scale(self.stage.lens.zoom, self.stage.lens.zoom)
        painter.setBrush(view.style_of_canvas.none)
        painter.setPen(view.style_of_canvas.hand[self._port.port.kind])
        for wire in self._wires:
            end = scene.nodes.port(scene.nodes.rows[wire.target], wire.target_port, output=False)
            painter.drawPath(wire_path((*start, *end), CURVED, 0.0, scene.flow))
        painter.restore()
