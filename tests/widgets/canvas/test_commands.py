"""What the canvas does by command: its shortcuts, through a window that has them."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from graphs.edits import AddNode, Connect, Move
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import DOWN, FLOWS, RIGHT, chain, in_flow, turned, with_block
from tests.widgets.canvas.hands import LEFT, NONE, body, drag, empty, port
from widgets.canvas.view import CanvasView

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Open = Callable[[Project], CanvasView]


def wires(view: CanvasView) -> set[str]:
    """All wires as `source > target`."""
    network = view.scene.network
    return {f"{network.name(w.source)} > {network.name(w.target)}" for w in network.wires()}


@FLOWS
def test_dissolve_by_key(commanded: Open, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.selection.select(["n3"])
    QTest.keyClick(canvas, Key.Key_Backspace, CONTROL)
    assert wires(canvas) == {"image > conv", "conv > flatten"}
    canvas.document.undo()
    assert canvas.scene.network == chain(flow).main


@FLOWS
def test_duplicate_with_wires(commanded: Open, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.selection.select(["n3"])
    QTest.keyClick(canvas, Key.Key_D, CONTROL | SHIFT)
    assert wires(canvas) == {"image > conv", "conv > relu", "conv > relu1", "relu > flatten"}
    canvas.document.undo()
    assert not canvas.document.can_undo


@FLOWS
@pytest.mark.parametrize("chosen", [["n3"], ["n2", "n4"], ["n1", "n2", "n3", "n4", "n5"]])
def test_duplicates_stand_on_nothing_else(commanded: Open, flow: str, chosen: list[str]) -> None:
    canvas = commanded(chain(flow))
    for _ in range(3):
        canvas.selection.select(chosen)
        QTest.keyClick(canvas, Key.Key_D, CONTROL)
        rows = [canvas.scene.nodes.rows[node] for node in canvas.selection.nodes]
        assert len(rows) == len(chosen)
        for row in rows:
            assert canvas.scene.nodes.inside(canvas.scene.nodes.rect(row)).tolist() == [row]


@FLOWS
def test_two_selected_layers_are_connected_by_key(commanded: Open, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.selection.select(["n5", "n4"])
    QTest.keyClick(canvas, Key.Key_L, CONTROL)
    assert "flatten > fc" in wires(canvas)
    canvas.document.undo()
    assert not canvas.document.can_undo


@FLOWS
def test_connecting_what_does_not_fit_says_why_and_bridges_on_enter(commanded: Open, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.selection.select(["n3", "n5"])
    QTest.keyClick(canvas, Key.Key_L, CONTROL)
    assert canvas.card.refused is not None
    assert "wants flat features" in canvas.card.refused.title
    assert not canvas.document.can_undo
    QTest.keyClick(canvas, Key.Key_Return)
    assert {"relu > flatten1", "flatten1 > fc"} <= wires(canvas)


@FLOWS
def test_a_wire_is_led_by_keys_alone(commanded: Open, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.selection.select(["n4"])
    plain = canvas.grab().toImage()
    hints: list[str] = []
    canvas.status_hint.connect(hints.append)
    QTest.keyClick(canvas, Key.Key_L, CONTROL)
    assert canvas.wiring.active
    assert "flatten.output" in hints[-1]
    assert "fc.input" in hints[-1]
    ring = port(canvas, "fc", "input")
    shown, focus = canvas.grab().toImage(), canvas.theme.selection.focus.name()
    around = {shown.pixelColor(ring + QPoint(x, y)).name() for x in range(-13, 14) for y in range(-13, 14)}
    assert focus in around
    assert shown != plain
    QTest.keyClick(canvas, Key.Key_Return)
    assert "flatten > fc" in wires(canvas)
    assert canvas.selection.current == "n5"
    assert not canvas.wiring.active


@FLOWS
def test_arrows_choose_where_a_wire_led_by_keys_goes(commanded: Open, flow: str) -> None:
    project = chain()
    for number, x in ((7, 300), (8, 600)):
        AddNode(MAIN, f"n{number}", f"act{number}", "ReLU", {}, (x, 320)).apply(project)
    canvas = commanded(turned(project, flow))
    canvas.selection.select(["n4"])
    QTest.keyClick(canvas, Key.Key_L, CONTROL)
    QTest.keyClick(canvas, Key.Key_Down)
    QTest.keyClick(canvas, Key.Key_Right)
    QTest.keyClick(canvas, Key.Key_Left)
    QTest.keyClick(canvas, Key.Key_Return)
    assert "flatten > act7" in wires(canvas)


def test_a_wire_led_by_keys_is_let_go_by_escape(commanded: Open) -> None:
    canvas = commanded(chain())
    canvas.selection.select(["n5"])
    QTest.keyClick(canvas, Key.Key_L, CONTROL)
    QTest.keyClick(canvas, Key.Key_Right)  # from its output to its input
    QTest.keyClick(canvas, Key.Key_Escape)
    assert not canvas.wiring.active
    assert not canvas.document.can_undo
    assert canvas.selection.nodes == {"n5"}


def fan(flow: str = DOWN) -> Project:
    """One source that feeds three, and a second source beside it."""
    project = Project()
    AddNode(MAIN, "s", "image", "Input", {"shape": [8]}, (0, 0)).apply(project)
    AddNode(MAIN, "r", "other", "Input", {"shape": [8]}, (300, 0)).apply(project)
    for number in range(3):
        AddNode(MAIN, f"t{number}", f"relu{number}", "ReLU", {}, (-300 + 300 * number, 200)).apply(project)
        Connect(MAIN, "s", "output", f"t{number}", "input").apply(project)
    return turned(project, flow)


@FLOWS
def test_all_wires_of_an_output_are_led_to_another(commanded: Open, flow: str) -> None:
    canvas = commanded(fan(flow))
    canvas.centre_on(QPointF(*in_flow(0, 100, flow)))
    drag(canvas, port(canvas, "image"), port(canvas, "other"), CONTROL)
    assert wires(canvas) == {f"other > relu{number}" for number in range(3)}
    assert canvas.document.undo_title == "Move 3 wires"
    canvas.document.undo()
    assert canvas.scene.network == fan(flow).main
    assert not canvas.document.can_undo
    drag(canvas, port(canvas, "image"), empty(canvas, 150, 100), CONTROL)
    assert not canvas.document.can_undo


def crooked(flow: str = "down") -> Project:
    """The chain, with layers a little off the line."""
    project = chain()
    Move(MAIN, {"n2": (24, 80), "n3": (-30, 144), "n4": (11, 240)}).apply(project)
    return turned(project, flow)


@FLOWS
def test_straighten_makes_the_wires_straight(commanded: Open, flow: str) -> None:
    canvas = commanded(crooked(flow))
    canvas.select_all()
    QTest.keyClick(canvas, Key.Key_T, CONTROL | SHIFT)
    ends = [canvas.scene.wires.ends[row].tolist() for row in canvas.scene.wires.rows.values()]
    assert all((x0 == x1) if flow == "down" else (y0 == y1) for x0, y0, x1, y1 in ends)
    assert canvas.document.undo_title == "Straighten"
    canvas.document.undo()
    assert canvas.scene.network == crooked(flow).main
    assert not canvas.document.can_undo


@FLOWS
@pytest.mark.parametrize(("side", "index"), [("left", 0), ("bottom", 3)])
def test_align_lines_a_side_up(commanded: Open, flow: str, side: str, index: int) -> None:
    canvas = commanded(crooked(flow))
    canvas.selection.select(["n2", "n3", "n4"])
    canvas.lining.align(side)
    assert len({canvas.scene.rect(node)[index] for node in ("n2", "n3", "n4")}) == 1
    assert canvas.document.undo_title == f"Align {side}"


@FLOWS
@pytest.mark.parametrize(("how", "low", "high"), [("centre", 0, 2), ("middle", 1, 3)])
def test_align_lines_middles_up(commanded: Open, flow: str, how: str, low: int, high: int) -> None:
    canvas = commanded(crooked(flow))
    canvas.selection.select(["n2", "n3", "n4"])
    canvas.lining.align(how)
    middles = {canvas.scene.rect(node)[low] + canvas.scene.rect(node)[high] for node in ("n2", "n3", "n4")}
    assert max(middles) - min(middles) < 1e-6


def test_distribute_leaves_equal_gaps(commanded: Open) -> None:
    canvas = commanded(crooked())
    canvas.selection.select(["n2", "n3", "n4", "n5"])
    canvas.lining.distribute("vertically")
    rects = [canvas.scene.rect(node) for node in ("n2", "n3", "n4", "n5")]
    gaps = [below[1] - above[3] for above, below in pairwise(rects)]
    assert max(gaps) - min(gaps) < 1e-6


@FLOWS
def test_shift_suspends_grid_and_guides_while_dragging(canvas: CanvasView) -> None:
    start, (x, y) = body(canvas, "fc"), canvas.scene.network.position("n5")
    drag(canvas, start, start + QPoint(5, 43), SHIFT)
    assert canvas.scene.network.position("n5") == (x + 5, y + 43)


def test_keys_held_while_the_hand_rests_are_answered_at_once(canvas: CanvasView) -> None:
    start = body(canvas, "fc")
    drag(canvas, start, start + QPoint(5, 43), release=False)
    assert canvas.scene.position("n5") != (5, 363)
    QTest.keyPress(canvas, Key.Key_Shift, SHIFT)
    assert canvas.scene.position("n5") == (5, 363)
    QTest.keyRelease(canvas, Key.Key_Shift)
    assert canvas.scene.position("n5") != (5, 363)
    QTest.keyClick(canvas, Key.Key_Escape)


@FLOWS
def test_guides_show_while_a_node_lines_up(canvas: CanvasView, flow: str) -> None:
    canvas.selection.select(["n5"])
    along, (x, y) = 0 if flow == RIGHT else 1, in_flow(0, 240, flow)
    start, off = body(canvas, "fc"), QPointF(*in_flow(0, 240, flow)) - QPointF(*in_flow(0, 320, flow))
    beside = start + off.toPoint() + (QPoint(3, 200) if flow == RIGHT else QPoint(303, 3))  # of flatten, 3 px off
    drag(canvas, start, beside, release=False)
    colour = canvas.theme.selection.ring.name()
    assert canvas.scene.rect("n5")[along] == canvas.scene.rect("n4")[along]
    line = canvas.camera.to_view(x + (0 if along == 0 else 150), y + (100 if along == 0 else 0)).toPoint()
    image = canvas.grab().toImage()
    assert colour in {image.pixelColor(line + QPoint(a, b)).name() for a in (-1, 0, 1) for b in (-1, 0, 1)}
    QTest.mouseRelease(canvas, LEFT, NONE, beside)
    assert canvas.scene.network.position("n5")[along] == canvas.scene.network.position("n4")[along]


@FLOWS
def test_bookmarks_are_set_gone_to_and_saved(commanded: Open, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.set_zoom(1.5)
    canvas.centre_on(QPointF(40, 200))
    QTest.keyClick(canvas, Key.Key_3, CONTROL | SHIFT)
    canvas.fit()
    QTest.keyClick(canvas, Key.Key_3, CONTROL | ALT)
    middle = canvas.camera.to_scene(canvas.rect().toRectF().center())
    assert canvas.zoom == pytest.approx(1.5)
    assert (middle - QPointF(40, 200)).manhattanLength() < 1
    assert "bookmarks" in canvas.scene.network.attributes


def test_a_bookmark_that_is_not_set_says_how_to_set_it(commanded: Open) -> None:
    canvas = commanded(chain())
    QTest.keyClick(canvas, Key.Key_7, CONTROL | ALT)
    assert canvas.card.refused is not None
    assert "Ctrl+Shift+7" in canvas.card.refused.reason


@FLOWS
@pytest.mark.parametrize(("text", "node"), [("flat", "n4"), ("conv2d", "n2"), ("error", "n5"), ("RELU", "n3")])
def test_find_goes_to_a_layer_by_name_kind_or_problem(commanded: Open, text: str, node: str, flow: str) -> None:
    canvas = commanded(chain(flow))
    canvas.set_zoom(3.0)
    canvas.centre_on(QPointF(2000, 2000))
    QTest.keyClick(canvas, Key.Key_F, CONTROL)
    popup = canvas.finder.popup
    assert popup.isVisible()
    QTest.keyClicks(popup.field, text)
    QTest.keyClick(popup.field, Key.Key_Return)
    assert canvas.selection.current == node
    left, top, right, bottom = canvas.scene.rect(node)
    assert canvas.rect().contains(canvas.camera.to_view((left + right) / 2, (top + bottom) / 2).toPoint())
    assert canvas.hasFocus()
    assert not canvas.document.can_undo


@FLOWS
def test_f8_steps_through_the_problems(commanded: Open, flow: str) -> None:
    canvas = commanded(turned(with_block(), flow))
    seen = []
    for _ in range(3):
        QTest.keyClick(canvas, Key.Key_F8)
        seen.append(canvas.selection.current)
    assert len(set(seen)) > 1
    assert None not in seen
    QTest.keyClick(canvas, Key.Key_F8, SHIFT)
    assert canvas.selection.current == seen[1]


def test_a_wire_into_a_block_is_judged_by_the_layers_inside(commanded: Open) -> None:
    project = with_block()
    AddNode("inner", "i4", "head", "Linear", {"out_features": 3}, (0, 90)).apply(project)
    for wire in list(project.networks["inner"].wires()):
        if wire.target == "i3":
            project.networks["inner"].graph.remove_edge(wire.source, wire.target, wire.key)
    Connect("inner", "i2", "output", "i4", "input").apply(project)
    Connect("inner", "i4", "output", "i3", "input").apply(project)
    canvas = commanded(project)
    drag(canvas, port(canvas, "relu"), port(canvas, "stage", "input"))
    assert canvas.card.refused is not None
    assert "head" in canvas.card.refused.reason
    assert "relu > stage" not in wires(canvas)
    drag(canvas, port(canvas, "flatten"), port(canvas, "stage", "input"))
    assert "flatten > stage" in wires(canvas)


@FLOWS
def test_pinned_layers_stay_when_the_drawing_is_tidied(commanded: Open, flow: str) -> None:
    canvas = commanded(crooked(flow))
    canvas.selection.select(["n3"])
    plain = canvas.scene.nodes.revision(canvas.scene.nodes.rows["n3"])
    QTest.keyClick(canvas, Key.Key_P, CONTROL | ALT)
    assert canvas.scene.nodes.revision(canvas.scene.nodes.rows["n3"]) != plain
    canvas.selection.select()
    QTest.keyClick(canvas, Key.Key_L, CONTROL | SHIFT)
    assert canvas.scene.network.position("n3") == crooked(flow).main.position("n3")
    assert canvas.scene.network.position("n2") != crooked(flow).main.position("n2")
    canvas.selection.select(["n3"])
    QTest.keyClick(canvas, Key.Key_P, CONTROL | ALT)
    assert "pinned" not in canvas.scene.network["n3"]
