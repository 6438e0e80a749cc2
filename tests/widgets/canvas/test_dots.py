"""Dots on wires: put there by a double-click, moved, selected, deleted, saved, and never part of the network itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from builder.generator import source
from graphs import files
from graphs.annotations import dots
from graphs.edits import AddNode, Connect
from graphs.network import Wire
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import DOWN, FLOWS, RIGHT
from tests.widgets.canvas.hands import LEFT, NONE, body, drag, empty
from widgets.canvas.view import CanvasView

WIRE = Wire("a", "output", "b", "input")
SHIFT = Qt.KeyboardModifier.ShiftModifier


def apart(flow: str = DOWN) -> Project:
    """Two layers with a long wire between them."""
    project = Project()
    project.main.graph.graph.update({"flow": flow} if flow != "down" else {})
    far = (120, 400) if flow == "down" else (500, 120)
    AddNode(MAIN, "a", "image", "Input", {"shape": [8]}, (0, 0)).apply(project)
    AddNode(MAIN, "b", "fc", "Linear", {"out_features": 2}, far).apply(project)
    Connect(MAIN, WIRE.source, WIRE.source_port, WIRE.target, WIRE.target_port).apply(project)
    return project


def on_wire(view: CanvasView, share: float = 0.5) -> QPoint:
    """A point of the wire in the view."""
    path = view.scene.wires.path(view.scene.wires.rows[WIRE])
    at = path.pointAtPercent(share)
    return view.camera.to_view(at.x(), at.y()).toPoint()


def here(view: CanvasView, index: int = 0) -> QPoint:
    """Where a dot is in the view."""
    return view.camera.to_view(*dots(view.scene.network, WIRE)[index]).toPoint()


def double_click(view: CanvasView, at: QPoint) -> None:
    """Both presses of a double-click, as a window system sends them."""
    QTest.mouseClick(view, LEFT, NONE, at)
    QTest.mouseDClick(view, LEFT, NONE, at)


@pytest.fixture(params=[DOWN, RIGHT])
def dotted(request: pytest.FixtureRequest, open_canvas: Callable[[Project], CanvasView]) -> CanvasView:
    """The two layers, with a dot in the middle of their wire."""
    view = open_canvas(apart(request.param))
    view.fit()
    double_click(view, on_wire(view))
    return view


@FLOWS
@pytest.mark.parametrize("zoom", [0.7, 2.0])
def test_a_double_click_puts_a_dot_where_it_was(
    open_canvas: Callable[[Project], CanvasView], flow: str, zoom: float
) -> None:
    view = open_canvas(apart(flow))
    view.set_zoom(zoom)
    view.centre_on(QPointF(60, 220) if flow == DOWN else QPointF(350, 60))
    at = on_wire(view)
    double_click(view, at)
    assert len(dots(view.scene.network, WIRE)) == 1
    assert (here(view) - at).manhattanLength() <= 2
    assert view.selection.dots == {(WIRE, 0)}
    view.document.undo()
    assert view.scene.network == apart(flow).main
    assert not view.document.can_undo


def test_further_dots_take_their_place_along_the_wire(dotted: CanvasView) -> None:
    double_click(dotted, on_wire(dotted, 0.8))
    double_click(dotted, on_wire(dotted, 0.25))
    along = 1 if dotted.scene.flow == "down" else 0
    places = [place[along] for place in dots(dotted.scene.network, WIRE)]
    assert len(places) == 3
    assert places == sorted(places)


def test_a_dot_is_moved_and_the_wire_goes_through_it(dotted: CanvasView) -> None:
    start = here(dotted)
    drag(dotted, start, start + QPoint(70, 70))
    assert (here(dotted) - start - QPoint(70, 70)).manhattanLength() <= 8
    assert dotted.document.undo_title == "Move dot"
    assert dotted.hits.wire(QPointF(here(dotted))) == WIRE
    dotted.document.undo()
    assert (here(dotted) - start).manhattanLength() <= 2


@FLOWS
def test_a_dot_is_put_by_command_where_the_pointer_is_or_in_the_middle(canvas: CanvasView) -> None:
    wire = next(wire for wire in canvas.scene.network.wires() if wire.source == "n3")
    canvas.selection.select(wires=[wire])
    canvas.put_dot(QPointF(5, 5))
    (x0, y0), dot, (x1, y1) = canvas.scene.wires.points(canvas.scene.wires.rows[wire])
    assert dot == pytest.approx(((x0 + x1) / 2, (y0 + y1) / 2), abs=0.1)
    canvas.document.undo()
    canvas.selection.select(wires=[wire])
    near = canvas.camera.to_view(x0 + 0.7 * (x1 - x0), y0 + 0.7 * (y1 - y0))
    canvas.put_dot(near)
    ((_, index),) = canvas.selection.dots
    place = canvas.camera.to_view(*dots(canvas.scene.network, wire)[index])
    assert (place - near).manhattanLength() < 2


@FLOWS
def test_a_dot_falls_into_line_with_the_port(open_canvas: Callable[[Project], CanvasView], flow: str) -> None:
    view = open_canvas(apart(flow))
    view.fit()
    double_click(view, on_wire(view))
    port, across = view.scene.wires.points(view.scene.wires.rows[WIRE])[0], 0 if flow == DOWN else 1
    target = (port[0] + 4, 200) if flow == DOWN else (350, port[1] + 4)
    drag(view, here(view), view.camera.to_view(*target).toPoint())
    assert dots(view.scene.network, WIRE)[0][across] == port[across]


def test_a_box_takes_dots_and_delete_removes_them(dotted: CanvasView) -> None:
    dotted.selection.select()
    at = here(dotted)
    drag(dotted, at + QPoint(60, 20), at - QPoint(30, 10))
    assert dotted.selection.dots == {(WIRE, 0)}
    QTest.keyClick(dotted, Qt.Key.Key_Delete)
    assert dots(dotted.scene.network, WIRE) == ()
    assert dotted.scene.network.has(WIRE)
    assert dotted.document.undo_title == "Delete dot"


def test_dots_go_along_when_both_layers_move(dotted: CanvasView) -> None:
    dotted.set_zoom(0.8)
    before = dots(dotted.scene.network, WIRE)[0]
    dotted.select_all()
    start = body(dotted, "image")
    drag(dotted, start, start + QPoint(64, 64))
    step = dotted.scene.network.position("a")
    after = dots(dotted.scene.network, WIRE)[0]
    assert after == pytest.approx((before[0] + step[0], before[1] + step[1]))
    assert step != (0, 0)
    dotted.document.undo()
    assert dots(dotted.scene.network, WIRE)[0] == pytest.approx(before)
    assert dotted.document.undo_title == "Add dot"


def test_keys_move_dots_too(dotted: CanvasView) -> None:
    before = dots(dotted.scene.network, WIRE)[0]
    QTest.keyClick(dotted, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert dots(dotted.scene.network, WIRE)[0] == (before[0] + 8, before[1])
    dotted.select_all()
    QTest.keyClick(dotted, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert dots(dotted.scene.network, WIRE)[0] == (before[0] + 8, before[1] + 80)
    assert dotted.document.undo_title == "Move"
    dotted.document.undo()
    dotted.document.undo()
    assert dots(dotted.scene.network, WIRE)[0] == before


def test_a_dot_goes_with_its_wire_and_comes_back_with_it(dotted: CanvasView) -> None:
    place = dots(dotted.scene.network, WIRE)
    dotted.selection.select(wires=[WIRE])
    QTest.keyClick(dotted, Qt.Key.Key_Delete)
    assert not dotted.scene.wires.dots
    assert dotted.selection.dots == frozenset()
    dotted.document.undo()
    assert dots(dotted.scene.network, WIRE) == place
    assert list(dotted.scene.wires.dots.values()) == [place]


def test_dots_are_saved_and_are_no_part_of_the_module(dotted: CanvasView) -> None:
    project = dotted.document.project
    dotted.document.perform(AddNode(MAIN, "c", "answer", "Classification", {}, (700, 700)))
    dotted.document.perform(Connect(MAIN, "b", "output", "c", "input"))
    again = files.loads(files.dumps(project), "test")
    assert dots(again.main, WIRE) == dots(project.main, WIRE)
    for _ in range(3):
        dotted.document.undo()
    assert dots(project.main, WIRE) == ()
    dotted.document.perform(AddNode(MAIN, "c", "answer", "Classification", {}, (700, 700)))
    dotted.document.perform(Connect(MAIN, "b", "output", "c", "input"))
    assert source(again) == source(project)


def test_a_click_selects_a_dot_and_shift_adds_to_it(dotted: CanvasView) -> None:
    double_click(dotted, on_wire(dotted, 0.85))
    QTest.mouseClick(dotted, LEFT, NONE, here(dotted, 0))
    assert dotted.selection.dots == {(WIRE, 0)}
    QTest.mouseClick(dotted, LEFT, SHIFT, here(dotted, 1))
    assert dotted.selection.dots == {(WIRE, 0), (WIRE, 1)}
    QTest.mouseClick(dotted, LEFT, NONE, empty(dotted, -250, -60))
    assert not dotted.selection.dots
