"""The canvas looks as it was approved to look: node states, wires, selection and the far level, dark and light."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphs import templates
from graphs.project import Project
from tests.showpieces import node_states, wires
from tests.widgets.canvas.comparing import APPROVED, check, difference
from widgets import theme as theme_module
from widgets.canvas.painting import picture
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import Theme, ThemeSource
from widgets.theme_fonts import FONTS, Families

BOTH = pytest.mark.parametrize("theme", ["dark", "light"])
DRAWN: dict[str, Callable[[], Project]] = {"states": node_states, "wires": wires}


@pytest.fixture(autouse=True)
def bundled_fonts(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw with the fonts that come along, whatever this machine has."""
    for file in sorted(FONTS.glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    monkeypatch.setattr(theme_module, "families", lambda: Families(ui="Inter", mono="JetBrains Mono"))


def drawn(name: str, theme: Theme) -> QImage:
    """The drawing of that name without a view."""
    return picture.image(picture.scene_of(DRAWN[name]()), theme, 0.8)


def shown(qtbot: QtBot, project: Project, theme: str, zoom: float) -> CanvasView:
    """A canvas of 480 by 320 on the screen, painted to the end."""
    themes = ThemeSource(theme)
    themes.reduce_motion(True)
    view = CanvasView(Document(project), Selection(), themes)
    view.setMinimumSize(0, 0)
    view.resize(480, 320)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitExposed(view)
    view.set_zoom(zoom)
    return view


def grabbed(qtbot: QtBot, view: CanvasView) -> QImage:
    """The canvas, once no tile is missing any more."""

    def complete() -> bool:  # only a frame that was painted tells whether another has to follow
        view.grab()
        return not view.painting_on

    qtbot.waitUntil(complete)
    return view.grab().toImage()


@BOTH
@pytest.mark.parametrize("name", DRAWN)
def test_what_stands_on_the_canvas_looks_as_approved(name: str, theme: str) -> None:
    check(drawn(name, Theme.named(theme)), f"{name}-{theme}")


@BOTH
def test_selection_and_focus_look_as_approved(qtbot: QtBot, theme: str) -> None:
    view = shown(qtbot, wires(), theme, 1.0)
    view.focus_node("conv")
    view.selection.select(["conv", "relu"], "conv")
    view.centre_on(QPointF(*view.scene.rect("conv")[:2]))
    check(grabbed(qtbot, view), f"selection-{theme}")


@BOTH
def test_the_far_level_looks_as_approved(qtbot: QtBot, theme: str) -> None:
    view = shown(qtbot, templates.create("resnet_small"), theme, 0.25)
    view.fit()
    view.set_zoom(0.25)
    check(grabbed(qtbot, view), f"far-{theme}")


@pytest.mark.parametrize("category", ["convolution", "activation", "objective"])
def test_another_stripe_is_noticed(category: str) -> None:
    theme = Theme.named("dark")
    turned = dict(theme.category)
    turned[category] = QColor.fromHsv((turned[category].hue() + 90) % 360, 160, 200)
    other = drawn("states", dataclasses.replace(theme, category=turned))
    assert not difference(other, QImage(str(APPROVED / "states-dark.png"))).small


@pytest.mark.parametrize(("kind", "glyph"), [("map", "square"), ("sequence", "circle"), ("vector", "diamond")])
def test_another_port_glyph_is_noticed(kind: str, glyph: str) -> None:
    theme = Theme.named("light")
    kinds = dict(theme.measures.tensor_kinds)
    kinds[kind] = dataclasses.replace(kinds[kind], port=glyph)
    measures = dataclasses.replace(theme.measures, tensor_kinds=kinds)
    other = drawn("wires", dataclasses.replace(theme, measures=measures))
    assert not difference(other, QImage(str(APPROVED / "wires-light.png"))).small


def test_a_shade_is_forgiven_and_another_drawing_is_not() -> None:
    image = drawn("states", Theme.named("dark"))
    shade = image.copy()
    painter = QPainter(shade)
    painter.fillRect(shade.rect(), QColor(255, 255, 255, 1))
    painter.end()
    assert difference(image, shade).small
    assert not difference(image, image.flipped()).small
