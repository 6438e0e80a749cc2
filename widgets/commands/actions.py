"""Gives each command its QAction in one window, keeps these current, and runs commands so that errors are told."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from graphs.errors import UserError
from widgets.commands.command import Command, Entry
from widgets.commands.registry import CommandRegistry
from widgets.icons import icon
from widgets.plain import plain_caption, plain_tip
from widgets.theme import ThemeSource


class CommandActions(QObject):
    """The actions of one window.

    failed: a UserError that a command raised, to be shown. refreshed: titles and states are current again.
    """

    failed = Signal(object)
    refreshed = Signal()

    def __init__(self, registry: CommandRegistry, window: QWidget, themes: ThemeSource) -> None:
        super().__init__(window)
        self.registry = registry
        self._themes = themes
        self._actions: dict[str, QAction] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        for command in registry:
            action = QAction(self)
            action.setObjectName(command.id)
            action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
            action.setCheckable(command.checked is not None)
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.triggered.connect(lambda _checked=False, name=command.id: self.run(name))
            self._actions[command.id] = action
            if command.entries is None:
                window.addAction(action)
        QTimer.singleShot(0, self, self._draw_icons)  # menus are closed at first: the window does not wait for them
        themes.changed.connect(self._draw_icons)
        window.installEventFilter(self)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def run(self, name: str) -> None:
        """Carry out the command of that id if it is enabled; a mistake of the user's is told, not raised."""
        command = self.registry.get(name)
        if command.entries is None and command.enabled():
            self.attempt(command.run)

    def attempt(self, act: Callable[[], object]) -> None:
        """Carry out `act`; a mistake of the user's is told, not raised."""
        try:
            act()
        except UserError as error:
            self.failed.emit(error)
        self.refresh_soon()

    def refresh_soon(self, *_: object) -> None:
        """Bring titles and states up to date once the events at hand are done."""
        if not self._soon.isActive():
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a key find the states as they are now, however fast it comes after the one before."""
        if event.type() == QEvent.Type.ShortcutOverride and self._soon.isActive():
            self._soon.stop()
            self.refresh()
        return False

    def refresh(self) -> None:
        """Bring titles and states up to date now."""
        for command in self.registry:
            action = self._actions[command.id]
            enabled = command.enabled()
            action.setText(plain_caption(command.text))
            action.setEnabled(enabled)
            action.setToolTip(plain_tip(self._tip(command, enabled)))
            if command.checked is not None:
                action.setChecked(command.checked())
        self.refreshed.emit()

    def fill(self, menu: QMenu, commands: list[Command]) -> None:
        """Put commands into a menu, with a line between groups and submenus for those with entries."""
        group = commands[0].group if commands else 0
        for command in commands:
            if command.group != group:
                menu.addSeparator()
                group = command.group
            if command.entries is None:
                menu.addAction(self._actions[command.id])
            else:
                self._add_submenu(menu, command)

    def _add_submenu(self, menu: QMenu, command: Command) -> None:
        submenu = QMenu(command.text, menu)
        menu.addMenu(submenu)
        entries = command.entries
        assert entries is not None

        def renew() -> None:
            submenu.clear()
            for entry in entries():
                self.add_entry(submenu, entry)
            if submenu.isEmpty():
                submenu.addAction("None yet").setEnabled(False)

        submenu.aboutToShow.connect(renew)

    def add_entry(self, menu: QMenu, entry: Entry) -> None:
        """Put one line of a submenu into `menu`."""
        action = menu.addAction(plain_caption(entry.title))
        action.setToolTip(plain_tip(entry.detail))
        if entry.checked:
            action.setCheckable(True)
            action.setChecked(True)
        action.triggered.connect(lambda _checked=False, act=entry.run: self.attempt(act))

    def _tip(self, command: Command, enabled: bool) -> str:
        keys = QKeySequence(command.shortcuts[0]).toString(_NATIVE) if command.shortcuts else ""
        first = command.summary or command.text
        tip = f"{first} ({keys})" if keys else first
        reason = "" if enabled else command.obstacle()
        return f"{tip}\n{reason}" if reason else tip

    def _draw_icons(self) -> None:
        for command in self.registry:
            if command.icon:
                self._actions[command.id].setIcon(icon(command.icon, self._themes.theme))


_NATIVE = QKeySequence.SequenceFormat.NativeText
