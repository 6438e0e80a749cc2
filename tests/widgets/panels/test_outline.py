"""The outline: all layers as a tree, in step with the document and the selection."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from graphs import templates
from graphs.edits import Rename, SetAttributes
from graphs.ports import BLOCK
from widgets.document import Document
from widgets.panels.outline import OutlinePanel
from widgets.selection import Selection
from widgets.theme import ThemeSource


def _items(panel: OutlinePanel) -> list[QTreeWidgetItem]:
    return [step.value() for step in QTreeWidgetItemIterator(panel.tree)]


def _panel(qtbot: QtBot, template: str) -> tuple[OutlinePanel, Document, Selection]:
    document, selection = Document(templates.create(template)), Selection()
    panel = OutlinePanel(document, selection, ThemeSource("dark"))
    qtbot.addWidget(panel)
    panel.resize(232, 700)
    with qtbot.waitActive(panel):
        panel.show()
    return panel, document, selection


def test_a_click_selects_the_layer(qtbot: QtBot) -> None:
    panel, document, selection = _panel(qtbot, "digits_cnn")
    conv = document.project.main.of_kind("Conv2d")[1]
    item = next(item for item in _items(panel) if item.text(0) == document.project.main.name(conv))
    place = panel.tree.visualItemRect(item).center()
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selection.current == conv


def test_a_click_inside_a_block_goes_there(qtbot: QtBot) -> None:
    panel, document, selection = _panel(qtbot, "resnet_small")
    block = document.project.main.of_kind(BLOCK)[0]
    head = next(item for item in _items(panel) if item.text(0) == document.project.main.name(block))
    head.setExpanded(True)
    place = panel.tree.visualItemRect(head.child(0)).center()
    qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selection.path == (block,)
    assert selection.nodes


def test_a_click_inside_a_block_that_stands_open_selects_there(qtbot: QtBot) -> None:
    panel, document, selection = _panel(qtbot, "resnet_small")
    block = document.project.main.of_kind(BLOCK)[0]
    document.perform(SetAttributes("main", block, {"open": True}))
    head = next(item for item in _items(panel) if item.text(0) == document.project.main.name(block))
    head.setExpanded(True)
    place = panel.tree.visualItemRect(head.child(0)).center()
    with qtbot.waitSignal(selection.sought):
        qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (selection.on_view, selection.path) == (("main", ()), (block,))
    assert selection.nodes


def test_a_renamed_layer_reads_so(qtbot: QtBot) -> None:
    panel, document, _ = _panel(qtbot, "digits_cnn")
    document.perform(Rename("main", document.project.main.of_kind("Conv2d")[0], "stem"))
    qtbot.waitUntil(lambda: any(item.text(0) == "stem" for item in _items(panel)))


def test_the_selection_is_shown(qtbot: QtBot) -> None:
    panel, document, selection = _panel(qtbot, "digits_cnn")
    conv = document.project.main.of_kind("Conv2d")[0]
    selection.select([conv])
    assert panel.tree.currentItem().text(0) == document.project.main.name(conv)


def test_an_edit_that_adds_no_layer_builds_no_new_tree(qtbot: QtBot) -> None:
    panel, document, _ = _panel(qtbot, "digits_cnn")
    before = _items(panel)
    document.perform(Rename("main", document.project.main.of_kind("Conv2d")[0], "stem"))
    qtbot.waitUntil(lambda: any(item.text(0) == "stem" for item in _items(panel)))
    assert _items(panel) == before


def test_what_was_done_while_it_was_hidden_is_shown_later(qtbot: QtBot) -> None:
    panel, document, _ = _panel(qtbot, "digits_cnn")
    panel.hide()
    document.replace(templates.create("mlp"))
    panel.show()
    main = document.project.main
    assert [item.text(0) for item in _items(panel)][1:] == [main.name(node) for node in main]
