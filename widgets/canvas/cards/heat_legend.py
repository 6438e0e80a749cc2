"""The legend of the heat overlay: which cost it shows, its colours, and what the hottest of them means."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.theme import Theme
from widgets.theme_style import mark

_OFF = 12
_WIDE = 176


class Ramp(QWidget):
    """A row of colours, cold ones on the left."""

    def __init__(self) -> None:
        super().__init__()
        self._colours: list[QColor] = []
        self.setFixedSize(QSize(_WIDE, 10))

    def show_colours(self, colours: list[QColor]) -> None:
        """Show these."""
        self._colours = colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = self.width() / max(len(self._colours), 1)
        for place, colour in enumerate(self._colours):
            painter.fillRect(QRectF(place * width, 0, width, self.height()), colour)
        painter.end()


class HeatLegend(QFrame):
    """Stands in the top left corner of the canvas while a cost is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("heat_legend")
        self.title, self.least, self.most = QLabel(), QLabel(), QLabel()
        self._ramp = Ramp()
        mark(self.title, role="strong")
        for label in (self.least, self.most):
            mark(label, role="caption mono secondary")
        ends = QHBoxLayout()
        ends.addWidget(self.least)
        ends.addStretch()
        ends.addWidget(self.most)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self._ramp)
        column.addLayout(ends)
        mark(self, card="plain")
        self.hide()

    def show_heat(self, title: str, most: float, colours: list[QColor], theme: Theme) -> None:
        """Show what the colours mean, the hottest being a share `most` of the whole; nothing for an empty title."""
        self.setVisible(bool(title))
        if not title:
            return
        self.title.setText(f"{title}, share a layer")
        self.least.setText(f"{most / 1000:.2%}".replace("%", " %"))
        self.most.setText(f"{most:.1%}".replace("%", " %"))
        self._ramp.show_colours(colours)
        self.adjustSize()
        self.move(_OFF, _OFF)
        self.raise_()
