"""Draws the ring round the control that has the keyboard, when the keyboard brought the focus there."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from widgets.theme import Theme

_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """A ring 2 px wide and 1 px off the focused control of one window; it takes no clicks and no focus.

    Nothing is drawn after a click. A control that draws its own focus says so by the property `own_focus`.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    @property
    def target(self) -> QWidget | None:
        """The control that the ring is round, if any."""
        return self._target

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._target and event.type() in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        width = self._theme.measures.node.selection_ring
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.selection.focus, width))
        radius = self._theme.measures.radius.control + width
        inset = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.end()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window):  # it is being taken down, and the focus leaves what was in it
            return
        if self._target is not None and isValid(self._target):  # the focus also leaves a control that is deleted
            self._target.removeEventFilter(self)
        keyboard = self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        ringed = keyboard and now is not None and now.window() is self._window and not now.property("own_focus")
        self._target = now if ringed else None
        if self._target is not None:
            self._target.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        if self._target is None or not self._target.isVisible():
            self.hide()
            return
        reach = self._theme.measures.node.selection_ring + 1
        corner = self._target.mapTo(self._window, self._target.rect().topLeft())
        self.setGeometry(QRect(corner, self._target.size()).adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()
