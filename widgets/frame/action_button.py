"""A push button that shows and does what a command says."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from widgets.commands.actions import CommandActions
from widgets.commands.command import always
from widgets.icons import put_icon
from widgets.theme import ThemeSource
from widgets.theme_style import mark


class ActionButton(QPushButton):
    """Follows its command's title, tip and state. `wanted` tells whether it is there at all."""

    def __init__(
        self,
        actions: CommandActions,
        command: str,
        themes: ThemeSource,
        *,
        primary: bool = False,
        wanted: Callable[[], bool] = always,
    ) -> None:
        super().__init__()
        self._actions = actions
        self._command = command
        self._themes = themes
        self._wanted = wanted
        self._offered = True
        mark(self, primary=primary)
        self.clicked.connect(lambda: actions.run(command))
        actions.refreshed.connect(self._follow)
        themes.changed.connect(self._dress)
        self._follow()
        self._dress()

    def offer(self, offered: bool) -> None:
        """Say whether the place where it stands has any use for it."""
        self._offered = offered
        self._show_if_wanted()

    def _follow(self) -> None:
        action = self._actions[self._command]
        icon = self._actions.registry.get(self._command).icon
        if action.text() != self.text():
            self.setText(action.text())
            put_icon(self, icon, self._themes.theme)
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.toolTip())
        self._show_if_wanted()

    def _show_if_wanted(self) -> None:
        self.setVisible(self._offered and self._wanted())

    def _dress(self) -> None:
        put_icon(self, self._actions.registry.get(self._command).icon, self._themes.theme)
