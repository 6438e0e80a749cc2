"""What the canvas and the window say to one another: menus under the pointer, and the wheel's meaning."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from graphs import files
from graphs.ports import BLOCK
from tests.widgets.canvas.drawings import chain
from tests.widgets.canvas.hands import body, drag, empty, wheel
from tests.widgets.canvas.test_open_blocks import drawn, inner_place
from tests.widgets.opening import Opened
from widgets.panels.node_page import NodePage
from widgets.panels.properties import PropertiesPanel
from widgets.window import MainWindow

without_screen = pytest.mark.qt_log_ignore("This plugin does not support")  # said of menus where nothing is seen


@pytest.fixture
def window(opened: Opened, tmp_path: Path) -> MainWindow:
    """A window with the chain of `drawings` in it."""
    path = tmp_path / "chain.netwright"
    files.save(chain(), path)
    opened.window.open_file(path)
    return opened.window


def menu_at(window: MainWindow, at: QPoint) -> QMenu:
    """Press the right button there, and return the menu that opens."""
    canvas = window.canvas
    QTest.mouseMove(canvas, at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, event)
    menu = window.findChild(QMenu, "canvas_menu")
    assert isinstance(menu, QMenu)
    return menu


@without_screen
@pytest.mark.parametrize(
    ("place", "has", "lacks"),
    [
        ("node", {"edit.delete", "edit.dissolve", "edit.rename", "network.bypassed"}, {"edit.paste", "network.add"}),
        ("wire", {"edit.delete"}, {"edit.rename", "edit.paste"}),
        ("canvas", {"edit.paste", "network.add", "view.fit", "view.lock"}, {"edit.delete", "edit.rename"}),
    ],
)
def test_the_menu_under_the_pointer_is_made_of_commands(
    window: MainWindow, place: str, has: set[str], lacks: set[str]
) -> None:
    canvas = window.canvas
    canvas.set_zoom(1.0)
    at = {"node": body(canvas, "relu"), "wire": empty(canvas, 0, 204), "canvas": empty(canvas, 260, 150)}[place]
    menu = menu_at(window, at)
    offered = {action.objectName() for action in menu.actions() if not action.isSeparator()}
    assert has <= offered
    assert not lacks & offered
    menu.close()


@without_screen
def test_a_line_of_the_menu_acts_on_what_was_under_the_pointer(window: MainWindow) -> None:
    canvas = window.canvas
    canvas.set_zoom(1.0)
    menu = menu_at(window, empty(canvas, 0, 204))
    next(action for action in menu.actions() if action.objectName() == "edit.delete").trigger()
    assert [wire.target for wire in canvas.scene.network.wires()] == ["n2", "n3"]
    menu.close()


def test_the_answer_about_the_wheel_is_a_setting(qtbot: QtBot, window: MainWindow) -> None:
    canvas, settings = window.canvas, window.parts.settings
    assert settings["wheel"] == "ask"
    wheel(canvas, canvas.rect().center(), 1)
    QTest.mouseClick(canvas.pointer.scrolling.card.buttons["pan"], Qt.MouseButton.LeftButton)
    assert settings["wheel"] == "pan"
    assert canvas.pointer.wheel == "pan"


def test_the_lock_of_the_view_menu_disables_what_changes_the_drawing(window: MainWindow) -> None:
    canvas, commands = window.canvas, window.commands
    canvas.selection.select(["n3"])
    commands.run("view.lock")
    commands.refresh()
    assert not commands["edit.delete"].isEnabled()
    assert not commands["network.bypassed"].isEnabled()
    assert "locked" in commands["edit.delete"].toolTip()
    assert commands["edit.copy"].isEnabled()
    assert commands["view.lock"].isChecked()
    commands.run("view.lock")
    commands.refresh()
    assert commands["edit.delete"].isEnabled()


def test_the_form_edits_a_layer_that_is_picked_in_an_open_block(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "residual.netwright"
    files.save(drawn(), path)
    opened.window.open_file(path)
    canvas, document = opened.window.canvas, opened.parts.document
    block = document.project.main.of_kind(BLOCK)[0]
    canvas.focus_node(block)
    canvas.structure.blocks.toggle_open()
    canvas.fit_selection()
    conv = canvas.scene.insides[block].scene.network.find("conv1")
    assert conv is not None
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=inner_place(canvas, block, conv))
    opened.window.show_panel("properties")
    page = opened.window.regions.page("properties")
    assert page is not None
    qtbot.waitUntil(lambda: page.panel is not None and page.panel.isVisible())
    panel = page.panel
    assert isinstance(panel, PropertiesPanel)
    assert isinstance(panel.page, NodePage)
    form, inner = panel.page.form, document.project.networks[canvas.selection.network]
    assert form is not None
    line = form.rows["groups"].findChild(QLineEdit)
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, "2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert inner.parameters(conv)["groups"] == 2
    assert canvas.selection.nodes == {conv}
    document.undo()
    assert inner.parameters(conv).get("groups", 1) == 1
    assert canvas.selection.on_view == ("main", ())


def test_the_status_bar_says_how_to_go_on_with_what_is_in_hand(window: MainWindow) -> None:
    canvas, status = window.canvas, window.workshop.status
    canvas.set_zoom(1.0)

    def shown() -> set[str]:
        return {item.text() for item in status.findChildren(QLabel) if item.isVisible() and item.text()}

    figures = shown()
    drag(canvas, body(canvas, "relu"), body(canvas, "relu") + QPoint(60, 0), release=False)
    assert any("Shake to detach" in text for text in shown())
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    assert shown() == figures
    canvas.selection.select(["n4"])
    window.commands.run("network.connect")
    assert any("Arrows choose, Enter takes" in text for text in shown())
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert shown() == figures
