"""The card inside a block that lists all uses of its network, and warns that an edit changes them all."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from graphs.ways import Use
from widgets.icons import pixmap
from widgets.plain import plain_tip
from widgets.theme import Theme
from widgets.theme_style import mark

_OFF = 12
_WIDE = 224
_SHOWN = 8
_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class UsesCard(QFrame):
    """Stands in the top right corner of its parent. chosen: the way into another use; own_copy: a copy is wanted."""

    chosen = Signal(object)
    own_copy = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("uses_card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.rows: dict[tuple[str, ...], QToolButton] = {}
        self._shown: object = None
        self._title, self._count = QLabel(), QLabel()
        self._warning, self.copy_button = QLabel(), QPushButton()
        self._grid = QGridLayout()
        self._compose()
        mark(self, card="plain")
        parent.installEventFilter(self)
        self.hide()

    def _compose(self) -> None:
        mark(self._title, role="strong")
        mark(self._count, role="secondary")
        mark(self._warning, role="secondary")
        mark(self.copy_button, outlined=True, compact=True)
        self.copy_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.copy_button.clicked.connect(self.own_copy)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        self._grid.setSpacing(0)
        column.addLayout(self._grid)
        column.addWidget(self._warning)
        column.addWidget(self.copy_button)

    def show_uses(self, network: str, uses: list[Use], path: tuple[str, ...], theme: Theme) -> None:
        """List the uses of a network, the one on view marked; nothing is shown where there is none on view."""
        here = next((use for use in uses if use.path == path), None)
        if here is None:
            self._shown = None
            self.hide()
            return
        state = (network, uses, path, theme.name)
        if state != self._shown:
            self._shown = state
            self._title.setText(f"{network} is used by")
            self._count.setText("1 node" if len(uses) == 1 else f"{len(uses)} nodes")
            self._fill(uses, path, theme)
            several = len(uses) > 1
            number = _WORDS[len(uses)] if len(uses) < len(_WORDS) else f"{len(uses)}"
            self._warning.setText(f"An edit here changes {'both' if len(uses) == 2 else f'all {number}'}.")
            self.copy_button.setText(f"Give {here.title} its own copy")
            for part in (self._warning, self.copy_button):
                part.setVisible(several)
        self.show()
        self._stand()

    def _fill(self, uses: list[Use], path: tuple[str, ...], theme: Theme) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        self.rows.clear()
        first = max(min(next(n for n, use in enumerate(uses) if use.path == path) - 3, len(uses) - _SHOWN), 0)
        for place, use in enumerate(uses[first : first + _SHOWN]):
            self._add_row(place, use, use.path == path, theme)
        if len(uses) > _SHOWN:
            more = QLabel(f"and {len(uses) - _SHOWN} more, listed above the drawing")
            mark(more, role="caption tertiary")
            self._grid.addWidget(more, _SHOWN, 0, 1, 3)

    def _add_row(self, place: int, use: Use, here: bool, theme: Theme) -> None:
        button = QToolButton()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(pixmap("category-block", theme.text.secondary, 14, self.devicePixelRatioF()))
        button.setText(self.fontMetrics().elidedText(use.title, Qt.TextElideMode.ElideMiddle, 120))
        button.setToolTip(plain_tip(use.title))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(f"Show {use.title}")
        button.clicked.connect(lambda: self.chosen.emit(use.path))
        given = ", ".join(f"{name} {value}" for name, value in list(use.arguments.items())[:2])
        arguments = QLabel(given)
        arguments.setToolTip(", ".join(f"{name} {value}" for name, value in use.arguments.items()))
        repeat = QLabel("" if use.repeat in (1, "1") else f"×{use.repeat}")
        for label in (arguments, repeat):
            mark(label, role="caption mono secondary")
        row = QFrame()
        mark(row, card="chosen" if here else "")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 6, 0)
        line.addWidget(button)
        line.addStretch()
        line.addWidget(arguments)
        line.addSpacing(4)
        line.addWidget(repeat)
        self._grid.addWidget(row, place, 0, 1, 3)
        self.rows[use.path] = button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    @property
    def room(self) -> int:
        """The px at the right of its parent that it takes up."""
        return max(_WIDE, self.width()) + _OFF

    def _stand(self) -> None:
        self.adjustSize()
        self.resize(max(_WIDE, self.width()), self.height())
        parent = self.parentWidget()
        if parent is not None:
            self.move(parent.width() - self.width() - _OFF, _OFF)
        self.raise_()
