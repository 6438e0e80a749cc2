"""A card that says in one sentence what went wrong, with details to read and copy, over the window's middle."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from widgets.elided import WrappedLabel
from widgets.icons import pixmap
from widgets.theme import ThemeSource
from widgets.theme_style import mark

_DETAILS = QSize(0, 160)


class ErrorCard(QFrame):
    """Stays until it is closed; a second error replaces the first. Nothing under it is blocked."""

    def __init__(self, over: QWidget, themes: ThemeSource) -> None:
        super().__init__(over)
        self._over = over
        measures = themes.theme.measures
        mark(self, popup="error")
        self.setFixedWidth(measures.size.dialog)
        self._icon, self._title, self._text = QLabel(), WrappedLabel(), WrappedLabel()
        self._icon.setPixmap(pixmap("error", themes.theme.status.error, measures.size.icon, self.devicePixelRatioF()))
        mark(self._title, role="heading")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = QPlainTextEdit(readOnly=True)
        mark(self._details, mono=True)
        self._details.setFixedHeight(_DETAILS.height())
        self._more, self._copy, self._close = QPushButton("Details"), QPushButton("Copy"), QPushButton("Close")
        self._more.clicked.connect(self._unfold)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.whole))
        self._close.clicked.connect(self.hide)
        self._lay_out(measures.space.medium, measures.space.small)
        over.installEventFilter(self)
        self.hide()

    @property
    def whole(self) -> str:
        """Everything that the card says, as it is copied."""
        return "\n\n".join(filter(None, (self._title.text(), self._text.text(), self._details.toPlainText())))

    def tell(self, title: str, text: str, details: str = "") -> None:
        """Show an error."""
        self._title.setText(title)
        self._text.setText(text)
        self._details.setPlainText(details)
        self._details.hide()
        self._more.setVisible(bool(details))
        self._copy.setVisible(bool(details))
        self.show()
        self._place()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _lay_out(self, pad: int, gap: int) -> None:
        head, buttons, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(gap)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        buttons.setSpacing(gap)
        buttons.addStretch()
        for button in (self._more, self._copy, self._close):
            mark(button, compact=True)
            buttons.addWidget(button)
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(gap)
        layout.addLayout(head)
        layout.addWidget(self._text)
        layout.addWidget(self._details)
        layout.addLayout(buttons)

    def _unfold(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._place()

    def _place(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.totalHeightForWidth(self.width())
        self.resize(self.width(), max(height, layout.totalMinimumSize().height()))
        self.move((self._over.width() - self.width()) // 2, self._over.height() // 6)
        self.raise_()
