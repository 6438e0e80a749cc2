"""A frame or note for screen readers: a child of what holds it beside the nodes there, with name, place and actions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface

from graphs.annotations import contents
from widgets.canvas.accessibility.accessible_part import PartAccess, gone
from widgets.canvas.accessibility.things import thing_of
from widgets.canvas.hands.stops import go_to
from widgets.canvas.stage import Stage
from widgets.canvas.tables.board import FRAMES, Item

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

    def __init__(self, reader: "Reader", item: Item, blocks: tuple[str, ...] = ()) -> None:
        super().__init__(reader)
        self.item, self.blocks = item, blocks
        self.thing = thing_of(blocks, item)

    @property
    def _stage(self) -> Stage:
        return self._reader.view.root.reached(self.blocks)

    def isValid(self) -> bool:
        return self._reader.has(self.thing)

    def parent(self) -> QAccessibleInterface:
        if self.blocks:
            return self._reader.interface(thing_of(self.blocks[:-1], self.blocks[-1]))
        return QAccessible.queryAccessibleInterface(self._reader.view)

    def childCount(self) -> int:
        return 0

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # it has no children
        return None

    def text(self, t: QAccessible.Text, /) -> str:
        if not self.isValid():
            return ""
        scene, (kind, id_) = self._stage.scene, self.item
        if kind != FRAMES:
            words = scene.board.notes[id_].text
            named = f"{words.strip().partition(chr(10))[0] or 'Empty'}, note"
            return named if t is QAccessible.Text.Name else words if t is QAccessible.Text.Description else ""
        frame, network = scene.board.frames[id_], scene.network
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
        stage = self._stage
        return self._on_screen(stage.scene.board.on_screen(self.item, stage.lens))

    def state(self) -> QAccessible.State:
        if not self.isValid():
            return gone()
        reader = self._reader
        return self._standing(selected=self.thing in reader.chosen, current=reader.current == self.thing)

    def actionNames(self) -> list[str]:
        if not self.isValid():
            return []
        return [SELECT, WRITE, FOLD] if self.item[0] == FRAMES else [SELECT, WRITE]

    def doAction(self, actionName: str, /) -> None:
        view = self._reader.view
        if not self.isValid():
            return
        view.work_on(self._stage)
        go_to(view, self.item)
        if actionName == WRITE:
            view.rename()
        elif actionName == FOLD:
            view.structure.annotations.toggle_collapsed()
