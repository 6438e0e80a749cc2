"""Everything on the canvas without a pointer."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs.project import Project
from tests.widgets.canvas.drawings import FLOWS, RIGHT, chain, in_flow, with_block
from tests.widgets.canvas.hands import body
from widgets.canvas.view import CanvasView

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


def press(view: CanvasView, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and let go of a key."""
    QTest.keyClick(view, key, modifiers)


@FLOWS
def test_a_letter_opens_the_search_and_enter_adds_after_the_selected_layer(canvas: CanvasView) -> None:
    canvas.selection.select(["n4"])
    press(canvas, Key.Key_G)
    popup = canvas.adding.popup
    assert popup.isVisible()
    assert popup.field.text() == "g"
    QTest.keyClicks(popup.field, "elu")
    QTest.keyClick(popup.field, Key.Key_Return)
    network = canvas.scene.network
    node = network.find("gelu")
    assert node is not None
    assert [w.source for w in network.wires_into(node)] == ["n4"]
    assert canvas.selection.nodes == {node}
    assert canvas.hasFocus()
    before, after = (canvas.scene.rect(one) for one in ("n4", node))
    along = 0 if canvas.scene.flow == RIGHT else 1
    assert before[along + 2] < after[along]
    canvas.document.undo()
    assert network == chain(canvas.scene.flow).main


@FLOWS
def test_a_layer_added_in_a_chain_goes_into_it(canvas: CanvasView) -> None:
    canvas.selection.select(["n2"])
    canvas.add_layer("BatchNorm2d")
    network = canvas.scene.network
    node = network.find("batch_norm")
    assert node is not None
    assert [w.target for w in network.wires_from(node)] == ["n3"]
    along = 0 if canvas.scene.flow == RIGHT else 1
    assert canvas.scene.rect("n2")[along + 2] < canvas.scene.rect(node)[along]
    assert canvas.scene.rect(node)[along + 2] < canvas.scene.rect("n3")[along]


def test_a_layer_that_does_not_fit_stands_by_itself(canvas: CanvasView) -> None:
    canvas.selection.select(["n4"])
    canvas.add_layer("Conv2d")
    node = canvas.scene.network.find("conv1")
    assert node is not None
    assert canvas.scene.network.wires_into(node) == []


def test_escape_leaves_nothing_of_the_search(canvas: CanvasView) -> None:
    press(canvas, Key.Key_L)
    QTest.keyClick(canvas.adding.popup.field, Key.Key_Escape)
    assert not canvas.adding.popup.isVisible()
    assert canvas.hasFocus()
    assert not canvas.document.can_undo


def test_arrows_walk_the_list_of_the_search(canvas: CanvasView) -> None:
    press(canvas, Key.Key_P)
    popup = canvas.adding.popup
    second = popup.found[1].kind
    QTest.keyClick(popup.field, Key.Key_Down)
    QTest.keyClick(popup.field, Key.Key_Return)
    assert second in {canvas.scene.network.kind(node) for node in canvas.scene.network}


@FLOWS
def test_tab_follows_the_order_of_computation(canvas: CanvasView) -> None:
    seen = []
    for _ in range(6):
        press(canvas, Key.Key_Tab)
        seen.append(canvas.selection.current)
    assert seen == [*canvas.scene.report.order, canvas.scene.report.order[0]] if canvas.scene.report else False
    press(canvas, Key.Key_Backtab, SHIFT)
    assert canvas.selection.current == seen[4]


@FLOWS
@pytest.mark.parametrize(("gone", "near"), [("n3", "n2"), ("n1", "n2"), ("n5", "n4")])
def test_after_a_deletion_the_keyboard_goes_on_beside_what_was_there(canvas: CanvasView, gone: str, near: str) -> None:
    canvas.focus_node(gone)
    press(canvas, Key.Key_Delete)
    assert canvas.selection.current is None
    press(canvas, Key.Key_Tab)
    assert canvas.selection.current == near
    press(canvas, Key.Key_Tab)
    assert canvas.selection.current != near
    canvas.selection.select(["n2", "n3", "n4"], "n4")
    press(canvas, Key.Key_Delete)
    press(canvas, Key.Key_Down)
    assert canvas.selection.current == ("n1" if gone == "n5" else "n5")
    canvas.selection.select()
    press(canvas, Key.Key_Tab)
    assert canvas.selection.current == next(iter(canvas.scene.report.order)) if canvas.scene.report else False


@FLOWS
def test_arrows_go_along_wires(canvas: CanvasView) -> None:
    on, back = (Key.Key_Right, Key.Key_Left) if canvas.scene.flow == RIGHT else (Key.Key_Down, Key.Key_Up)
    canvas.selection.select(["n2"])
    press(canvas, on)
    assert canvas.selection.current == "n3"
    press(canvas, back)
    press(canvas, back)
    assert canvas.selection.current == "n1"


@FLOWS
def test_control_and_arrows_nudge_by_the_grid(canvas: CanvasView) -> None:
    canvas.selection.select(["n5"])
    press(canvas, Key.Key_Right, CONTROL)
    press(canvas, Key.Key_Down, CONTROL | SHIFT)
    x, y = in_flow(0, 320, canvas.scene.flow)
    assert canvas.scene.network.position("n5") == (x + 8, y + 80)


@FLOWS
def test_nudges_one_after_the_other_are_one_step(canvas: CanvasView) -> None:
    before = chain(canvas.scene.flow).main
    canvas.selection.select(["n5"])
    for _ in range(3):
        press(canvas, Key.Key_Right, CONTROL)
    canvas.selection.select(["n4"])
    for _ in range(2):
        press(canvas, Key.Key_Down, CONTROL)
    press(canvas, Key.Key_Z, CONTROL)
    assert canvas.scene.network.position("n4") == before.position("n4")
    press(canvas, Key.Key_Right, CONTROL)  # of another layer: the last step is that of n5 now
    press(canvas, Key.Key_Z, CONTROL)
    press(canvas, Key.Key_Z, CONTROL)
    assert canvas.scene.network == before
    assert not canvas.document.can_undo
    press(canvas, Key.Key_Z, CONTROL | SHIFT)
    x, y = before.position("n5")
    assert canvas.scene.network.position("n5") == (x + 24, y)


def test_a_nudge_after_saving_is_a_step_of_its_own(canvas: CanvasView, tmp_path: Path) -> None:
    canvas.selection.select(["n5"])
    press(canvas, Key.Key_Right, CONTROL)
    canvas.document.save(tmp_path / "saved.netwright")
    press(canvas, Key.Key_Right, CONTROL)
    assert canvas.document.dirty
    press(canvas, Key.Key_Z, CONTROL)
    assert not canvas.document.dirty
    assert canvas.scene.network.position("n5") == (8, 320)


@FLOWS
def test_rename_in_place(canvas: CanvasView) -> None:
    canvas.selection.select(["n5"])
    press(canvas, Key.Key_F2)
    field = canvas.name_field
    assert field.text() == "fc"
    QTest.keyClicks(field, "head")
    QTest.keyClick(field, Key.Key_Return)
    assert canvas.scene.network.name("n5") == "head"
    press(canvas, Key.Key_F2)
    QTest.keyClicks(field, "other")
    QTest.keyClick(field, Key.Key_Escape)
    assert canvas.scene.network.name("n5") == "head"
    assert canvas.hasFocus()


def test_a_name_that_is_taken_is_refused_in_words(canvas: CanvasView) -> None:
    canvas.selection.select(["n5"])
    press(canvas, Key.Key_F2)
    QTest.keyClicks(canvas.name_field, "relu")
    QTest.keyClick(canvas.name_field, Key.Key_Return)
    assert canvas.scene.network.name("n5") == "fc"
    assert canvas.card.refused is not None
    assert "relu" in canvas.card.refused.reason


@FLOWS
def test_copy_and_paste_as_text(canvas: CanvasView) -> None:
    canvas.selection.select(["n2", "n3"])
    press(canvas, Key.Key_C, CONTROL)
    assert "Conv2d" in QGuiApplication.clipboard().text()
    press(canvas, Key.Key_V, CONTROL)
    assert len(canvas.scene.nodes) == 7
    assert len(canvas.selection.nodes) == 2
    assert len(canvas.scene.wires) == 4
    press(canvas, Key.Key_Z, CONTROL)
    assert canvas.scene.network == chain(canvas.scene.flow).main


@FLOWS
def test_what_is_pasted_over_layers_goes_beside_them(canvas: CanvasView) -> None:
    canvas.selection.select(["n2", "n3"])
    press(canvas, Key.Key_C, CONTROL)
    QTest.mouseMove(canvas, body(canvas, "relu"))
    for _ in range(3):
        press(canvas, Key.Key_V, CONTROL)
    corners = [canvas.scene.rect(node) for node in canvas.scene.nodes]
    boxes = [QRectF(QPointF(left, top), QPointF(right, bottom)) for left, top, right, bottom in corners]
    assert len(boxes) == 11
    assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))


def test_text_that_is_no_layer_is_refused_in_words(canvas: CanvasView) -> None:
    QGuiApplication.clipboard().setText("hello")
    press(canvas, Key.Key_V, CONTROL)
    assert canvas.card.refused is not None
    assert not canvas.document.can_undo


@FLOWS
def test_cut_duplicate_select_all_delete(canvas: CanvasView) -> None:
    canvas.selection.select(["n5"])
    press(canvas, Key.Key_D, CONTROL)
    assert len(canvas.scene.nodes) == 6
    press(canvas, Key.Key_X, CONTROL)
    assert len(canvas.scene.nodes) == 5
    press(canvas, Key.Key_A, CONTROL)
    assert len(canvas.selection.nodes) == 5
    press(canvas, Key.Key_Delete)
    assert len(canvas.scene.nodes) == 0
    while canvas.document.can_undo:
        canvas.document.undo()
    assert canvas.scene.network == chain(canvas.scene.flow).main


def test_a_block_is_dived_into_and_left(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(with_block())
    canvas.selection.select(["b1"])
    press(canvas, Key.Key_Return)
    assert canvas.selection.network == "inner"
    assert canvas.selection.path == ("b1",)
    assert set(canvas.scene.nodes) == {"i1", "i2", "i3"}
    canvas.selection.select(["i2"])
    press(canvas, Key.Key_Delete)
    press(canvas, Key.Key_Up, ALT)
    assert canvas.selection.network == "main"
    assert canvas.selection.nodes == {"b1"}
    assert "b1" in canvas.scene.nodes


@FLOWS
def test_home_fits_all_and_control_shift_0_the_selection(canvas: CanvasView) -> None:
    canvas.set_zoom(3.0)
    press(canvas, Key.Key_Home)
    left, top, right, bottom = canvas.camera.seen(canvas.rect().toRectF())
    bounds = canvas.scene.nodes.bounds()
    assert bounds is not None
    assert left <= bounds[0]
    assert top <= bounds[1]
    assert right >= bounds[2]
    assert bottom >= bounds[3]
    canvas.selection.select(["n5"])
    press(canvas, Key.Key_0, CONTROL | SHIFT)
    centre = canvas.camera.to_scene(canvas.rect().toRectF().center())
    left, top, right, bottom = canvas.scene.rect("n5")
    assert (centre - QPointF((left + right) / 2, (top + bottom) / 2)).manhattanLength() < 2


@FLOWS
def test_arrange_is_one_step_and_twice_is_once(canvas: CanvasView) -> None:
    right = canvas.scene.flow == RIGHT
    canvas.selection.select(["n3"])
    press(canvas, Key.Key_Down if right else Key.Key_Right, CONTROL | SHIFT)
    aside = canvas.scene.network.position("n3")
    canvas.selection.select()
    press(canvas, Key.Key_L, CONTROL | SHIFT)
    places = {node: canvas.scene.position(node) for node in canvas.scene.nodes}
    assert len({place[right] for node, place in places.items() if node != "n5"}) == 1
    press(canvas, Key.Key_L, CONTROL | SHIFT)
    assert places == {node: canvas.scene.position(node) for node in canvas.scene.nodes}
    canvas.document.undo()
    assert canvas.scene.network.position("n3") == aside


@FLOWS
def test_alt_traces_what_is_up_and_downstream(canvas: CanvasView) -> None:
    canvas.selection.select(["n2"])
    QTest.keyPress(canvas, Key.Key_Alt)
    traced = canvas.standing.traced
    assert traced is not None
    assert {canvas.scene.nodes.ids[row] for row in traced} == {"n1", "n2", "n3", "n4"}
    QTest.keyRelease(canvas, Key.Key_Alt)
    assert canvas.standing.traced is None


@FLOWS
def test_the_menu_key_asks_for_the_menu_of_what_is_current(canvas: CanvasView) -> None:
    asked: list[tuple[object, QPointF]] = []
    canvas.menu_requested.connect(lambda what, at: asked.append((what, at)))
    for node in ("n1", "n5"):
        canvas.focus_node(node)
        middle = canvas.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(canvas, QContextMenuEvent(reason, middle, canvas.mapToGlobal(middle)))
        what, at = asked.pop()
        left, top, _, bottom = canvas.scene.rect(node)
        assert what == node
        assert (canvas.mapFromGlobal(at) - canvas.camera.to_view(left, (top + bottom) / 2)).manhattanLength() < 2
        assert canvas.selection.nodes == {node}


@pytest.mark.parametrize("zoom", [1.0, 0.6, 0.3])
def test_the_dashes_of_focus_keep_clear_of_the_ring(canvas: CanvasView, zoom: float) -> None:
    canvas.set_zoom(zoom)
    canvas.focus_node("n2")
    left, top, _, bottom = canvas.scene.rect("n2")
    corner, end = canvas.camera.to_view(left, top).toPoint(), canvas.camera.to_view(left, bottom).toPoint()
    picture, theme = canvas.grab().toImage(), canvas.theme
    wanted = {theme.selection.focus.name(): "f", theme.selection.ring.name(): "r"}
    rows = []
    for y in range(corner.y() + 1, end.y()):
        seen = (picture.pixelColor(x, y).name() for x in range(corner.x() - 10, corner.x()))
        rows.append("".join(wanted.get(colour, " ") for colour in seen))
    assert any("f" in row for row in rows)
    assert all("fr" not in row for row in rows)
    assert any("r" in row for row in rows)
