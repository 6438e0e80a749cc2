"""Putting layers into wires by hand, and taking them out: chains stay whole, and each act is one step."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from graphs import files
from graphs.annotations import dots
from graphs.edits import AddDot, AddNode, Connect, Move, SetAttributes
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, RIGHT, chain, in_flow, turned
from tests.widgets.canvas.hands import LEFT, NONE, drag, move
from widgets.canvas.view import CanvasView

ALT = Qt.KeyboardModifier.AltModifier


def loose(flow: str = "down") -> Project:
    """The chain with a layer beside it that has no wires."""
    project = chain()
    AddNode(MAIN, "n6", "norm", "BatchNorm2d", {}, (300, 160)).apply(project)
    return turned(project, flow)


def wires(view: CanvasView) -> set[str]:
    """All wires as `source > target`."""
    network = view.scene.network
    return {f"{network.name(w.source)} > {network.name(w.target)}" for w in network.wires()}


def middle(view: CanvasView, wire: tuple[str, str]) -> QPoint:
    """The middle of a wire, in the view."""
    row = next(row for w, row in view.scene.wires.rows.items() if (w.source, w.target) == wire)
    x0, y0, x1, y1 = view.scene.wires.ends[row].tolist()
    return view.camera.to_view((x0 + x1) / 2, (y0 + y1) / 2).toPoint()


def centre(view: CanvasView, node: str) -> QPoint:
    """The middle of a node, in the view."""
    left, top, right, bottom = view.scene.rect(node)
    return view.camera.to_view((left + right) / 2, (top + bottom) / 2).toPoint()


def carry(view: CanvasView, node: str, to: QPoint, modifiers: Qt.KeyboardModifier = NONE, release: bool = True) -> None:
    """Take a node by its middle to a point of the view."""
    drag(view, centre(view, node), to, modifiers, release=release)


@FLOWS
def test_a_loose_layer_let_go_on_a_wire_goes_into_it(open_canvas: Callable[[Project], CanvasView], flow: str) -> None:
    canvas = open_canvas(loose(flow))
    canvas.fit()
    before = {node: canvas.scene.position(node) for node in canvas.scene.nodes}
    carry(canvas, "n6", middle(canvas, ("n2", "n3")), release=False)
    target = canvas.standing.target_wire
    assert target is not None
    assert canvas.scene.wires.wires[target].target == "n3"
    assert canvas.standing.inserted == canvas.scene.nodes.rows["n6"]
    QTest.mouseRelease(canvas, LEFT, NONE, middle(canvas, ("n2", "n3")))
    assert {"conv > norm", "norm > relu"} <= wires(canvas)
    assert "conv > relu" not in wires(canvas)
    along = 1 if flow == "down" else 0
    assert canvas.scene.rect("n6")[along + 2] < canvas.scene.rect("n3")[along]
    assert canvas.scene.rect("n2")[along + 2] < canvas.scene.rect("n6")[along]
    assert canvas.scene.position("n5") == before["n5"]  # it does not follow
    assert (canvas.standing.target_wire, canvas.standing.inserted) == (None, None)
    canvas.document.undo()
    assert canvas.scene.network == loose(flow).main
    assert not canvas.document.can_undo


@FLOWS
def test_followers_move_only_as_far_as_needed_and_pinned_ones_stay(
    open_canvas: Callable[[Project], CanvasView], flow: str
) -> None:
    project, along = loose(flow), 0 if flow == RIGHT else 1
    SetAttributes(MAIN, "n4", {"pinned": True}).apply(project)
    canvas = open_canvas(project)
    carry(canvas, "n6", middle(canvas, ("n2", "n3")))
    network = canvas.scene.network
    moved = network.position("n3")[along] - in_flow(0, 144, flow)[along]
    before, after = (canvas.scene.rect(node) for node in ("n6", "n3"))
    assert 0 < moved < 28 + before[along + 2] - before[along]
    assert 8 <= after[along] - before[along + 2] < (16 if flow != RIGHT else 32)
    assert network.position("n4") == in_flow(0, 240, flow)


def roomy(flow: str, room: float) -> Project:
    """The drawing of `loose` with more or less room before its fourth layer, and a dot on the wire behind the third."""
    project = loose(flow)
    x, y = project.main.position("n4")
    Move(MAIN, {"n4": (x, y + room) if flow == "down" else (x + room, y)}).apply(project)
    dot = (8.0, y + room - 20) if flow == "down" else (x + room - 20, 8.0)
    AddDot(MAIN, "n3", "output", "n4", "input", 0, dot).apply(project)
    return project


@FLOWS
@pytest.mark.parametrize(("room", "stays"), [(-40, False), (400, True)])
def test_room_further_on_is_used_up_before_what_stands_behind_it_moves(
    open_canvas: Callable[[Project], CanvasView], flow: str, room: float, stays: bool
) -> None:
    canvas = open_canvas(roomy(flow, room))
    canvas.fit()
    carry(canvas, "n6", middle(canvas, ("n2", "n3")))
    network, before, along = canvas.scene.network, roomy(flow, room).main, 1 if flow == "down" else 0
    assert {"conv > norm", "norm > relu"} <= wires(canvas)
    assert network.position("n3")[along] > before.position("n3")[along]
    assert (network.position("n4") == before.position("n4")) == stays
    assert canvas.scene.rect("n4")[along] - canvas.scene.rect("n3")[along + 2] >= 28
    canvas.document.undo()
    assert network == before


def test_dots_stay_on_the_wires_that_a_layer_parts_and_go_along_with_what_moves(
    open_canvas: Callable[[Project], CanvasView],
) -> None:
    project = roomy("down", -40)
    AddDot(MAIN, "n2", "output", "n3", "input", 0, (-24.0, 140.0)).apply(project)
    canvas = open_canvas(project)
    carry(canvas, "n6", middle(canvas, ("n2", "n3")))
    network = canvas.scene.network
    held = {(w.source, w.target): dots(network, w) for w in network.wires()}
    assert held["n6", "n3"] == ((-24.0, 140.0),) or held["n2", "n6"] == ((-24.0, 140.0),)
    step = network.position("n4")[1] - 200
    assert step > 0
    assert step == network.position("n3")[1] - 144
    assert held["n3", "n4"] == ((8.0, 180.0 + step),)


@FLOWS
def test_where_there_is_room_nothing_moves(open_canvas: Callable[[Project], CanvasView], flow: str) -> None:
    project, across = loose(flow), 1 if flow == RIGHT else 0
    AddNode(MAIN, "n7", "gelu", "GELU", {}, in_flow(600, 0, flow)).apply(project)
    AddNode(MAIN, "n8", "elu", "ELU", {}, in_flow(600, 400, flow)).apply(project)
    Connect(MAIN, "n7", "output", "n8", "input").apply(project)
    canvas = open_canvas(project)
    at = middle(canvas, ("n7", "n8")) + (QPoint(60, 0) if flow == RIGHT else QPoint(0, 60))
    carry(canvas, "n6", at)
    assert {"gelu > norm", "norm > elu"} <= wires(canvas)
    assert canvas.scene.network.position("n8") == in_flow(600, 400, flow)
    assert canvas.scene.network.position("n6")[across] == 600
    assert (centre(canvas, "n6") - at).manhattanLength() <= 8


@FLOWS
def test_a_held_key_keeps_it_out_of_the_wire(open_canvas: Callable[[Project], CanvasView], flow: str) -> None:
    canvas = open_canvas(loose(flow))
    carry(canvas, "n6", middle(canvas, ("n2", "n3")), ALT)
    assert "conv > relu" in wires(canvas)
    assert canvas.document.undo_title == "Move"


@FLOWS
def test_a_wired_layer_goes_into_no_wire(open_canvas: Callable[[Project], CanvasView], flow: str) -> None:
    canvas = open_canvas(loose(flow))
    carry(canvas, "n4", middle(canvas, ("n2", "n3")))
    assert "conv > relu" in wires(canvas)


def shake(view: CanvasView, node: str, times: int) -> None:
    """Swing a node to and fro across the flow, and let it go a little aside."""
    start, side = centre(view, node), QPoint(0, 15) if view.scene.flow == RIGHT else QPoint(15, 0)
    QTest.mouseMove(view, start)
    QTest.mousePress(view, LEFT, NONE, start)
    for turn in range(times + 1):
        for step in range(1, 5):
            move(view, start + (1 if turn % 2 == 0 else -1) * step * side, NONE)
    end = start + 14 * side
    move(view, end, NONE)
    QTest.mouseRelease(view, LEFT, NONE, end)


@FLOWS
def test_a_layer_shaken_three_times_leaves_its_wires_which_heal(canvas: CanvasView) -> None:
    before = canvas.scene.network.position("n3")
    shake(canvas, "n3", 3)
    assert "conv > flatten" in wires(canvas)
    assert not canvas.scene.network.wires_into("n3")
    assert not canvas.scene.network.wires_from("n3")
    assert canvas.scene.network.position("n3") != before
    assert canvas.document.undo_title == "Detach layer"
    canvas.document.undo()
    assert canvas.scene.network == chain(canvas.scene.flow).main
    assert not canvas.document.can_undo


@FLOWS
def test_two_swings_are_no_shake(canvas: CanvasView) -> None:
    shake(canvas, "n3", 2)
    assert "conv > relu" in wires(canvas)


@FLOWS
def test_escape_in_the_middle_of_a_shake_leaves_all_as_it_was(canvas: CanvasView) -> None:
    start = centre(canvas, "n3")
    QTest.mousePress(canvas, LEFT, NONE, start)
    for side in (60, -60, 60, -60, 60):
        move(canvas, start + QPoint(side, 0), NONE)
    assert canvas.standing.hidden_wires
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.standing.hidden_wires
    QTest.mouseRelease(canvas, LEFT, NONE, start)
    assert canvas.scene.network == chain(canvas.scene.flow).main


@FLOWS
def test_dissolve_joins_the_neighbours(canvas: CanvasView) -> None:
    canvas.selection.select(["n2", "n3"])
    canvas.dissolve()
    assert wires(canvas) == {"image > flatten"}
    assert canvas.document.undo_title == "Dissolve 2 layers"
    canvas.document.undo()
    assert canvas.scene.network == chain(canvas.scene.flow).main


@FLOWS
def test_what_is_typed_while_a_wire_is_selected_goes_into_it(canvas: CanvasView) -> None:
    network, before = canvas.scene.network, canvas.document.project
    wire = next(wire for wire in network.wires() if wire.source == "n3")
    text = files.dumps(before)
    canvas.selection.select(wires=[wire])
    QTest.keyClick(canvas, Qt.Key.Key_G)
    QTest.keyClicks(canvas.adding.popup.field, "elu")
    QTest.keyClick(canvas.adding.popup.field, Qt.Key.Key_Return)
    new = network.find("gelu")
    assert new is not None
    assert [(w.source, w.target) for w in (*network.wires_into(new), *network.wires_from(new))] == [
        ("n3", new), (new, "n4")
    ]  # fmt: skip
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == text
