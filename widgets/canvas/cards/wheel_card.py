"""The card that asks, when the wheel is first turned, what it should do."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from widgets.theme import Theme
from widgets.theme_style import mark

_OFF = 16


class WheelCard(QFrame):
    """Stands at the lower edge of its parent until one of the two is chosen; it never takes the focus.

    chosen: `zoom` or `pan`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setAccessibleName("What the wheel does")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.buttons = {"zoom": QPushButton("Wheel zooms"), "pan": QPushButton("Wheel pans")}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(QLabel("Two fingers pan and Ctrl zooms, whichever you choose."))
        for meaning, button in self.buttons.items():
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            mark(button, compact=True, outlined=True)
            button.clicked.connect(lambda _checked=False, meaning=meaning: self._choose(meaning))
            row.addWidget(button)
        mark(self, card="plain")
        parent.installEventFilter(self)
        self.hide()

    def ask(self, theme: Theme) -> None:
        """Show the two."""
        if not self.isVisible():
            self.setFont(theme.font("body"))
            self.show()
            self.raise_()
            self._place()

    def _choose(self, meaning: str) -> None:
        self.hide()
        self.chosen.emit(meaning)

    def _place(self) -> None:
        self.adjustSize()
        room = self._parent.size()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - _OFF)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
