"""What every editor is: a control for one parameter that shows a value and tells when a valid one was chosen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from graphs.errors import UserError, ValueProblem
from graphs.parameters import Parameter, Value
from widgets.theme import Theme
from widgets.theme_style import mark

MIXED = "mixed"
EDGE = 8  # px between a field's border and its text


def remark(widget: QWidget, **properties: object) -> None:
    """Set style properties as `mark` does, which costs a restyling, only where they differ."""
    if any(widget.property(name) != value for name, value in properties.items()):
        mark(widget, **properties)


def reason(error: UserError) -> str:
    """Return why a value is not taken, as the line below its field says it."""
    return f"Takes {error.expected}." if isinstance(error, ValueProblem) else str(error)


class Editor(QWidget):
    """Base of all editors.

    chosen: carries a valid value. refused: carries the words why what is typed is none, empty when it is one again.
    stepping: whether the value that `chosen` carries is one step of a longer movement, such as a turn of the wheel.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__()
        self.parameter = parameter
        self.theme = theme
        self.stepping = False
        self.arguments: Mapping[str, int | float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.measures.space.tiny)

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        """Show `value` without telling anybody; `mixed` means that several nodes differ."""

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self.theme = theme

    def nudge(self, steps: float) -> None:
        """Change a number by a number of its usual steps; other kinds do nothing."""

    def read(self, text: str) -> Value:
        """Return the value that a typed text means. Raises UserError, also where it names what is no argument here."""
        value = self.parameter.parse(text)
        if self.arguments is not None and value is not None:
            self.parameter.resolve(value, self.arguments)
        return value

    def choose(self, read: Callable[[], Value], *, stepping: bool = False) -> None:
        """Tell the value that `read` returns, or why there is none."""
        try:
            value = read()
        except UserError as error:
            self.refused.emit(reason(error))
            return
        self.refused.emit("")
        self.stepping = stepping
        self.chosen.emit(value)
        self.stepping = False


class TextLine(QLineEdit):
    """A line with a word on its right; arrows and the wheel, when it has the focus, step its number.

    cancelled: Escape was pressed.
    """

    stepped = Signal(float)
    cancelled = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumWidth(0)
        self._suffix = QLabel(self)
        self._suffix.setTextFormat(Qt.TextFormat.PlainText)
        self._suffix.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark(self._suffix, role="tertiary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, EDGE - 1, 0)
        row.addStretch()
        row.addWidget(self._suffix)
        self.textChanged.connect(lambda _text: self._make_room())

    @property
    def suffix(self) -> str:
        """The word on the right."""
        return self._suffix.text()

    def show_suffix(self, text: str, role: str = "tertiary") -> None:
        """Write a unit, a range or a result on the right."""
        remark(self._suffix, role=role)
        if text != self._suffix.text():
            self._suffix.setText(text)
        self._make_room()

    def _make_room(self) -> None:
        """Keep the right side for the suffix, or hide it where the text needs all the room."""
        wanted = self._suffix.sizeHint().width() + 2
        typed = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText()) + 2 * EDGE
        shown = bool(self.suffix) and wanted + typed <= self.width()
        self._suffix.setVisible(shown)
        margin = wanted if shown else 0
        if self.textMargins().right() != margin:
            self.setTextMargins(0, 0, margin, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_text(self, text: str, placeholder: str) -> None:
        """Write a text, or grey words in its place; what differs among several is said in italics."""
        if placeholder != self.placeholderText():
            self.setPlaceholderText(placeholder)
            remark(self, mixed=placeholder == MIXED)
            self._make_room()
        if text != self.text():
            self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if direction is not None:
            self.stepped.emit(direction * _scale(event.modifiers()))
        elif event.key() == Qt.Key.Key_Escape:
            before = self.text()
            self.cancelled.emit()
            if self.text() == before:
                event.ignore()  # there was nothing to take back: it leads out of the panel
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()  # Alt turns the wheel sideways
        if self.hasFocus() and turned:
            self.stepped.emit((1 if turned > 0 else -1) * _scale(event.modifiers()))
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.show_suffix(self.suffix, str(self._suffix.property("role")))


def _scale(modifiers: Qt.KeyboardModifier) -> float:
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return 10
    return 0.1 if modifiers & Qt.KeyboardModifier.ControlModifier else 1
