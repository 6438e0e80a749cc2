"""The canvas on the screen: shows a scene, hands events on, and offers what the window's commands call."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from graphs.edits import Edit
from graphs.errors import UserError
from graphs.ports import BLOCK
from graphs.project import MAIN
from widgets.canvas import walking
from widgets.canvas.adding import Adding
from widgets.canvas.arranging import Glide, arranging
from widgets.canvas.editing import Editing
from widgets.canvas.fitness import Refused
from widgets.canvas.gestures.drop import MIME, Drop, addable
from widgets.canvas.keyboard import Keyboard
from widgets.canvas.name_field import NameField
from widgets.canvas.node_geometry import node_measures
from widgets.canvas.pointer import ZOOM, Pointer
from widgets.canvas.refusal_card import RefusalCard
from widgets.canvas.surface import Surface
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import Theme, ThemeSource


class CanvasView(Surface):
    """A network on view, edited with pointer and keyboard.

    wheel: what the wheel does without Ctrl, `zoom` or `pan`. status_hint carries a line of help for what the hand is
    doing; menu_requested the node under the pointer (or None) and the place on the screen.
    """

    status_hint = Signal(str)
    menu_requested = Signal(object, QPointF)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeSource,
        parent: QWidget | None = None,
        wheel: str = ZOOM,
    ) -> None:
        super().__init__(document, selection, themes, parent)
        self.card, self.name_field, self.adding = RefusalCard(self), NameField(self), Adding(self)
        self.pointer, self.keyboard = Pointer(self, wheel), Keyboard(self)
        self._drop: Drop | None = None
        self._glide = Glide(self.scene, self)
        self._glide.moved.connect(self.update)
        self.name_field.entered.connect(self._rename)
        for changed in (document.edited, document.replaced, selection.view_changed):
            changed.connect(self._let_go)
        themes.changed.connect(self._show_theme_in_parts)
        self._show_theme_in_parts(themes.theme)
        self.setAcceptDrops(True)

    def _show_theme_in_parts(self, theme: Theme) -> None:
        self.card.show_theme(theme)
        self.adding.popup.show_theme(theme)

    def _let_go(self) -> None:
        """End what is in hand, for the drawing that it was about is another one now."""
        self.pointer.cancel()
        self.adding.popup.leave()

    @property
    def editing(self) -> Editing:
        """What can be done with the selection."""
        return Editing(self.scene, self.selection)

    def perform(self, edit: Edit | None, select: Sequence[str] | None = None) -> bool:
        """Carry out an edit as one undo step and select `select`; what does not fit is said in the card."""
        if edit is None:
            return False
        try:
            self.document.perform(edit)
        except UserError as error:
            self.refuse(error)
            return False
        if select is not None:
            self.selection.select(select)
        return True

    def refuse(self, error: UserError) -> None:
        """Say at the pointer why nothing was changed."""
        self.card.tell(Refused("Nothing was changed", str(error)), self.pointer.at, lambda _edit: None)
        self.card.keep()

    def finish_gesture(self) -> None:
        """End what the hand is doing, with nothing changed."""
        self.pointer.cancel()

    def delete(self) -> None:
        """Delete the selected nodes and wires."""
        self.perform(self.editing.delete())

    def copy(self) -> None:
        """Copy the selected nodes to the clipboard as text."""
        self.editing.copy()

    def cut(self) -> None:
        """Copy the selected nodes and delete them."""
        if self.editing.copy():
            self.delete()

    def paste(self) -> None:
        """Paste layers from the clipboard where the pointer is, or in the middle of the view."""
        at = self.camera.to_scene(self.place_for_new())
        try:
            edit, nodes = self.editing.paste((at.x(), at.y()))
        except UserError as error:
            self.refuse(error)
            return
        self.perform(edit, nodes)

    def duplicate(self, *, with_wires: bool = False) -> None:
        """Add copies of the selected nodes beside them, fed as the originals are if `with_wires`."""
        copies = self.editing.duplicate(with_wires=with_wires)
        if copies is not None:
            self.perform(*copies)

    def select_all(self) -> None:
        """Select every node."""
        self.selection.select(sorted(self.scene.nodes))

    def nudge(self, across: int, along: int, *, far: bool = False) -> None:
        """Move the selected nodes by steps of the grid."""
        self.perform(self.editing.nudge(across, along, far=far))

    def arrange(self) -> None:
        """Tidy the selected nodes, or the whole network; they glide to their places."""
        edit = arranging(self.scene, self.selection)
        if edit is not None:
            before = {node: self.scene.position(node) for node in self.scene.nodes}
            if self.perform(edit):
                self._glide.start(before, self.theme.measures.duration.arrange)

    def rename(self) -> None:
        """Open the field over the current node's name."""
        node = self.selection.current
        if node is not None and node in self.scene.nodes:
            left, top, right, _ = self.scene.rect(node)
            name_x, zoom = node_measures().name_x - 6, self.camera.zoom
            corner = self.camera.to_view(left + name_x, top + 3)
            width = max((right - left - name_x - 6) * zoom, 120.0)
            place = QRectF(corner.x(), corner.y(), width, max(22.0 * zoom, 24.0))
            self.name_field.open_for(node, self.scene.network.name(node), place)

    def _rename(self, node: str, name: str) -> None:
        self.perform(self.editing.rename(node, name))

    def dive(self, node: str) -> bool:
        """Show the network that a block stands for; tell whether the node is one."""
        held = self.scene.network
        inner = str(held.parameters(node).get("network", "")) if node in held and held.kind(node) == BLOCK else ""
        if inner in self.document.project.networks:
            self.selection.show(inner, (*self.selection.path, node))
            return True
        return False

    def leave(self) -> None:
        """Show the network that holds the block on view, with the block selected."""
        path = self.selection.path
        if path:
            self.selection.show(self._network_at(path[:-1]), path[:-1])
            self.selection.select([path[-1]])

    def _network_at(self, path: tuple[str, ...]) -> str:
        """Return the network to which block nodes lead from main."""
        name, networks = MAIN, self.document.project.networks
        for node in path:
            inner = str(networks[name].parameters(node).get("network")) if node in networks[name] else ""
            if inner not in networks:
                return MAIN
            name = inner
        return name

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
        if self.pointer.begun and self.pointer.gesture is not None:
            self.pointer.gesture.paint(painter)
        if self._drop is not None:
            self._drop.paint(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.by_keyboard = False
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.hits.node(event.position())
        if node is None or not self.dive(node):
            self.pointer.press(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointer.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.pointer.turn(event)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self.pointer.pinch(event):
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        node = self.hits.node(QPointF(event.pos()))
        if node is not None and node not in self.selection.nodes:
            self.selection.select([node])
        self.menu_requested.emit(node, QPointF(event.globalPos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.release(event):
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not self.hasFocus():
            return super().focusNextPrevChild(forward)
        node = walking.next_in_order(self.scene, self.selection.current, back=not forward)
        if node is not None:
            self.focus_node(node)
        return node is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        what = addable(self, bytes(event.mimeData().data(MIME).data())) if event.mimeData().hasFormat(MIME) else None
        if what is not None:
            self._drop = Drop(self, what)
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._drop is not None:
            self._drop.move(event.position(), event.modifiers())
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
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
