"""The folded library: one icon a category, each opening its layers as a popup."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from graphs.addable import Addable, by_category
from graphs.spec import CATEGORIES
from widgets.document import Document
from widgets.icons import category_icon
from widgets.panels.library import category_title
from widgets.selection import Selection
from widgets.theme import ThemeSource


class LibraryRail(QWidget):
    """44 px wide. add_requested: the kind of layer picked."""

    add_requested = Signal(str)

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._themes = themes
        self.buttons: dict[str, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(2)
        for category in CATEGORIES:
            button = QToolButton()
            button.setToolTip(category_title(category))
            button.setAccessibleName(category_title(category))
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            menu = QMenu(button)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(lambda category=category, menu=menu: self._fill(menu, category))
            button.setMenu(menu)
            self.buttons[category] = button
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        themes.changed.connect(self._dress)
        QTimer.singleShot(0, self, self._dress)

    def _fill(self, menu: QMenu, category: str) -> None:
        menu.clear()
        offered = by_category(self._document.project, self._selection.network).get(category, ())
        for what in offered:
            menu.addAction(self._line(menu, what))
        if not offered:
            menu.addAction("Nothing here yet").setEnabled(False)

    def _line(self, menu: QMenu, what: Addable) -> QAction:
        action = QAction(what.title, menu)
        action.setToolTip(what.summary)
        action.triggered.connect(lambda: self.add_requested.emit(what.title))
        return action

    def _dress(self) -> None:
        size = self._themes.theme.measures.size.icon_large
        for category, button in self.buttons.items():
            button.setIcon(category_icon(category, self._themes.theme, size))
            button.setIconSize(QSize(size, size))
