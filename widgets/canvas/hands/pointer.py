"""The pointer on the canvas: which gesture a press begins, what it hovers over, wheel, pinch and panning at edges."""

from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent

from widgets.canvas.gestures.annotate import opened_by
from widgets.canvas.gestures.choosing import gesture_for
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.pan import Pan
from widgets.canvas.hands.edge_pan import EdgePan
from widgets.canvas.hands.hovering import Hovering
from widgets.canvas.hands.picking import ADD, TOGGLE, pick
from widgets.canvas.hands.scrolling import ZOOM, Scrolling

if TYPE_CHECKING:
    from widgets.canvas.stage import Stage
    from widgets.canvas.view import CanvasView


class Pointer(QObject):
    """Keeps the gesture under way, and where the pointer is."""

    def __init__(self, view: "CanvasView", wheel: str = ZOOM) -> None:
        super().__init__(view)
        self._view = view
        self.hovering, self.scrolling = Hovering(view), Scrolling(view, wheel)
        self.at = QPointF(view.rect().center())
        self.inside = False
        self.gesture: Gesture | None = None
        self._begun = False
        self._space = False
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._edge = EdgePan(view, self._hand_at_edge, self.follow)

    @property
    def begun(self) -> bool:
        """Whether a gesture is under way that has gone beyond a click."""
        return self.gesture is not None and self._begun

    def press(self, event: QMouseEvent) -> None:
        """Begin the gesture that a press means."""
        self._view.card.close()
        self._view.wiring.stop()
        self.hovering.hush()
        self.at, self._modifiers, self.inside = event.position(), event.modifiers(), True
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self._space):
            self._start(Pan(self._view, self.at))
        elif left and self.gesture is None:
            self._view.work_on(self._pressed())
            self._start(gesture_for(self._view, self.at, self._view.stage.hits.at(self.at), self._modifiers))

    def _pressed(self) -> "Stage":
        """Return where a press works. What adds to a selection outside does not begin another in an open block."""
        root = self._view.root
        stage = root.pressed(self.at)
        adds = self._modifiers & (ADD | TOGGLE) and stage.blocks != self._view.stage.blocks
        return root.touched(self.at) if adds else stage

    def _start(self, gesture: Gesture) -> None:
        if self.gesture is not None:
            self.cancel()
        self.gesture, self._begun = gesture, False
        self._view.update()

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer: on with the gesture, or see what it hovers over."""
        self.inside = True
        self.at, self._modifiers = event.position(), event.modifiers()
        if self.gesture is None:
            self.hover()
            return
        away = self.at - self.gesture.start
        if not self._begun and hypot(away.x(), away.y()) >= self.gesture.threshold:
            self._begun = True
            self.gesture.begin()
            self._view.status_hint.emit(self.gesture.hint)
            self._view.setCursor(self.gesture.cursor)
            self._edge.start()
        self.follow()

    def hold(self, modifiers: Qt.KeyboardModifier) -> None:
        """Other keys are held now; what is in hand answers at once, though the hand rests."""
        if modifiers != self._modifiers:
            self._modifiers = modifiers
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
        hit = self._view.stage.hits.at(self.at)
        bare = hit.node is None and hit.dot is None
        if not bare or hit.wire is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        pick(self._view.selection, hit.wire, event.modifiers())
        return True

    def double_click(self, event: QMouseEvent) -> None:
        """Open the block, or put a dot on the wire, that lies under the pointer."""
        self.at, self.inside = event.position(), True
        self._view.work_on(self._view.root.touched(self.at))
        hit = self._view.stage.hits.at(self.at)
        if event.button() != Qt.MouseButton.LeftButton:
            self.press(event)
        elif hit.node is not None:
            if not self._view.dive(hit.node):
                self._write(hit.node, event)
        elif hit.wire is not None and hit.dot is None and not self._view.locked:
            place = self._view.stage.lens.to_scene(self.at)
            self._view.add_dot(hit.wire, (place.x(), place.y()))
        elif self._view.locked or hit.wire is not None:
            self.press(event)
        elif not opened_by(self._view, self.at):
            self._view.adding.type_to_add("")

    def _write(self, node: str, event: QMouseEvent) -> None:
        """Open the name of a layer for writing if that is under the pointer, else its choices."""
        view, stage = self._view, self._view.stage
        if view.locked or event.modifiers():
            self.press(event)
            return
        view.selection.select([node], node)
        face, measures = stage.scene.nodes.face(stage.scene.nodes.rows[node]), view.style_of_canvas.measures
        left, top, _, _ = stage.scene.rect(node)
        at = stage.lens.to_scene(self.at) - QPointF(left, top)
        wide = view.style_of_canvas.metrics["name"].horizontalAdvance(face.name)
        if at.y() <= measures.header and 0 <= at.x() - measures.name_x <= wide:
            view.rename()
        else:
            view.values_asked.emit()

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
        if self._view.testAttribute(Qt.WidgetAttribute.WA_SetCursor):
            self._view.unsetCursor()
        self._view.update()

    def hover(self) -> None:
        """See what the pointer is over."""
        self.hovering.see(self.at)
        if not self._space and self._view.cursor().shape() != self.hovering.shape:
            self._view.setCursor(self.hovering.shape)

    def leave(self) -> None:
        """The pointer left the canvas."""
        self.inside = False
        self.hovering.leave(keep_marks=self.gesture is not None)

    def hold_space(self, held: bool) -> None:
        """Space held lets a left drag pan."""
        self._space = held
        if self.gesture is None:
            self._view.setCursor(Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor)

    def turn(self, event: QWheelEvent) -> None:
        """Zoom or pan, and go on with what is in hand."""
        self.at = event.position()
        self.scrolling.turn(event)
        self._canvas_moved()

    def _canvas_moved(self) -> None:
        """See what the canvas has brought below the pointer."""
        self.follow()
        if self.gesture is None:
            self.hover()

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom by two fingers; tell whether the event was that."""
        if not self.scrolling.pinch(event):
            return False
        self._canvas_moved()
        return True

    @property
    def wheel(self) -> str:
        """What the wheel does without Ctrl: `zoom`, `pan`, or `ask`."""
        return self.scrolling.meaning

    @wheel.setter
    def wheel(self, meaning: str) -> None:
        self.scrolling.meaning = meaning

    def _hand_at_edge(self) -> QPointF | None:
        return self.at if self.gesture is not None and self.gesture.pans_at_edges else None
