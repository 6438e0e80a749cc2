"""Trace and tell: what the pointer rests on stands out, wires say what they carry, problems are seen from afar."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from graphs.edits import Disconnect, Move, Rename, SetAttributes
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, chain, in_flow
from tests.widgets.canvas.hands import body, empty, port, scroll, told
from widgets.canvas.view import CanvasView


def around(image: QImage, at: QPoint, reach: int) -> list[str]:
    """The colours about a point of the view."""
    return [image.pixelColor(at + QPoint(x, y)).name() for x in range(-reach, reach) for y in range(-reach, reach)]


@FLOWS
def test_hovering_a_node_lifts_its_wires_and_the_sockets_at_both_ends(canvas: CanvasView) -> None:
    QTest.mouseMove(canvas, empty(canvas, 300, 300))
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, body(canvas, "relu"))
    lifted = canvas.grab().toImage()
    for name, end in (("conv", "output"), ("relu", "input"), ("relu", "output"), ("flatten", "input")):
        place = port(canvas, name, end)
        assert around(plain, place, 9) != around(lifted, place, 9), (name, end)
    assert around(plain, port(canvas, "image"), 9) == around(lifted, port(canvas, "image"), 9)
    middle = empty(canvas, 0, 204)
    assert around(plain, middle, 5) != around(lifted, middle, 5)


@FLOWS
@pytest.mark.parametrize(
    ("name", "end", "keys", "zoom"),
    [
        ("conv", "output", Qt.KeyboardModifier.NoModifier, 1.0),
        ("conv", "output", Qt.KeyboardModifier.ControlModifier, 0.5),
        ("relu", "input", Qt.KeyboardModifier.NoModifier, 0.5),
    ],
)
def test_a_port_that_is_pressed_is_ringed(
    canvas: CanvasView, name: str, end: str, keys: Qt.KeyboardModifier, zoom: float
) -> None:
    canvas.set_zoom(zoom)
    place = port(canvas, name, end)
    QTest.mouseMove(canvas, place)
    QApplication.processEvents()
    hovered = around(canvas.grab().toImage(), place, 12)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, keys, place)
    pressed = around(canvas.grab().toImage(), place, 12)
    colour = canvas.theme.wire["map"].name()
    assert pressed.count(colour) > hovered.count(colour)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, keys, place)
    canvas.selection.select()
    QTest.mouseMove(canvas, place + QPoint(1, 0))
    assert around(canvas.grab().toImage(), place, 12) == hovered


@FLOWS
def test_alt_dims_what_is_not_up_or_downstream_of_the_hovered_node(canvas: CanvasView) -> None:
    QTest.mouseMove(canvas, empty(canvas, 300, 300))
    QTest.mouseMove(canvas, body(canvas, "relu"))
    before = canvas.grab().toImage()
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    after = canvas.grab().toImage()
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)
    stripe, lit = body(canvas, "fc") - QPoint(58, 0), body(canvas, "conv") - QPoint(58, 0)
    ground, full, dim = (colour.lightnessF() for colour in (
        canvas.theme.surface.canvas, before.pixelColor(stripe), after.pixelColor(stripe)))  # fmt: skip
    assert dim - ground == pytest.approx(0.28 * (full - ground), abs=0.03)
    assert before.pixelColor(lit) == after.pixelColor(lit)
    assert canvas.grab().toImage().pixelColor(stripe) == before.pixelColor(stripe)


@FLOWS
def test_a_wire_says_shape_type_memory_and_cost_within_150_ms(qtbot: QtBot, canvas: CanvasView) -> None:
    assert canvas.theme.measures.duration.hover_tip <= 150
    canvas.document.perform(Move(MAIN, {"n3": in_flow(0, 200, canvas.scene.flow)}))
    QTest.mouseMove(canvas, empty(canvas, 300, 300))
    QTest.mouseMove(canvas, empty(canvas, 0, 170))
    qtbot.waitUntil(lambda: bool(QToolTip.text()), timeout=1000)
    told = QToolTip.text()
    for part in ("conv → relu", "16×8×8", "float32", "4.1 KB", "160 parameters", "9,216 multiply-adds"):
        assert part in told, (part, told)
    QToolTip.hideText()


def test_what_was_said_of_a_wire_goes_with_the_pointer(qtbot: QtBot, canvas: CanvasView) -> None:
    QTest.mouseMove(canvas, empty(canvas, 300, 300))
    QTest.mouseMove(canvas, empty(canvas, 0, 204))
    qtbot.waitUntil(QToolTip.isVisible, timeout=1000)
    QTest.mouseMove(canvas, empty(canvas, 300, 300))
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=1000)


def test_a_node_says_what_is_wrong_and_what_it_has_no_room_for(canvas: CanvasView) -> None:
    assert "fc" in told(canvas, "fc")
    assert "error" in told(canvas, "fc")
    assert told(canvas, "relu") == ""
    long = "a_name_that_nobody_could_ever_write_on_a_node"
    canvas.document.perform(Rename(MAIN, "n3", long))
    assert f"{long}, ReLU" in told(canvas, long)
    canvas.set_zoom(0.3)
    assert "conv, Conv2d" in told(canvas, "conv")
    assert "16×8×8" in told(canvas, "conv")


def test_markup_in_a_comment_is_text(canvas: CanvasView) -> None:
    canvas.document.perform(SetAttributes(MAIN, "n3", {"comment": "a <b>bold</b> claim\nx < y"}))
    assert "a &lt;b&gt;bold&lt;/b&gt; claim<br>x &lt; y" in told(canvas, "relu")


def test_a_press_keeps_the_wire_from_speaking(canvas: CanvasView) -> None:
    QTest.mouseMove(canvas, empty(canvas, 300, 300))
    QTest.mouseMove(canvas, empty(canvas, 0, 204))
    timers = canvas.pointer.hovering.findChildren(QTimer)
    assert any(timer.isActive() for timer in timers)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=empty(canvas, 0, 204))
    assert not any(timer.isActive() for timer in timers)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=empty(canvas, 0, 204))


def test_what_scrolls_away_from_the_pointer_is_hovered_no_more(canvas: CanvasView) -> None:
    at = body(canvas, "conv")
    QTest.mouseMove(canvas, at)
    assert canvas.standing.hovered == canvas.scene.nodes.rows["n2"]
    scroll(canvas, at, QPoint(400, 0))
    assert canvas.standing.hovered is None


def test_tracing_ends_when_the_keyboard_goes_elsewhere(canvas: CanvasView) -> None:
    QTest.mouseMove(canvas, body(canvas, "relu"))
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    assert canvas.standing.traced is not None
    canvas.clearFocus()  # as Alt and Tab do: the key goes up over another window
    assert canvas.standing.traced is None


@FLOWS
@pytest.mark.parametrize("zoom", [0.1, 0.3, 1.0])
def test_a_problem_is_marked_at_every_zoom(
    open_canvas: Callable[[Project], CanvasView], flow: str, zoom: float
) -> None:
    canvas = open_canvas(chain(flow))
    canvas.set_zoom(zoom)
    canvas.centre_on(QPointF(*in_flow(0, 200, flow)))
    _, top, right, _ = canvas.scene.rect("n5")
    at, image = canvas.camera.to_view(right, top).toPoint(), canvas.grab().toImage()
    error = canvas.theme.status.error
    reach = range(-20, 21)
    wide = [x for x in reach if image.pixelColor(at + QPoint(x, 4 if zoom < 1 else 7)) == error]
    high = [y for y in reach if image.pixelColor(at + QPoint(4 if zoom < 1 else 7, y)) == error]
    assert max(wide) - min(wide) >= 7
    assert max(high) - min(high) >= 7
    reds = [(x, y) for x in reach for y in reach if image.pixelColor(at + QPoint(x, y)) == error]
    assert max(x for x, _ in reds) - min(x for x, _ in reds) + 1 >= 10
    assert max(y for _, y in reds) - min(y for _, y in reds) + 1 >= 10


@FLOWS
@pytest.mark.parametrize("zoom", [0.5, 1.0])
def test_what_is_deleted_under_the_pointer_is_no_longer_marked(canvas: CanvasView, zoom: float) -> None:
    canvas.set_zoom(zoom)
    canvas.fit()
    canvas.set_zoom(zoom)
    QTest.mouseMove(canvas, QPoint(2, 2))
    QTest.mouseMove(canvas, body(canvas, "relu"))
    assert canvas.standing.hovered is not None
    canvas.selection.select(["n3"])
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.standing.hovered is None
    canvas.grab()
    canvas.document.undo()
    canvas.grab()
    wire = next(iter(canvas.scene.wires.rows))
    canvas.standing.hovered_wire = canvas.scene.wires.rows[wire]
    canvas.document.perform(Disconnect.wire(MAIN, wire))
    assert canvas.standing.hovered_wire is None
    canvas.grab()
