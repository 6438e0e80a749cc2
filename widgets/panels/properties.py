"""The property panel: the form of what is selected, or of the network while nothing is; it follows every edit."""

from collections.abc import Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from widgets.document import Document
from widgets.fields.editor import Editor
from widgets.panels.frame_page import FramePage
from widgets.panels.network_page import NetworkPage
from widgets.panels.node_page import NodePage
from widgets.panels.several_page import SeveralPage
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import ThemeSource
from widgets.theme_style import mark

Page = NodePage | SeveralPage | FramePage | NetworkPage


class PropertiesPanel(QWidget):
    """One page at a time. While the same things are selected a page stays and shows new values in its rows."""

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document, self._selection, self._themes = document, selection, themes
        self._steps = Steps(document)
        self._folded: set[str] = set()
        self._key: Hashable = None
        self.page: Page | None = None
        # Pages of single nodes by kind: the next node of the kind is shown in the same rows, which saves making them.
        self._kept: dict[str, NodePage] = {}
        mark(self, surface="panel")
        self._room = QWidget()
        self._pages = QVBoxLayout(self._room)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        document.edited.connect(self._follow)
        document.replaced.connect(self._renew)
        document.problems_added.connect(self._follow)
        selection.changed.connect(self._follow)
        selection.annotated.connect(self._follow)
        themes.changed.connect(self._dress)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what is selected now, as it is now."""
        if self._wanted() == self._key and self.page is not None:
            self.page.refresh()
            return
        self._finish_typing()
        key = self._wanted()
        if key == self._key and self.page is not None:
            return  # the edit that ended the typing has brought the new page already
        self._key = key
        before, self.page = self.page, self._make()
        if before is not None and before is not self.page:
            self._put_away(before)
        if self.page is not None:
            self.page.show()
        self._area.verticalScrollBar().setValue(0)

    def write(self) -> None:
        """Put the keyboard into the first choice of what is selected, if it has one."""
        self.refresh()
        editors = self.page.findChildren(Editor) if self.page is not None else []
        first = next((one for one in editors if one.isVisibleTo(self) and one.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(first)

    def _follow(self, *_: object) -> None:
        if self.isVisible():
            self.refresh()

    def _finish_typing(self) -> None:
        """Take the focus out of the page, so that what is typed there goes to what was selected before."""
        focused = QApplication.focusWidget()
        if self.page is not None and focused is not None and self.page.isAncestorOf(focused):
            focused.clearFocus()

    def _put_away(self, page: Page) -> None:
        page.hide()
        if page not in self._kept.values():
            page.deleteLater()  # one of its own buttons may be what brought us here

    def _renew(self, *_: object) -> None:
        kept, self._kept = self._kept, {}
        for page in kept.values():
            if page is not self.page:
                page.deleteLater()
        self._key = None
        self._follow()

    def _dress(self, *_: object) -> None:
        """Make the page anew in the colours of now, and leave in view what was."""
        bar = self._area.verticalScrollBar()
        place = bar.value()
        self._renew()
        self._pages.activate()
        bar.setValue(place)

    def _nodes(self) -> list[str]:
        network = self._document.project.networks.get(self._selection.network)
        return [] if network is None else [node for node in network if node in self._selection.nodes]

    def _wanted(self) -> Hashable:
        nodes = self._nodes()
        network = self._document.project.networks.get(self._selection.network)
        kinds = tuple((node, network.kind(node)) for node in nodes) if network is not None else ()
        return self._selection.network, self._selection.path, kinds, self._frame() if not nodes else None

    def _frame(self) -> str | None:
        """Return the one frame that is selected, if nothing else is."""
        chosen = [*self._selection.annotations]
        network = self._document.project.networks.get(self._selection.network)
        if len(chosen) != 1 or chosen[0][0] != "frames" or network is None:
            return None
        return chosen[0][1] if chosen[0][1] in network.attributes.get("frames", {}) else None

    def _make(self) -> Page | None:
        theme, selection = self._themes.theme, self._selection
        if selection.network not in self._document.project.networks:
            return None  # the network was removed; whoever removed it shows another next
        nodes = self._nodes()
        page: Page
        if len(nodes) == 1:
            kind = self._document.project.networks[selection.network].kind(nodes[0])
            if kind in self._kept:
                self._kept[kind].show_node(nodes[0])
                return self._kept[kind]
            page = self._kept[kind] = NodePage(self._steps, selection, theme, nodes[0], self._folded)
        elif nodes:
            page = SeveralPage(self._steps, selection, theme, self._folded)
        elif (frame := self._frame()) is not None:
            page = FramePage(self._steps, selection, theme, frame, self._folded)
        else:
            page = NetworkPage(self._steps, selection, theme, self._folded)
        self._pages.addWidget(page)
        return page
