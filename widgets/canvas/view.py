"""The canvas on the screen: shows a scene and hands on what mouse, wheel, touchpad, keys and drags say."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from graphs.errors import UserError
from widgets.canvas.accessibility.reader import Reader
from widgets.canvas.acts.adding import Adding
from widgets.canvas.acts.key_wiring import KeyWiring
from widgets.canvas.cards.finder import Finder
from widgets.canvas.cards.name_field import MIDDLE
from widgets.canvas.editor import Editor
from widgets.canvas.gestures.drop import Drop
from widgets.canvas.hands.keyboard import Keyboard, held_after
from widgets.canvas.hands.pointer import Pointer
from widgets.canvas.hands.scrolling import ZOOM
from widgets.canvas.hands.stops import go_to, here, next_stop
from widgets.document import Document
from widgets.dragged import layer_of
from widgets.selection import Selection
from widgets.theme import Theme, ThemeSource


class CanvasView(Editor):
    """A network on view, edited with pointer and keyboard.

    wheel: what the wheel does without Ctrl, `zoom`, `pan`, or `ask`; wheel_chosen carries the answer when it was asked.
    status_hint carries a line of help for what the hand is doing; menu_requested the node, Wire, or frame or note
    (as an Item) under the pointer, or None, and the place on the screen. values_asked: the choices of what is selected
    are to be written.
    """

    status_hint = Signal(str)
    wheel_chosen = Signal(str)
    menu_requested = Signal(object, QPointF)
    values_asked = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeSource,
        parent: QWidget | None = None,
        wheel: str = ZOOM,
    ) -> None:
        super().__init__(document, selection, themes, parent)
        self.adding, self.finder, self.wiring = Adding(self), Finder(self), KeyWiring(self)
        self.pointer, self.keyboard = Pointer(self, wheel), Keyboard(self)
        self.reader = Reader(self)
        self._drop: Drop | None = None
        for changed in (document.edited, document.replaced, selection.view_changed):
            changed.connect(self._let_go)
        themes.changed.connect(self._show_theme_in_parts)
        self._show_theme_in_parts(themes.theme)
        self.setAcceptDrops(True)

    def _show_theme_in_parts(self, theme: Theme) -> None:
        self.card.show_theme(theme)
        self.adding.popup.show_theme(theme)
        self.finder.popup.show_theme(theme)

    def _let_go(self) -> None:
        """End what is in hand, for the drawing that it was about is another one now."""
        self.pointer.cancel()
        self.card.close()
        self.wiring.stop()
        self.adding.popup.leave()
        self.finder.popup.leave()

    def finish_gesture(self) -> None:
        """End what the hand is doing, with nothing changed."""
        self.pointer.cancel()

    def add_layer(self, kind: str, at: QPointF | None = None) -> None:
        """Add a layer, or a block of the network called `kind`: at a point of the view, else after the current node.

        Without either it stands in the middle of the view. Raises UserError for a name that is neither.
        """
        self.adding.add(kind, at)

    def place_for_new(self) -> QPointF:
        """Return where something new goes: at the pointer, else in the middle."""
        return self.pointer.at if self.pointer.inside else self.rect().toRectF().center()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_frame(painter)
        if (gesture := self.pointer.gesture) is not None:
            (gesture.paint if self.pointer.begun else gesture.paint_pressed)(painter)
        if self._drop is not None:
            self._drop.paint(painter)
        self.wiring.paint(painter)
        self.adding.paint(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != MIDDLE or not any(field.hasFocus() for field in self.fields):  # it pans while one writes
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.by_keyboard = False
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.pointer.turn(event)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self.pointer.pinch(event):
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.pointer.hovering.tell_node(event)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu()
            return
        self.work_on(self.root.touched(QPointF(event.pos())))
        stage = self.stage
        hit = stage.hits.at(QPointF(event.pos()))
        if hit.node is not None and hit.node not in self.selection.nodes:
            self.selection.select([hit.node])
        elif hit.node is None and hit.wire is not None and hit.wire not in self.selection.wires:
            self.selection.select(wires=[hit.wire])
        found = stage.scene.board.at(QPointF(event.pos()), stage.lens) if hit.empty else None
        if found is not None and found[0] not in self.structure.annotations.selected:
            self.structure.annotations.select([found[0]])
        self.menu_requested.emit(hit.node or hit.wire or (found and found[0]), QPointF(event.globalPos()))

    def _ask_for_menu(self) -> None:
        """Ask for the menu of what the keyboard is at, beside that."""
        selection, stage, stop = self.selection, self.stage, here(self)
        what: object = stop if stop is not None else next(iter(selection.wires), None)
        at = self.rect().toRectF().center()
        if isinstance(stop, str) and stop in stage.scene.nodes:
            left, top, _, bottom = stage.scene.rect(stop)
            at = stage.lens.to_view(left, (top + bottom) / 2)
        elif isinstance(stop, tuple):
            at = stage.scene.board.on_screen(stop, stage.lens).topLeft()
        self.menu_requested.emit(what, self.mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.pointer.hold(held_after(event))
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.pointer.hold(held_after(event))
        if not self.keyboard.release(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keyboard.let_go()  # keys that go up elsewhere are never heard of
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self.hasFocus():
            return super().focusNextPrevChild(forward)
        stop = next_stop(self, back=not forward)
        if stop is not None:
            go_to(self, stop)
        return stop is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        what = layer_of(event.mimeData(), self.scene.project)
        self._leave_drop()  # whose end was never told
        if what is not None and not self.locked:
            self._drop = Drop(self, what)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._drop is not None:
            self._drop.move(event.position(), event.modifiers())
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._leave_drop()

    def _leave_drop(self) -> None:
        drop, self._drop = self._drop, None
        if drop is not None:
            drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        drop, self._drop = self._drop, None
        if drop is not None:
            drop.move(event.position(), event.modifiers())
            self._drop_layer(drop)
            event.acceptProposedAction()

    def _drop_layer(self, drop: Drop) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        try:
            drop.release()
        except UserError as error:
            self.refuse(error)
