"""The arguments of a network: numbers with defaults that the layers inside may use; added, changed and removed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from graphs.errors import UserError
from graphs.naming import check_name
from graphs.parameters import Real
from widgets.fields.editor import remark
from widgets.fields.line_editor import LineEditor
from widgets.icons import put_icon
from widgets.panels.section import label
from widgets.theme import Theme
from widgets.theme_style import mark


class ArgumentRows(QWidget):
    """A row an argument and a line for another one. `changed` carries a title and all arguments as they shall be."""

    changed = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._held: dict[str, int | float] = {}
        self.editors: dict[str, LineEditor] = {}
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.measures.space.tiny)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of another argument")
        self.name.setAccessibleName("Name of another argument")
        self.name.textEdited.connect(self._check)
        self.name.returnPressed.connect(self._add)
        self.plus = QPushButton("Add")
        mark(self.plus, compact=True)
        put_icon(self.plus, "plus", theme)
        self.plus.setEnabled(False)
        self.plus.clicked.connect(self._add)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.plus)
        self._column.addLayout(line)
        self.trouble = label(role="caption error", wrap=True)
        self.trouble.hide()
        self._column.addWidget(self.trouble)

    def show_arguments(self, arguments: Mapping[str, int | float]) -> None:
        """Show these arguments with their defaults."""
        if tuple(arguments) != tuple(self.editors):
            for line in self._lines:
                line.hide()
                line.deleteLater()
            self.editors.clear()
            self._lines = [self._line(name) for name in arguments]
            for place, line in enumerate(self._lines):
                self._column.insertWidget(place, line)
        self._held = dict(arguments)
        for name, value in arguments.items():
            self.editors[name].show_value(float(value))

    def _line(self, name: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.measures.space.small)
        title = label(name)
        title.setFixedWidth(self._theme.measures.size.form_label)
        editor = self.editors[name] = LineEditor(Real(name=name, unit="default"), self._theme)
        editor.chosen.connect(lambda value: self._set(name, value))
        remove = QToolButton()
        remove.setToolTip(f"Remove {name}")
        remove.setAccessibleName(f"Remove the argument {name}")
        put_icon(remove, "close", self._theme)
        remove.clicked.connect(lambda: self._remove(name))
        row.addWidget(title)
        row.addWidget(editor, 1)
        row.addWidget(remove)
        return line

    def _set(self, name: str, value: float) -> None:
        plain = int(value) if value == int(value) else value
        self.changed.emit(f"Change the default of {name}", {**self._held, name: plain})

    def _remove(self, name: str) -> None:
        left = {key: value for key, value in self._held.items() if key != name}
        self.changed.emit(f"Remove the argument {name}", left)

    def _check(self, text: str) -> None:
        words = ""
        if text:
            try:
                check_name(text, "argument")
            except UserError as error:
                words = str(error)
            if text in self._held:
                words = f"There is an argument {text} already."
        self.plus.setEnabled(bool(text) and not words)
        remark(self.name, problem=bool(words))
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _add(self) -> None:
        name = self.name.text()
        if self.plus.isEnabled():
            self.name.clear()
            self.plus.setEnabled(False)
            self.changed.emit(f"Add the argument {name}", {**self._held, name: 1})
