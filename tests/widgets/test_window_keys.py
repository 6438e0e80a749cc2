"""Keys in the main window: from the canvas into a panel's fields and back, and commands that follow at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.widgets.opening import Opened


def _node(opened: Opened, kind: str) -> str:
    return opened.parts.document.project.main.of_kind(kind)[0]


def test_escape_takes_back_what_was_typed_in_a_field_and_then_leads_to_the_canvas(
    project: Opened, qtbot: QtBot
) -> None:
    window = project.window
    project.parts.selection.select([_node(project, "Conv2d")])
    window.show_panel("properties")
    page = window.regions.page("properties")
    qtbot.waitUntil(lambda: page is not None and page.panel is not None and page.panel.isVisible())
    assert page is not None
    field = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "out_channels")
    before = field.text()
    field.setFocus()
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == before
    assert field.hasFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_enter_on_a_layer_writes_its_first_choice_and_escape_comes_back(project: Opened, qtbot: QtBot) -> None:
    window, document = project.window, project.parts.document
    node = _node(project, "Conv2d")
    window.canvas.setFocus()
    window.canvas.focus_node(node)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleName() == "out_channels"
    qtbot.waitUntil(field.isVisible)  # the panel is made with the key
    field.selectAll()
    qtbot.keyClicks(field, "24")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert document.project.main.parameters(node)["out_channels"] == 24
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()
    assert project.parts.selection.current == node


def test_a_key_that_follows_at_once_finds_its_command_enabled(project: Opened, qtbot: QtBot) -> None:
    window, document = project.window, project.parts.document
    window.canvas.setFocus()
    node = _node(project, "Conv2d")
    window.canvas.focus_node(node)
    qtbot.keyClick(window.canvas, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert document.project.main[node]["bypassed"]
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not document.project.main[node].get("bypassed")
