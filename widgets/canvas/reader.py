"""Keeps what a screen reader knows of a canvas current: interfaces made when asked for, events when things change."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface

from widgets.canvas.accessible import CanvasAccess, NodeAccess
from widgets.canvas.editor import Editor
from widgets.canvas.scene import Scene, touched_by
from widgets.document import Change

_Event = QAccessible.Event
_CHANGED = (_Event.NameChanged, _Event.DescriptionChanged, _Event.LocationChanged)


class Reader(QObject):
    """Holds one interface for each node that was ever asked for, and tells of changes while somebody listens.

    Qt owns the interfaces by number: they are deleted through it when their node goes, the network on view is another
    one, or the canvas is destroyed.
    """

    def __init__(self, view: Editor) -> None:
        super().__init__(view)
        _install()
        self.view = view
        self._interfaces: dict[str, NodeAccess] = {}
        self._numbers: dict[str, int] = {}
        self._order: list[str] = []
        self._places: dict[str, int] = {}
        self._ordered_at = -1
        self._told = self.chosen
        numbers = self._numbers  # not self: this must not keep the canvas
        view.destroyed.connect(lambda: _delete(numbers, list(numbers)))
        view.document.edited.connect(self._follow)
        view.document.replaced.connect(self._renew)
        view.selection.view_changed.connect(self._renew)
        view.selection.changed.connect(self._tell_selection)

    @property
    def scene(self) -> Scene:
        """What is on view."""
        return self.view.scene

    @property
    def chosen(self) -> frozenset[str]:
        """The selected nodes; of layers in an open block, that block."""
        selection = self.view.selection
        return frozenset(selection.blocks[:1]) or selection.nodes

    @property
    def current(self) -> str | None:
        """The current node; of one in an open block, that block."""
        selection = self.view.selection
        return selection.blocks[0] if selection.blocks else selection.current

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

    def index(self, node: str) -> int:
        """Return the place of a node among the children of the canvas, -1 for one that is gone."""
        return self._places.get(node, -1) if self.order else -1

    def interface(self, node: str) -> NodeAccess:
        """Return the interface of a node, made and registered with Qt when it is first asked for."""
        if node not in self._interfaces:
            made = NodeAccess(self, node)
            self._interfaces[node] = made
            self._numbers[node] = QAccessible.registerAccessibleInterface(made)
        return self._interfaces[node]

    @property
    def held(self) -> frozenset[str]:
        """The nodes for which an interface exists."""
        return frozenset(self._interfaces)

    def _follow(self, change: Change) -> None:
        nodes, whole = touched_by(change.edit, self.scene.name)
        gone = [node for node in self._interfaces if node not in self.scene.nodes]
        if QAccessible.isActive():
            self._tell(gone, _Event.ObjectDestroyed)
            here = (nodes | change.nodes) & self._interfaces.keys() - set(gone)
            for event in _CHANGED:
                self._tell(here, event)
            new = [node for node in nodes if node in self.scene.nodes and node not in self._interfaces]
            self._tell(new, _Event.ObjectCreated)
            if gone or new or whole:
                self._tell_canvas(_Event.ObjectReorder)
        self._drop(gone)

    def _renew(self) -> None:
        """Another drawing is on view."""
        if QAccessible.isActive():
            self._tell(self._interfaces, _Event.ObjectDestroyed)
        self._drop(list(self._interfaces))
        self._told = frozenset()
        if QAccessible.isActive():
            self._tell_canvas(_Event.DescriptionChanged)
            self._tell_canvas(_Event.ObjectReorder)

    def _tell_selection(self) -> None:
        before, now = self._told, self.chosen
        self._told = now
        if not QAccessible.isActive():
            return
        self._tell((n for n in before - now if n in self.scene.nodes), _Event.SelectionRemove)
        self._tell((n for n in now - before if n in self.scene.nodes), _Event.SelectionAdd)
        self._tell_canvas(_Event.SelectionWithin)
        current = self.current
        if current is not None and current in self.scene.nodes and self.view.hasFocus():
            self._tell([current], _Event.Focus)

    def _tell(self, nodes: Iterable[str], event: QAccessible.Event) -> None:
        for node in nodes:
            QAccessible.updateAccessibility(QAccessibleEvent(self.interface(node), event))

    def _tell_canvas(self, event: QAccessible.Event) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self.view, event))

    def _drop(self, nodes: list[str]) -> None:
        _delete(self._numbers, nodes)
        for node in nodes:
            del self._interfaces[node]


def _delete(numbers: dict[str, int], nodes: list[str]) -> None:
    for node in nodes:
        QAccessible.deleteAccessibleInterface(numbers.pop(node))


def _canvas_access(_class_name: str, candidate: QObject) -> QAccessibleInterface | None:
    """Return the interface of a canvas, None for everything else, which Qt then answers for itself."""
    reader = candidate.findChild(Reader) if isinstance(candidate, Editor) else None
    return CanvasAccess(reader) if reader is not None else None


@cache
def _install() -> None:
    """Let Qt ask here for the interface of a canvas; once a process, for Qt keeps every factory that it is given."""
    QAccessible.installFactory(_canvas_access)
