"""Editors for what is not a line: yes or no, one of a few words, and text of several lines."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit

from graphs.parameters import Choice, Parameter, Value
from widgets.fields.editor import MIXED, Editor, remark
from widgets.theme import Theme
from widgets.theme_style import mark

AUTOMATIC = "automatic"
PASSAGE_LINES = 3


class CheckEditor(Editor):
    """A tick."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        self.box = QCheckBox()
        self.box.setAccessibleName(parameter.name)
        self.line.addWidget(self.box)
        self.line.addStretch()
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        checked = self.box.checkState() == Qt.CheckState.Checked
        self.choose(lambda: self.parameter.check(checked))

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        self.box.setTristate(mixed)
        self.box.setText(MIXED if mixed else "")
        state = Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        self.box.setCheckState(Qt.CheckState.PartiallyChecked if mixed else state)


class ChoiceEditor(Editor):
    """A list of words to pull down."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        assert isinstance(parameter, Choice)
        self.box = QComboBox()
        self.box.setAccessibleName(parameter.name)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(4)
        self.box.installEventFilter(self)
        if parameter.optional:
            self.box.addItem(AUTOMATIC, None)
        for option in parameter.options:
            self.box.addItem(option.replace("_", " "), option)
        self.line.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.activated.connect(lambda: self.choose(lambda: self.parameter.check(self.box.currentData())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the form past a list that has not the focus, instead of changing it."""
        if event.type() != QEvent.Type.Wheel or self.box.hasFocus():
            return False
        event.ignore()
        return True

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        self.box.setPlaceholderText(MIXED if mixed else "")
        remark(self.box, mixed=mixed)
        self.box.setCurrentIndex(-1 if mixed else self.box.findData(value))


class Passage(QPlainTextEdit):
    """Text of several lines; Tab leaves it. `finished` is told when it lost the focus, or on Ctrl+Enter."""

    finished = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        mark(self, field=True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * PASSAGE_LINES + theme.measures.space.large)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class PassageEditor(Editor):
    """Text of several lines."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        self.text = Passage(parameter.name, theme)
        self.line.addWidget(self.text)
        self.setFocusProxy(self.text)
        self._shown = ""
        self.text.finished.connect(self._finished)

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        shown = "" if mixed else value or ""
        if self.text.hasFocus() and self.text.toPlainText() != self._shown and shown == self._shown:
            return
        self._shown = shown
        self.text.setPlaceholderText(MIXED if mixed else "")
        if self.text.toPlainText() != shown:
            self.text.setPlainText(shown)

    def _finished(self) -> None:
        text = self.text.toPlainText()
        if text != self._shown:
            self.choose(lambda: self.read(text))
