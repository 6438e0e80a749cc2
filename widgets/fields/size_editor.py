"""The editor of sizes: one line an axis, with a chain that keeps the axes alike."""

from typing import ClassVar

from PySide6.QtWidgets import QToolButton

from graphs.errors import UserError, ValueProblem
from graphs.parameters import Parameter, Size, Value
from widgets.fields.editor import MIXED, Editor, TextLine, reason, remark
from widgets.icons import put_icon
from widgets.theme import Theme
from widgets.theme_style import mark


class SizeEditor(Editor):
    """Lines that change together while the chain is closed. A word for the whole fills the first line alone."""

    AXES: ClassVar[dict[int, tuple[str, ...]]] = {1: ("length",), 2: ("high", "wide"), 3: ("deep", "high", "wide")}

    def __init__(self, parameter: Parameter, theme: Theme) -> None:
        super().__init__(parameter, theme)
        assert isinstance(parameter, Size)
        self.size_kind = parameter
        self._value: Value = parameter.default
        self.chained = True
        self.lines = [self._line(axis) for axis in range(parameter.rank)]
        self.chain = QToolButton()
        self.chain.setFixedSize(theme.measures.size.form_reset, theme.measures.size.control)
        self.chain.clicked.connect(lambda: self._link(not self.chained))
        self.show_theme(theme)
        self.line.addWidget(self.chain)
        self.chain.setVisible(parameter.rank > 1)
        self.setFocusProxy(self.lines[0])

    def _line(self, axis: int) -> TextLine:
        rank = self.size_kind.rank
        names = self.AXES.get(rank, ())
        name = names[axis] if axis < len(names) else f"axis {axis + 1}"
        line = TextLine(f"{self.size_kind.name}, {name}")
        mark(line, mono=True)
        line.setToolTip(f"{name}: {self.size_kind.number.expected}")
        if rank == 2:  # more axes leave no room for words
            line.show_suffix(name)
        line.setMinimumWidth(self.theme.measures.size.row)
        self.line.addWidget(line)
        line.editingFinished.connect(lambda: self._finished(axis))
        line.textEdited.connect(lambda text: self._typed(line, text))
        line.stepped.connect(lambda steps: self._step(axis, steps))
        line.cancelled.connect(self._take_back)
        return line

    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        put_icon(self.chain, "link" if self.chained else "unlink", theme, theme.text.link if self.chained else None)
        words = "Axes change together" if self.chained else "Each axis for itself"
        self.chain.setToolTip(words)
        self.chain.setAccessibleName(f"{self.size_kind.name}: {words.lower()}")

    def _link(self, chained: bool) -> None:
        self.chained = chained
        self.show_theme(self.theme)

    def show_value(self, value: Value, *, mixed: bool = False) -> None:
        before, self._value = self._value, value
        if isinstance(value, tuple) and len(set(value)) > 1:
            self._link(False)
        for axis, line in enumerate(self.lines):
            if line.hasFocus() and before == value and line.text() != self._shown(axis) and not mixed:
                continue
            entry = value[axis] if isinstance(value, tuple) else None
            remark(line, problem=False, expression=isinstance(entry, str) and not mixed)
            line.show_text("" if mixed else self._shown(axis), MIXED if mixed else "none" if value is None else "")
            if self.size_kind.rank == 2:
                line.show_suffix(self._result(entry) or self.AXES[2][axis], "tertiary")

    def _shown(self, axis: int) -> str:
        entry = self._value[axis] if isinstance(self._value, tuple) else self._value if axis == 0 else None
        return "" if entry is None else str(entry)

    def _result(self, entry: Value) -> str:
        if not isinstance(entry, str):
            return ""
        try:
            return f"= {self.size_kind.number.resolve(entry, self.arguments or {})}"
        except UserError:
            return ""

    def nudge(self, steps: float) -> None:
        self._step(0, steps)

    def _typed(self, line: TextLine, text: str) -> None:
        try:
            self._entries(text)
        except UserError as error:
            remark(line, problem=True)
            self.refused.emit(reason(error))
        else:
            remark(line, problem=False)
            self.refused.emit("")

    def _entries(self, text: str) -> Value:
        """Return what a line's text stands for: one entry for its axis, or the whole, as `3x5` and words do."""
        try:
            entry = self.size_kind.number.parse(text)  # first, because names such as `expansion` hold an x
        except ValueProblem:
            return self.read(text)
        if self.arguments is not None:
            self.size_kind.number.resolve(entry, self.arguments)
        return entry

    def _finished(self, axis: int) -> None:
        text = self.lines[axis].text().strip()
        if text != self._shown(axis):
            self.choose(lambda: self._with(axis, self._entries(text)))

    def _with(self, axis: int, typed: Value) -> Value:
        if typed is None or isinstance(typed, tuple) or typed in self.size_kind.words:
            return typed
        if self.chained or not isinstance(self._value, tuple):
            return self.size_kind.check(typed)
        return self.size_kind.check((*self._value[:axis], typed, *self._value[axis + 1 :]))

    def _step(self, axis: int, steps: float) -> None:
        if isinstance(self._value, tuple) and isinstance(self._value[axis], int):
            moved = max(self.size_kind.low, self._value[axis] + (round(steps) or (1 if steps > 0 else -1)))
            self.choose(lambda: self._with(axis, moved), stepping=True)

    def _take_back(self) -> None:
        for axis, line in enumerate(self.lines):
            line.setText(self._shown(axis))
            remark(line, problem=False)
        self.refused.emit("")
