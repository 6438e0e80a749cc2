"""The bar at the top of the window: mark, menus, undo and redo, the switch of views, the run's controls, search."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QMenuBar, QPushButton, QToolButton, QWidget

from widgets.commands.actions import CommandActions
from widgets.commands.command import MENUS
from widgets.frame.action_button import ActionButton
from widgets.frame.device_picker import DevicePicker
from widgets.frame.view_switch import ViewSwitch
from widgets.icons import application_icon, icon, put_icon
from widgets.theme import ThemeSource
from widgets.theme_style import mark

_MARK = 22


class TopBar(QWidget):
    """44 px high; `buttons` are those of the run. In a narrow window the views and the device lose their words."""

    def __init__(
        self,
        actions: CommandActions,
        themes: ThemeSource,
        switch: ViewSwitch,
        device: DevicePicker,
        buttons: Sequence[ActionButton],
    ) -> None:
        super().__init__()
        self._device = device
        self._buttons = list(buttons)
        self._actions = actions
        self._themes = themes
        self.switch = switch
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = QLabel()
        self.menus = self._menu_bar()
        self._steps = [self._step("edit.undo"), self._step("edit.redo")]
        self._find = self._find_button()
        self._search = self._search_button()
        self._lay_out()
        themes.changed.connect(self._dress)
        self._dress()
        mark(self, bar="top")

    def show_start(self, start: bool) -> None:
        """Show what makes sense on the start page, or what a project needs."""
        for widget in (*self._steps, self._device, self.switch, self._find):
            widget.setVisible(not start)
        for button in self._buttons:
            button.offer(not start)
        self._search.setVisible(start)

    def fit(self, window_width: int) -> None:
        """Show words where the window is wide enough for them."""
        self.switch.fit(window_width)
        self._device.fit(window_width)

    def menu(self, title: str) -> QMenu:
        """Return the menu of that title."""
        return next(menu for menu in self.menus.findChildren(QMenu) if menu.title() == title)

    def _menu_bar(self) -> QMenuBar:
        menus = QMenuBar()
        menus.setNativeMenuBar(False)
        for title in MENUS:
            commands = self._actions.registry.of_menu(title)
            if commands:
                menu = menus.addMenu(title)
                menu.setToolTipsVisible(True)
                self._actions.fill(menu, commands)
                menu.aboutToShow.connect(self._actions.refresh)
        return menus

    def _step(self, command: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[command])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _find_button(self) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions["view.palette"])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName("Search commands")
        return button

    def _search_button(self) -> QPushButton:
        button = QPushButton("Commands and settings")
        button.setFixedWidth(280)
        layout = QHBoxLayout(button)
        layout.setContentsMargins(0, 0, 8, 0)
        keys = QLabel("Ctrl+Shift+P")
        mark(keys, role="mono secondary caption")
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(keys, 0, Qt.AlignmentFlag.AlignRight)
        button.clicked.connect(lambda: self._actions.run("view.palette"))
        return button

    def _lay_out(self) -> None:
        space = self._themes.theme.measures.space
        left, right = QHBoxLayout(), QHBoxLayout()
        for half in (left, right):
            half.setSpacing(space.small)
        left.addWidget(self._mark)
        left.addSpacing(space.tiny)
        left.addWidget(self.menus)
        left.addSpacing(space.small)
        for step in self._steps:
            left.addWidget(step)
        left.addStretch()
        right.addStretch()
        for widget in (self._device, *self._buttons, self._find, self._search):
            right.addWidget(widget)
        grid = QGridLayout(self)
        grid.setContentsMargins(space.medium, 0, space.medium, 0)
        grid.setSpacing(space.small)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self.switch, 0, 1, Qt.AlignmentFlag.AlignCenter)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    def _dress(self) -> None:
        theme = self._themes.theme
        self._mark.setPixmap(application_icon(theme).pixmap(QSize(_MARK, _MARK), self.devicePixelRatioF()))
        self._find.setIcon(icon("search", theme))
        put_icon(self._search, "search", theme)
        plain = f"text-align: left; font-weight: {theme.measures.weight.regular}; color: {theme.text.secondary.name()};"
        self._search.setStyleSheet(plain)
