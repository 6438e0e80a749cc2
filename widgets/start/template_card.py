"""A card of the start page: a template's picture, name, size and use."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from graphs.templates import TemplateSpec
from widgets.elided import ElidedLabel
from widgets.figures import rounded
from widgets.start.picture import picture
from widgets.theme import ThemeSource
from widgets.theme_style import mark

if TYPE_CHECKING:
    from graphs.dimensions import Dim
    from widgets.start.sketch import Sketch

WIDTH, PICTURE = 243, 118


class TemplateCard(QFrame):
    """Opens its template on a click or Enter. The picture comes with `show_sketch`, as it needs the template itself."""

    chosen = Signal(str)

    def __init__(self, spec: TemplateSpec, themes: ThemeSource) -> None:
        super().__init__()
        self.spec = spec
        self._themes = themes
        self._sketch: Sketch | None = None
        mark(self, card="plain", interactive=True)
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(spec.title)
        self.setToolTip(spec.summary)
        self._picture, self._count = QLabel(), QLabel()
        self._picture.setFixedSize(WIDTH - 2, PICTURE)
        self._lay_out()
        themes.changed.connect(self._paint_picture)

    def show_sketch(self, drawn: "Sketch", parameters: "Dim") -> None:
        """Show the picture of the template, and how many parameters it has."""
        self._sketch = drawn
        self._count.setText(rounded(parameters))
        self._paint_picture()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.spec.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.spec.name)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        space = self._themes.theme.measures.space
        title, use = ElidedLabel(self.spec.title), QLabel(use_of(self.spec.summary))
        line, rule = QHBoxLayout(), QFrame()
        mark(title, role="heading")
        mark(use, role="secondary")
        use.setWordWrap(True)
        use.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        use.setMinimumHeight(2 * use.fontMetrics().lineSpacing())
        mark(self._count, role="secondary mono caption")
        rule.setProperty("line", "horizontal")
        line.addWidget(title, 1)
        line.addWidget(self._count)
        words = QVBoxLayout()
        words.setContentsMargins(space.medium, space.small, space.medium, space.medium)
        words.setSpacing(2)
        words.addLayout(line)
        words.addWidget(use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._picture)
        layout.addWidget(rule)
        layout.addLayout(words)

    def _paint_picture(self) -> None:
        if self._sketch is not None:
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(picture(self._sketch, self._themes.theme, WIDTH - 2, PICTURE, ratio))


def use_of(summary: str) -> str:
    """Return the first clause of a summary: what the template is for, without how."""
    return re.split(r"[;:,.]", summary, maxsplit=1)[0]
