"""The heat overlay: which layers are tinted, how strongly, and that a frame stays cheap."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from graphs.edits import SetParameters
from tests.widgets.canvas.hands import body
from tests.widgets.opening import Opened
from widgets.canvas.painting.heat import MODES, STEPS
from widgets.canvas.view import CanvasView

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _pixel(view: CanvasView, name: str) -> tuple[int, int, int]:
    place = body(view, name)
    colour = view.grab().toImage().pixelColor(place)
    return colour.red(), colour.green(), colour.blue()


def test_the_costliest_layer_is_the_hottest(canvas: CanvasView) -> None:
    cold = {name: _pixel(canvas, name) for name in ("conv", "fc", "relu")}
    heat = canvas.structure.heat
    heat.show_mode("parameters")
    assert heat.step("n2") == STEPS - 1
    assert heat.step("n3") == -1
    assert _pixel(canvas, "conv") != cold["conv"]
    assert _pixel(canvas, "relu") == cold["relu"]
    heat.show_mode("macs")
    assert abs(sum(heat.shares.values()) - 1.0) < 1e-9
    heat.show_mode("")
    assert _pixel(canvas, "conv") == cold["conv"]


def test_the_legend_says_what_is_shown(canvas: CanvasView) -> None:
    legend = canvas.structure.heat.legend
    assert not legend.isVisible()
    canvas.structure.heat.show_mode("activation_bytes")
    assert legend.isVisible()
    assert legend.title.text().startswith("Activation memory")
    assert legend.most.text().endswith(" %")


def test_heat_follows_edits(canvas: CanvasView, qtbot: QtBot) -> None:
    heat = canvas.structure.heat
    canvas.document.perform(SetParameters("main", "n5", {"out_features": 11}))
    heat.show_mode("activation_bytes")
    before = heat.shares["n2"]
    canvas.document.perform(SetParameters("main", "n2", {"out_channels": 512}))
    qtbot.waitUntil(lambda: heat.shares["n2"] != before)


def test_zoomed_far_out_heat_takes_the_place_of_the_categories(canvas: CanvasView) -> None:
    canvas.set_zoom(0.2)
    before = _pixel(canvas, "relu")
    canvas.structure.heat.show_mode("parameters")
    assert _pixel(canvas, "relu") != before


def test_one_key_goes_round_all_costs(project: Opened, qtbot: QtBot) -> None:
    canvas, seen = project.window.canvas, []
    canvas.setFocus()
    for _ in MODES:
        qtbot.keyClick(canvas, Qt.Key.Key_H, KEYS)
        seen.append(canvas.structure.heat.mode)
    assert seen == [*MODES[1:], ""]
    entries = project.window.commands.registry.get("view.heat").entries
    assert entries is not None
    shown = entries()
    shown[2].run()
    assert canvas.structure.heat.mode == MODES[2]
    assert [entry.checked for entry in entries()] == [False, False, True, False]
