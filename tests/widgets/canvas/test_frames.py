"""Frames and notes on the canvas, by hand and key: made, moved with what they hold, resized, collapsed, written."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from graphs import files
from graphs.annotations import contents, frames, notes
from graphs.edits import AddFrame, AddNote, RemoveNote, SetAttributes
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import DOWN, FLOWS, chain, in_flow, with_block
from tests.widgets.canvas.hands import body, drag, empty
from tests.widgets.opening import Opened
from widgets.canvas.view import CanvasView

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
FRAME, NOTE = ("frames", "f1"), ("notes", "t1")


def _framed(flow: str = DOWN) -> Project:
    """The chain with conv and relu in a frame, and a note beside it."""
    project = chain(flow)
    position, size = ((-160, 24), (320, 192)) if flow == DOWN else ((256, -88), (472, 144))
    AddFrame(MAIN, "f1", {"title": "Features", "position": position, "size": size}).apply(project)
    AddNote(MAIN, "t1", {"text": "**Small** on purpose", "position": (240, 40), "size": (200, 96)}).apply(project)
    for node in ("n2", "n3"):
        SetAttributes(MAIN, node, {"frame": "f1"}).apply(project)
    return project


@pytest.fixture
def framed(open_canvas: Callable[[Project], CanvasView], flow: str) -> CanvasView:
    """The framed chain, 1:1."""
    return open_canvas(_framed(flow))


def head(view: CanvasView) -> QPoint:
    """A point of the head of the frame, in the view."""
    left, top, _, _ = view.scene.board.rect(FRAME)
    return view.camera.to_view(left + 30, top + 16).toPoint()


def test_the_selection_gets_a_frame_whose_title_is_typed_at_once(project: Opened, qtbot: QtBot) -> None:
    window, document, selection = project.window, project.parts.document, project.parts.selection
    chosen = document.project.main.of_kind("Conv2d")
    selection.select(chosen)
    window.commands.refresh()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_F, CONTROL | SHIFT)
    field = window.canvas.structure.title_field
    assert field.isVisible()
    QTest.keyClicks(field, "Stem")
    QTest.keyClick(field, Qt.Key.Key_Return)
    (frame,) = frames(document.project.main).values()
    assert frame.title == "Stem"
    assert contents(document.project.main, frame.id).nodes == set(chosen)
    again = files.loads(files.dumps(document.project), "again")
    assert frames(again.main) == frames(document.project.main)


@FLOWS
def test_a_frame_carries_what_it_holds(framed: CanvasView, flow: str) -> None:
    document, before = framed.document, files.dumps(framed.document.project)
    start = head(framed)
    drag(framed, start, start + QPoint(80, 40))
    network, still = document.project.main, _framed(flow).main
    places = [(network.position(node), still.position(node)) for node in ("n2", "n3")]
    places += [(frames(network)["f1"].position, frames(still)["f1"].position)]
    assert [(x - was_x, y - was_y) for (x, y), (was_x, was_y) in places] == [(80, 40)] * 3
    assert network.position("n4") == still.position("n4")
    document.undo()
    assert files.dumps(document.project) == before


def test_a_frame_is_resized_by_its_corner_alone(framed: CanvasView) -> None:
    corner = empty(framed, 160, 216)
    drag(framed, corner, corner + QPoint(40, 24))
    network = framed.document.project.main
    assert frames(network)["f1"].size == (360, 216)
    assert frames(network)["f1"].position == (-160, 24)
    assert network.position("n2") == (0, 80)


@FLOWS
def test_layers_moved_into_a_frame_are_held_and_let_go_when_moved_out(framed: CanvasView) -> None:
    network = framed.document.project.main
    start = body(framed, "relu")
    drag(framed, start, start + QPoint(*in_flow(320, 80, framed.scene.flow)), modifiers=ALT)
    assert contents(network, "f1").nodes == {"n2"}
    framed.document.undo()
    assert contents(network, "f1").nodes == {"n2", "n3"}


@FLOWS
def test_a_frame_collapses_to_a_box_and_opens_by_double_click(framed: CanvasView, flow: str) -> None:
    document, scene, relu = framed.document, framed.scene, body(framed, "relu").toPointF()
    QTest.mouseClick(framed, Qt.MouseButton.LeftButton, pos=head(framed))
    assert framed.structure.annotations.selected == {FRAME}
    framed.structure.annotations.toggle_collapsed()
    assert frames(document.project.main)["f1"].collapsed
    assert framed.hits.node(relu) is None
    left, top, right, bottom = framed.scene.board.rect(FRAME)
    wire = next(wire for wire in document.project.main.wires() if wire.source == "n1")
    *start, x, y = scene.wires.ends[scene.wires.rows[wire]].tolist()
    assert (start[0] == x) if flow == DOWN else (start[1] == y)
    assert (x, y) == ((left + right) / 2, top) if flow == DOWN else (left, (top + bottom) / 2)
    below = framed.camera.to_view(left + 30, bottom - 8).toPoint()
    QTest.mouseDClick(framed, Qt.MouseButton.LeftButton, pos=below)
    assert not frames(document.project.main)["f1"].collapsed
    assert framed.hits.node(relu) == "n3"
    document.undo()
    assert framed.hits.node(relu) is None


def test_delete_removes_the_frame_and_keeps_its_layers(framed: CanvasView) -> None:
    network = framed.document.project.main
    QTest.mouseClick(framed, Qt.MouseButton.LeftButton, pos=head(framed))
    QTest.keyClick(framed, Qt.Key.Key_Delete)
    assert not frames(network)
    assert {"n2", "n3"} <= set(network)
    framed.document.undo()
    assert contents(network, "f1").nodes == {"n2", "n3"}


def test_a_title_is_changed_in_place(framed: CanvasView) -> None:
    QTest.mouseDClick(framed, Qt.MouseButton.LeftButton, pos=head(framed))
    field = framed.structure.title_field
    assert field.isVisible()
    assert field.text() == "Features"
    QTest.keyClicks(field, "Body")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert frames(framed.document.project.main)["f1"].title == "Body"


def test_a_note_is_written_in_place(framed: CanvasView) -> None:
    network = framed.document.project.main
    QTest.mouseDClick(framed, Qt.MouseButton.LeftButton, pos=empty(framed, 300, 80))
    field = framed.structure.note_field
    assert field.toPlainText() == "**Small** on purpose"
    QTest.keyClicks(field, "Large")
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    assert notes(network)["t1"].text == "Large"
    QTest.mouseDClick(framed, Qt.MouseButton.LeftButton, pos=empty(framed, 300, 80))
    QTest.keyClicks(field, "nothing of this")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert notes(network)["t1"].text == "Large"


def test_what_is_written_in_a_block_is_kept_there_when_a_key_leaves_it(
    commanded: Callable[[Project], CanvasView],
) -> None:
    project = with_block()
    for name in (MAIN, "inner"):
        AddNote(name, "t1", {"text": name, "position": (240, 40), "size": (200, 96)}).apply(project)
    canvas = commanded(project)
    canvas.dive("b1")
    canvas.structure.annotations.select([NOTE])
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    field = canvas.structure.note_field
    QTest.keyClicks(field, "written")
    QTest.keyClick(field, Qt.Key.Key_Up, ALT)
    assert canvas.selection.path == ()
    assert not field.isVisible()
    assert notes(project.networks["inner"])["t1"].text == "written"
    assert notes(project.main)["t1"].text == MAIN
    canvas.dive("b1")
    canvas.selection.select(["i2"])
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    QTest.keyClicks(canvas.name_field, "written")
    QTest.keyClick(canvas.name_field, Qt.Key.Key_Up, ALT)
    assert "written" in project.networks["inner"].names()
    canvas.set_zoom(1.5)
    assert not canvas.name_field.isVisible()


def test_a_field_over_what_is_gone_closes_with_nothing_entered(framed: CanvasView) -> None:
    framed.structure.annotations.select([NOTE])
    QTest.keyClick(framed, Qt.Key.Key_F2)
    QTest.keyClicks(framed.structure.note_field, "late")
    framed.document.perform(RemoveNote(MAIN, "t1"))
    assert not framed.structure.note_field.isVisible()
    framed.selection.select(["n5"])
    QTest.keyClick(framed, Qt.Key.Key_F2)
    QTest.keyClicks(framed.name_field, "late")
    framed.document.replace(_framed())
    assert not framed.name_field.isVisible()
    assert framed.scene.network == _framed().main


def test_a_note_moves_and_is_resized(framed: CanvasView) -> None:
    network = framed.document.project.main
    start = empty(framed, 300, 80)
    drag(framed, start, start + QPoint(40, 16))
    assert notes(network)["t1"].position == (280, 56)
    corner = empty(framed, 480, 152)
    drag(framed, corner, corner + QPoint(40, 40))
    assert notes(network)["t1"].size == (240, 136)


@FLOWS
def test_keys_nudge_a_frame_with_what_it_holds_and_a_note_as_one_step_each(framed: CanvasView) -> None:
    document, before = framed.document, files.dumps(framed.document.project)
    network = document.project.main
    places = {node: network.position(node) for node in network} | {"f1": frames(network)["f1"].position}
    QTest.mouseClick(framed, Qt.MouseButton.LeftButton, pos=head(framed))
    for _ in range(3):
        QTest.keyClick(framed, Qt.Key.Key_Right, CONTROL)
    QTest.keyClick(framed, Qt.Key.Key_Down, CONTROL | SHIFT)
    now = {node: network.position(node) for node in network} | {"f1": frames(network)["f1"].position}
    steps = {one: (x - places[one][0], y - places[one][1]) for one, (x, y) in now.items()}
    assert {one for one, step in steps.items() if step == (24, 80)} == {"n2", "n3", "f1"}
    assert {step for one, step in steps.items() if one not in ("n2", "n3", "f1")} == {(0, 0)}
    framed.structure.annotations.select([NOTE])
    for _ in range(2):
        QTest.keyClick(framed, Qt.Key.Key_Left, CONTROL)
    assert notes(network)["t1"].position == (224, 40)
    document.undo()
    assert notes(network)["t1"].position == (240, 40)
    document.undo()
    assert files.dumps(document.project) == before
    assert not document.can_undo


def test_a_new_note_is_open_for_writing(canvas: CanvasView) -> None:
    canvas.structure.annotations.add_note()
    QTest.keyClicks(canvas.structure.note_field, "Why")
    canvas.setFocus()
    QApplication.processEvents()
    (note,) = notes(canvas.document.project.main).values()
    assert note.text == "Why"


@FLOWS
def test_a_frame_of_a_stretch_of_a_chain_covers_no_neighbour(
    commanded: Callable[[Project], CanvasView], flow: str
) -> None:
    canvas = commanded(chain(flow))
    canvas.selection.select(["n2", "n3"])
    QTest.keyClick(canvas, Qt.Key.Key_F, CONTROL | SHIFT)
    QTest.keyClick(canvas.structure.title_field, Qt.Key.Key_Return)
    (frame,) = frames(canvas.scene.network).values()
    left, top, right, bottom = canvas.scene.board.rect(("frames", frame.id))
    for node in ("n1", "n4"):
        x0, y0, x1, y1 = canvas.scene.rect(node)
        assert x1 < left or x0 > right or y1 < top or y0 > bottom
    canvas.document.undo()
    assert canvas.scene.network == chain(flow).main
    assert not canvas.document.can_undo


@FLOWS
def test_tidying_takes_frames_along(commanded: Callable[[Project], CanvasView], flow: str) -> None:
    canvas = commanded(_framed(flow))
    canvas.selection.select(["n3"])
    canvas.nudge(30, 30)
    canvas.selection.select()
    QTest.keyClick(canvas, Qt.Key.Key_L, CONTROL | SHIFT)
    left, top, right, bottom = canvas.scene.board.rect(FRAME)
    for node in ("n2", "n3"):
        x0, y0, x1, y1 = canvas.scene.rect(node)
        assert left < x0 < x1 < right
        assert top < y0 < y1 < bottom
    tidied = files.dumps(canvas.document.project)
    QTest.keyClick(canvas, Qt.Key.Key_L, CONTROL | SHIFT)
    assert files.dumps(canvas.document.project) == tidied
    canvas.document.undo()
    canvas.document.undo()
    assert canvas.scene.network == _framed(flow).main


def test_tidying_a_selected_frame_tidies_what_it_holds(commanded: Callable[[Project], CanvasView]) -> None:
    canvas = commanded(_framed())
    canvas.selection.select(["n3", "n5"])
    canvas.nudge(9, 0)
    others = canvas.scene.network.position("n5")
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=head(canvas))
    QTest.keyClick(canvas, Qt.Key.Key_L, CONTROL | SHIFT)
    assert canvas.scene.network.position("n3")[0] == canvas.scene.network.position("n2")[0]
    assert canvas.scene.network.position("n5") == others


@FLOWS
def test_a_branch_is_tidied_alone(commanded: Callable[[Project], CanvasView], flow: str) -> None:
    canvas, across = commanded(chain(flow)), 0 if flow == DOWN else 1
    canvas.selection.select(["n3", "n4"])
    canvas.nudge(11, 11)
    others = {node: canvas.scene.network.position(node) for node in ("n1", "n2", "n5")}
    canvas.selection.select(["n3"])
    QTest.keyClick(canvas, Qt.Key.Key_L, CONTROL | ALT)
    assert canvas.scene.network.position("n3")[across] == canvas.scene.network.position("n4")[across]
    assert {node: canvas.scene.network.position(node) for node in others} == others


@FLOWS
def test_a_new_note_covers_no_layer(commanded: Callable[[Project], CanvasView], flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.pointer.inside = False
    canvas.centre_on(QPointF(*canvas.scene.network.position("n3")))
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_M, CONTROL | SHIFT)
        QTest.keyClick(canvas.structure.note_field, Qt.Key.Key_Return, CONTROL)
    rects = [canvas.scene.rect(node) for node in canvas.scene.nodes]
    rects += [canvas.scene.board.rect(item) for item in canvas.scene.board.shown()]
    assert len(rects) == len(canvas.scene.network) + 2
    for number, (x0, y0, x1, y1) in enumerate(rects):
        assert not any(x0 < r and left < x1 and y0 < b and top < y1 for left, top, r, b in rects[:number])


def test_fitting_brings_frames_and_notes_into_view(framed: CanvasView) -> None:
    framed.document.perform(AddNote(MAIN, "far", {"position": (1800, 900), "size": (200, 100)}))
    framed.fit()
    shown = framed.rect().toRectF()
    assert all(shown.contains(framed.structure.annotations.on_screen(i)) for i in framed.scene.board.shown())


def test_a_selected_frame_is_copied_cut_and_duplicated_with_what_it_holds(
    commanded: Callable[[Project], CanvasView],
) -> None:
    canvas, before = commanded(_framed()), files.dumps(_framed())
    network = canvas.document.project.main
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=head(canvas))
    QTest.keyClick(canvas, Qt.Key.Key_D, CONTROL)
    assert len(frames(network)) == 2
    (new,) = set(frames(network)) - {"f1"}
    assert {network.kind(node) for node in contents(network, new).nodes} == {"Conv2d", "ReLU"}
    assert canvas.structure.annotations.selected == {("frames", new)}
    canvas.document.undo()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=head(canvas))
    QTest.keyClick(canvas, Qt.Key.Key_X, CONTROL)
    assert not frames(network)
    assert not {"n2", "n3"} & set(network)
    QTest.keyClick(canvas, Qt.Key.Key_V, CONTROL)
    (pasted,) = frames(network)
    assert len(contents(network, pasted).nodes) == 2
    canvas.document.undo()
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == before
    assert not canvas.document.can_undo


def test_a_selected_note_is_copied_and_deleted_by_key(commanded: Callable[[Project], CanvasView]) -> None:
    canvas = commanded(_framed())
    network = canvas.document.project.main
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=empty(canvas, 300, 80))
    QTest.keyClick(canvas, Qt.Key.Key_C, CONTROL)
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert not notes(network)
    QTest.keyClick(canvas, Qt.Key.Key_V, CONTROL)
    (note,) = notes(network).values()
    assert note.text == "**Small** on purpose"
    assert canvas.structure.annotations.selected == {("notes", note.id)}


def test_f2_writes_the_title_of_the_selected_frame(commanded: Callable[[Project], CanvasView]) -> None:
    canvas = commanded(_framed())
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=head(canvas))
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    assert canvas.structure.title_field.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # said of menus where nothing is seen
def test_a_frame_has_a_menu_of_its_own(project: Opened, qtbot: QtBot) -> None:
    window, selection = project.window, project.parts.selection
    canvas = window.canvas
    selection.select(project.parts.document.project.main.of_kind("Conv2d"))
    canvas.structure.annotations.frame_selection()
    canvas.structure.title_field.clearFocus()
    canvas.structure.annotations.selected = frozenset()
    (frame,) = frames(project.parts.document.project.main)
    head = canvas.structure.annotations.on_screen(("frames", frame)).topLeft() + QPointF(30, 12)
    canvas.centre_on(canvas.camera.to_scene(head))
    head = canvas.structure.annotations.on_screen(("frames", frame)).topLeft() + QPointF(30, 12)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, head.toPoint(), canvas.mapToGlobal(head.toPoint()))
    QApplication.sendEvent(canvas, event)
    menu = window.findChild(QMenu, "canvas_menu")
    assert menu is not None
    offered = {action.text().replace("&", "") for action in menu.actions() if action.isEnabled()}
    assert {"Collapse or open the frame", "Copy", "Duplicate", "Delete", "Rename", "Tidy"} <= offered
    assert "Make block" not in offered
    assert canvas.structure.annotations.selected == {("frames", frame)}
    menu.close()
