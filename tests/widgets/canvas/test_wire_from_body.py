"""Wires that begin anywhere on a layer, with Ctrl held: where ports are too small to be taken, and everywhere else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from graphs.edits import AddNode
from graphs.project import MAIN
from tests.widgets.canvas.drawings import FLOWS
from tests.widgets.canvas.hands import drag
from tests.widgets.canvas.test_gestures import CONTROL, wires
from widgets.canvas.view import CanvasView


@FLOWS
@pytest.mark.parametrize("zoom", [0.15, 0.3, 1.0])
def test_with_ctrl_a_wire_begins_anywhere_on_a_node_at_every_zoom(canvas: CanvasView, zoom: float) -> None:
    canvas.set_zoom(zoom)
    canvas.reveal("n4")
    before = canvas.scene.position("n4")
    left, top, right, bottom = canvas.scene.rect("n5")
    end = canvas.camera.to_view((left + right) / 2, (top + bottom) / 2).toPoint()
    drag(canvas, middle(canvas, "n4"), end, CONTROL)
    assert "flatten > fc" in wires(canvas)
    assert canvas.scene.position("n4") == before
    canvas.document.undo()
    assert not canvas.document.can_undo
    drag(canvas, middle(canvas, "n4"), middle(canvas, "n4") + QPoint(90, 60))
    assert canvas.document.undo_title.startswith("Move")


def middle(view: CanvasView, node: str) -> QPoint:
    """The middle of a node in the view."""
    left, top, right, bottom = view.scene.rect(node)
    return view.camera.to_view((left + right) / 2, (top + bottom) / 2).toPoint()


@FLOWS
def test_from_afar_a_layer_says_how_a_wire_begins_and_ctrl_click_still_toggles(canvas: CanvasView) -> None:
    hints: list[str] = []
    canvas.status_hint.connect(hints.append)
    canvas.set_zoom(0.3)
    QTest.mouseMove(canvas, QPoint(2, 2))
    QTest.mouseMove(canvas, middle(canvas, "n4"))
    assert "Ctrl" in hints[-1]
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert hints[-1] == ""
    for chosen in ({"n4"}, set[str]()):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, CONTROL, middle(canvas, "n4"))
        assert canvas.selection.nodes == chosen


def test_with_ctrl_an_objective_is_wired_from_its_free_input(canvas: CanvasView) -> None:
    canvas.document.perform(AddNode(MAIN, "n9", "classes", "Classification", {}, (0, 420)))
    canvas.fit()
    drag(canvas, middle(canvas, "n9"), middle(canvas, "n5"), CONTROL)
    assert "fc > classes" in wires(canvas)
