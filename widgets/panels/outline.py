"""The outline: all networks of the project with their layers as a tree; a click goes there and selects."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from graphs import catalogue
from graphs.network import Network
from graphs.ports import BLOCK
from graphs.project import MAIN
from widgets.document import Change, Document
from widgets.icons import category_icon, icon
from widgets.selection import Selection
from widgets.theme import ThemeSource
from widgets.theme_style import mark

DEEPEST = 8
_PLACE = Qt.ItemDataRole.UserRole


class OutlinePanel(QWidget):
    """Networks at the top, layers in canvas order, what is inside a block beneath it."""

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._themes = themes
        self._items: dict[tuple[str, tuple[str, ...], str], QTreeWidgetItem] = {}
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
        self.renew()

    def renew(self, *_: object) -> None:
        """Show the project as it is, with what was open still open."""
        closed = {place for place, item in self._items.items() if item.childCount() and not item.isExpanded()}
        known = set(self._items)
        self.tree.clear()
        self._items.clear()
        for name, network in self._document.project.networks.items():
            top = QTreeWidgetItem([name, f"{len(network)}"])
            top.setIcon(0, icon("network", self._themes.theme))
            self._put(top, (name, (), ""))
            self.tree.addTopLevelItem(top)
            self._fill(top, name, network, (), name == MAIN)
        for place, item in self._items.items():
            top_level = not place[2]
            item.setExpanded(place not in closed if place in known else top_level and place[0] == MAIN)
        self._follow_selection()

    def _fill(self, parent: QTreeWidgetItem, name: str, network: Network, path: tuple[str, ...], follow: bool) -> None:
        kinds = {network.kind(node) for node in network}
        for node in network.of_kind(*kinds):
            kind = network.kind(node)
            item = QTreeWidgetItem([network.name(node), kind])
            spec = catalogue.find(kind)
            item.setIcon(0, category_icon(spec.category if spec else "block", self._themes.theme))
            item.setForeground(1, self._themes.theme.text.secondary)
            parent.addChild(item)
            self._put(item, (name, path, node))
            if kind == BLOCK and follow and len(path) < DEEPEST:
                inside = str(network.parameters(node).get("network", ""))
                if inside in self._document.project.networks:
                    self._fill(item, inside, self._document.project.networks[inside], (*path, node), follow)

    def _put(self, item: QTreeWidgetItem, place: tuple[str, tuple[str, ...], str]) -> None:
        item.setData(0, _PLACE, place)
        self._items[place] = item

    def _go(self, item: QTreeWidgetItem) -> None:
        network, path, node = item.data(0, _PLACE)
        self._selection.show(network, tuple(path))
        if node:
            self._selection.select([node])

    def _follow_edit(self, change: Change) -> None:
        self._soon.start()

    def _follow_selection(self) -> None:
        selection = self._selection
        item = self._items.get((selection.network, selection.path, selection.current or ""))
        if item is None:
            self.tree.clearSelection()
        elif item is not self.tree.currentItem():
            self.tree.setCurrentItem(item)
