"""The settings dialog: a form made from the declaration of the settings; each change counts at once."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from graphs.errors import UserError
from graphs.parameters import Value
from widgets.fields.form import Form
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
        self.form = Form(SETTINGS, themes.theme)
        self.form.chosen.connect(self._choose)
        self.form.reset.connect(lambda name: self._choose(name, SETTINGS.default(SETTINGS.parameter(name))))
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
        for part in (title, self.form, self._trouble):
            layout.addWidget(part)
        layout.addLayout(buttons)
        settings.changed.connect(self._show)
        self._show()

    def _choose(self, name: str, value: Value) -> None:
        try:
            self._settings.set(name, value)
        except UserError as error:
            self._trouble.setText(str(error))
        self._trouble.setVisible(bool(self._trouble.text()))

    def _show(self, *_: object) -> None:
        self.form.show_values({choice.name: self._settings[choice.name] for choice in SETTINGS.choices})
