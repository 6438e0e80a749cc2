"""The switch between the views of a project: joined buttons, which lose their words in a narrow window."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from widgets.commands.actions import CommandActions
from widgets.icons import put_icon
from widgets.theme import ThemeSource

NARROW = 1180
"""Windows less wide than this, px, show the icons alone."""


class ViewSwitch(QFrame):
    """One checkable button a view; `views` gives each command's id by view, in order."""

    def __init__(self, actions: CommandActions, themes: ThemeSource, views: Mapping[str, str]) -> None:
        super().__init__()
        self.setProperty("segments", True)
        self._actions = actions
        self._themes = themes
        self._views = dict(views)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        for view, command in self._views.items():
            button = QToolButton()
            button.setCheckable(True)
            button.setAccessibleName(actions.registry.get(command).text)
            button.clicked.connect(lambda _checked=False, name=command: actions.run(name))
            self._group.addButton(button)
            self._buttons[view] = button
            layout.addWidget(button)
        actions.refreshed.connect(self._copy_tips)
        themes.changed.connect(self._dress)
        self._dress()
        self.fit(NARROW)

    def show_view(self, view: str) -> None:
        """Mark the button of the view on show."""
        if view in self._buttons:
            self._buttons[view].setChecked(True)

    def fit(self, window_width: int) -> None:
        """Show words where the window is wide enough for them."""
        style = Qt.ToolButtonStyle
        wanted = style.ToolButtonIconOnly if window_width < NARROW else style.ToolButtonTextBesideIcon
        for view, button in self._buttons.items():
            command = self._actions.registry.get(self._views[view])
            button.setText("" if wanted is style.ToolButtonIconOnly else command.text)
            button.setToolButtonStyle(wanted)
        self._dress()

    def _copy_tips(self) -> None:
        for view, button in self._buttons.items():
            button.setToolTip(self._actions[self._views[view]].toolTip())

    def _dress(self) -> None:
        for view, button in self._buttons.items():
            command = self._actions.registry.get(self._views[view])
            put_icon(button, command.icon, self._themes.theme)
