"""A row of the start page: a project that was open before, and what came of it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from widgets.elided import ElidedLabel
from widgets.icons import pixmap
from widgets.memory import RecentProject
from widgets.plain import plain_tip
from widgets.start.results import MISSING, NOT_TRAINED, Result
from widgets.theme import Theme
from widgets.theme_style import mark

_ICON = 14


class RecentRow(QFrame):
    """44 px high. A click or Enter opens the project; where its file is gone, a button asks where it went."""

    chosen = Signal(object)
    search_asked = Signal(object)

    def __init__(self, recent: RecentProject, theme: Theme) -> None:
        super().__init__()
        self.recent = recent
        self._theme = theme
        self.setObjectName("recent")
        self.setStyleSheet(
            f"#recent {{ border-radius: {theme.measures.radius.control}px; }}"
            f"#recent:hover, #recent:focus {{ background: {theme.surface.hover.name()}; }}"
        )
        self.setFixedHeight(theme.measures.size.row_tall)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(plain_tip(str(recent.path)))
        self.setAccessibleName(recent.title)
        self._icon, self._result = QLabel(), QLabel()
        self._lay_out()
        self.show_result(MISSING if recent.missing else NOT_TRAINED)

    def show_result(self, result: Result) -> None:
        """Show what came of the project's last run."""
        colours = {"success": self._theme.status.success, "error": self._theme.status.error}
        colours |= {"running": self._theme.status.running, "tertiary": self._theme.text.tertiary}
        colour = colours.get(result.role, self._theme.text.secondary)
        self._result.setText(result.text)
        mark(self._result, role=f"{result.role} caption")
        self._icon.setPixmap(pixmap(result.icon, colour, _ICON, self.devicePixelRatioF()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        (self.search_asked if self.recent.missing else self.chosen).emit(self.recent.path)

    def _lay_out(self) -> None:
        space = self._theme.measures.space
        picture, title = QLabel(), ElidedLabel(self.recent.title)
        folder = ElidedLabel(short(self.recent.path.parent), Qt.TextElideMode.ElideMiddle)  # its end tells most
        colour = self._theme.text.tertiary if self.recent.missing else self._theme.text.secondary
        picture.setPixmap(pixmap("network", colour, self._theme.measures.size.icon_large, self.devicePixelRatioF()))
        mark(title, role="tertiary" if self.recent.missing else "strong")
        mark(folder, role="tertiary caption" if self.recent.missing else "secondary caption")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch()
        words.addWidget(title)
        words.addWidget(folder)
        words.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.small, 0, space.small, 0)
        layout.setSpacing(space.small)
        layout.addWidget(picture)
        layout.addLayout(words, 1)
        layout.addWidget(self._result)
        layout.addWidget(self._icon)
        if self.recent.missing:
            find = QPushButton("Find it")
            mark(find, flat=True, compact=True)
            find.clicked.connect(lambda: self.search_asked.emit(self.recent.path))
            layout.addWidget(find)


def short(path: Path) -> str:
    """Return a path with the home folder as `~`."""
    home = Path.home()
    return f"~/{path.relative_to(home)}".rstrip("/.") if path.is_relative_to(home) else str(path)
