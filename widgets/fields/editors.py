"""Editors: the control that a parameter kind is edited with. Each knows how to show a value and when one was chosen."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from graphs.errors import UserError
from graphs.parameters import Boolean, Choice, FilePath, Integer, Integers, Parameter, Real, Size, Value
from widgets.icons import put_icon
from widgets.theme import Theme
from widgets.theme_style import mark

MIXED = "mixed"


class Editor(QWidget):
    """Base of all editors. `chosen` carries a valid value; `refused` carries the words why a typed one is not."""

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__()
        self.parameter = parameter
        self.theme = theme
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.measures.space.tiny)

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        """Show `value` without telling anybody; `mixed` means that several nodes differ."""

    def nudge(self, steps: float) -> None:
        """Change a number by a number of its usual steps; other kinds do nothing."""

    def choose(self, read: Callable[[], Value]) -> None:
        """Tell the value that `read` returns, or why there is none."""
        try:
            value = read()
        except UserError as error:
            self.refused.emit(str(error))
        else:
            self.refused.emit("")
            self.chosen.emit(value)


class TextLine(QLineEdit):
    """A line that hands arrows and the wheel to its editor."""

    stepped = Signal(float)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(direction * _scale(event.modifiers()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() and event.angleDelta().y():
            self.stepped.emit((1 if event.angleDelta().y() > 0 else -1) * _scale(event.modifiers()))
            event.accept()
        else:
            event.ignore()


def _scale(modifiers: Qt.KeyboardModifier) -> float:
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return 10
    return 0.1 if modifiers & Qt.KeyboardModifier.ControlModifier else 1


class LineEditor(Editor):
    """A text line: checked while typing, told on Enter or when the focus leaves."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        self.text = TextLine()
        self.text.setProperty("mono", isinstance(parameter, Integer | Real | Integers))
        self.text.setAccessibleName(parameter.name)
        self.line.addWidget(self.text)
        self.setFocusProxy(self.text)
        self._shown = ""
        if parameter.unit:
            self.text.setToolTip(f"{parameter.doc}\nIn {parameter.unit}; {parameter.expected}.")
            self._unit(parameter.unit)
        self.text.textEdited.connect(self._typed)
        self.text.editingFinished.connect(self._finished)
        self.text.stepped.connect(self.nudge)

    def _unit(self, unit: str) -> None:
        label = QLabel(unit, self.text)
        mark(label, role="tertiary")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self.text)
        row.setContentsMargins(0, 0, self.theme.measures.space.small, 0)
        row.addStretch()
        row.addWidget(label)
        self.text.setTextMargins(0, 0, label.sizeHint().width() + self.theme.measures.space.small, 0)

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        self._shown = "" if mixed or (value is None) else self.parameter.show(value)
        self.text.setPlaceholderText(MIXED if mixed else "none" if value is None else "")
        mark(self.text, problem=False, expression=isinstance(value, str) and isinstance(self.parameter, Integer | Real))
        if self.text.text() != self._shown:
            self.text.setText(self._shown)

    def nudge(self, steps: float) -> None:
        if not isinstance(self.parameter, Integer | Real):
            return
        try:
            value = self.parameter.parse(self.text.text())
        except UserError:
            return
        if isinstance(value, int | float):
            self.choose(lambda: self.parameter.check(_stepped(self.parameter, value, steps)))

    def _typed(self, text: str) -> None:
        try:
            self.parameter.parse(text)
        except UserError as error:
            mark(self.text, problem=True)
            self.refused.emit(str(error))
        else:
            mark(self.text, problem=False)
            self.refused.emit("")

    def _finished(self) -> None:
        if self.text.text() != self._shown:
            text = self.text.text()
            self.choose(lambda: self.parameter.parse(text))


def _stepped(parameter: Parameter, value: float, steps: float) -> float:
    """Return `value` some steps on, held within the range: whole numbers by 1, real ones by a tenth of themselves."""
    assert isinstance(parameter, Integer | Real)
    if isinstance(parameter, Integer):
        moved: float = value + (round(steps) or (1 if steps > 0 else -1))
    else:
        moved = float(f"{value + (abs(value) or 1.0) * 0.1 * steps:.6g}")
    low = parameter.low if parameter.low is not None else moved
    high = parameter.high if parameter.high is not None else moved
    inside = min(max(moved, low), high)
    return value if isinstance(parameter, Real) and parameter.low_open and inside == low else inside


class CheckEditor(Editor):
    """A tick."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        self.box = QCheckBox()
        self.box.setAccessibleName(parameter.name)
        self.line.addWidget(self.box)
        self.line.addStretch()
        self.setFocusProxy(self.box)
        self.box.clicked.connect(lambda: self.chosen.emit(self.box.checkState() == Qt.CheckState.Checked))

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        self.box.setTristate(mixed)
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
        self.box.installEventFilter(self)
        if parameter.optional:
            self.box.addItem("automatic", None)
        for option in parameter.options:
            self.box.addItem(option.replace("_", " "), option)
        self.line.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.activated.connect(lambda: self.chosen.emit(self.box.currentData()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from changing a choice that it only scrolls past."""
        return event.type() == QEvent.Type.Wheel and not self.box.hasFocus()

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        self.box.setCurrentIndex(-1 if mixed else self.box.findData(value))
        self.box.setPlaceholderText(MIXED if mixed else "")


class SizeEditor(Editor):
    """One line an axis with a chain between; chained lines change together. A word fills the first line alone."""

    SUFFIX: ClassVar[dict[int, tuple[str, ...]]] = {2: ("high", "wide"), 3: ("deep", "high", "wide")}

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        assert isinstance(parameter, Size)
        self.size_kind = parameter
        self._value: Value = parameter.default
        self.lines = [TextLine() for _ in range(parameter.rank)]
        for axis, line in enumerate(self.lines):
            mark(line, mono=True)
            line.setAccessibleName(f"{parameter.name}, {self._axis(axis)}")
            line.setToolTip(self._axis(axis))
            line.setMinimumWidth(theme.measures.size.row)
            self.line.addWidget(line)
            line.editingFinished.connect(lambda axis=axis: self._finished(axis))
            line.textEdited.connect(lambda text, line=line: self._typed(line, text))
            line.stepped.connect(lambda steps, axis=axis: self._step(axis, steps))
        self.chain = QToolButton()
        self.chain.setCheckable(True)
        self.chain.setChecked(True)
        mark(self.chain, flat=True)
        self.chain.toggled.connect(self._draw_chain)
        self._draw_chain(True)
        self.line.addWidget(self.chain)
        self.chain.setVisible(parameter.rank > 1)
        self.setFocusProxy(self.lines[0])

    def _axis(self, axis: int) -> str:
        names = self.SUFFIX.get(self.size_kind.rank, ("length",))
        return names[axis] if axis < len(names) else f"axis {axis + 1}"

    def _draw_chain(self, chained: bool) -> None:
        put_icon(self.chain, "link" if chained else "unlink", self.theme)
        self.chain.setToolTip("Axes change together" if chained else "Each axis for itself")

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        self._value = value
        uneven = isinstance(value, tuple) and len(set(value)) > 1
        if uneven:
            self.chain.setChecked(False)
        for axis, line in enumerate(self.lines):
            entry = value[axis] if isinstance(value, tuple) else value if axis == 0 else None
            text = "" if mixed or entry is None else str(entry)
            line.setPlaceholderText(MIXED if mixed else "none" if value is None else "")
            mark(line, problem=False, expression=isinstance(entry, str) and isinstance(value, tuple))
            if line.text() != text:
                line.setText(text)

    def _typed(self, line: TextLine, text: str) -> None:
        try:
            self.size_kind.parse(text)
        except UserError as error:
            mark(line, problem=True)
            self.refused.emit(str(error))
        else:
            mark(line, problem=False)
            self.refused.emit("")

    def _finished(self, axis: int) -> None:
        text = self.lines[axis].text().strip()
        shown = self._value[axis] if isinstance(self._value, tuple) else self._value
        if text != ("" if shown is None else str(shown)):
            self.choose(lambda: self._with(axis, self.size_kind.parse(text)))

    def _with(self, axis: int, typed: Value) -> Value:
        if not isinstance(typed, tuple) or self.chain.isChecked() or not isinstance(self._value, tuple):
            return typed
        entries = list(self._value)
        entries[axis] = typed[axis]
        return self.size_kind.check(tuple(entries))

    def _step(self, axis: int, steps: float) -> None:
        if isinstance(self._value, tuple) and isinstance(self._value[axis], int):
            moved = max(self.size_kind.low, self._value[axis] + (round(steps) or (1 if steps > 0 else -1)))
            self.choose(lambda: self._with(axis, (moved,) * self.size_kind.rank))


class PathEditor(LineEditor):
    """A path, typed or chosen in the system's dialog."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        assert isinstance(parameter, FilePath)
        self.path_kind = parameter
        self.browse = QToolButton()
        put_icon(self.browse, "folder", theme)
        self.browse.setToolTip("Choose a folder" if parameter.folder else "Choose a file")
        self.line.addWidget(self.browse)
        self.browse.clicked.connect(self._browse)

    def _browse(self) -> None:
        chosen = self.ask(self, self.path_kind, self.text.text())
        if chosen:
            self.choose(lambda: self.path_kind.check(chosen))

    @classmethod
    def ask(cls, parent: QWidget, kind: FilePath, start: str) -> str:
        """Ask for a path with the system's dialog; empty when the user does not choose."""
        if kind.folder:
            return QFileDialog.getExistingDirectory(parent, "Choose a folder", start)
        patterns = " ".join(f"*{suffix}" for suffix in kind.suffixes)
        return QFileDialog.getOpenFileName(parent, "Choose a file", start, f"Files ({patterns or '*'})")[0]


EDITORS: tuple[tuple[type[Parameter], type[Editor]], ...] = (
    (Boolean, CheckEditor),
    (Choice, ChoiceEditor),
    (FilePath, PathEditor),
    (Size, SizeEditor),
    (Parameter, LineEditor),
)


def editor_for(parameter: Parameter, theme: Theme) -> Editor:
    """Return a new editor for a parameter."""
    make = next(editor for kind, editor in EDITORS if isinstance(parameter, kind))
    return make(parameter, theme)
