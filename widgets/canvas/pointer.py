"""The pointer on the canvas: which gesture a press begins, what it hovers over, wheel, pinch and panning at edges."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from graphs.network import Wire
from widgets.canvas.gestures.annotate import annotation_at, opened_by
from widgets.canvas.gestures.box_select import BoxSelect
from widgets.canvas.gestures.connect import Connect
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.knife import KNIFE, Knife
from widgets.canvas.gestures.move import Move
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.hit import Hit, PortHit
from widgets.canvas.node_table import find_port
from widgets.canvas.picking import pick
from widgets.canvas.read_out import wire_text

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

ZOOM, PAN = "zoom", "pan"
_EDGE, _EDGE_STEP, _EDGE_MS = 24.0, 12.0, 16
_NOTCH = 120.0


class Pointer(QObject):
    """Keeps the gesture under way. `wheel` says what the wheel does without Ctrl: `zoom` or `pan`."""

    def __init__(self, view: "CanvasView", wheel: str = ZOOM) -> None:
        super().__init__(view)
        self._view = view
        self.wheel = wheel
        self.at = QPointF(view.rect().center())
        self.inside = False
        self.gesture: Gesture | None = None
        self._begun = False
        self._space = False
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._edge = QTimer(self)
        self._edge.setInterval(_EDGE_MS)
        self._edge.timeout.connect(self._pan_at_edge)
        self._tip = QTimer(self)
        self._tip.setSingleShot(True)
        self._tip.setInterval(view.theme.measures.duration.hover_tip)
        self._tip.timeout.connect(self._tell_wire)

    @property
    def begun(self) -> bool:
        """Whether a gesture is under way that has gone beyond a click."""
        return self.gesture is not None and self._begun

    def press(self, event: QMouseEvent) -> None:
        """Begin the gesture that a press means."""
        self._view.card.close()
        self.at, self._modifiers = event.position(), event.modifiers()
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self._start(Pan(self._view, self.at))
        elif left and self.gesture is None:
            self._start(self._gesture_for(self._view.hits.at(self.at)))

    def _start(self, gesture: Gesture) -> None:
        if self.gesture is not None:
            self.cancel()
        self.gesture, self._begun = gesture, False

    def _gesture_for(self, hit: Hit) -> Gesture:
        view = self._view
        if hit.port is not None:
            into = view.scene.network.wires_into(hit.port.node) if not hit.port.output else []
            held = next((wire for wire in into if wire.target_port == hit.port.port.name), None)
            return self._replug(held, "target") if held is not None else Connect(view, self.at, hit.port)
        if hit.node is not None:
            return Move(view, self.at, hit.node)
        if self._modifiers & KNIFE == KNIFE:
            return Knife(view, self.at)
        if hit.wire is not None and hit.dot is not None:
            return Move(view, self.at, (hit.wire, hit.dot))
        if hit.wire is not None and hit.end:
            return self._replug(hit.wire, hit.end)
        return annotation_at(view, self.at, hit) or BoxSelect(view, self.at)

    def _replug(self, wire: Wire, end: str) -> Gesture:
        """Take a wire by its end: the hand leads that end elsewhere, the other stays."""
        view, output = self._view, end == "target"
        node, name = (wire.source, wire.source_port) if output else (wire.target, wire.target_port)
        row = view.scene.nodes.rows[node]
        face = view.scene.nodes.face(row)
        port = find_port(face.outputs if output else face.inputs, name)
        if port is None:
            return BoxSelect(view, self.at)
        anchor = PortHit(node, port, output, view.scene.nodes.port(row, name, output=output))
        return Connect(view, self.at, anchor, wire)

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer: on with the gesture, or see what it hovers over."""
        self.inside = True
        self.at, self._modifiers = event.position(), event.modifiers()
        if self.gesture is None:
            self.hover()
            return
        if not self._begun and (self.at - self.gesture.start).manhattanLength() >= self.gesture.threshold:
            self._begun = True
            self.gesture.begin()
            self._view.status_hint.emit(self.gesture.hint)
            self._view.setCursor(self.gesture.cursor)
            self._edge.start()
        self.follow()

    def follow(self) -> None:
        """Tell the gesture where the hand is on the canvas, which may have moved below it."""
        if self.gesture is not None and self._begun:
            self.gesture.move(self.at, self._modifiers)
            self._view.update()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, begun = self.gesture, self._begun
        if gesture is None or event.button() == Qt.MouseButton.RightButton:
            return
        self.at = event.position()
        self._end()
        if begun:
            gesture.release(self.at, event.modifiers())
        elif not self._click_wire(event):
            gesture.click(self.at, event.modifiers())
        self.hover()

    def _click_wire(self, event: QMouseEvent) -> bool:
        """Select the wire under a click, if that is what lies there."""
        hit = self._view.hits.at(self.at)
        bare = hit.node is None and hit.dot is None
        if not bare or hit.wire is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        pick(self._view.selection, hit.wire, event.modifiers())
        return True

    def double_click(self, event: QMouseEvent) -> None:
        """Open the block, or put a dot on the wire, that lies under the pointer."""
        self.at = event.position()
        hit = self._view.hits.at(self.at)
        if event.button() != Qt.MouseButton.LeftButton:
            self.press(event)
        elif hit.node is not None:
            if not self._view.dive(hit.node):
                self.press(event)
        elif hit.wire is not None and hit.dot is None:
            place = self._view.camera.to_scene(self.at)
            self._view.add_dot(hit.wire, (place.x(), place.y()))
        elif not opened_by(self._view, self.at):
            self.press(event)

    def cancel(self) -> bool:
        """Leave the gesture with nothing changed; tell whether one was under way."""
        gesture, begun = self.gesture, self._begun
        self._end()
        if gesture is not None and begun:
            gesture.cancel()
        return gesture is not None

    def _end(self) -> None:
        self.gesture, self._begun = None, False
        self._edge.stop()
        self._view.status_hint.emit("")
        self._view.unsetCursor()
        self._view.update()

    def hover(self) -> None:
        """See what the pointer is over."""
        view, hit = self._view, self._view.hits.at(self.at)
        node = view.scene.nodes.rows.get(hit.node) if hit.node is not None else None
        wire = view.scene.wires.rows.get(hit.wire) if hit.wire is not None else None
        standing = view.standing
        dot = (wire, hit.dot) if wire is not None and hit.dot is not None else None
        if standing.hovered_dot != dot:
            standing.hovered_dot = dot
            view.update()
        if (standing.hovered, standing.hovered_wire) != (node, wire):
            standing.hovered, standing.hovered_wire = node, wire
            self._tip.stop()
            if wire is not None:
                self._tip.start()
            view.follow_trace()
            view.update()

    def leave(self) -> None:
        """The pointer left the canvas."""
        self.inside = False
        self._tip.stop()
        if self.gesture is None:
            self._view.standing.hovered = self._view.standing.hovered_wire = None
            self._view.update()

    def _tell_wire(self) -> None:
        view, row = self._view, self._view.standing.hovered_wire
        if row is not None and row < len(view.scene.wires.wires):
            text = wire_text(view.scene, view.scene.wires.wires[row])
            QToolTip.showText(view.mapToGlobal(self.at.toPoint()), text, view)

    def hold_space(self, held: bool) -> None:
        """Space held lets a left drag pan."""
        self._space = held
        if self.gesture is None:
            self._view.setCursor(Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor)

    def turn(self, event: QWheelEvent) -> None:
        """Zoom about the pointer or pan, as the device, Ctrl and the setting say."""
        self.at = event.position()
        fine, coarse = event.pixelDelta(), event.angleDelta()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        fingers = not fine.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        if control or (self.wheel == ZOOM and not fingers):
            self._view.zoom_steps((coarse.y() or coarse.x()) / _NOTCH, self.at)
        else:
            by = QPointF(fine) if fingers else QPointF(coarse) / 2
            sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x()
            self._view.camera.pan(QPointF(by.y(), 0) if sideways else by)
        self.follow()

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom by two fingers; tell whether the event was that."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._view.zoom_about(self._view.camera.zoom * (1.0 + event.value()), event.position())
        self.follow()
        return True

    def _pan_at_edge(self) -> None:
        """Move the view on while the hand is near its edge."""
        if self.gesture is None or not self.gesture.pans_at_edges:
            return
        size = self._view.size()
        x = _EDGE_STEP * ((self.at.x() < _EDGE) - (self.at.x() > size.width() - _EDGE))
        y = _EDGE_STEP * ((self.at.y() < _EDGE) - (self.at.y() > size.height() - _EDGE))
        if x or y:
            self._view.camera.pan(QPointF(x, y))
            self.follow()
