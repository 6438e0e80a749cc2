"""The property panel: the form of what is selected, or of the network while nothing is; it follows every edit."""

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from widgets.document import Document
from widgets.panels.network_page import NetworkPage
from widgets.panels.node_page import NodePage
from widgets.panels.several_page import SeveralPage
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import ThemeSource
from widgets.theme_style import mark

Page = NodePage | SeveralPage | NetworkPage


class PropertiesPanel(QWidget):
    """One page at a time. While the same things are selected a page stays and shows new values in its rows."""

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document, self._selection, self._themes = document, selection, themes
        self._steps = Steps(document)
        self._folded: set[str] = set()
        self._key: Hashable = None
        self.page: Page | None = None
        mark(self, surface="panel")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        document.edited.connect(self._follow)
        document.replaced.connect(self._renew)
        selection.changed.connect(self._follow)
        themes.changed.connect(self._renew)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected now, as it is now."""
        key = self._wanted()
        if key == self._key and self.page is not None:
            self.page.refresh()
            return
        self._key = key
        before = self._area.takeWidget()
        if before is not None:  # one of its own buttons may be what brought us here
            before.hide()
            before.deleteLater()
        self.page = self._make()
        self._area.setWidget(self.page or QWidget())
        self._area.verticalScrollBar().setValue(0)

    def _follow(self, *_: object) -> None:
        if self.isVisible():
            self.refresh()

    def _renew(self, *_: object) -> None:
        self._key = None
        self._follow()

    def _nodes(self) -> list[str]:
        network = self._document.project.networks.get(self._selection.network)
        return [] if network is None else [node for node in network if node in self._selection.nodes]

    def _wanted(self) -> Hashable:
        nodes = self._nodes()
        network = self._document.project.networks.get(self._selection.network)
        kinds = tuple((node, network.kind(node)) for node in nodes) if network is not None else ()
        return self._selection.network, self._selection.path, kinds

    def _make(self) -> Page | None:
        theme, selection = self._themes.theme, self._selection
        if selection.network not in self._document.project.networks:
            return None  # the network was removed; whoever removed it shows another next
        nodes = self._nodes()
        if not nodes:
            return NetworkPage(self._steps, selection, theme, self._folded)
        if len(nodes) == 1:
            return NodePage(self._steps, selection, theme, nodes[0], self._folded)
        return SeveralPage(self._steps, selection, theme, self._folded)
