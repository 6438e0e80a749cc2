"""Selecting by what belongs together, and what a double click on a layer opens."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphs.edits import AddNode
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, chain
from tests.widgets.canvas.hands import LEFT, NONE, body
from widgets.canvas.view import CanvasView

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.mark.parametrize(
    ("key", "modifiers", "chosen", "expected"),
    [
        (Key.Key_BracketLeft, CONTROL, ["n3"], {"n1", "n2", "n3"}),
        (Key.Key_BracketRight, CONTROL, ["n3"], {"n3", "n4"}),
        (Key.Key_BracketRight, CONTROL, ["n1", "n5"], {"n1", "n2", "n3", "n4", "n5"}),
        (Key.Key_A, CONTROL | ALT, ["n3"], {"n3", "n6"}),
        (Key.Key_U, CONTROL | ALT, ["n3"], {"n1", "n2", "n3"}),
        (Key.Key_D, CONTROL | ALT, ["n3"], {"n3", "n4"}),
    ],
)
def test_a_selection_grows_by_key(
    commanded: Callable[[Project], CanvasView],
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    chosen: list[str],
    expected: set[str],
) -> None:
    project = chain()
    AddNode(MAIN, "n6", "other", "ReLU", {}, (400, 0)).apply(project)
    canvas = commanded(project)
    canvas.selection.select(chosen)
    QTest.keyClick(canvas, key, modifiers)
    assert canvas.selection.nodes == expected
    assert canvas.selection.current == chosen[0]
    assert not canvas.document.can_undo


@FLOWS
def test_a_double_click_writes_the_name_or_asks_for_the_choices(canvas: CanvasView, qtbot: QtBot) -> None:
    left, top, _, bottom = canvas.scene.rect("n2")
    name = canvas.camera.to_view(left + 40, top + 14).toPoint()
    QTest.mouseDClick(canvas, LEFT, NONE, name)
    QTest.mouseRelease(canvas, LEFT, NONE, name)
    assert canvas.name_field.isVisible()
    QTest.keyClicks(canvas.name_field, "stem")
    QTest.keyClick(canvas.name_field, Key.Key_Return)
    assert canvas.scene.network.name("n2") == "stem"
    with qtbot.waitSignal(canvas.values_asked):
        QTest.mouseDClick(canvas, LEFT, NONE, canvas.camera.to_view(left + 60, bottom - 8).toPoint())
    assert canvas.selection.nodes == {"n2"}
    assert not canvas.name_field.isVisible()
    canvas.locked = True
    QTest.mouseDClick(canvas, LEFT, NONE, body(canvas, "stem") - QPoint(0, 10))
    assert not canvas.name_field.isVisible()
    canvas.locked = False
    QTest.mouseRelease(canvas, LEFT, NONE, body(canvas, "stem"))
