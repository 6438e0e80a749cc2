"""Keeps what a screen reader knows of a canvas current: interfaces made when asked for, events when things change."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface

from widgets.canvas.accessibility.accessible import CanvasAccess, NodeAccess
from widgets.canvas.accessibility.accessible_annotation import AnnotationAccess
from widgets.canvas.accessibility.things import Inner, Thing, thing_of
from widgets.canvas.editor import Editor
from widgets.canvas.hands.stops import here
from widgets.canvas.scene import Scene, touched_by
from widgets.canvas.tables.board import Item
from widgets.document import Change

_Event = QAccessible.Event
_CHANGED = (_Event.NameChanged, _Event.DescriptionChanged, _Event.LocationChanged)


class Reader(QObject):
    """Holds one interface for each node, frame or note that was asked for, and tells of changes while somebody listens.

    Qt owns the interfaces by number: they are deleted through it when their node goes, the network on view is another
    one, or the canvas is destroyed.
    """

    def __init__(self, view: Editor) -> None:
        super().__init__(view)
        _install()
        self.view = view
        self._interfaces: dict[Thing, NodeAccess | AnnotationAccess] = {}
        self._numbers: dict[Thing, int] = {}
        self._order: list[str] = []
        self._places: dict[str, int] = {}
        self._items = self.items
        self._ordered_at = -1
        self._told = self.chosen
        numbers = self._numbers  # not self: this must not keep the canvas
        view.destroyed.connect(lambda: _delete(numbers, list(numbers)))
        view.document.edited.connect(self._follow)
        view.document.replaced.connect(self._renew)
        view.selection.view_changed.connect(self._renew)
        view.selection.changed.connect(self._tell_selection)
        view.structure.annotations.chosen.connect(self._tell_selection)

    @property
    def scene(self) -> Scene:
        """What is on view."""
        return self.view.scene

    @property
    def items(self) -> list[Item]:
        """The frames and notes that are to be seen."""
        return list(self.scene.board.shown())

    @property
    def chosen(self) -> frozenset[Thing]:
        """What is selected; where nothing is in an open block in which the hand works, that block."""
        blocks = self.view.selection.blocks
        held = self.view.selection.nodes | self.view.structure.annotations.selected
        if blocks and not held:
            return frozenset((thing_of(blocks[:-1], blocks[-1]),))
        return frozenset(thing_of(blocks, what) for what in held)

    @property
    def current(self) -> Thing | None:
        """What is current; where nothing is in an open block in which the hand works, that block."""
        blocks, current = self.view.selection.blocks, here(self.view)
        if blocks and current is None:
            return thing_of(blocks[:-1], blocks[-1])
        return thing_of(blocks, current) if current is not None else None

    @property
    def order(self) -> list[str]:
        """The nodes in topological order, those in a cycle at the end."""
        if self._ordered_at != self.scene.revision:
            report, nodes = self.scene.report, self.scene.nodes
            known = dict.fromkeys(node for node in report.order if node in nodes) if report is not None else {}
            self._order = list({**known, **dict.fromkeys(nodes)})
            self._places = {node: place for place, node in enumerate(self._order)}
            self._ordered_at = self.scene.revision
        return self._order

    @property
    def count(self) -> int:
        """How many nodes, frames and notes there are."""
        return len(self.order) + len(self.items)

    def at(self, index: int) -> NodeAccess | AnnotationAccess | None:
        """Return the interface at a place among these: nodes in their order, then frames and notes; None past them."""
        nodes, items = self.order, self.items if index >= len(self.order) else []
        if not 0 <= index < len(nodes) + len(items):
            return None
        return self.interface(nodes[index] if index < len(nodes) else items[index - len(nodes)])

    def index(self, what: Thing) -> int:
        """Return the place of something among the children of the canvas, -1 for what is gone."""
        if isinstance(what, str):
            return self._places.get(what, -1) if self.order else -1
        if isinstance(what, Inner):
            return -1  # a child of its block
        items = self.items
        return len(self.order) + items.index(what) if what in items else -1

    def has(self, what: Thing) -> bool:
        """Tell whether something is on the canvas."""
        if isinstance(what, Inner):
            stage = self.view.root.reached(what.blocks)
            held = stage.scene.nodes if isinstance(what.what, str) else list(stage.scene.board.shown())
            return stage.blocks == what.blocks and what.what in held
        return what in self.scene.nodes if isinstance(what, str) else what in self.items

    def interface(self, what: Thing) -> NodeAccess | AnnotationAccess:
        """Return the interface of a node, frame or note, made and registered with Qt when it is first asked for."""
        if what not in self._interfaces:
            made = self._made(what)
            self._interfaces[what] = made
            self._numbers[what] = QAccessible.registerAccessibleInterface(made)
        return self._interfaces[what]

    def _made(self, what: Thing) -> NodeAccess | AnnotationAccess:
        stop, blocks = (what.what, what.blocks) if isinstance(what, Inner) else (what, ())
        return NodeAccess(self, stop, blocks) if isinstance(stop, str) else AnnotationAccess(self, stop, blocks)

    @property
    def held(self) -> frozenset[Thing]:
        """The nodes, frames and notes for which an interface exists."""
        return frozenset(self._interfaces)

    def _follow(self, change: Change) -> None:
        nodes, whole = touched_by(change.edit, self.scene.name)
        gone = [what for what in self._interfaces if not self.has(what)]
        before, self._items = self._items, self.items
        if QAccessible.isActive():
            self._tell(gone, _Event.ObjectDestroyed)
            inner = frozenset(what for what in self._interfaces if isinstance(what, Inner))
            changed = (nodes | change.nodes | frozenset(self._items) | inner) & self._interfaces.keys() - set(gone)
            for event in _CHANGED:
                self._tell(changed, event)
            new: list[Thing] = [node for node in nodes if node in self.scene.nodes and node not in self._interfaces]
            new += [item for item in self._items if item not in before and item not in self._interfaces]
            self._tell(new, _Event.ObjectCreated)
            if gone or new or whole:
                self._tell_canvas(_Event.ObjectReorder)
            if nodes & self.scene.insides.keys() or change.network != self.scene.name:
                self._tell((node for node in self.scene.insides if node in self._interfaces), _Event.ObjectReorder)
        self._drop(gone)

    def _renew(self) -> None:
        """Another drawing is on view."""
        if QAccessible.isActive():
            self._tell(self._interfaces, _Event.ObjectDestroyed)
        self._drop(list(self._interfaces))
        self._told, self._items = frozenset(), self.items
        if QAccessible.isActive():
            self._tell_canvas(_Event.DescriptionChanged)
            self._tell_canvas(_Event.ObjectReorder)

    def _tell_selection(self) -> None:
        before, now = self._told, self.chosen
        self._told = now
        if not QAccessible.isActive():
            return
        self._tell((what for what in before - now if self.has(what)), _Event.SelectionRemove)
        self._tell((what for what in now - before if self.has(what)), _Event.SelectionAdd)
        self._tell_canvas(_Event.SelectionWithin)
        current = self.current
        if current is not None and self.has(current) and self.view.hasFocus():
            self._tell([current], _Event.Focus)

    def _tell(self, things: Iterable[Thing], event: QAccessible.Event) -> None:
        for what in things:
            QAccessible.updateAccessibility(QAccessibleEvent(self.interface(what), event))

    def _tell_canvas(self, event: QAccessible.Event) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self.view, event))

    def _drop(self, things: list[Thing]) -> None:
        _delete(self._numbers, things)
        for what in things:
            del self._interfaces[what]


def _delete(numbers: dict[Thing, int], things: list[Thing]) -> None:
    for what in things:
        QAccessible.deleteAccessibleInterface(numbers.pop(what))


def _canvas_access(_class_name: str, candidate: QObject) -> QAccessibleInterface | None:
    """Return the interface of a canvas, None for everything else, which Qt then answers for itself."""
    reader = candidate.findChild(Reader) if isinstance(candidate, Editor) else None
    return CanvasAccess(reader) if reader is not None else None


@cache
def _install() -> None:
    """Let Qt ask here for the interface of a canvas; once a process, for Qt keeps every factory that it is given."""
    QAccessible.installFactory(_canvas_access)
