"""The focus ring: there when the keyboard moved the focus, gone after a click."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.theme import Theme
from widgets.theme_focus import FocusRing


def _window(qtbot: QtBot) -> tuple[QWidget, FocusRing, QPushButton, QPushButton]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(8, 8, 8, 8)
    first, second = QPushButton("Pause"), QPushButton("Stop")
    layout.addWidget(first)
    layout.addWidget(second)
    ring = FocusRing(Theme.named("dark"), window)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    return window, ring, first, second


def test_ring_follows_the_keyboard_alone(qtbot: QtBot) -> None:
    _, ring, first, second = _window(qtbot)
    assert ring.target is None
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert ring.target is second
    assert ring.isVisible()
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert ring.target is None
    assert not ring.isVisible()


def test_ring_is_drawn_in_the_colour_of_the_focus(qtbot: QtBot) -> None:
    window, ring, first, second = _window(qtbot)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    for name in ("dark", "light"):
        ring.show_theme(Theme.named(name))
        picture = window.grab().toImage()
        above = picture.pixelColor(second.geometry().center().x(), second.y() - 2)
        assert above == Theme.named(name).selection.focus


def test_ring_moves_and_goes_with_its_control(qtbot: QtBot) -> None:
    window, ring, first, second = _window(qtbot)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    window.resize(500, 300)
    qtbot.waitUntil(lambda: ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3))
    second.hide()
    assert not ring.isVisible()


def test_ring_survives_its_control(qtbot: QtBot) -> None:
    window, ring, first, second = _window(qtbot)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    with qtbot.waitSignal(second.destroyed):
        second.deleteLater()
    assert ring.target is not second
    first.clearFocus()
    qtbot.keyClick(window, Qt.Key.Key_Tab)
    assert ring.target is first


def test_control_with_a_focus_of_its_own_has_no_ring(qtbot: QtBot) -> None:
    _, ring, first, second = _window(qtbot)
    second.setProperty("own_focus", True)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert ring.target is None


def test_ring_leaves_other_windows_alone(qtbot: QtBot) -> None:
    _, ring, _, _ = _window(qtbot)
    other = QLineEdit()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.target is None
