"""The narrow upright tab that a folded dock on the right leaves at the edge."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from widgets.theme import ThemeSource


class EdgeTab(QAbstractButton):
    """A button whose text reads downwards."""

    def __init__(self, text: str, themes: ThemeSource) -> None:
        super().__init__()
        self._themes = themes
        self.setText(text)
        self.setToolTip(f"Open {text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() + 8, self.fontMetrics().horizontalAdvance(self.text()) + 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setFont(theme.font())
        painter.setPen(theme.text.primary if self.underMouse() else theme.text.secondary)
        painter.rotate(90)
        painter.drawText(12, -(self.width() - self.fontMetrics().ascent()) // 2, self.text())
        painter.end()
