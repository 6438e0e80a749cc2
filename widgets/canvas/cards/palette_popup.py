"""The search that opens where one types: finds layers and blocks and hands over the one chosen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from widgets.canvas.cards.palette_row import LISTED, Listed, PaletteRow
from widgets.theme import Theme

_SIZE = QSize(336, 300)
_MOST = 60
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class PalettePopup(QFrame):
    """A field and a list. `chosen` carries the row taken; Esc or a click elsewhere leaves nothing behind."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, prompt: str = "Find a layer", title: str = "Find a layer to add") -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("palette_popup")
        self.setFixedSize(_SIZE)
        self.field, self.list = QLineEdit(self), QListWidget(self)
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(title)
        self.list.setAccessibleName("Layers found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self._rows = PaletteRow(self)
        self.list.setItemDelegate(self._rows)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.list.itemClicked.connect(self._take)
        self._find: Callable[[str], Sequence[Listed]] = lambda _text: ()
        self._found: list[Listed] = []
        self.hide()

    @property
    def found(self) -> list[Any]:
        """What the list shows, best first, as `find` returned it."""
        return list(self._found)

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._rows.theme = theme
        self.field.setFont(theme.font("control"))
        self.setStyleSheet(
            f"#palette_popup {{ background: {theme.surface.raised.name()};"
            f" border: 1px solid {theme.border.node.name()}; border-radius: {theme.measures.radius.popup}px; }}"
            f"#palette_popup QListWidget {{ background: transparent; border: none;"
            f" color: {theme.text.primary.name()}; }}"
        )

    def open_at(self, at: QPointF, text: str, find: Callable[[str], Sequence[Listed]]) -> None:
        """Open at a point of the parent with `text` typed already; `find` returns what a text finds."""
        self._find = find
        room = self._parent.size()
        x = min(max(at.x(), 8), max(room.width() - _SIZE.width() - 8, 8))
        y = min(max(at.y(), 8), max(room.height() - _SIZE.height() - 8, 8))
        self.move(round(x), round(y))
        self.show()
        self.raise_()
        self.field.setText(text)
        self._search(text)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.deselect()

    def leave(self) -> None:
        """Close without a choice."""
        if self.isVisible():
            had_focus = self.field.hasFocus()
            if had_focus:  # handed on before the field is hidden, as Qt would else pick the next widget itself
                self._parent.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()
            self.closed.emit()

    def _search(self, text: str) -> None:
        self._found = list(self._find(text))[:_MOST]
        self._rows.wanted = text
        self.list.clear()
        for what in self._found:
            item = QListWidgetItem(what.title, self.list)
            item.setData(LISTED, what)
            item.setToolTip(what.summary)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        place = self.list.currentRow()
        if 0 <= place < len(self._found):
            chosen = self._found[place]
            self.leave()
            self.chosen.emit(chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.leave()
        return False

    def _key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif (step := _STEPS.get(Qt.Key(key))) is not None:
            last = max(self.list.count() - 1, 0)
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), last))
        else:
            return False
        return True
