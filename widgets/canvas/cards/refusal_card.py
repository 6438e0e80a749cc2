"""The card that says at the pointer why something was refused, with what would make it fit."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from graphs.edits import Edit
from graphs.problems import Fix
from widgets.canvas.acts.fitness import Refused
from widgets.elided import WrappedLabel
from widgets.theme import Theme

_OFF = 12
_WIDE = 300


class RefusalCard(QFrame):
    """Stands 12 px from the pointer; Enter takes the first bridge, R the second. It never takes the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("refusal_card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._apply: Callable[[Edit], object] | None = None
        self._shown: Refused | None = None
        self._title, self._reason = WrappedLabel(parent=self), WrappedLabel(parent=self)
        self._title.setObjectName("refusal_title")
        self._buttons = QHBoxLayout()
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._reason)
        layout.addLayout(self._buttons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._stand_again)
        self._place: tuple[QPointF, QRectF | None] = (QPointF(), None)
        self.hide()

    @property
    def refused(self) -> Refused | None:
        """What the card says, None while it is not shown."""
        return self._shown if self.isVisible() else None

    @property
    def bridges(self) -> tuple[Fix, ...]:
        """What the card offers."""
        return self._shown.bridges if self._shown is not None and self.isVisible() else ()

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(
            f"#refusal_card {{ background: {theme.surface.raised.name()};"
            f" border: 1px solid {theme.status.error.name()}; border-radius: {theme.measures.radius.popup}px; }}"
            f"#refusal_card QLabel {{ color: {theme.text.secondary.name()}; background: transparent; }}"
            f"#refusal_card #refusal_title {{ color: {theme.text.primary.name()}; }}"
        )
        self._title.setFont(theme.font("control", "semibold"))
        self._reason.setFont(theme.font("body"))
        self._timer.setInterval(theme.measures.duration.toast_with_action)

    def tell(
        self, refused: Refused, at: QPointF, apply: Callable[[Edit], object], target: QRectF | None = None
    ) -> None:
        """Say why, beside a point of the parent and not over `target`; `apply` carries out the bridge chosen."""
        self._timer.stop()
        self._apply = apply
        if refused is not self._shown:
            self._shown = refused
            self._title.setText(refused.title)
            self._reason.setText(refused.reason)
            self._fill_buttons(refused)
        self.show()
        self.raise_()
        self._stand_at(at, target)
        self._again.start()  # the style sheet has its say on the size of the buttons by then

    def _fill_buttons(self, refused: Refused) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for place, fix in enumerate(refused.bridges[:2]):
            button = QPushButton(f"{fix.title}   {'Enter' if place == 0 else 'R'}", self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("primary", place == 0)
            button.clicked.connect(lambda _checked=False, place=place: self.take(place))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)

    def _stand_again(self) -> None:
        self._layout.invalidate()
        self._stand_at(*self._place)

    def _stand_at(self, at: QPointF, target: QRectF | None) -> None:
        self._place = (at, target)
        width = max(_WIDE, self._layout.totalMinimumSize().width())
        size, room = QSize(width, self._layout.totalHeightForWidth(width)), self._parent.size()
        self.setFixedSize(size)
        x = at.x() + _OFF if at.x() + _OFF + size.width() <= room.width() else at.x() - _OFF - size.width()
        y = at.y() + _OFF if at.y() + _OFF + size.height() <= room.height() else at.y() - _OFF - size.height()
        if target is not None:  # beside what refuses, so that neither it nor the wire into it is covered
            beside = max(target.right() + _OFF, at.x() + _OFF)
            x = beside if beside + size.width() <= room.width() else target.left() - _OFF - size.width()
        self.move(round(max(x, 0)), round(max(y, 0)))

    def take(self, place: int = 0) -> bool:
        """Carry out a bridge; tell whether there was one."""
        bridges, apply = self.bridges, self._apply
        if place >= len(bridges) or apply is None:
            return False
        self.close()
        apply(bridges[place].edit)
        return True

    def keep(self) -> None:
        """Stay for a while, now that nothing is in hand."""
        self._timer.start()

    def close_unless_kept(self) -> None:
        """Go, unless the card stands by itself."""
        if not self._timer.isActive():
            self.close()
