"""Labels that never take more room than there is: one shortens its text, one breaks long words."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from widgets.plain import plain_tip

_BREAK = "\N{ZERO WIDTH SPACE}"
_LONG_WORD, _PIECE = re.compile(r"\S{17,}"), re.compile(r"[^_×/.\\-]{1,12}[_×/.\\-]*|[_×/.\\-]{1,12}")


class ElidedLabel(QLabel):
    """One line, cut with an ellipsis where it does not fit; the tip then has the whole."""

    def __init__(self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        painter.end()


class WrappedLabel(QLabel):
    """Plain text over as many lines as it needs; a word that is longer than a line is broken instead of cut off."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str, /) -> None:
        self._text = text
        super().setText(breakable(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, ""))
        else:
            super().keyPressEvent(event)


def breakable(text: str) -> str:
    """Return a text whose long words may be broken: where their parts end, else after a dozen characters."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), text)
