"""The head of a dock: its tabs with their counts, and on the right what the page on show brings along."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QTabBar, QToolButton, QWidget

from widgets.icons import icon
from widgets.theme import ThemeSource
from widgets.theme_style import mark

_BEFORE_COUNT = 6


class DockHead(QWidget):
    """Stands for a dock's title bar, 32 px high: tabs, or a button to unfold where there is no room for tabs.

    fold_asked: a tab was double-clicked, or the button clicked.
    """

    page_chosen = Signal(int)
    fold_asked = Signal()

    def __init__(self, themes: ThemeSource, unfold_icon: str) -> None:
        super().__init__()
        self._themes = themes
        self._unfold_icon = unfold_icon
        self._folded = False
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.currentChanged.connect(self.page_chosen)
        self.tabs.currentChanged.connect(self._show_extra)
        self.tabs.currentChanged.connect(lambda _page: self._place_counts())
        self.tabs.tabBarDoubleClicked.connect(lambda _index: self.fold_asked.emit())
        self._counts: dict[int, QLabel] = {}
        self._titles: dict[int, str] = {}
        self._extras = QStackedWidget()
        self._extras.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._line = QLabel()
        mark(self._line, role="secondary caption")
        self._line.hide()
        self.unfold = QToolButton()
        self.unfold.clicked.connect(self.fold_asked)
        self.unfold.hide()
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 8, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addStretch()
        layout.addWidget(self._line)
        layout.addWidget(self._extras)
        layout.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(themes.theme.measures.size.dock_title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self._dress)
        self._dress()

    def add(self, title: str, extra: QWidget | None) -> None:
        """Add the tab of a page; `extra` stands on the right while the page is on show."""
        self._extras.addWidget(extra if extra is not None else QWidget())
        self.tabs.addTab(title)

    def show_count(self, page: int, text: str, role: str) -> None:
        """Write a count beside a tab's title; `role` is its style."""
        label = self._counts.get(page)
        if label is None:
            label = self._counts[page] = QLabel(self.tabs)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._titles[page] = self.tabs.tabText(page)
        if (label.text(), label.property("role")) != (text, role):
            label.setText(text)
            mark(label, role=role)
            label.adjustSize()
            label.setVisible(bool(text))
            space = self.tabs.fontMetrics().horizontalAdvance(" ")
            room = -(-(label.width() + _BEFORE_COUNT) // space) if text else 0
            self.tabs.setTabText(page, self._titles[page] + " " * room)
            self.tabs.setAccessibleTabName(page, f"{self._titles[page]} {text}".rstrip())
            QTimer.singleShot(0, self, self._place_counts)

    def _place_counts(self) -> None:
        """Put each count behind its tab's title, into the room that blanks hold there."""
        metrics = self.tabs.fontMetrics()
        for page, label in self._counts.items():
            tab = self.tabs.tabRect(page)
            whole, title = metrics.horizontalAdvance(self.tabs.tabText(page)), self._titles[page]
            start = tab.center().x() - whole // 2 + metrics.horizontalAdvance(title) + _BEFORE_COUNT
            label.move(start, tab.center().y() - label.height() // 2)

    def show_line(self, text: str) -> None:
        """Say something on the right, where it is seen while the dock is folded."""
        self._line.setText(text)
        self._line.setVisible(bool(text) and self._folded)

    def show_folded(self, folded: bool, *, tabs: bool) -> None:
        """Look folded; `tabs` says whether they find room then."""
        self._folded = folded
        away = folded and not tabs
        self._line.setVisible(folded and tabs and bool(self._line.text()))
        self.tabs.setVisible(not away)
        self._extras.setVisible(not folded)
        self.unfold.setVisible(away)
        self._row.setContentsMargins(*((0, 0, 0, 0) if away else (4, 0, 8, 0)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_counts()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface.panel)
        painter.setPen(QPen(theme.border.subtle, 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _show_extra(self, page: int) -> None:
        self._extras.setCurrentIndex(page)

    def _dress(self) -> None:
        self.unfold.setIcon(icon(self._unfold_icon, self._themes.theme))
        self.update()
