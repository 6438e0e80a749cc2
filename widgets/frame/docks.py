"""Docks with tabs that fold: to their tabs below, to a rail of icons on the left, to an edge tab on the right."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QStackedWidget, QWidget

from widgets.frame.dock_head import DockHead
from widgets.theme import ThemeSource

_ANY = 16777215
_LEAST = 160


@dataclass(frozen=True, slots=True)
class DockPlan:
    """What a dock is: `extent` and `folded` are its width (height below) in px, open and folded."""

    name: str
    title: str
    area: Qt.DockWidgetArea
    extent: int
    folded: int
    unfold_icon: str

    @property
    def upright(self) -> bool:
        """Whether it stands beside the canvas, so that its extent is a width."""
        return self.area != Qt.DockWidgetArea.BottomDockWidgetArea


class TabbedDock(QDockWidget):
    """A dock of pages. `rail` is shown in their place while it is folded and stands beside the canvas.

    left: Escape was pressed with nothing to take back.
    """

    folded_changed = Signal(bool)
    left = Signal()
    page_changed = Signal(str)

    def __init__(self, plan: DockPlan, themes: ThemeSource, rail: QWidget | None = None) -> None:
        super().__init__(plan.title)
        self.plan = plan
        self.setObjectName(plan.name)
        self.setAccessibleName(plan.title)
        self._rail = rail
        self._names: list[str] = []
        self.folded = False
        self.head = DockHead(themes, plan.unfold_icon)
        self.head.tabs.setAccessibleName(plan.title)
        self.head.page_chosen.connect(self._show_page)
        self.head.fold_asked.connect(lambda: self.fold(not self.folded))
        self._pages = QStackedWidget()
        if rail is not None:
            self._pages.addWidget(rail)
        self.setTitleBarWidget(self.head)
        self._pages.setMinimumWidth(1)  # else a page, folded away too, could push the dock over its neighbours
        self.setWidget(self._pages)
        self._room()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the pages, in order."""
        return tuple(self._names)

    def add_page(self, name: str, title: str, page: QWidget) -> None:
        """Add a page at the end; its attribute `head_extra`, if any, goes to the right of the tabs."""
        extra = getattr(page, "head_extra", None)
        self._names.append(name)
        self._pages.addWidget(page)
        self.head.add(title, extra if isinstance(extra, QWidget) else None)
        self._show_page(self.head.tabs.currentIndex())

    def page(self, name: str) -> QWidget:
        """Return the page of that name."""
        page = self._pages.widget(self._names.index(name) + self._first)
        assert page is not None
        return page

    def show_page(self, name: str) -> None:
        """Bring a page on show, unfolding the dock for it."""
        self.show()
        self.fold(False)
        self.head.tabs.setCurrentIndex(self._names.index(name))
        self.raise_()

    def show_count(self, name: str, text: str, role: str = "secondary mono") -> None:
        """Write a count beside the tab of a page."""
        if name in self._names:
            self.head.show_count(self._names.index(name), text, role)

    def fold(self, folded: bool) -> None:
        """Fold the dock away, or open it as wide (or high) as it was."""
        if folded == self.folded:
            return
        if folded:
            self._extent = self._size()
        self.folded = folded
        self.head.show_folded(folded, tabs=not self.plan.upright)
        # Not hidden: a dock without contents would take its head away too.
        self._pages.setMaximumHeight(0 if folded and self._rail is None else _ANY)
        self._show_page(self.head.tabs.currentIndex())
        self._room()
        if not folded:
            self.resize_to(getattr(self, "_extent", self.plan.extent))
        self.folded_changed.emit(folded)

    def resize_to(self, extent: int) -> None:
        """Take this width (or height) if the window has room for it."""
        window = self.parent()
        if isinstance(window, QMainWindow) and not self.folded:
            orientation = Qt.Orientation.Horizontal if self.plan.upright else Qt.Orientation.Vertical
            window.resizeDocks([self], [extent], orientation)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round what is in the dock: from its tabs into the page on show, whenever that was made, and back."""
        stops = self._stops()
        here = QApplication.focusWidget()
        if here is None or not stops:
            return False
        place = next((n for n, stop in enumerate(stops) if stop is here or stop.focusProxy() is here), None)
        step = 0 if place is None else place + (1 if forward else -1)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[step % len(stops)].setFocus(reason)
        return True

    def _stops(self) -> list[QWidget]:
        """Return what the keyboard stops at: what is in the head, then what is below, each in the order it was made."""
        found: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                found.append(widget)
            widget = widget.nextInFocusChain()
        stops = [widget for widget in found if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return sorted(stops, key=lambda widget: not self.head.isAncestorOf(widget))

    def _size(self) -> int:
        return self.width() if self.plan.upright else self.height()

    @property
    def _first(self) -> int:
        return 0 if self._rail is None else 1

    def _show_page(self, index: int) -> None:
        if self.folded and self._rail is not None:
            self._pages.setCurrentIndex(0)
        elif 0 <= index < len(self._names):
            self._pages.setCurrentIndex(index + self._first)
            self.page_changed.emit(self._names[index])

    def _room(self) -> None:
        """Hold the dock to its folded extent, or let it be as wide as wanted."""
        least, most = (self.plan.folded, self.plan.folded) if self.folded else (_LEAST, _ANY)
        if self.plan.upright:
            self.setMinimumWidth(least)
            self.setMaximumWidth(most)
        else:
            self.setMinimumHeight(least if self.folded else self.plan.folded)
            self.setMaximumHeight(most)
