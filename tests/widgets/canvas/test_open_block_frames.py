"""Frames and notes in a block that stands open: picked, moved, written and deleted there by hand, key and reader."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs import files
from graphs.annotations import contents, frames, notes
from graphs.edits import AddFrame, AddNote, SetAttributes
from graphs.project import Project
from tests.widgets.canvas.drawings import FLOWS, RIGHT
from tests.widgets.canvas.hands import drag
from tests.widgets.canvas.test_open_block_work import inner, named, place
from tests.widgets.canvas.test_open_blocks import drawn, opened
from widgets.canvas.tables.board import Item
from widgets.canvas.view import CanvasView

CONTROL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{key}Modifier") for key in ("Control", "Shift", "Alt"))
LEFT = Qt.MouseButton.LeftButton
FRAME, NOTE = ("frames", "f1"), ("notes", "t1")
Open = Callable[[Project], CanvasView]


@pytest.fixture
def noted(commanded: Open, flow: str) -> tuple[CanvasView, str]:
    """A canvas with an open block on view in a flow; in it are a frame round its last two layers, and a note."""
    canvas, block = opened(commanded, drawn(flow))
    scene = inner(canvas, block).scene
    held = [named(canvas, block, name) for name in ("conv2", "bn2")]
    lefts, tops, rights, bottoms = zip(*(scene.rect(node) for node in held), strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    around = {"position": (left - 16, top - 40), "size": (right - left + 32, bottom - top + 56)}
    beside = (left, bottom + 240) if flow == RIGHT else (left - 300, bottom - 100)
    canvas.document.perform(AddFrame(scene.name, "f1", {"title": "Second half", **around}))
    for node in held:
        canvas.document.perform(SetAttributes(scene.name, node, {"frame": "f1"}))
    canvas.document.perform(AddNote(scene.name, "t1", {"text": "why", "position": beside, "size": (200, 96)}))
    canvas.focus_node(block)
    canvas.fit_selection()
    canvas.selection.select()
    return canvas, block


def at(canvas: CanvasView, block: str, item: Item, right: float, down: float) -> QPoint:
    """A point of the view, given from the corner of a frame or note in an open block, px at 100 %."""
    stage = inner(canvas, block)
    left, top, _, _ = stage.scene.board.rect(item)
    return stage.lens.to_view(left + right, top + down).toPoint()


@FLOWS
def test_a_frame_in_an_open_block_is_selected_and_carries_its_layers(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    before, plain = files.dumps(canvas.document.project), canvas.grab().toImage()
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, block, FRAME, 60, 14))
    assert canvas.structure.annotations.selected == {FRAME}
    assert canvas.selection.path == (block,)
    assert canvas.grab().toImage() != plain  # the ring
    scene = inner(canvas, block).scene
    conv, still = named(canvas, block, "conv2"), named(canvas, block, "conv1")
    x, y, rest = *scene.network.position(conv), scene.network.position(still)
    start = at(canvas, block, FRAME, 60, 14)
    drag(canvas, start, start + QPoint(0, round(40 * canvas.zoom)))
    assert scene.network.position(conv) == (x, y + 40)
    assert scene.network.position(still) == rest
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == before


@FLOWS
def test_a_note_in_an_open_block_is_moved_written_and_deleted(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    network = inner(canvas, block).scene.network
    (x, y), start = notes(network)["t1"].position, at(canvas, block, NOTE, 90, 60)
    drag(canvas, start, start + QPoint(0, round(16 * canvas.zoom)))
    assert notes(network)["t1"].position == (x, y + 16)
    QTest.mouseDClick(canvas, LEFT, pos=at(canvas, block, NOTE, 90, 60))
    field = canvas.structure.note_field
    assert field.isVisible()
    assert (field.geometry().topLeft() - at(canvas, block, NOTE, 0, 0)).manhattanLength() < 4
    field.setPlainText("because")
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert notes(network)["t1"].text == "because"
    assert (canvas.selection.path, canvas.structure.annotations.selected) == ((block,), {NOTE})
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert not notes(network)
    assert block in canvas.document.project.main


@FLOWS
def test_a_frame_in_an_open_block_collapses_there_and_is_renamed(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    network, size = inner(canvas, block).scene.network, inner(canvas, block).scene.board.rect(FRAME)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, block, FRAME, 60, 14))
    QTest.keyClick(canvas, Qt.Key.Key_K, CONTROL | ALT)
    stage = inner(canvas, block)
    assert frames(network)["f1"].collapsed
    assert stage.scene.board.rect(FRAME) != size
    assert named(canvas, block, "conv2") in {stage.scene.nodes.ids[row] for row in stage.scene.nodes.boxes}
    QTest.mouseDClick(canvas, LEFT, pos=at(canvas, block, FRAME, 40, 40))
    assert not frames(network)["f1"].collapsed
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    QTest.keyClicks(canvas.structure.title_field, "Half")
    QTest.keyClick(canvas.structure.title_field, Qt.Key.Key_Return)
    assert frames(network)["f1"].title == "Half"


@FLOWS
def test_layers_of_an_open_block_are_framed_and_taken_out_by_hand(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    network = inner(canvas, block).scene.network
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "conv1"))
    QTest.keyClick(canvas, Qt.Key.Key_F, CONTROL | SHIFT)
    QTest.keyClicks(canvas.structure.title_field, "First")
    QTest.keyClick(canvas.structure.title_field, Qt.Key.Key_Return)
    (new,) = (id_ for id_, frame in frames(network).items() if frame.title == "First")
    conv = named(canvas, block, "conv1")
    assert contents(network, new).nodes == {conv}
    assert canvas.structure.annotations.selected == {("frames", new)}
    start = place(canvas, block, "conv1")
    drag(canvas, start, start + QPoint(0, -round(200 * canvas.zoom)), modifiers=ALT)
    assert not contents(network, new).nodes


def test_a_new_note_goes_into_the_open_block_below_the_pointer(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    network = inner(canvas, block).scene.network
    QTest.mouseMove(canvas, at(canvas, block, NOTE, 60, 200))
    QTest.keyClick(canvas, Qt.Key.Key_M, CONTROL | SHIFT)
    assert len(notes(network)) == 2
    assert not notes(canvas.document.project.main)
    assert canvas.structure.note_field.isVisible()


def test_tab_and_context_menus_reach_what_is_in_an_open_block(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    asked: list[object] = []
    canvas.menu_requested.connect(lambda what, _: asked.append(what))
    point = at(canvas, block, NOTE, 60, 40)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, point, canvas.mapToGlobal(point)))
    assert asked == [NOTE]
    assert canvas.structure.annotations.selected == {NOTE}
    QTest.keyClick(canvas, Qt.Key.Key_Backtab)
    assert canvas.structure.annotations.selected == {FRAME}
    QTest.keyClick(canvas, Qt.Key.Key_Backtab)
    assert canvas.selection.nodes
    assert not canvas.structure.annotations.selected
    head = canvas.camera.to_view(*canvas.scene.rect(block)[:2]).toPoint() + QPoint(60, 8)
    QTest.mouseClick(canvas, LEFT, pos=at(canvas, block, NOTE, 60, 40))
    QTest.mouseClick(canvas, LEFT, pos=head)
    assert not canvas.structure.annotations.selected
    assert not inner(canvas, block).standing.annotations


def test_a_screen_reader_hears_them_as_children_of_the_block(noted: tuple[CanvasView, str]) -> None:
    canvas, block = noted
    whole = QAccessible.queryAccessibleInterface(canvas)
    at_block = next(child for i in range(whole.childCount()) if getattr(child := whole.child(i), "node", "") == block)
    children = [at_block.child(index) for index in range(at_block.childCount())]
    names = [child.text(QAccessible.Text.Name) for child in children]
    assert names[-2:] == ["Second half, frame", "why, note"]
    assert [at_block.indexOfChild(child) for child in children] == [*range(len(children))]
    point = canvas.mapToGlobal(QPointF(at(canvas, block, NOTE, 60, 40)))
    assert whole.childAt(round(point.x()), round(point.y())) is children[-1]
    children[-1].doAction("Select")
    assert canvas.structure.annotations.selected == {NOTE}
    assert children[-1].state().selected
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
