"""What a hand does on the canvas, through real mouse, wheel and drag events."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphs.edits import AddNode, Connect
from graphs.project import MAIN
from tests.widgets.canvas.drawings import FLOWS, RIGHT, chain, in_flow
from tests.widgets.canvas.hands import body, carry_layer, drag, drop_layer, empty, move, port, wheel
from widgets.canvas.view import CanvasView

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def wires(view: CanvasView) -> set[str]:
    """All wires as `source > target`."""
    network = view.scene.network
    return {f"{network.name(w.source)} > {network.name(w.target)}" for w in network.wires()}


@FLOWS
def test_a_wire_is_drawn_from_an_output_to_an_input(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten"), port(canvas, "fc", "input"))
    assert "flatten > fc" in wires(canvas)
    canvas.document.undo()
    assert "flatten > fc" not in wires(canvas)


@FLOWS
def test_a_wire_is_drawn_from_an_input_to_an_output(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "fc", "input"), port(canvas, "flatten"))
    assert "flatten > fc" in wires(canvas)


@FLOWS
@pytest.mark.parametrize("zoom", [0.75, 2.5])
def test_a_wire_snaps_to_a_port_within_twenty_pixels(canvas: CanvasView, zoom: float) -> None:
    canvas.set_zoom(zoom)
    canvas.reveal("n4")
    drag(canvas, port(canvas, "flatten"), port(canvas, "fc", "input") + QPoint(15, -10))
    assert "flatten > fc" in wires(canvas)


@FLOWS
@pytest.mark.parametrize("zoom", [0.4, 0.65])
def test_a_wire_is_drawn_where_nodes_are_too_small_for_glyphs(canvas: CanvasView, zoom: float) -> None:
    canvas.set_zoom(zoom)
    canvas.reveal("n4")
    QTest.mouseMove(canvas, body(canvas, "flatten"))
    image, place = canvas.grab().toImage(), port(canvas, "flatten")
    glyph = {image.pixelColor(place + QPoint(x, y)).name() for x in (3, 4) for y in (-1, 0, 1)}
    assert canvas.theme.wire["vector"].name() in glyph  # at its full size, though the node is drawn without
    drag(canvas, port(canvas, "flatten"), port(canvas, "fc", "input") + QPoint(9, 3))
    assert "flatten > fc" in wires(canvas)


@FLOWS
@pytest.mark.parametrize("zoom", [0.3, 1.0, 3.0])
def test_ports_show_from_the_start_whether_they_fit_at_every_zoom(canvas: CanvasView, zoom: float) -> None:
    start = port(canvas, "flatten")
    drag(canvas, start, start + QPoint(9, 3), release=False)
    canvas.zoom_about(zoom, QPointF(empty(canvas, 0, 290)))
    image, fits = canvas.grab().toImage(), canvas.style_of_canvas.fits.color().name()

    def ringed(name: str) -> bool:
        place, reach = port(canvas, name, "input"), 11 if zoom < 2 else 32
        around = image.copy(place.x() - reach, place.y() - reach, 2 * reach + 1, 2 * reach + 1)
        return fits in {around.pixelColor(x, y).name() for x in range(around.width()) for y in range(around.height())}

    assert ringed("fc")
    assert not canvas.rect().contains(port(canvas, "conv", "input")) or not ringed("conv")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


@FLOWS
def test_a_wire_let_go_on_a_body_ends_at_its_only_fitting_port(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten"), body(canvas, "fc"))
    assert "flatten > fc" in wires(canvas)


@FLOWS
def test_over_a_body_the_wire_ends_there_however_near_the_port_of_the_next_layer_is(canvas: CanvasView) -> None:
    across = canvas.scene.flow != RIGHT
    place = in_flow(300, 300, canvas.scene.flow)
    for node in ("n8", "n9"):
        canvas.document.perform(AddNode(MAIN, node, node, "ReLU", {}, place))
        end = canvas.scene.rect("n8")[across + 2] + 8
        place = (300, end) if across else (end, 300)
    drag(canvas, port(canvas, "flatten"), port(canvas, "n8") - (QPoint(0, 4) if across else QPoint(4, 0)))
    assert "flatten > n8" in wires(canvas)


@FLOWS
def test_a_port_that_fits_is_preferred_to_a_nearer_one_that_does_not(canvas: CanvasView) -> None:
    canvas.document.perform(AddNode(MAIN, "n8", "both", "Bilinear", {}, in_flow(300, 320, canvas.scene.flow)))
    canvas.document.perform(Connect(MAIN, "n4", "output", "n8", "input1"))
    start = port(canvas, "flatten")
    drag(canvas, start, start + QPoint(20, 20), release=False)
    canvas.zoom_about(0.4, start.toPointF())
    taken = port(canvas, "both", "input1")
    along, across = (QPoint(1, 0), QPoint(0, 1)) if canvas.scene.flow == RIGHT else (QPoint(0, 1), QPoint(1, 0))
    gap = QPoint.dotProduct(port(canvas, "both", "input2") - taken, across)
    at = taken + round(0.4 * gap) * across - 3 * along  # nearer to the one that is taken already
    move(canvas, at, NONE)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, at)
    assert "flatten > both" in wires(canvas)
    assert len(canvas.scene.network.wires_into("n8")) == 2


@FLOWS
def test_a_port_refuses_in_words_and_offers_a_bridge_on_enter(canvas: CanvasView) -> None:
    before = canvas.document.can_undo
    drag(canvas, port(canvas, "relu"), port(canvas, "fc", "input"))
    refused = canvas.card.refused
    assert refused is not None
    assert "wants flat features" in refused.title
    assert "16×8×8" in refused.reason
    assert canvas.document.can_undo == before
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert {"relu > flatten1", "flatten1 > fc"} <= wires(canvas)
    canvas.document.undo()
    assert "relu > fc" not in wires(canvas)
    assert canvas.document.can_undo == before


def joining(canvas: CanvasView) -> None:
    """Put a Concat beside the chain, fed by the image."""
    canvas.document.perform(AddNode(MAIN, "n8", "join", "Concat", {}, in_flow(300, 300, canvas.scene.flow)))
    canvas.document.perform(Connect(MAIN, "n1", "output", "n8", "inputs.0"))


def test_a_body_that_takes_many_wires_refuses_for_their_shapes(canvas: CanvasView) -> None:
    joining(canvas)
    drag(canvas, port(canvas, "flatten"), body(canvas, "join"))
    assert canvas.card.refused is not None
    assert "cannot join" in canvas.card.refused.title
    assert "Join with Concat" not in [fix.title for fix in canvas.card.bridges]


@FLOWS
def test_a_wire_in_hand_ends_at_the_free_place_of_a_body_that_takes_many(canvas: CanvasView) -> None:
    joining(canvas)
    drag(canvas, port(canvas, "conv"), body(canvas, "join"), release=False)
    first = port(canvas, "join", "inputs.0")
    along, across = (QPoint(1, 0), QPoint(0, 1)) if canvas.scene.flow == RIGHT else (QPoint(0, 1), QPoint(1, 0))
    free, image = first + 20 * across, canvas.grab().toImage()
    around = {image.pixelColor(free + QPoint(x, y)).name() for x in range(-12, 13) for y in range(-12, 13)}
    assert canvas.style_of_canvas.fits.color().name() in around
    above = {image.pixelColor(free - 14 * along + x * across).name() for x in range(-4, 5)}
    assert canvas.style_of_canvas.hand["map"].color().name() in above
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, body(canvas, "join"))
    assert port(canvas, "join", "inputs.1") == free


def test_a_refusal_is_forgotten_once_the_drawing_is_another_one(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "relu"), port(canvas, "fc", "input"))
    assert canvas.card.refused is not None
    canvas.document.perform(AddNode(MAIN, "n8", "late", "ReLU", {}, (300, 300)))
    assert canvas.card.refused is None


@FLOWS
def test_a_second_wire_into_a_port_may_replace_the_first(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "image"), port(canvas, "relu", "input"))
    assert canvas.card.refused is not None
    assert [fix.title for fix in canvas.card.bridges] == ["Join with Concat", "Replace wire"]
    QTest.keyClick(canvas, Qt.Key.Key_R)
    assert "image > relu" in wires(canvas)
    assert "conv > relu" not in wires(canvas)


def test_a_circle_is_refused(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten"), port(canvas, "conv", "input"))
    assert canvas.card.refused is not None
    assert "cannot feed itself" in canvas.card.refused.title
    assert not canvas.document.can_undo


def test_the_end_of_a_wire_is_led_to_another_port(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten", "input"), port(canvas, "fc", "input"))
    refused = canvas.card.refused
    assert refused is not None  # relu gives an image, and fc wants features: the wire stays where it was
    assert "relu > flatten" in wires(canvas)


@FLOWS
def test_the_end_of_a_wire_let_go_over_nothing_cuts_it(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten", "input"), empty(canvas, 250, 230))
    assert "relu > flatten" not in wires(canvas)
    assert canvas.document.undo_title == "Disconnect"


def test_escape_lets_go_of_a_wire_with_nothing_changed(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten"), port(canvas, "fc", "input"), release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, port(canvas, "fc", "input"))
    assert not canvas.document.can_undo


@FLOWS
def test_a_wire_over_nothing_offers_what_takes_it_and_connects_the_choice(canvas: CanvasView) -> None:
    drag(canvas, port(canvas, "flatten"), empty(canvas, 250, 330))
    popup = canvas.adding.popup
    assert popup.isVisible()
    titles = {what.title for what in popup.found}
    assert "Linear" in titles
    assert "Conv2d" not in titles
    QTest.keyClicks(popup.field, "lin")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert any(wire.startswith("flatten > fc") for wire in wires(canvas))
    assert canvas.hasFocus()
    canvas.document.undo()
    assert not canvas.document.can_undo
    assert len(canvas.scene.nodes) == 5


@FLOWS
def test_nodes_move_on_the_grid_as_one_step(canvas: CanvasView) -> None:
    before = chain(canvas.scene.flow).main
    canvas.selection.select(["n4", "n5"])
    start = body(canvas, "fc")
    drag(canvas, start, start + QPoint(173, 61))
    network = canvas.scene.network
    apart = [b - a for a, b in zip(network.position("n4"), network.position("n5"), strict=True)]
    assert apart == [b - a for a, b in zip(before.position("n4"), before.position("n5"), strict=True)]
    assert all(place % 8 == 0 for place in network.position("n5"))
    assert all(now > then for now, then in zip(network.position("n4"), before.position("n4"), strict=True))
    canvas.document.undo()
    assert network == before
    assert not canvas.document.can_undo


@FLOWS
def test_a_node_falls_into_line_so_that_its_wire_is_straight(canvas: CanvasView) -> None:
    start = body(canvas, "flatten")
    right = canvas.scene.flow == RIGHT
    drag(canvas, start, start + (QPoint(40, 5) if right else QPoint(5, 40)))
    assert canvas.scene.network.position("n4")[right] == 0
    assert canvas.document.can_undo


def test_three_pixels_are_a_click(canvas: CanvasView) -> None:
    start = body(canvas, "relu")
    drag(canvas, start, start + QPoint(2, 1))
    assert not canvas.document.can_undo
    assert canvas.selection.nodes == {"n3"}


@FLOWS
def test_a_box_selects_what_it_touches(canvas: CanvasView) -> None:
    drag(canvas, empty(canvas, -150, 60), empty(canvas, 150, 150))
    assert canvas.selection.nodes == {"n2", "n3"}
    drag(canvas, empty(canvas, -150, 230), empty(canvas, 150, 250), SHIFT)
    assert canvas.selection.nodes == {"n2", "n3", "n4"}
    drag(canvas, empty(canvas, -150, 138), empty(canvas, 150, 150), CONTROL)
    assert canvas.selection.nodes == {"n2", "n4"}
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, NONE, empty(canvas, 300, 100))
    assert canvas.selection.nodes == frozenset()


def test_panning_over_nodes_changes_nothing(canvas: CanvasView) -> None:
    start, before = body(canvas, "conv"), canvas.camera.to_scene(QPoint(0, 0).toPointF())
    drag(canvas, start, start + QPoint(80, 40), button=Qt.MouseButton.MiddleButton)
    after = canvas.camera.to_scene(QPoint(0, 0).toPointF())
    assert (before - after).toPoint() == QPoint(80, 40)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, start, start + QPoint(-80, -40))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert (canvas.camera.to_scene(QPoint(0, 0).toPointF()) - before).manhattanLength() < 1
    assert not canvas.document.can_undo
    assert not canvas.adding.popup.isVisible()


def test_the_wheel_zooms_about_the_pointer(canvas: CanvasView) -> None:
    at = QPoint(700, 200)
    before = canvas.camera.to_scene(at.toPointF())
    wheel(canvas, at, -3)
    assert canvas.zoom < 0.8
    assert (canvas.camera.to_scene(at.toPointF()) - before).manhattanLength() < 1e-6


def test_the_wheel_pans_where_the_setting_says_so(canvas: CanvasView) -> None:
    canvas.pointer.wheel = "pan"
    before = canvas.camera.to_view(0, 0)
    wheel(canvas, QPoint(500, 300), 1)
    assert canvas.zoom == 1.0
    assert (canvas.camera.to_view(0, 0) - before).y() == 60
    wheel(canvas, QPoint(500, 300), 1, CONTROL)
    assert canvas.zoom > 1.0


@FLOWS
def test_zoom_works_while_a_wire_is_in_hand(canvas: CanvasView) -> None:
    start = port(canvas, "flatten")
    drag(canvas, start, start + QPoint(150, 20), release=False)
    wheel(canvas, start + QPoint(150, 20), -1)
    move(canvas, port(canvas, "fc", "input"), NONE)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, port(canvas, "fc", "input"))
    assert "flatten > fc" in wires(canvas)


@FLOWS
def test_a_layer_is_dropped_beside_others(canvas: CanvasView) -> None:
    drop_layer(canvas, "Dropout", empty(canvas, 300, 200))
    node = canvas.scene.network.find("dropout")
    assert node is not None
    left, top, right, bottom = canvas.scene.rect(node)
    x, y = in_flow(300, 200, canvas.scene.flow)
    assert left < x < right
    assert top < y < bottom
    assert canvas.selection.nodes == {node}


@FLOWS
def test_a_layer_dropped_on_a_wire_goes_into_it_and_shifts_what_follows(canvas: CanvasView) -> None:
    drop_layer(canvas, "BatchNorm2d", empty(canvas, 0, 140))
    network = canvas.scene.network
    node = network.find("batch_norm")
    assert node is not None
    assert {"conv > batch_norm", "batch_norm > relu"} <= wires(canvas)
    along = 0 if canvas.scene.flow == RIGHT else 1
    assert canvas.scene.rect("n2")[along + 2] < canvas.scene.rect(node)[along]
    assert canvas.scene.rect(node)[along + 2] < canvas.scene.rect("n3")[along]
    canvas.document.undo()
    assert network == chain(canvas.scene.flow).main


@FLOWS
def test_a_layer_from_the_library_takes_the_wire_behind_its_middle_unless_a_key_is_held(canvas: CanvasView) -> None:
    at = empty(canvas, 11, 206)
    drop_layer(canvas, "BatchNorm2d", at, Qt.KeyboardModifier.AltModifier)
    assert "relu > flatten" in wires(canvas)
    canvas.document.undo()
    drop_layer(canvas, "BatchNorm2d", at)
    assert {"relu > batch_norm", "batch_norm > flatten"} <= wires(canvas)


def test_the_view_moves_on_under_a_layer_from_the_library(qtbot: QtBot, canvas: CanvasView) -> None:
    before, start = canvas.camera.to_scene(QPointF()), QPoint(canvas.width() - 4, 300)
    drop_layer(canvas, "ReLU", start, release=False)
    assert canvas.camera.to_scene(QPointF()) == before  # it only comes in over that edge
    drop_layer(canvas, "ReLU", QPoint(500, 300), release=False)
    carry_layer(canvas, "ReLU", start)
    qtbot.waitUntil(lambda: canvas.camera.to_scene(QPointF()).x() > before.x() + 50)
    QApplication.sendEvent(canvas, QDragLeaveEvent())
    assert not canvas.document.can_undo


def test_what_is_no_layer_is_left_to_the_window(canvas: CanvasView) -> None:
    drop_layer(canvas, "NoSuchLayer", empty(canvas, 300, 200))
    assert not canvas.document.can_undo


@FLOWS
def test_a_click_on_a_wire_selects_it_and_delete_removes_it(canvas: CanvasView) -> None:
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, NONE, empty(canvas, 1, 204))
    assert len(canvas.selection.wires) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert "relu > flatten" not in wires(canvas)
    assert canvas.document.undo_title == "Delete wire"
