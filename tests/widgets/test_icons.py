"""Icons: each file is well drawn, each category has its own silhouette, and tinting follows the theme."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from graphs.errors import UserError
from widgets.icons import (
    ICONS,
    application_icon,
    category_icon,
    icon,
    icon_names,
    pixmap,
    put_icon,
    tinted_file,
    tinted_svg,
)
from widgets.theme import THEME_NAMES, Theme
from widgets.theme_measures import shared_measures

CATEGORIES = sorted(shared_measures().categories)
PAINT = {"currentColor", "none"}


def _alpha(picture: QPixmap) -> list[int]:
    image = picture.toImage()
    return [image.pixelColor(x, y).alpha() for y in range(image.height()) for x in range(image.width())]


def _outline_shared(first: str, second: str) -> float:
    """How much of the ink of two icons at 12 px falls on the same places, 0 to 1."""
    pairs = list(zip(*(_alpha(pixmap(name, QColor("black"), 12)) for name in (first, second)), strict=True))
    return sum(min(pair) for pair in pairs) / sum(max(pair) for pair in pairs)


@pytest.mark.parametrize("name", icon_names())
def test_file_is_drawn_by_the_rules(name: str) -> None:
    root = ElementTree.parse(ICONS / f"{name}.svg").getroot()
    assert root.get("viewBox") == "0 0 16 16"
    assert root.get("stroke-width") == "1.4"
    assert root.get("stroke-linecap") == root.get("stroke-linejoin") == "round"
    colours = {part.get(key) for part in root.iter() for key in ("fill", "stroke")} - {None}
    assert colours <= PAINT
    filled = [part for part in root.iter() if part.get("fill") == "currentColor"]
    assert len(filled) <= 1
    assert all("style" not in part.attrib and "class" not in part.attrib for part in root.iter())


@pytest.mark.parametrize("name", icon_names())
def test_icon_is_seen_and_stays_inside(name: str, qtbot: QtBot) -> None:
    wide = pixmap(name, QColor("black"), 16, 4.0).toImage()
    ink = [(x, y) for x in range(64) for y in range(64) if wide.pixelColor(x, y).alpha() > 60]
    assert len(ink) > 40
    edge = [point for point in ink if min(point) == 0 or max(point) == 63]
    assert not edge, f"{name} is cut off at {edge[0]}"


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_its_icon_in_its_colour(category: str, qtbot: QtBot) -> None:
    assert f"category-{category}" in icon_names()
    theme = Theme.named("dark")
    image = category_icon(category, theme).pixmap(16, 16).toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() == 255
    }
    assert colours <= {theme.category[category].name()}


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(CATEGORIES, 2)))
def test_category_silhouettes_differ(first: str, second: str, qtbot: QtBot) -> None:
    assert _outline_shared(f"category-{first}", f"category-{second}") < 0.6


def test_equal_silhouettes_would_be_noticed(qtbot: QtBot) -> None:
    assert _outline_shared("category-data", "data") > 0.6


def test_unknown_name_is_refused(qtbot: QtBot) -> None:
    theme = Theme.named("light")
    with pytest.raises(UserError, match="no icon named 'sparkle'"):
        icon("sparkle", theme)
    with pytest.raises(UserError, match="sparkle"):
        pixmap("../themes/sparkle", QColor("black"), 16)
    with pytest.raises(UserError, match="sparkle"):
        tinted_svg("sparkle", QColor("black"))


def test_sharp_on_every_screen(qtbot: QtBot) -> None:
    picture = pixmap("save", QColor("black"), 20, 2.0)
    assert picture.size() == QSize(40, 40)
    assert picture.deviceIndependentSize().toSize() == QSize(20, 20)


def test_translucent_colour_fades_the_icon(qtbot: QtBot) -> None:
    assert max(_alpha(pixmap("stop", QColor(10, 20, 30, 128), 16))) in range(126, 131)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_icon_shows_its_state(name: str, qtbot: QtBot) -> None:
    theme = Theme.named(name)
    stop = icon("stop", theme)

    def centre(mode: QIcon.Mode, state: QIcon.State) -> str:
        return stop.pixmap(QSize(16, 16), 1.0, mode, state).toImage().pixelColor(8, 8).name()

    assert centre(QIcon.Mode.Normal, QIcon.State.Off) == theme.text.secondary.name()
    assert centre(QIcon.Mode.Selected, QIcon.State.Off) == theme.text.secondary.name()
    assert centre(QIcon.Mode.Normal, QIcon.State.On) == theme.text.primary.name()
    assert centre(QIcon.Mode.Disabled, QIcon.State.Off) == theme.text.disabled.name()


def test_icon_of_a_filled_button_is_as_its_text(qtbot: QtBot) -> None:
    theme = Theme.named("dark")
    button = QPushButton("Train")
    qtbot.addWidget(button)
    button.setProperty("primary", True)
    put_icon(button, "stop", theme)
    assert button.iconSize() == QSize(20, 16)
    assert button.icon().pixmap(20, 16).toImage().pixelColor(8, 8) == theme.text.on_accent


def test_tinted_file_holds_the_colour_alone() -> None:
    path = tinted_file("chevron-down", QColor("#123456"))
    assert isinstance(path, Path)
    assert set(re.findall(r"#[0-9a-f]{6}", path.read_text(encoding="utf-8"))) == {"#123456"}
    assert tinted_file("chevron-down", QColor("#123456")) == path


def test_application_icon_has_the_accent(qtbot: QtBot) -> None:
    theme = Theme.named("light")
    image = application_icon(theme).pixmap(64, 64).toImage()
    assert image.pixelColor(32, 4) == theme.accent.fill
    assert theme.text.on_accent.name() in {image.pixelColor(x, 32).name() for x in range(64)}
