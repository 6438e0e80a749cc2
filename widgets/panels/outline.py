"""The outline: all networks of the project with their layers as a tree; a click goes there and selects."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from graphs import catalogue
from graphs.network import Network
from graphs.ports import BLOCK
from graphs.project import MAIN
from widgets.document import Change, Document
from widgets.icons import category_icon, icon
from widgets.panels.places import show_network
from widgets.selection import Selection
from widgets.theme import Theme, ThemeSource
from widgets.theme_style import mark

DEEPEST = 8
_PLACE = Qt.ItemDataRole.UserRole

Place: TypeAlias = tuple[str, tuple[str, ...], str]
"""A network, the blocks on the way to it, and a node of it; no node stands for the network itself."""


class Line(NamedTuple):
    """What one line of the tree says; `above` is None for a network."""

    place: Place
    above: Place | None
    name: str
    detail: str
    category: str = ""


class OutlinePanel(QWidget):
    """Networks at the top, layers in canvas order, what is inside a block beneath it."""

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._themes = themes
        self._items: dict[Place, QTreeWidgetItem] = {}
        self._written: dict[Place, Line] = {}
        self._theme: Theme | None = None
        self._stale = True
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, self.tree.header().ResizeMode.ResizeToContents)
        self.tree.setIndentation(14)
        self.tree.setAccessibleName("Outline")
        mark(self.tree, rows="compact")
        self.tree.itemClicked.connect(self._go)
        self.tree.itemActivated.connect(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.tree)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.renew)
        document.edited.connect(self._follow_edit)
        document.replaced.connect(self.renew)
        selection.changed.connect(self._follow_selection)
        themes.changed.connect(self.renew)

    def renew(self, *_: object) -> None:
        """Show the project as it is, with what was open still open; once it is seen, if it is not now."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        lines = list(self._lines())
        if [line.place for line in lines] == list(self._items) and self._theme is self._themes.theme:
            for line in lines:
                self._write(line)
        else:
            self._rebuild(lines)
        self._follow_selection()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew()

    def _rebuild(self, lines: list[Line]) -> None:
        closed = {place for place, item in self._items.items() if item.childCount() and not item.isExpanded()}
        known = set(self._items)
        self._theme = self._themes.theme
        self.tree.clear()
        self._items.clear()
        self._written.clear()
        tops = []
        for line in lines:
            item = self._items[line.place] = QTreeWidgetItem()
            item.setData(0, _PLACE, line.place)
            self._write(line)
            if line.above is None:
                tops.append(item)
            else:
                item.setForeground(1, self._theme.text.secondary)
                self._items[line.above].addChild(item)
        self.tree.addTopLevelItems(tops)
        for place, item in self._items.items():
            if item.childCount():
                item.setExpanded(place not in closed if place in known else place == (MAIN, (), ""))

    def _write(self, line: Line) -> None:
        if self._written.get(line.place) == line:
            return
        self._written[line.place] = line
        item, theme = self._items[line.place], self._themes.theme
        item.setText(0, line.name)
        item.setText(1, line.detail)
        item.setIcon(0, icon("network", theme) if line.above is None else category_icon(line.category, theme))

    def _lines(self) -> Iterator[Line]:
        for name, network in self._document.project.networks.items():
            top = (name, (), "")
            yield Line(top, None, name, f"{len(network)}")
            yield from self._inside(top, name, network, (), name == MAIN)

    def _inside(self, above: Place, name: str, network: Network, path: tuple[str, ...], follow: bool) -> Iterator[Line]:
        kinds = {network.kind(node) for node in network}
        for node in network.of_kind(*kinds):
            kind, place = network.kind(node), (name, path, node)
            spec = catalogue.find(kind)
            yield Line(place, above, network.name(node), kind, spec.category if spec else "block")
            if kind == BLOCK and follow and len(path) < DEEPEST:
                inside = str(network.parameters(node).get("network", ""))
                if inside in self._document.project.networks:
                    yield from self._inside(
                        place, inside, self._document.project.networks[inside], (*path, node), follow
                    )

    def _go(self, item: QTreeWidgetItem) -> None:
        network, path, node = item.data(0, _PLACE)
        show_network(self._document.project, self._selection, network, tuple(path))
        if node:
            self._selection.seek(node)

    def _follow_edit(self, change: Change) -> None:
        self._soon.start()

    def _follow_selection(self) -> None:
        selection = self._selection
        item = self._items.get((selection.network, selection.path, selection.current or ""))
        if item is None:
            self.tree.clearSelection()
        elif item is not self.tree.currentItem():
            self.tree.setCurrentItem(item)
