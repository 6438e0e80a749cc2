"""The canvas for screen readers: every node is a child of it, with name, state, place, wires and actions."""

from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

from graphs.ports import BLOCK
from widgets.canvas.accessibility.accessible_annotation import AnnotationAccess
from widgets.canvas.accessibility.accessible_part import PartAccess, gone
from widgets.canvas.accessibility.node_words import description_words, drawing_words, name_words, problem_words
from widgets.canvas.accessibility.things import thing_of
from widgets.canvas.hands import walking
from widgets.canvas.hands.stops import Stop
from widgets.canvas.stage import Stage

if TYPE_CHECKING:
    from widgets.canvas.accessibility.reader import Reader

SELECT, RENAME, DIVE = "Select", "Rename", "Open block"
_DESCRIPTIONS = {
    SELECT: "Selects the layer and brings it into view",
    RENAME: "Opens the field over its name",
    DIVE: "Shows the network that the block stands for",
}
_KEYS = {RENAME: ["F2"], DIVE: ["Return"]}


class CanvasAccess(QAccessibleWidget):
    """The canvas: its children are the nodes in topological order, frames and notes, then the widgets on it."""

    def __init__(self, reader: "Reader") -> None:
        super().__init__(reader.view, QAccessible.Role.List, reader.view.accessibleName())
        self._held = ref(reader)  # what a factory makes lives on in Python: it must not keep the canvas

    @property
    def _reader(self) -> "Reader":
        reader = self._held()
        assert reader is not None  # the canvas, and with it this interface, goes first
        return reader

    def text(self, t: QAccessible.Text, /) -> str:
        return drawing_words(self._reader.scene) if t is QAccessible.Text.Description else super().text(t)

    def childCount(self) -> int:
        return self._reader.count + super().childCount()

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # None past the end
        return self._reader.at(index) or super().child(index - self._reader.count)

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        reader = self._reader
        if isinstance(child, NodeAccess):
            return reader.index(child.thing)
        if isinstance(child, AnnotationAccess):
            return reader.index(child.thing)
        at = super().indexOfChild(child)
        return at if at < 0 else at + reader.count

    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # None between nodes
        reader = self._reader
        at = QPointF(reader.view.mapFromGlobal(QPointF(x, y)))
        stage = reader.view.root.touched(at)
        if (node := stage.hits.node(at)) is not None:
            return reader.interface(thing_of(stage.blocks, node))
        found = stage.scene.board.at(at, stage.lens)
        return reader.interface(thing_of(stage.blocks, found[0])) if found is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # None without a current node
        reader, current = self._reader, self._reader.current
        if reader.view.hasFocus():
            return reader.interface(current) if current is not None and reader.has(current) else None
        return super().focusChild()


class NodeAccess(PartAccess):
    """One node: a list item that says what it is, what is wrong with it and where its wires lead.

    What is in a block that stands open are its children. `blocks` are those that lead here, as of a `Stage`.
    """

    descriptions, keys = _DESCRIPTIONS, _KEYS

    def __init__(self, reader: "Reader", node: str, blocks: tuple[str, ...] = ()) -> None:
        super().__init__(reader)
        self.node, self.blocks = node, blocks
        self.thing = thing_of(blocks, node)

    @property
    def _stage(self) -> Stage:
        return self._reader.view.root.reached(self.blocks)

    @property
    def _inside(self) -> list[Stop]:
        """Return what is seen in this one: nodes in topological order, those in a cycle, then frames and notes."""
        stage = self._stage.within(self.node) if self.isValid() else None
        if stage is None:
            return []
        return list(dict.fromkeys((*walking.order(stage.scene), *stage.scene.nodes, *stage.scene.board.shown())))

    def _beside(self, node: str) -> QAccessibleInterface:
        return self._reader.interface(thing_of(self.blocks, node))

    def isValid(self) -> bool:
        return self._reader.has(self.thing)

    def parent(self) -> QAccessibleInterface:
        if self.blocks:
            return self._reader.interface(thing_of(self.blocks[:-1], self.blocks[-1]))
        return QAccessible.queryAccessibleInterface(self._reader.view)

    def childCount(self) -> int:
        return len(self._inside)

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # None past the end
        inside = self._inside
        if not 0 <= index < len(inside):
            return None
        return self._reader.interface(thing_of((*self.blocks, self.node), inside[index]))

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        if not isinstance(child, NodeAccess | AnnotationAccess) or child.blocks != (*self.blocks, self.node):
            return -1
        places = [thing_of(child.blocks, what) for what in self._inside]
        return places.index(child.thing) if child.thing in places else -1

    def text(self, t: QAccessible.Text, /) -> str:
        if not self.isValid():
            return ""
        scene = self._stage.scene
        if t is QAccessible.Text.Name:
            return name_words(scene, self.node)
        if t is QAccessible.Text.Description:
            return description_words(scene, self.node)
        return " ".join(problem_words(scene, self.node)) if t is QAccessible.Text.Help else ""

    def rect(self) -> QRect:
        """Return where the node stands on the screen, px."""
        if not self.isValid():
            return QRect()
        stage = self._stage
        left, top, right, bottom = stage.scene.rect(self.node)
        return self._on_screen(QRectF(stage.lens.to_view(left, top), stage.lens.to_view(right, bottom)))

    def state(self) -> QAccessible.State:
        if not self.isValid():
            return gone()
        thing, reader = self.thing, self._reader
        state = self._standing(selected=thing in reader.chosen, current=reader.current == thing)
        scene = self._stage.scene
        state.expandable = scene.network.kind(self.node) == BLOCK
        state.expanded = self.node in scene.insides
        state.disabled = bool(scene.network[self.node].get("disabled"))
        return state

    def relations(
        self, match: QAccessible.RelationFlag = QAccessible.RelationFlag.Label, /
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        """Return the nodes before and after this one, over its wires; `match` narrows nothing, as callers filter."""
        if not self.isValid():
            return []
        network = self._stage.scene.network
        before = [(wire.source, QAccessible.RelationFlag.FlowsFrom) for wire in network.wires_into(self.node)]
        after = [(wire.target, QAccessible.RelationFlag.FlowsTo) for wire in network.wires_from(self.node)]
        return [(self._beside(node), flag) for node, flag in (*before, *after)]

    def actionNames(self) -> list[str]:
        if not self.isValid():
            return []
        block = self._stage.scene.network.kind(self.node) == BLOCK
        return [SELECT, RENAME, DIVE] if block else [SELECT, RENAME]

    def doAction(self, actionName: str, /) -> None:
        view = self._reader.view
        if not self.isValid():
            return
        view.work_on(self._stage)
        if actionName == DIVE:
            view.dive(self.node)
            return
        view.focus_node(self.node)
        if actionName == RENAME:
            view.rename()
