"""A frame or note for screen readers: a child of the canvas beside its nodes, with name, state, place and actions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from graphs.annotations import contents
from widgets.canvas.acts.annotations import FRAMES, Item
from widgets.canvas.hands.stops import go_to, here

if TYPE_CHECKING:
    from widgets.canvas.accessibility.reader import Reader

SELECT, WRITE, FOLD = "Select", "Rename", "Collapse or open"
_DESCRIPTIONS = {
    SELECT: "Selects it and brings it into view",
    WRITE: "Opens its title or text for writing",
    FOLD: "Draws the frame as a box, or opens it again",
}
_KEYS = {WRITE: ["F2"], FOLD: ["Return"]}


class AnnotationAccess(QAccessibleWidget):
    """Stands on the widget of the canvas as the interfaces of nodes do, and is no object of its own either."""

    def __init__(self, reader: "Reader", item: Item) -> None:
        super().__init__(reader.view, QAccessible.Role.ListItem, "")
        self._reader, self.item = reader, item

    def object(self) -> QObject | None:  # type: ignore[override]  # None for what is no object, as Qt has it
        return None

    def isValid(self) -> bool:
        return self.item in self._reader.items

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._reader.view)

    def childCount(self) -> int:
        return 0

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # it has no children
        return None

    def text(self, t: QAccessible.Text, /) -> str:
        if not self.isValid():
            return ""
        annotations, (kind, id_) = self._reader.view.structure.annotations, self.item
        if kind != FRAMES:
            words = annotations.notes[id_].text
            named = f"{words.strip().partition(chr(10))[0] or 'Empty'}, note"
            return named if t is QAccessible.Text.Name else words if t is QAccessible.Text.Description else ""
        frame, network = annotations.frames[id_], self._reader.scene.network
        if t is QAccessible.Text.Name:
            return f"{frame.title}, frame"
        if t is not QAccessible.Text.Description:
            return ""
        names = ", ".join(network.name(node) for node in network if node in contents(network, id_).nodes)
        return f"{'collapsed; ' if frame.collapsed else ''}{f'holds {names}' if names else 'holds nothing'}"

    def rect(self) -> QRect:
        """Return where it stands on the screen, px."""
        view = self._reader.view
        if not self.isValid():
            return QRect()
        on_view = view.structure.annotations.on_screen(self.item).toAlignedRect()
        return QRect(view.mapToGlobal(on_view.topLeft()), on_view.size())

    def state(self) -> QAccessible.State:
        view, state = self._reader.view, QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        chosen = view.structure.annotations.selected
        state.selectable = state.focusable = state.multiSelectable = state.extSelectable = True
        state.selected = self.item in chosen
        state.active = here(view) == self.item
        state.focused = state.active and view.hasFocus()
        state.readOnly = view.document.project.read_only
        state.invisible = not view.isVisible()
        state.offscreen = not view.rect().translated(view.mapToGlobal(QPoint())).intersects(self.rect())
        return state

    def actionNames(self) -> list[str]:
        if not self.isValid():
            return []
        return [SELECT, WRITE, FOLD] if self.item[0] == FRAMES else [SELECT, WRITE]

    def doAction(self, actionName: str, /) -> None:
        view = self._reader.view
        if not self.isValid():
            return
        go_to(view, self.item)
        if actionName == WRITE:
            view.rename()
        elif actionName == FOLD:
            view.structure.annotations.toggle_collapsed()

    def localizedActionName(self, name: str, /) -> str:
        return name

    def localizedActionDescription(self, name: str, /) -> str:
        return _DESCRIPTIONS.get(name, "")

    def keyBindingsForAction(self, actionName: str, /) -> list[str]:
        return _KEYS.get(actionName, [])
