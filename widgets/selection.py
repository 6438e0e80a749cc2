"""Selection: which network is on view and what is selected in it."""

from collections.abc import Container, Iterable

from PySide6.QtCore import QObject, Signal

from graphs.network import Wire
from graphs.project import MAIN

Dot = tuple[Wire, int]
Annotation = tuple[str, str]
"""`frames` or `notes`, and the id."""
Place = tuple[str, tuple[str, ...]]
"""A network, and the block nodes through which it is seen, from `main` down."""


class Selection(QObject):
    """What the canvas shows and what the panels are about.

    on_view: what the canvas shows. network, path: the network in which things are selected, and the block nodes that
    lead there from `main`; those beyond `on_view` are blocks that stand open on the canvas. current: the one node of
    the selection that the keyboard acts on and the property form shows. dots: of the wires that are led through some,
    each with its index.
    annotations: the frames and notes that are selected there; annotated: they are others now; annotation_sought: one
    was chosen elsewhere, which the canvas selects and brings into view.
    sought: a node was selected from elsewhere, which the canvas brings into view.
    leaving: another network will be on view, so what is being written about this one has to be said now.
    """

    changed = Signal()
    annotated = Signal()
    annotation_sought = Signal(str, str)
    sought = Signal(str)
    leaving = Signal()
    view_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on_view: Place = (MAIN, ())
        self.network = MAIN
        self.path: tuple[str, ...] = ()
        self.nodes: frozenset[str] = frozenset()
        self.wires: frozenset[Wire] = frozenset()
        self.dots: frozenset[Dot] = frozenset()
        self.current: str | None = None
        self.annotations: frozenset[Annotation] = frozenset()

    def annotate(self, items: frozenset[Annotation]) -> None:
        """Note which frames and notes are selected, as the canvas does."""
        if items != self.annotations:
            self.annotations = items
            self.annotated.emit()

    def select(
        self,
        nodes: Iterable[str] = (),
        current: str | None = None,
        wires: Iterable[Wire] = (),
        dots: Iterable[Dot] = (),
    ) -> None:
        """Select exactly these; `current` is the first of `nodes` unless named."""
        chosen = list(nodes)
        new = (frozenset(chosen), frozenset(wires), current or (chosen[0] if chosen else None), frozenset(dots))
        if new != (self.nodes, self.wires, self.current, self.dots):
            self.nodes, self.wires, self.current, self.dots = new
            self.changed.emit()

    def seek(self, node: str) -> None:
        """Select a node alone and bring it into view."""
        self.select((node,))
        self.sought.emit(node)

    def keep(self, nodes: Container[str], wires: Container[Wire]) -> None:
        """Forget what is not among `nodes` and `wires` any more."""
        left = sorted(node for node in self.nodes if node in nodes)
        current = self.current if self.current in left else None
        dots = (dot for dot in self.dots if dot[0] in wires)
        self.select(left, current, (wire for wire in self.wires if wire in wires), dots)

    def show(self, network: str = MAIN, path: tuple[str, ...] = ()) -> None:
        """Bring another network (or another use of a block) on view, with nothing selected."""
        if (network, path) == self.on_view:
            self.work_in(network, path)
            return
        self.leaving.emit()
        self.on_view = network, path
        self._go(network, path)
        self.view_changed.emit()
        self.changed.emit()

    def work_in(self, network: str, path: tuple[str, ...]) -> None:
        """Select in a block that stands open on the canvas, or in what is on view again, with nothing selected yet."""
        if (network, path) != (self.network, self.path):
            self.leaving.emit()
            self._go(network, path)
            self.changed.emit()

    @property
    def blocks(self) -> tuple[str, ...]:
        """The block nodes that stand open on the canvas, one in the other, in the last of which things are selected."""
        return self.path[len(self.on_view[1]) :]

    def _go(self, network: str, path: tuple[str, ...]) -> None:
        self.network, self.path = network, path
        self.nodes, self.wires, self.dots, self.current = frozenset(), frozenset(), frozenset(), None
