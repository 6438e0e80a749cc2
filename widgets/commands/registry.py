"""All commands of a window by id; a second id or shortcut of the same name is refused at once."""

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence

from widgets.commands.command import MENUS, Command


class CommandRegistry:
    """Commands in the order in which they were added."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}
        self._shortcuts: dict[str, str] = {}

    def add(self, *commands: Command) -> None:
        """Register commands. One of an id or shortcut that is taken, or of a menu unknown, is a programming error."""
        for command in commands:
            assert command.id not in self._commands, f"the command {command.id} is there twice"
            assert not command.menu or command.menu in MENUS, f"{command.id}: there is no menu {command.menu}"
            for shortcut in command.shortcuts:
                keys = QKeySequence(shortcut).toString()
                assert keys, f"{command.id}: {shortcut!r} is no shortcut"
                holder = self._shortcuts.setdefault(keys, command.id)
                assert holder == command.id, f"{keys} belongs to {holder} and to {command.id}"
            self._commands[command.id] = command

    def get(self, name: str) -> Command:
        """Return the command of that id."""
        return self._commands[name]

    def of_menu(self, menu: str) -> list[Command]:
        """Return the commands of a menu, group by group."""
        return sorted((c for c in self if c.menu == menu), key=lambda command: command.group)

    def of_context(self, place: str) -> list[Command]:
        """Return the commands for the menu under the pointer, by the menus and groups that they stand in."""
        found = [command for command in self if place in command.context]
        return sorted(found, key=lambda command: (MENUS.index(command.menu), command.group))

    def __contains__(self, name: object) -> bool:
        return name in self._commands

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __len__(self) -> int:
        return len(self._commands)
