"""A frame or note for screen readers: a child of the canvas beside its nodes, with name, state, place and actions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface

from graphs.annotations import contents
from widgets.canvas.accessibility.accessible_part import PartAccess, gone
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


class AnnotationAccess(PartAccess):
    """One frame or note: a list item that says what it holds."""

    descriptions, keys = _DESCRIPTIONS, _KEYS

    def __init__(self, reader: "Reader", item: Item) -> None:
        super().__init__(reader)
        self.item = item

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
        if not self.isValid():
            return QRect()
        return self._on_screen(self._reader.view.structure.annotations.on_screen(self.item))

    def state(self) -> QAccessible.State:
        if not self.isValid():
            return gone()
        view = self._reader.view
        chosen = view.structure.annotations.selected
        return self._standing(selected=self.item in chosen, current=here(view) == self.item)

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
