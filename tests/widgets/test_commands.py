"""Commands: a registry that refuses doubles, and actions that follow what they stand for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from graphs.errors import UserError
from widgets.commands.actions import CommandActions
from widgets.commands.command import Command, Entry
from widgets.commands.registry import CommandRegistry
from widgets.theme import ThemeSource


def _command(name: str, *shortcuts: str) -> Command:
    return Command(id=name, title=name, run=lambda: None, menu="File", shortcuts=shortcuts)


def test_a_second_id_is_refused() -> None:
    registry = CommandRegistry()
    with pytest.raises(AssertionError, match=r"file\.one is there twice"):
        registry.add(_command("file.one"), _command("file.one"))


def test_a_second_shortcut_is_refused_however_it_is_written() -> None:
    registry = CommandRegistry()
    with pytest.raises(AssertionError, match=r"belongs to file\.one and to file\.two"):
        registry.add(_command("file.one", "Ctrl+Shift+A"), _command("file.two", "Shift+Ctrl+A"))


def test_a_menu_that_is_not_there_is_refused() -> None:
    with pytest.raises(AssertionError, match="no menu Tools"):
        CommandRegistry().add(Command(id="x", title="x", run=lambda: None, menu="Tools"))


def test_a_shortcut_runs_its_command_only_while_it_is_enabled(qtbot: QtBot) -> None:
    done: list[str] = []
    allowed = [False]
    registry = CommandRegistry()
    registry.add(
        Command(
            id="file.do",
            title="Do",
            run=lambda: done.append("do"),
            shortcuts=("Ctrl+K",),
            enabled=lambda: allowed[0],
            obstacle=lambda: "Nothing to do.",
        )
    )
    window = QWidget()
    qtbot.addWidget(window)
    actions = CommandActions(registry, window, ThemeSource("dark"))
    with qtbot.waitActive(window):
        window.show()
    assert "Nothing to do." in actions["file.do"].toolTip()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    allowed[0] = True
    actions.refresh()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert done == ["do"]
    assert "Nothing to do." not in actions["file.do"].toolTip()


def test_a_mistake_is_told_and_not_raised(qtbot: QtBot) -> None:
    def refuse() -> None:
        raise UserError("There is no such file.")

    registry = CommandRegistry()
    registry.add(Command(id="file.fail", title="Fail", run=refuse))
    window = QWidget()
    qtbot.addWidget(window)
    actions = CommandActions(registry, window, ThemeSource("dark"))
    with qtbot.waitSignal(actions.failed) as told:
        actions["file.fail"].trigger()
    assert str(told.args[0]) == "There is no such file."


def test_a_submenu_is_made_anew_each_time_it_opens(qtbot: QtBot) -> None:
    titles = ["One"]
    registry = CommandRegistry()
    registry.add(
        Command(
            id="file.many",
            title="Many",
            run=lambda: None,
            menu="File",
            entries=lambda: [Entry(title, lambda: None) for title in titles],
        )
    )
    window = QWidget()
    qtbot.addWidget(window)
    actions = CommandActions(registry, window, ThemeSource("dark"))
    menu = QMenu(window)
    actions.fill(menu, registry.of_menu("File"))
    submenu = menu.actions()[0].menu()
    assert isinstance(submenu, QMenu)
    titles.append("Two")
    submenu.aboutToShow.emit()
    assert [action.text() for action in submenu.actions()] == ["One", "Two"]
