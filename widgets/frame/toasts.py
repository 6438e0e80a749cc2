"""Toasts: one line at the foot of the canvas that says what was done, with at most one button, gone by itself."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from widgets.theme import ThemeSource
from widgets.theme_style import mark

MOST = 2
Act = tuple[str, Callable[[], object]]


class Toast(QFrame):
    """One line; it stays while the pointer is on it."""

    gone = Signal()

    def __init__(self, text: str, themes: ThemeSource, parent: QWidget, act: Act | None) -> None:
        super().__init__(parent)
        measures = themes.theme.measures
        self.text, self.offers = text, act is not None
        mark(self, popup="plain")
        self.setFixedHeight(measures.size.toast)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(measures.space.medium, 0, measures.space.tiny if act else measures.space.medium, 0)
        words = QLabel(text)
        words.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(words)
        if act is not None:
            title, run = act
            self.button = QPushButton(title)
            mark(self.button, flat=True, compact=True)
            self.button.clicked.connect(run)
            self.button.clicked.connect(self._end)
            layout.addWidget(self.button)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(measures.duration.toast_with_action if act else measures.duration.toast)
        self._timer.timeout.connect(self._end)
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def _end(self) -> None:
        self._timer.stop()
        self.gone.emit()


class Toasts(QObject):
    """Shows toasts at the foot of a widget, two at most; `told` carries the text of each, for the log."""

    told = Signal(str)

    def __init__(self, over: QWidget, themes: ThemeSource) -> None:
        super().__init__(over)
        self._over = over
        self._themes = themes
        self.shown: list[Toast] = []
        over.installEventFilter(self)

    def show(self, text: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        """Say something; `button` names the one act that goes with it."""
        self.told.emit(text)
        toast = Toast(text, self._themes, self._over, (button, act) if act is not None else None)
        toast.gone.connect(partial(self._remove, toast))
        self.shown.append(toast)
        for old in self.shown[:-MOST]:
            self._remove(old)
        toast.adjustSize()
        toast.show()
        self._place()

    def withdraw(self) -> None:
        """Take away what offers an act: it was for a drawing that is another now."""
        for toast in [toast for toast in self.shown if toast.offers]:
            self._remove(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _remove(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        gap = self._themes.theme.measures.space.small
        bottom = self._over.height() - self._themes.theme.measures.space.large
        for toast in reversed(self.shown):
            bottom -= toast.height()
            toast.move((self._over.width() - toast.width()) // 2, bottom)
            toast.raise_()
            bottom -= gap
