"""Editors that are one line of text: numbers, lists of numbers, words and paths."""

import math

from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from graphs.errors import UserError
from graphs.parameters import FilePath, Integer, Integers, Parameter, Real, Value
from widgets.fields.editor import MIXED, Editor, TextLine, reason, remark
from widgets.icons import put_icon
from widgets.theme import Theme


class LineEditor(Editor):
    """A text line: checked while typing, told on Enter or when the focus leaves; Escape brings the value back."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        self.text = TextLine(parameter.name)
        self.text.setProperty("mono", isinstance(parameter, Integer | Real | Integers))
        self.line.addWidget(self.text)
        self.setFocusProxy(self.text)
        self._shown = ""
        self.text.textEdited.connect(self._typed)
        self.text.editingFinished.connect(self._finished)
        self.text.stepped.connect(self.nudge)
        self.text.cancelled.connect(self._take_back)

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        shown = "" if mixed or value is None else self.parameter.show(value)
        if self.text.hasFocus() and self.text.text() != self._shown and shown == self._shown:
            return  # something else changed while a new value is being typed here
        self._shown = shown
        number = isinstance(self.parameter, Integer | Real)
        expression = number and isinstance(value, str) and not mixed
        remark(self.text, problem=False, expression=expression)
        self.text.show_text(shown, MIXED if mixed else "none" if value is None else "")
        result = self._result(value) if expression else ""
        self.text.show_suffix(result or suffix(self.parameter), "link mono" if result else "tertiary")

    def _result(self, value: Value) -> str:
        """Return what an expression comes to, empty where that is not known."""
        try:
            return f"= {self.parameter.show(self.parameter.resolve(value, self.arguments or {}))}"
        except UserError:
            return ""

    def nudge(self, steps: float) -> None:
        parameter = self.parameter
        if not isinstance(parameter, Integer | Real):
            return
        try:
            value = self.read(self.text.text())
        except UserError:
            return
        if isinstance(value, int | float):
            self.choose(lambda: parameter.check(stepped(parameter, value, steps)), stepping=True)

    def _typed(self, text: str) -> None:
        try:
            self.read(text)
        except UserError as error:
            remark(self.text, problem=True)
            self.refused.emit(reason(error))
        else:
            remark(self.text, problem=False)
            self.refused.emit("")

    def _finished(self) -> None:
        if self.text.text() != self._shown:
            text = self.text.text()
            self.choose(lambda: self.read(text))

    def _take_back(self) -> None:
        self.text.setText(self._shown)
        remark(self.text, problem=False)
        self.refused.emit("")


def suffix(parameter: Parameter) -> str:
    """Return what stands in the field beside a number: its unit, or else its range where it has both ends."""
    if parameter.unit or not isinstance(parameter, Integer | Real) or parameter.low is None or parameter.high is None:
        return parameter.unit
    return f"{parameter.low:g} to {parameter.high:g}" if parameter.high < 1000 else ""


def stepped(parameter: Integer | Real, value: float, steps: float) -> float:
    """Return `value` some steps on, held within the range.

    Whole numbers go by 1; real ones by a hundredth of their range, or else by a tenth of their own magnitude.
    """
    low, high = parameter.low, parameter.high
    if isinstance(parameter, Integer):
        moved: float = value + (round(steps) or (1 if steps > 0 else -1))
    else:
        one = (high - low) / 100 if low is not None and high is not None else abs(value) or 1.0
        step = 10.0 ** (math.floor(math.log10(one)) if low is not None and high is not None else _tenth(one))
        moved = float(f"{value + step * steps:.10g}")
    inside = moved if low is None else max(moved, low)
    inside = inside if high is None else min(inside, high)
    return value if isinstance(parameter, Real) and parameter.low_open and inside == low else inside


def _tenth(magnitude: float) -> int:
    return math.floor(math.log10(magnitude)) - 1


class PathEditor(LineEditor):
    """A path, typed or chosen in the system's dialog."""

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        assert isinstance(parameter, FilePath)
        self.path_kind = parameter
        self.browse = QToolButton()
        words = "Choose a folder" if parameter.folder else "Choose a file"
        self.browse.setToolTip(words)
        self.browse.setAccessibleName(f"{words} for {parameter.name}")
        self.browse.setFixedSize(theme.measures.size.control, theme.measures.size.control)
        self.line.addWidget(self.browse)
        self.browse.clicked.connect(self._browse)
        self.show_theme(theme)

    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        put_icon(self.browse, "folder", theme)

    def _browse(self) -> None:
        chosen = self.ask(self, self.path_kind, self.text.text())
        if chosen:
            self.choose(lambda: self.path_kind.check(chosen))

    @staticmethod
    def ask(parent: QWidget, kind: FilePath, start: str) -> str:
        """Ask for a path with the system's dialog; empty when the user does not choose."""
        if kind.folder:
            return QFileDialog.getExistingDirectory(parent, "Choose a folder", start)
        patterns = " ".join(f"*{suffix}" for suffix in kind.suffixes)
        return QFileDialog.getOpenFileName(parent, "Choose a file", start, f"Files ({patterns or '*'})")[0]
