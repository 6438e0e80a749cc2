"""The knife: Ctrl and Shift held, a line across wires cuts them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from graphs.edits import AddNode, Connect
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import DOWN, FLOWS, chain, turned
from tests.widgets.canvas.hands import body, drag, empty
from widgets.canvas.view import CanvasView

KNIFE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def fan(flow: str = DOWN) -> Project:
    """One source with five followers side by side."""
    project = Project()
    AddNode(MAIN, "s", "image", "Input", {"shape": [8]}, (0, 0)).apply(project)
    for number in range(5):
        AddNode(MAIN, f"t{number}", f"relu{number}", "ReLU", {}, (-600 + 300 * number, 300)).apply(project)
        Connect(MAIN, "s", "output", f"t{number}", "input").apply(project)
    return turned(project, flow)


def crossing(canvas: CanvasView, first: int, last: int) -> tuple[QPoint, QPoint]:
    """A stroke close before the followers, from beside the first to beside the last."""
    return empty(canvas, -640 + 300 * first, 284), empty(canvas, -560 + 300 * last, 284)


@FLOWS
@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 3), (0, 4)])
def test_exactly_the_crossed_wires_go_as_one_step(
    open_canvas: Callable[[Project], CanvasView], flow: str, first: int, last: int
) -> None:
    canvas = open_canvas(fan(flow))
    canvas.fit()
    drag(canvas, *crossing(canvas, first, last), KNIFE)
    left = {wire.target for wire in canvas.scene.network.wires()}
    assert left == {f"t{number}" for number in range(5) if not first <= number <= last}
    canvas.document.undo()
    assert canvas.scene.network == fan(flow).main
    assert not canvas.document.can_undo


def test_crossed_wires_turn_red_before_the_release_and_escape_spares_them(
    open_canvas: Callable[[Project], CanvasView],
) -> None:
    canvas = open_canvas(fan())
    canvas.fit()
    drag(canvas, *crossing(canvas, 0, 1), KNIFE, release=False)
    rows = canvas.scene.wires.rows
    crossed = {wire.target for wire, row in rows.items() if row in canvas.standing.cut_wires}
    assert crossed == {"t0", "t1"}
    x1, y1 = canvas.scene.wires.ends[min(canvas.standing.cut_wires), 2:].tolist()
    image, error = canvas.grab().toImage(), canvas.theme.status.error
    near = canvas.camera.to_view(x1, y1).toPoint()
    around = {image.pixelColor(near + QPoint(x, y)).name() for x in range(-3, 4) for y in range(-9, -4)}
    assert error.name() in around
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.standing.cut_wires
    assert not canvas.document.can_undo


def test_the_stroke_may_begin_on_a_layer_and_a_click_there_selects(
    open_canvas: Callable[[Project], CanvasView],
) -> None:
    canvas = open_canvas(chain())
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, KNIFE, body(canvas, "conv"))
    assert canvas.selection.nodes == {"n2"}
    drag(canvas, body(canvas, "conv"), empty(canvas, 100, 204), KNIFE)
    assert {(w.source, w.target) for w in canvas.scene.network.wires()} == {("n1", "n2"), ("n3", "n4")}
    assert canvas.document.undo_title == "Cut wire"


def test_a_stroke_over_nothing_is_no_step(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(chain())
    drag(canvas, empty(canvas, 200, 100), empty(canvas, 300, 200), KNIFE)
    assert not canvas.document.can_undo
