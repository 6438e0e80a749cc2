"""Selection: which network is on view and what is selected in it."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from graphs.network import Wire
from graphs.project import MAIN

Dot = tuple[Wire, int]


class Selection(QObject):
    """What the canvas shows and what the panels are about.

    path: the block nodes dived into, from `main` down. current: the one node of the selection that the keyboard
    acts on and the property form shows. dots: of the wires that are led through some, each with its index.
    leaving: another network will be on view, so what is being written about this one has to be said now.
    """

    changed = Signal()
    leaving = Signal()
    view_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.network = MAIN
        self.path: tuple[str, ...] = ()
        self.nodes: frozenset[str] = frozenset()
        self.wires: frozenset[Wire] = frozenset()
        self.dots: frozenset[Dot] = frozenset()
        self.current: str | None = None

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

    def keep(self, nodes: Iterable[str], wires: Iterable[Wire]) -> None:
        """Forget what is not among `nodes` and `wires` any more."""
        left = self.nodes & frozenset(nodes)
        current = self.current if self.current in left else None
        kept = frozenset(wires)
        self.select(sorted(left), current, self.wires & kept, (dot for dot in self.dots if dot[0] in kept))

    def show(self, network: str = MAIN, path: tuple[str, ...] = ()) -> None:
        """Bring another network (or another use of a block) on view, with nothing selected."""
        if (network, path) != (self.network, self.path):
            self.leaving.emit()
            self.network, self.path = network, path
            self.nodes, self.wires, self.dots, self.current = frozenset(), frozenset(), frozenset(), None
            self.view_changed.emit()
            self.changed.emit()
