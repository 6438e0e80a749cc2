"""The list of what differs from another project, beside the drawing."""

from collections import Counter

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphs.comparing.compare import Difference
from graphs.comparing.differences import ADDED, CHANGED, MOVED, REMOVED, Change
from widgets.icons import put_icon
from widgets.plain import plain_tip
from widgets.theme import Theme
from widgets.theme_style import mark

_OFF, _WIDE, _HIGH = 12, 312, 260
_BESIDE_TEXT, _ROUND_TEXT = 60, 10
SIGNS = {ADDED: "+", CHANGED: "≠", MOVED: "→", REMOVED: "−"}
_CHANGE = Qt.ItemDataRole.UserRole


def _shown(change: Change) -> str:
    """Return the kind of a change to the reader: what is there before and after is changed, whatever came to it."""
    there = change.before is not None and change.after is not None
    return CHANGED if there and change.kind in (ADDED, REMOVED) else change.kind


class ComparisonCard(QFrame):
    """Stands in the lower left corner. chosen: a change that was clicked; ended: the comparison is over."""

    chosen = Signal(object)
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("comparison_card")
        mark(self, card="plain")
        self.title, self.counts, self.list = QLabel(), QLabel(), QListWidget()
        self._close = QToolButton()
        self._close.setAccessibleName("End the comparison")
        self._close.clicked.connect(self.ended)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        mark(self.title, role="strong")
        mark(self.counts, role="caption secondary")
        self.list.setAccessibleName("What differs")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.counts)
        column.addWidget(self.list)
        self.resize(_WIDE, _HIGH)
        parent.installEventFilter(self)
        self.hide()

    @property
    def room(self) -> int:
        """The px at the left of its parent that it takes up, none while it is not shown."""
        return _WIDE + _OFF if self.isVisible() else 0

    def show_changes(self, title: str, difference: Difference, theme: Theme) -> None:
        """List the changes since the project called `title`."""
        put_icon(self._close, "close", theme)
        self.title.setText(self.fontMetrics().elidedText(f"Since {title}", Qt.TextElideMode.ElideMiddle, _WIDE - 60))
        self.title.setToolTip(plain_tip(title))
        words = (ADDED, "added"), (REMOVED, "removed"), (CHANGED, "changed"), (MOVED, "moved")
        held = Counter(_shown(change) for change in difference.changes)
        counts = [f"{held[kind]} {word}" for kind, word in words if held[kind]]
        self.counts.setText(", ".join(counts) or "Nothing differs")
        self.list.clear()
        for change, words_of_it in zip(difference.changes, difference.sentences, strict=True):
            item = QListWidgetItem(f"{SIGNS[_shown(change)]}  {words_of_it}")
            item.setToolTip(plain_tip(words_of_it))
            item.setSizeHint(self._row(item.text()))
            item.setData(_CHANGE, change)
            self.list.addItem(item)
        self.show()
        self._stand()

    def _row(self, text: str) -> QSize:
        """Return the size of a row whose text is wrapped."""
        wraps = Qt.TextFlag.TextWordWrap
        room = QRect(0, 0, _WIDE - _BESIDE_TEXT, _HIGH)
        return QSize(0, self.list.fontMetrics().boundingRect(room, wraps, text).height() + _ROUND_TEXT)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_CHANGE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        high = min(_HIGH, self._parent.height() - 2 * _OFF)
        self.setGeometry(_OFF, self._parent.height() - high - _OFF, _WIDE, high)
        self.raise_()
