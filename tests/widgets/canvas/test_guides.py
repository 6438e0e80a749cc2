"""Straight by default: guides while a node is dragged, exact landing, whichever way the network runs."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from graphs.edits import AddNode, Connect
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS
from tests.widgets.canvas.hands import LEFT, NONE, body, drag
from widgets.canvas.view import CanvasView

SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[[Project], CanvasView]


def pair(flow: str) -> Project:
    """Two inputs that feed a layer of two ports, off the line of either."""
    project = Project()
    project.main.graph.graph.update({"flow": flow} if flow != "down" else {})

    def place(along: float, across: float) -> tuple[float, float]:
        return (across, along) if flow == "down" else (along, across)

    AddNode(MAIN, "a", "left", "Input", {"shape": [8]}, place(0, -160)).apply(project)
    AddNode(MAIN, "b", "right", "Input", {"shape": [6]}, place(0, 160)).apply(project)
    AddNode(MAIN, "c", "both", "Bilinear", {"out_features": 4}, place(300, 8)).apply(project)
    Connect(MAIN, "a", "output", "c", "input1").apply(project)
    Connect(MAIN, "b", "output", "c", "input2").apply(project)
    return project


def across(view: CanvasView, name: str, port: str, *, output: bool) -> float:
    """Where a port is across the flow."""
    node = view.scene.network.find(name)
    assert node is not None
    place = view.scene.nodes.port(view.scene.nodes.rows[node], port, output=output)
    return place[0 if view.scene.flow == "down" else 1]


def aim(view: CanvasView, off: float) -> tuple[QPoint, QPoint]:
    """Where the two-port layer is taken, and where it is brought so that its second wire is `off` px from straight."""
    way = across(view, "right", "output", output=True) - across(view, "both", "input2", output=False)
    pixels = round(way * view.zoom + off)
    start = body(view, "both")
    return start, start + (QPoint(pixels, 21) if view.scene.flow == "down" else QPoint(21, pixels))


@FLOWS
@pytest.mark.parametrize("zoom", [0.6, 1.7])
@pytest.mark.parametrize("off", [-5, 3, 5])
def test_within_six_pixels_the_wire_becomes_exactly_straight(
    open_canvas: Open, flow: str, zoom: float, off: int
) -> None:
    view = open_canvas(pair(flow))
    view.fit()
    view.zoom_by(zoom / view.zoom)
    start, end = aim(view, off)
    drag(view, start, end)
    assert across(view, "both", "input2", output=False) == across(view, "right", "output", output=True)
    row = next(row for wire, row in view.scene.wires.rows.items() if wire.source == "b")
    x0, y0, x1, y1 = view.scene.wires.ends[row].tolist()
    assert (x0 == x1) if flow == "down" else (y0 == y1)
    assert view.document.undo_title == "Move"
    view.document.undo()
    assert view.scene.network == pair(flow).main


@FLOWS
def test_a_guide_runs_along_the_wire_that_becomes_straight(open_canvas: Open, flow: str) -> None:
    view = open_canvas(pair(flow))
    view.fit()
    start, end = aim(view, 4)
    drag(view, start, end, release=False)
    line = across(view, "right", "output", output=True)
    left, top, right, bottom = view.scene.rect("c")
    inside = (line, (top + bottom) / 2 + 9) if flow == "down" else ((left + right) / 2 + 9, line)
    at = view.camera.to_view(*inside).toPoint()
    image, colour = view.grab().toImage(), view.theme.selection.ring.name()
    around = {image.pixelColor(at + QPoint(x, y)).name() for x in (-1, 0, 1) for y in (-1, 0, 1)}
    assert colour in around
    QTest.mouseRelease(view, LEFT, NONE, end)


@FLOWS
def test_shift_leaves_it_where_the_hand_is(open_canvas: Open, flow: str) -> None:
    view = open_canvas(pair(flow))
    view.fit()
    start, end = aim(view, 4)
    drag(view, start, end, SHIFT)
    assert across(view, "both", "input2", output=False) != across(view, "right", "output", output=True)
