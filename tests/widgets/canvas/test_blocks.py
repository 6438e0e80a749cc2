"""Blocks on the canvas: made, expanded, given a network of their own, looked at use by use."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphs import files, templates
from graphs.edits import AddNode
from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, chain, with_block
from tests.widgets.opening import Opened
from widgets.canvas.cards.uses_card import UsesCard
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.frame.use_choice import UseChoice
from widgets.selection import Selection
from widgets.theme import ThemeSource

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _twice() -> Project:
    project = with_block()
    AddNode(MAIN, "b2", "again", BLOCK, {"network": "inner"}, (300, 320)).apply(project)
    return project


def test_a_selection_becomes_a_block_and_layers_again(project: Opened, qtbot: QtBot) -> None:
    window, document, selection = project.window, project.parts.document, project.parts.selection
    before, parameters = files.dumps(document.project), document.report().parameters
    drawn = document.project.main
    inside = [node for node in drawn if drawn.kind(node) in ("Conv2d", "BatchNorm2d", "ReLU")][:3]
    selection.select(inside)
    window.commands.refresh()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_G, CONTROL)
    (block,) = document.project.main.of_kind(BLOCK)
    assert selection.nodes == {block}
    assert document.report().parameters == parameters
    qtbot.keyClick(window.canvas.name_field, Qt.Key.Key_Escape)
    window.commands.refresh()
    qtbot.keyClick(window.canvas, Qt.Key.Key_G, CONTROL | SHIFT)
    assert not document.project.main.of_kind(BLOCK)
    assert len(selection.nodes) == 3
    document.undo()
    document.undo()
    assert files.dumps(document.project) == before


def test_what_cannot_be_a_block_is_said_on_the_canvas(canvas: CanvasView) -> None:
    canvas.selection.select(["n1", "n2"])
    canvas.structure.blocks.make()
    assert canvas.card.refused is not None
    assert "image" in canvas.card.refused.reason
    assert not canvas.document.can_undo


def test_the_card_lists_the_uses_and_leads_to_another(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(_twice())
    card = canvas.findChild(UsesCard)
    assert card is not None
    assert not card.isVisible()
    canvas.dive("b1")
    assert card.isVisible()
    assert set(card.rows) == {("b1",), ("b2",)}
    QTest.mouseClick(card.rows["b2",], Qt.MouseButton.LeftButton)
    assert canvas.selection.path == ("b2",)
    canvas.leave()
    assert not card.isVisible()


def test_a_use_gets_its_own_copy(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(_twice())
    canvas.dive("b1")
    card, project = canvas.structure.uses_card, canvas.document.project
    QTest.mouseClick(card.copy_button, Qt.MouseButton.LeftButton)
    own = project.main.parameters("b1")["network"]
    assert own != "inner"
    assert canvas.selection.network == own
    assert canvas.selection.path == ("b1",)
    assert list(card.rows) == [("b1",)]
    assert not card.copy_button.isVisible()
    canvas.document.undo()
    assert project.main.parameters("b1")["network"] == "inner"


def test_zoom_and_selection_are_kept_at_every_level(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(_twice())
    canvas.set_zoom(1.7)
    outer = (canvas.camera.zoom, canvas.camera.offset)
    canvas.dive("b1")
    canvas.selection.select(["i2"])
    canvas.set_zoom(0.6)
    canvas.leave()
    assert (canvas.camera.zoom, canvas.camera.offset) == outer
    canvas.dive("b1")
    assert canvas.selection.nodes == {"i2"}
    assert canvas.camera.zoom == 0.6


def test_diving_and_leaving_move_to_where_they_would_stand_still(qtbot: QtBot) -> None:
    view = CanvasView(Document(_twice()), Selection(), ThemeSource("dark"))
    view.resize(1000, 700)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    start = view.camera.goal
    view.dive("b1")
    assert view.camera.gliding
    inside = view.camera.goal
    qtbot.waitUntil(lambda: not view.camera.gliding)
    assert (view.camera.zoom, view.camera.offset) == inside
    view.leave()
    assert view.camera.gliding
    assert view.camera.zoom > inside[0]
    qtbot.waitUntil(lambda: not view.camera.gliding)
    assert (view.camera.zoom, view.camera.offset) == start


def test_the_strip_chooses_the_use_that_shapes_are_shown_for(opened: Opened) -> None:
    window, document, selection = opened.window, opened.parts.document, opened.parts.selection
    window.files.new("resnet_small")
    choice = window.strip.findChild(UseChoice)
    assert choice is not None
    assert not choice.isVisible()
    first = document.project.main.of_kind(BLOCK)[0]
    assert window.canvas.dive(first)
    assert choice.isVisible()
    titles = [choice.choice.itemText(row) for row in range(choice.choice.count())]
    assert len(titles) > 1
    other = next(row for row in range(len(titles)) if row != choice.choice.currentIndex())
    choice.choice.setCurrentIndex(other)
    choice.choice.activated.emit(other)
    assert selection.path != (first,)
    assert document.report(selection.network, selection.path).nodes


def test_a_block_has_every_template_use(canvas: CanvasView) -> None:
    canvas.document.replace(templates.create("resnet_small"))
    node = canvas.document.project.main.of_kind(BLOCK)[0]
    assert canvas.dive(node)
    assert node in {path[-1] for path in canvas.structure.uses_card.rows}


def test_chain_has_no_uses(open_canvas: Callable[[Project], CanvasView]) -> None:
    assert not open_canvas(chain()).structure.uses_card.isVisible()


def test_enter_makes_the_block_that_comes_nearest(commanded: Callable[[Project], CanvasView]) -> None:
    canvas = commanded(chain())
    canvas.selection.select(["n1", "n2", "n4"])
    QTest.keyClick(canvas, Qt.Key.Key_G, CONTROL)
    assert canvas.card.refused is not None
    (bridge,) = canvas.card.bridges
    assert bridge.title == "Make one without image and with relu"
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    (block,) = canvas.document.project.main.of_kind(BLOCK)
    inner = canvas.document.project.networks[str(canvas.document.project.main.parameters(block)["network"])]
    assert {"conv", "relu", "flatten"} <= inner.names()
    canvas.document.undo()
    assert not canvas.document.can_undo


def test_what_is_fitted_stands_beside_the_card_of_uses(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(templates.create("resnet_small"))
    block = next(b for b in canvas.scene.network.of_kind(BLOCK) if canvas.scene.network.name(b).startswith("down"))
    canvas.dive(block)
    for _ in range(2):
        card = canvas.structure.uses_card.geometry()
        corners = [canvas.camera.to_view(*canvas.scene.rect(node)[2:]) for node in canvas.scene.nodes]
        assert all(0 < corner.x() < card.left() for corner in corners)
        canvas.fit()


@FLOWS
def test_a_new_block_is_named_at_once_and_with_its_name_is_one_step(
    commanded: Callable[[Project], CanvasView], flow: str
) -> None:
    canvas = commanded(chain(flow))
    document, field = canvas.document, canvas.name_field
    before = files.dumps(document.project)
    canvas.selection.select(["n2", "n3"])
    QTest.keyClick(canvas, Qt.Key.Key_G, CONTROL)
    (block,) = document.project.main.of_kind(BLOCK)
    assert field.isVisible()
    assert (field.text(), field.selectedText()) == ("block", "block")
    QTest.keyClicks(field, "stem")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert document.project.main.name(block) == "stem"
    assert [*document.project.networks] == [MAIN, "stem"]  # which is what its class is called
    assert canvas.selection.nodes == {block}
    named = files.dumps(document.project)
    document.undo()
    assert files.dumps(document.project) == before
    assert not document.can_undo
    document.redo()
    assert files.dumps(document.project) == named


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_new_block_keeps_the_name_it_came_with(commanded: Callable[[Project], CanvasView], key: Qt.Key) -> None:
    canvas = commanded(chain())
    canvas.selection.select(["n2", "n3"])
    QTest.keyClick(canvas, Qt.Key.Key_G, CONTROL)
    if key == Qt.Key.Key_Escape:
        QTest.keyClicks(canvas.name_field, "stem")
    QTest.keyClick(canvas.name_field, key)
    project = canvas.document.project
    (block,) = project.main.of_kind(BLOCK)
    assert (project.main.name(block), [*project.networks]) == ("block", [MAIN, "block"])
    assert not canvas.name_field.isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_F2)  # later it is a step of its own
    QTest.keyClicks(canvas.name_field, "stem")
    QTest.keyClick(canvas.name_field, Qt.Key.Key_Return)
    canvas.document.undo()
    assert project.main.name(block) == "block"


def test_a_name_that_is_taken_leaves_the_block_with_the_one_it_came_with(
    commanded: Callable[[Project], CanvasView],
) -> None:
    canvas = commanded(chain())
    canvas.selection.select(["n2", "n3"])
    QTest.keyClick(canvas, Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(canvas.name_field, "fc")
    QTest.keyClick(canvas.name_field, Qt.Key.Key_Return)
    (block,) = canvas.document.project.main.of_kind(BLOCK)
    assert canvas.document.project.main.name(block) == "block"
    assert canvas.card.refused is not None
    canvas.document.undo()
    assert not canvas.document.can_undo


def test_a_frame_with_its_title_and_a_note_with_its_text_are_one_step(
    commanded: Callable[[Project], CanvasView],
) -> None:
    canvas = commanded(chain())
    before = files.dumps(canvas.document.project)
    canvas.selection.select(["n2", "n3"])
    QTest.keyClick(canvas, Qt.Key.Key_F, CONTROL | SHIFT)
    field = canvas.structure.title_field
    QTest.keyClicks(field, "Stem")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [frame.title for frame in canvas.structure.annotations.frames.values()] == ["Stem"]
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == before
    canvas.structure.annotations.add_note()
    note = canvas.structure.note_field
    QTest.keyClicks(note, "why")
    note.commit()
    assert [one.text for one in canvas.structure.annotations.notes.values()] == ["why"]
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == before
