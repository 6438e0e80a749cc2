"""The settings dialog: rows made from the declaration of the settings; each change counts at once."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from graphs.errors import UserError
from graphs.parameters import Parameter, Value
from widgets.fields.row import Row
from widgets.settings import SETTINGS, Settings
from widgets.theme import ThemeSource
from widgets.theme_style import mark


class SettingsDialog(QDialog):
    """Not modal: the window behind shows what a setting does."""

    def __init__(self, settings: Settings, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        measures = themes.theme.measures
        self.setWindowTitle("Settings")
        self.setFixedWidth(measures.size.dialog)
        title, self._trouble = QLabel("Settings"), QLabel()
        mark(title, role="title")
        mark(self._trouble, role="error")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self.rows = {choice.name: self._row(choice, themes) for choice in SETTINGS.choices}
        reset, close = QPushButton("Reset all"), QPushButton("Close")
        reset.clicked.connect(settings.reset)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(reset)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[measures.space.large] * 4)
        layout.setSpacing(measures.space.medium)
        layout.addWidget(title)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for row in self.rows.values():
            rows.addWidget(row)
        layout.addLayout(rows)
        layout.addWidget(self._trouble)
        layout.addLayout(buttons)
        settings.changed.connect(self._show)
        self._show()

    def _row(self, choice: Parameter, themes: ThemeSource) -> Row:
        row = Row(choice, themes.theme, choice.name.replace("_", " ").capitalize())
        row.chosen.connect(lambda value: self._choose(choice.name, value))
        row.reset.connect(lambda: self._choose(choice.name, SETTINGS.default(choice)))
        return row

    def _choose(self, name: str, value: Value) -> None:
        self._trouble.clear()
        try:
            self._settings.set(name, value)
        except UserError as error:
            self._trouble.setText(str(error))
        self._trouble.setVisible(bool(self._trouble.text()))

    def _show(self, *_: object) -> None:
        for name, row in self.rows.items():
            value = self._settings[name]
            row.show_value(value, default=value == SETTINGS.default(row.parameter))
