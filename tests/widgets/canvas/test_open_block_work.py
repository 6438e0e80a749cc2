"""Working in a block that stands open on the canvas: its layers are picked, moved, wired and edited in their place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from graphs import files
from graphs.edits import AddNode, SetParameters
from graphs.project import Project
from tests.widgets.canvas.drawings import FLOWS
from tests.widgets.canvas.hands import drag, drop_layer, wheel
from tests.widgets.canvas.test_open_blocks import drawn, inner_place, opened
from widgets.canvas import states
from widgets.canvas.stage import Stage
from widgets.canvas.view import CanvasView

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
Open = Callable[[Project], CanvasView]


def inner(canvas: CanvasView, block: str) -> Stage:
    """The stage in an open block."""
    stage = canvas.root.within(block)
    assert stage is not None
    return stage


def named(canvas: CanvasView, block: str, name: str) -> str:
    """The layer called `name` in an open block."""
    node = inner(canvas, block).scene.network.find(name)
    assert node is not None
    return node


def place(canvas: CanvasView, block: str, name: str) -> QPoint:
    """Where the middle of a layer of an open block is in the view."""
    return inner_place(canvas, block, named(canvas, block, name))


def port(canvas: CanvasView, block: str, name: str, port_name: str, *, output: bool) -> QPoint:
    """Where a port of a layer of an open block is in the view."""
    stage = inner(canvas, block)
    row = stage.scene.nodes.rows[named(canvas, block, name)]
    return stage.lens.to_view(*stage.scene.nodes.port(row, port_name, output=output)).toPoint()


@pytest.fixture
def at_work(commanded: Open, flow: str) -> tuple[CanvasView, str]:
    """A canvas with an open block on view in a flow, and that block."""
    canvas, block = opened(commanded, drawn(flow))
    canvas.fit_selection()
    canvas.set_zoom(0.9)
    canvas.selection.select()
    return canvas, block


@FLOWS
def test_a_click_selects_a_layer_in_an_open_block_and_leaves_the_view(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    before = canvas.grab().toImage()
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "conv1"))
    selection = canvas.selection
    assert selection.nodes == {named(canvas, block, "conv1")}
    assert (selection.on_view, selection.path) == (("main", ()), (block,))
    assert selection.network == inner(canvas, block).scene.name
    assert canvas.grab().toImage() != before  # the ring
    head = canvas.camera.to_view(*canvas.scene.rect(block)[:2]).toPoint() + QPoint(40, 10)
    QTest.mouseClick(canvas, LEFT, pos=head)
    assert (selection.path, selection.nodes) == ((), {block})
    assert not inner(canvas, block).standing.selected


@FLOWS
def test_a_layer_in_an_open_block_is_moved_by_hand_as_one_step(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    start = files.dumps(canvas.document.project)
    node, at = named(canvas, block, "relu1"), place(canvas, block, "relu1")
    x, y = inner(canvas, block).scene.network.position(node)
    drag(canvas, at, at + QPoint(36, 36), ALT | Qt.KeyboardModifier.ShiftModifier)
    assert canvas.document.undo_title.startswith("Move")
    assert inner(canvas, block).scene.network.position(node) == pytest.approx((x + 40, y + 40))
    assert canvas.selection.nodes == {node}
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == start


def ground(canvas: CanvasView, block: str) -> tuple[QPoint, QPoint]:
    """The first and the last corner of the ground of an open block in the view, free of layers."""
    left, top, right, bottom = canvas.scene.rect(block)
    first, last = canvas.camera.to_view(left + 6, top + 36), canvas.camera.to_view(right - 6, bottom - 6)
    return first.toPoint(), last.toPoint()


@FLOWS
def test_a_box_drawn_on_the_ground_of_an_open_block_selects_its_layers(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    start = files.dumps(canvas.document.project)
    stage, (first, last) = inner(canvas, block), ground(canvas, block)
    drag(canvas, first, last)
    assert (canvas.selection.path, canvas.selection.nodes) == ((block,), frozenset(stage.scene.nodes))
    assert files.dumps(canvas.document.project) == start
    conv = named(canvas, block, "conv1")
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "conv1"))
    drag(canvas, last, last - QPoint(20, 1), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.selection.nodes == {conv}
    drag(canvas, last, place(canvas, block, "y"), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.selection.nodes == {conv, named(canvas, block, "y")}


@FLOWS
def test_a_click_on_the_ground_of_an_open_block_selects_it_and_with_shift_adds_it(
    at_work: tuple[CanvasView, str],
) -> None:
    canvas, block = at_work
    first, _ = ground(canvas, block)
    QTest.mouseClick(canvas, LEFT, pos=first)
    assert (canvas.selection.path, canvas.selection.nodes) == ((), {block})
    other = next(node for node in canvas.scene.nodes if node != block)
    canvas.selection.select([other])
    QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, first)
    assert (canvas.selection.path, canvas.selection.nodes) == ((), {block, other})


@FLOWS
def test_an_open_block_is_moved_by_its_head(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    x, y = canvas.scene.network.position(block)
    head = canvas.camera.to_view(*canvas.scene.rect(block)[:2]).toPoint() + QPoint(60, 10)
    drag(canvas, head, head + QPoint(36, 36), ALT | Qt.KeyboardModifier.ShiftModifier)
    assert canvas.scene.network.position(block) == pytest.approx((x + 40, y + 40))
    assert (canvas.selection.path, canvas.selection.nodes) == ((), {block})


@FLOWS
def test_the_wheel_turns_while_a_layer_of_an_open_block_is_in_hand(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    node, at = named(canvas, block, "relu1"), place(canvas, block, "relu1")
    drag(canvas, at, at + QPoint(30, 0), release=False)
    wheel(canvas, at + QPoint(30, 0), -2)
    left, top, right, bottom = inner(canvas, block).scene.rect(node)
    under = inner(canvas, block).lens.to_scene((at + QPoint(30, 0)).toPointF())
    assert left <= under.x() <= right
    assert top <= under.y() <= bottom
    canvas.pointer.cancel()


@FLOWS
def test_layers_of_an_open_block_are_wired_cut_renamed_copied_and_deleted(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    start = files.dumps(canvas.document.project)
    network = inner(canvas, block).scene.network
    relu, bn = named(canvas, block, "relu1"), named(canvas, block, "bn2")
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "conv2"))
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert network.find("conv2") is None
    assert not network.wires_into(bn)
    drag(
        canvas,
        port(canvas, block, "relu1", "output", output=True),
        port(canvas, block, "bn2", "input", output=False),
    )
    assert [wire.source for wire in network.wires_into(bn)] == [relu]
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "bn2"))
    QTest.keyClick(canvas, Qt.Key.Key_D, CONTROL)
    assert network.find("bn2_2") or network.find("bn3")
    assert canvas.selection.nodes.isdisjoint({bn})
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "bn2"))
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    field = canvas.name_field
    assert field.isVisible()
    assert field.geometry().intersects(canvas.rect())
    QTest.keyClicks(field, "norm")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert network.name(bn) == "norm"
    while canvas.document.can_undo and files.dumps(canvas.document.project) != start:
        canvas.document.undo()
    assert files.dumps(canvas.document.project) == start


@FLOWS
def test_enter_shows_the_network_of_an_open_block_with_the_layer_selected(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    conv = named(canvas, block, "conv1")
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "conv1"))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.selection.on_view[1] == (block,)
    assert canvas.selection.nodes == {conv}
    QTest.keyClick(canvas, Qt.Key.Key_Up, ALT)
    assert canvas.selection.on_view[1] == ()
    assert canvas.selection.nodes == {block}


@FLOWS
def test_the_keyboard_goes_into_an_open_block_along_its_wires_and_out(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    canvas.focus_node(block)
    QTest.keyClick(canvas, Qt.Key.Key_Down, ALT)
    stage = canvas.stage
    assert stage.blocks == (block,)
    assert canvas.selection.current == stage.scene.report.order[0]  # type: ignore[union-attr]
    onward = Qt.Key.Key_Down if canvas.scene.flow == "down" else Qt.Key.Key_Right
    QTest.keyClick(canvas, onward)
    assert stage.scene.network.name(str(canvas.selection.current)) in {"conv1", "add"}
    canvas.grab()
    assert canvas.stage.standing.focused is not None
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert (canvas.selection.path, canvas.selection.nodes) == ((block,), frozenset())
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert (canvas.selection.path, canvas.selection.nodes) == ((), {block})


@FLOWS
def test_f8_goes_to_a_problem_of_a_layer_where_its_block_stands_open(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    node = named(canvas, block, "conv2")
    canvas.document.perform(SetParameters(inner(canvas, block).scene.name, node, {"groups": 7}))
    canvas.selection.show()
    canvas.centre_on(QPointF(5000, 5000))
    QTest.keyClick(canvas, Qt.Key.Key_F8)
    assert (canvas.selection.on_view, canvas.selection.path) == (("main", ()), (block,))
    assert canvas.selection.nodes == {node}
    assert canvas.rect().contains(place(canvas, block, "conv2"))


@FLOWS
def test_find_goes_to_a_layer_of_an_open_block(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    canvas.centre_on(QPointF(5000, 5000))
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(canvas.finder.popup.field, "conv2")
    QTest.keyClick(canvas.finder.popup.field, Qt.Key.Key_Return)
    assert (canvas.selection.on_view, canvas.selection.path) == (("main", ()), (block,))
    assert canvas.selection.nodes == {named(canvas, block, "conv2")}
    assert canvas.rect().contains(place(canvas, block, "conv2"))


@FLOWS
def test_what_is_dropped_on_an_open_block_goes_into_it(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    left, _, _, bottom = canvas.scene.rect(block)
    free = canvas.camera.to_view(left + 8, bottom - 8).toPoint()
    count = len(inner(canvas, block).scene.network)
    drop_layer(canvas, "GELU", free)
    assert len(inner(canvas, block).scene.network) == count + 1
    assert canvas.selection.path == (block,)
    canvas.document.undo()
    assert len(inner(canvas, block).scene.network) == count


def test_closing_the_block_by_undo_selects_it(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    QTest.mouseClick(canvas, LEFT, pos=place(canvas, block, "conv1"))
    canvas.document.undo()
    assert not canvas.scene.insides
    assert (canvas.selection.path, canvas.selection.nodes) == ((), {block})


@FLOWS
def test_each_layer_of_an_open_block_shows_its_heat(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    spot = place(canvas, block, "conv1") + QPoint(25, 0)
    plain = canvas.grab().toImage()
    heat = canvas.structure.heat
    heat.show_mode("macs")
    tinted = canvas.grab().toImage()
    assert tinted.pixelColor(spot) != plain.pixelColor(spot)
    conv, relu = (heat.step(named(canvas, block, name), (block,)) for name in ("conv1", "relu1"))
    assert heat.step(block) >= conv > relu


@FLOWS
def test_a_trace_goes_through_an_open_block(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    network = inner(canvas, block).scene.network.name
    QTest.mouseMove(canvas, QPoint(2, 2))
    QTest.mouseMove(canvas, place(canvas, block, "bn1"))
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    stage = inner(canvas, block)
    assert stage.standing.traced is not None
    bright = {network(stage.scene.nodes.ids[row]) for row in stage.standing.traced}
    assert {"conv1", "bn1", "relu1", "add"} <= bright
    assert canvas.standing.traced is not None
    assert canvas.scene.nodes.rows[block] in canvas.standing.traced
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)
    assert inner(canvas, block).standing.traced is None


def test_a_trace_from_a_layer_outside_dims_what_it_does_not_reach_inside(commanded: Open) -> None:
    canvas, block = opened(commanded)
    name = inner(canvas, block).scene.name
    canvas.document.perform(AddNode(name, "alone", "alone", "ReLU", {}, (400, 0)))
    first = canvas.scene.report.order[0]  # type: ignore[union-attr]
    canvas.focus_node(first)
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    stage = inner(canvas, block)
    traced = stage.standing.traced
    assert traced is not None
    assert stage.scene.nodes.rows["alone"] not in traced
    assert stage.scene.nodes.rows[named(canvas, block, "conv1")] in traced
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)


@FLOWS
def test_a_problem_of_a_layer_in_an_open_block_is_marked_on_that_layer(at_work: tuple[CanvasView, str]) -> None:
    canvas, block = at_work
    node = named(canvas, block, "conv2")
    canvas.document.perform(SetParameters(inner(canvas, block).scene.name, node, {"groups": 7}))
    stage = inner(canvas, block)
    assert stage.scene.nodes.problems[stage.scene.nodes.rows[node]] == states.ERROR
    _, top, right, _ = stage.scene.rect(node)
    spot = stage.lens.to_view(right, top).toPoint()
    image, red = canvas.grab().toImage(), canvas.theme.status.error
    assert red.name() in {image.pixelColor(spot + QPoint(x, y)).name() for x in range(-7, 8) for y in range(-7, 8)}
