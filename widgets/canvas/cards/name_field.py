"""The field over a node's name in which it is renamed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

MIDDLE = Qt.MouseButton.MiddleButton


def pans(event: QEvent) -> bool:
    """Pass on what the middle button says, which pans the canvas below and pastes nothing; tell whether it was that."""
    middle = isinstance(event, QMouseEvent) and MIDDLE & (event.buttons() | event.button())
    if middle:
        event.ignore()
    return bool(middle)


class NameField(QLineEdit):
    """Emits `entered` with the node and its new name; Esc leaves the old one."""

    entered = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("name_field")
        self.setAccessibleName("Name of the layer")
        self._node = ""
        self._place: Callable[[], QRectF | None] = lambda: None
        self.returnPressed.connect(self.commit)
        self.hide()

    def open_for(self, node: str, name: str, place: Callable[[], QRectF | None]) -> None:
        """Show the field with the whole name selected.

        place: returns at any time where it lies in the parent, None once there is nothing any more that has the name.
        """
        self._node, self._place = node, place
        self.setText(name)
        self.show()
        self.follow()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.selectAll()

    def follow(self, *_: object) -> None:
        """Go along with what it lies over."""
        place = self._place() if self.isVisible() else None
        if place is not None:
            self.setGeometry(place.toAlignedRect())
        elif self.isVisible():
            self.abandon()

    def abandon(self, *_: object) -> None:
        """Close with nothing entered."""
        self._node = ""
        self._leave()

    def commit(self) -> None:
        """Enter what is written, and close."""
        node, self._node = self._node, ""
        if node:
            self._leave()
            self.entered.emit(node, self.text().strip())

    def _leave(self) -> None:
        if self.hasFocus():
            self._parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def event(self, event: QEvent) -> bool:
        return False if pans(event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.abandon()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # a line edit passes it on, and on the canvas it would open the block just named

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()
