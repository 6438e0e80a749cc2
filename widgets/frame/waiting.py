"""What the window shows while the file that it was started with is still to be read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel

from widgets.theme_style import mark


class Waiting(QLabel):
    """The name of the file that will be opened; `painted` tells, once, that it is on the screen."""

    painted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(f"Opening {name}…")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark(self, role="tertiary")
        self._told = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            self.painted.emit()
