"""The docks of the window: what they hold, how they fold when room runs out, and their layout in each view."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from widgets.frame.docks import DockPlan, TabbedDock
from widgets.frame.edge_tab import EdgeTab
from widgets.frame.panels import PANELS, LatePanel, PanelMaker, PanelPlan
from widgets.panels.library_rail import LibraryRail
from widgets.parts import Parts

ROOMY = (1400, 800)
"""A window of this width and height, px, finds room for all docks; below, the lower dock and the library fold."""

_EDGE = 24
# Which docks a view shows at first.
_SHOWN = {"network": ("library", "properties", "lower"), "data": (), "source": ("properties",)}


class Regions(QObject):
    """The three docks of a window.

    made: a panel by name, once it is there. changed: a dock was shown or put away. left: Escape led out of one.
    """

    made = Signal(str, object)
    changed = Signal()
    left = Signal()

    def __init__(
        self, window: QMainWindow, parts: Parts, maker: PanelMaker, plans: tuple[PanelPlan, ...] = PANELS
    ) -> None:
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._maker = maker
        self._tight = (False, False)
        self._state_of: dict[str, dict[str, Any]] = {}
        self.view = "network"
        size = parts.themes.theme.measures.size
        side = Qt.DockWidgetArea
        self.rail = LibraryRail(parts.document, parts.selection, parts.themes)
        edge = self._edge("Properties")
        left, right, below = side.LeftDockWidgetArea, side.RightDockWidgetArea, side.BottomDockWidgetArea
        docks = (
            (DockPlan("library", "Library", left, size.library, size.rail, "chevron-right"), self.rail),
            (DockPlan("properties", "Properties", right, size.properties, _EDGE, "chevron-left"), edge),
            (DockPlan("lower", "Lower dock", below, size.training, size.dock_title, "chevron-up"), None),
        )
        window.setCorner(Qt.Corner.BottomLeftCorner, side.BottomDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, side.RightDockWidgetArea)
        self.docks: dict[str, TabbedDock] = {}
        for plan, rail in docks:
            pages = [panel for panel in plans if panel.place == plan.name]
            if pages:
                self.docks[plan.name] = self._dock(plan, rail, pages)

    def page(self, name: str) -> LatePanel | None:
        """Return the page of that name, None where the window has none."""
        for dock in self.docks.values():
            if name in dock.names:
                page = dock.page(name)
                assert isinstance(page, LatePanel)
                return page
        return None

    def show_page(self, name: str) -> None:
        """Bring a page on show, whatever dock it is in."""
        for dock in self.docks.values():
            if name in dock.names:
                dock.show_page(name)

    def toggle(self, name: str) -> None:
        """Put a dock away; bring it back, unfolded."""
        dock = self.docks[name]
        if dock.isVisible() and not dock.folded:
            dock.hide()
        else:
            dock.show()
            dock.fold(False)
        self.changed.emit()

    def shown(self, name: str) -> bool:
        """Tell whether a dock is on show, unfolded."""
        dock = self.docks.get(name)
        return dock is not None and dock.isVisible() and not dock.folded

    def hide_all(self) -> None:
        """Put all docks away."""
        for dock in self.docks.values():
            dock.hide()

    def fit(self, width: int, height: int) -> None:
        """Fold and unfold when the window crosses a size where room runs out; else leave docks as they were put."""
        tight = (width < ROOMY[0], height < ROOMY[1])
        if tight[1] != self._tight[1]:
            self._fold("lower", tight[1])
        if tight[0] != self._tight[0]:
            self._fold("library", tight[0])
            size = self._parts.themes.theme.measures.size
            if "properties" in self.docks:
                self.docks["properties"].resize_to(size.properties_small if tight[0] else size.properties)
        self._tight = tight
        properties = self.docks.get("properties")
        least = self._parts.themes.theme.measures.size.canvas_least[0]
        if properties is not None and properties.isVisible() and not properties.isFloating() and not properties.folded:
            left = self.docks["library"].width() if "library" in self.docks else 0
            if width - left - properties.width() < least:
                properties.fold(True)

    def keep(self) -> None:
        """Remember how the docks of the view on show lie."""
        state = bytes(self._window.saveState().toBase64().data()).decode()
        folded = [name for name, dock in self.docks.items() if dock.folded]
        shown = [name for name, dock in self.docks.items() if not dock.isHidden()]
        self._state_of[self.view] = {"state": state, "folded": folded, "shown": shown, "tight": list(self._tight)}
        self._parts.memory.keep_layout(self.view, self._state_of[self.view])

    def show_view(self, view: str) -> None:
        """Lay the docks as they were when the view was last on show, in a window as roomy; else as at first."""
        self.view = view
        kept = self._state_of.get(view) or self._parts.memory.layout(view)
        if not kept or tuple(kept.get("tight", ())) != self._tight or not self._restore(kept):
            self._lay_first(view)

    def _restore(self, kept: Mapping[str, Any]) -> bool:
        folded, shown, state = kept.get("folded"), kept.get("shown"), kept.get("state")
        if not (isinstance(folded, list) and isinstance(shown, list) and isinstance(state, str)):
            return False
        for name, dock in self.docks.items():
            dock.fold(name in folded)
        if not self._window.restoreState(QByteArray.fromBase64(state.encode())):
            return False
        for name, dock in self.docks.items():
            dock.setVisible(name in shown)
        return True

    def _lay_first(self, view: str) -> None:
        size = self._parts.themes.theme.measures.size
        wide, high = not self._tight[0], not self._tight[1]
        for name, dock in self.docks.items():
            dock.setVisible(name in _SHOWN[view])
        self._fold("library", not wide)
        self._fold("lower", not high)
        extents = {
            "library": size.library,
            "properties": size.properties if wide else size.properties_small,
            "lower": size.training,
        }
        for name, dock in self.docks.items():
            dock.resize_to(extents[name])

    def _fold(self, name: str, folded: bool) -> None:
        if name in self.docks:
            self.docks[name].fold(folded)

    def _dock(self, plan: DockPlan, rail: QWidget | None, pages: list[PanelPlan]) -> TabbedDock:
        dock = TabbedDock(plan, self._parts.themes, rail)
        self._window.addDockWidget(plan.area, dock)
        for page in pages:
            panel = LatePanel(page, self._maker)
            panel.made.connect(lambda made, name=page.name: self.made.emit(name, made))
            dock.add_page(page.name, page.title, panel)
        dock.folded_changed.connect(lambda _folded: self.changed.emit())
        dock.left.connect(self.left)
        return dock

    def _edge(self, title: str) -> QWidget:
        edge = QWidget()
        tab = EdgeTab(title, self._parts.themes)
        tab.clicked.connect(lambda: self.docks["properties"].fold(False))
        layout = QVBoxLayout(edge)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(tab, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return edge
