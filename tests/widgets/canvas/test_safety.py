"""No accidents: what is no edit changes nothing, and a locked canvas takes none."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QInputDevice, QMouseEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from graphs.project import Project
from tests.widgets.canvas.drawings import FLOWS, chain
from tests.widgets.canvas.hands import LEFT, NONE, body, drag, drop_layer, empty, pinch, port, scroll, wheel
from widgets.canvas.view import CanvasView

KNIFE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def places(view: CanvasView) -> dict[str, QPoint]:
    """A node, a port, a wire and empty canvas."""
    return {"node": body(view, "conv"), "port": port(view, "conv"), "wire": empty(view, 1, 204),
            "canvas": empty(view, 300, 100)}  # fmt: skip


@FLOWS
@pytest.mark.parametrize("over", ["node", "port", "wire", "canvas"])
@pytest.mark.parametrize("way", ["middle", "space", "fingers"])
def test_panning_changes_nothing_wherever_it_begins(canvas: CanvasView, over: str, way: str) -> None:
    start, before = places(canvas)[over], canvas.camera.to_view(0, 0)
    if way == "middle":
        drag(canvas, start, start + QPoint(60, 30), button=Qt.MouseButton.MiddleButton)
    elif way == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
        drag(canvas, start, start + QPoint(60, 30))
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
    else:
        scroll(canvas, start, QPoint(60, 30))
    assert (canvas.camera.to_view(0, 0) - before).toPoint() == QPoint(60, 30)
    assert canvas.scene.network == chain(canvas.scene.flow).main
    assert not canvas.document.can_undo
    assert canvas.selection.nodes == frozenset()


@FLOWS
@pytest.mark.parametrize("keys", [NONE, Qt.KeyboardModifier.ShiftModifier])
@pytest.mark.parametrize("step", [QPoint(3, 0), QPoint(3, 2), QPoint(-2, -3)])
@pytest.mark.parametrize("over", ["node", "port", "wire", "canvas"])
def test_less_than_four_pixels_are_no_movement(
    canvas: CanvasView, over: str, step: QPoint, keys: Qt.KeyboardModifier
) -> None:
    start = places(canvas)[over]
    drag(canvas, start, start + step, keys)
    assert not canvas.document.can_undo
    assert not canvas.adding.popup.isVisible()


def test_a_field_on_the_canvas_goes_along_when_two_fingers_scroll_over_it(canvas: CanvasView) -> None:
    canvas.selection.select(["n2"])
    QTest.keyClick(canvas, Qt.Key.Key_F2)
    field = canvas.name_field
    before, by, phase = field.geometry(), QPoint(40, 30), Qt.ScrollPhase.ScrollBegin
    QTest.wheelEvent(canvas.windowHandle(), before.center(), by, by, NONE, phase)  # as from the window system
    assert field.geometry() == before.translated(40, 30)
    canvas.set_zoom(1.5)
    left, top, _, _ = canvas.scene.rect("n2")
    assert (field.pos() - canvas.camera.to_view(left, top).toPoint()).manhattanLength() < 60
    assert not canvas.document.can_undo
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert canvas.scene.network == chain(canvas.scene.flow).main


@pytest.mark.parametrize("kind", ["name", "note"])
def test_the_middle_button_pans_over_a_field_that_is_being_written(canvas: CanvasView, kind: str) -> None:
    if kind == "name":
        canvas.focus_node("n2")
        canvas.rename()
        field: QWidget = canvas.name_field
        at, begun = field, "conv"
    else:
        canvas.structure.annotations.add_note()
        field = canvas.structure.note_field
        at, begun = canvas.structure.note_field.viewport(), ""
    QGuiApplication.clipboard().setText("pasted", QClipboard.Mode.Selection)
    middle, corner = Qt.MouseButton.MiddleButton, QPointF(canvas.camera.offset)
    start = at.mapTo(canvas, at.rect().center())
    QTest.mousePress(at, middle, NONE, at.mapFrom(canvas, start))
    for step in range(1, 5):
        place = QPointF(at.mapFrom(canvas, start + QPoint(15, 10) * step))
        kind_of = QEvent.Type.MouseMove
        moved = QMouseEvent(kind_of, place, at.mapToGlobal(place), Qt.MouseButton.NoButton, middle, NONE)
        QApplication.sendEvent(at, moved)
    QTest.mouseRelease(at, middle, NONE, at.mapFrom(canvas, start + QPoint(60, 40)))
    assert canvas.camera.offset - corner == QPointF(60, 40)
    assert field.isVisible()
    assert field.hasFocus()
    written = canvas.name_field.text() if kind == "name" else canvas.structure.note_field.toPlainText()
    assert written == begun
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_space_is_let_go_with_the_keyboard(canvas: CanvasView) -> None:
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    canvas.clearFocus()  # the key goes up over another window
    canvas.setFocus()
    QTest.mouseClick(canvas, LEFT, NONE, body(canvas, "conv"))
    assert canvas.selection.nodes == {"n2"}


def locked(view: CanvasView) -> CanvasView:
    """The canvas, locked by its command's door."""
    view.locked = True
    return view


def test_a_locked_canvas_takes_no_edit_of_any_kind(commanded: Callable[[Project], CanvasView]) -> None:
    canvas = locked(commanded(chain()))
    start = body(canvas, "conv")
    drag(canvas, start, start + QPoint(90, 90))
    drag(canvas, port(canvas, "flatten"), port(canvas, "fc", "input"))
    drag(canvas, empty(canvas, -60, 60), empty(canvas, 60, 60), KNIFE)
    drop_layer(canvas, "Dropout", empty(canvas, 300, 200))
    QTest.mouseDClick(canvas, LEFT, NONE, empty(canvas, 1, 204))
    canvas.selection.select(["n2"])
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for key, modifiers in (
        (Qt.Key.Key_Delete, NONE), (Qt.Key.Key_X, control), (Qt.Key.Key_V, control), (Qt.Key.Key_D, control),
        (Qt.Key.Key_Right, control), (Qt.Key.Key_L, control | shift), (Qt.Key.Key_B, control), (Qt.Key.Key_F2, NONE),
        (Qt.Key.Key_R, NONE), (Qt.Key.Key_Backspace, control),
    ):  # fmt: skip
        QTest.keyClick(canvas, key, modifiers)
    canvas.structure.set_colour("#d64545")
    assert canvas.scene.network == chain(canvas.scene.flow).main
    assert not canvas.document.can_undo
    assert not canvas.name_field.isVisible()
    assert not canvas.adding.popup.isVisible()
    assert canvas.card.refused is not None
    assert "locked" in canvas.card.refused.title


@FLOWS
def test_a_locked_canvas_pans_zooms_and_selects(canvas: CanvasView) -> None:
    locked(canvas)
    QTest.mouseClick(canvas, LEFT, NONE, body(canvas, "relu"))
    assert canvas.selection.nodes == {"n3"}
    drag(canvas, body(canvas, "conv") - QPoint(0, 10), body(canvas, "relu"))
    assert canvas.selection.nodes == {"n2", "n3"}
    before = canvas.camera.to_view(0, 0)
    scroll(canvas, body(canvas, "conv"), QPoint(20, 10))
    assert (canvas.camera.to_view(0, 0) - before).toPoint() == QPoint(20, 10)
    wheel(canvas, QPoint(500, 300), 1)
    assert canvas.zoom > 1.0


def test_the_lock_is_opened_again(canvas: CanvasView) -> None:
    locked(canvas).locked = False
    canvas.selection.select(["n5"])
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert "n5" not in canvas.scene.network


@FLOWS
@pytest.mark.parametrize("by", [0.25, -0.2])
def test_a_pinch_zooms_about_the_fingers(canvas: CanvasView, by: float) -> None:
    at = QPoint(620, 210)
    before = canvas.camera.to_scene(at.toPointF())
    pinch(canvas, at, by)
    assert canvas.zoom == pytest.approx(1.0 + by)
    assert (canvas.camera.to_view(before.x(), before.y()) - QPointF(at)).manhattanLength() < 1


@FLOWS
@pytest.mark.parametrize("notches", [4, -5, 1])
def test_control_and_wheel_zoom_about_the_cursor(canvas: CanvasView, notches: int) -> None:
    canvas.pointer.wheel = "pan"
    at = QPoint(333, 444)
    before = canvas.camera.to_scene(at.toPointF())
    for _ in range(abs(notches)):
        wheel(canvas, at, notches // abs(notches), Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom != 1.0
    assert (canvas.camera.to_view(before.x(), before.y()) - QPointF(at)).manhattanLength() < 1


@FLOWS
def test_pinch_and_two_fingers_work_while_a_node_is_in_hand(canvas: CanvasView) -> None:
    start = body(canvas, "fc")
    drag(canvas, start, start + QPoint(100, 0), release=False)
    scroll(canvas, start + QPoint(100, 0), QPoint(0, -40))
    pinch(canvas, start + QPoint(100, 0), -0.3)
    QTest.mouseRelease(canvas, LEFT, NONE, start + QPoint(100, 0))
    under = canvas.camera.to_scene(QPointF(start + QPoint(100, 0)))
    left, top, right, bottom = canvas.scene.rect("n5")
    assert left <= under.x() <= right
    assert top <= under.y() <= bottom
    assert canvas.scene.network.position("n5") != chain(canvas.scene.flow).main.position("n5")


@FLOWS
@pytest.mark.parametrize("what", ["node", "wire"])
def test_the_view_moves_on_when_the_hand_is_at_its_edge(qtbot: QtBot, canvas: CanvasView, what: str) -> None:
    start = body(canvas, "fc") if what == "node" else port(canvas, "flatten")
    before = canvas.camera.to_scene(QPointF(0, 0))
    end = QPoint(canvas.width() - 5, start.y())
    drag(canvas, start, end, release=False)
    qtbot.waitUntil(lambda: canvas.camera.to_scene(QPointF(0, 0)).x() > before.x() + 100)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, end)
    assert not canvas.document.can_undo


@FLOWS
def test_the_meaning_of_the_wheel_is_asked_once(canvas: CanvasView) -> None:
    told: list[str] = []
    canvas.wheel_chosen.connect(told.append)
    canvas.pointer.wheel = "ask"
    wheel(canvas, QPoint(500, 300), 1)
    card = canvas.pointer.scrolling.card
    assert canvas.zoom > 1.0
    assert card.isVisible()
    assert canvas.rect().contains(card.geometry())
    QTest.mouseClick(card.buttons["pan"], LEFT)
    assert told == ["pan"]
    assert not card.isVisible()
    zoom = canvas.zoom
    wheel(canvas, QPoint(500, 300), 1)
    assert canvas.zoom == zoom
    assert not card.isVisible()


@FLOWS
def test_two_fingers_are_never_asked_about(canvas: CanvasView) -> None:
    canvas.pointer.wheel = "ask"
    scroll(canvas, QPoint(500, 300), QPoint(0, 20))
    assert not canvas.pointer.scrolling.card.isVisible()
    assert canvas.zoom == 1.0


def test_two_fingers_that_only_touch_ask_nothing(canvas: CanvasView) -> None:
    canvas.pointer.wheel = "ask"
    scroll(canvas, QPoint(500, 300), QPoint(), Qt.ScrollPhase.ScrollBegin)
    scroll(canvas, QPoint(500, 300), QPoint(), Qt.ScrollPhase.ScrollEnd)
    assert not canvas.pointer.scrolling.card.isVisible()


def test_a_touchpad_that_tells_no_phases_pans_all_the_same(canvas: CanvasView) -> None:
    canvas.pointer.wheel = "ask"
    before = canvas.camera.to_view(0, 0)
    pad = QPointingDevice("pad", 7, QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger,
                          QInputDevice.Capability.Scroll, 2, 0)  # fmt: skip
    place, plain = QPointF(500, 300), Qt.MouseEventSource.MouseEventNotSynthesized
    button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    by, there = QPoint(24, -40), canvas.mapToGlobal(place)
    event = QWheelEvent(place, there, QPoint(), by, button, NONE, phase, False, plain, pad)
    QApplication.sendEvent(canvas, event)
    assert (canvas.camera.to_view(0, 0) - before).toPoint() == QPoint(12, -20)
    assert canvas.zoom == 1.0
    assert not canvas.pointer.scrolling.card.isVisible()
