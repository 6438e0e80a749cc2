"""Legibility, measured from the theme files: contrast of every pair that occurs, and distance between colours.

Contrast after WCAG 2.2; distance is CIEDE2000 (Sharma, Wu and Dalal 2005) in normal sight and in the three kinds of
colour blindness after Machado, Oliveira and Fernandes (2009) at full severity.
"""

import copy
import itertools
from collections.abc import Iterator, Mapping
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest
from PySide6.QtGui import QColor

from widgets.theme import THEME_NAMES, Theme, read_theme
from widgets.theme_reading import read_document

TEXT, GRAPHIC = 4.5, 3.0
EVERYWHERE = ("canvas", "window", "panel", "raised", "field", "hover", "frame", "note")
STATES = ("success", "warning", "error", "running")
Triple = tuple[float, float, float]
SIGHT: Mapping[str, tuple[Triple, Triple, Triple]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _linear(colour: QColor) -> Triple:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return red, green, blue


def contrast(first: QColor, second: QColor) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def text_pairs(theme: Theme) -> Iterator[tuple[str, QColor, QColor]]:
    """Every text on everything that it stands on."""
    grounds = {name: getattr(theme.surface, name) for name in EVERYWHERE} | {"row": theme.accent.row}
    for rank in ("primary", "secondary", "tertiary"):
        for name, ground in grounds.items():
            yield f"text.{rank} on {name}", getattr(theme.text, rank), ground
    for rank in ("primary", "secondary"):
        yield f"text.{rank} on pressed", getattr(theme.text, rank), theme.surface.pressed
        for state in STATES:
            yield f"text.{rank} on {state}", getattr(theme.text, rank), getattr(theme.status, f"{state}_surface")
    yield "on_accent on fill", theme.text.on_accent, theme.accent.fill
    yield "on_accent on hover", theme.text.on_accent, theme.accent.hover
    for name in ("canvas", "panel", "raised", "field", "row"):
        yield f"link on {name}", theme.text.link, grounds[name]
    for state in STATES:
        colour = getattr(theme.status, state)
        yield f"{state} on its surface", colour, getattr(theme.status, f"{state}_surface")
        for name in ("canvas", "window", "panel", "raised"):
            yield f"{state} on {name}", colour, grounds[name]


def graphic_pairs(theme: Theme) -> Iterator[tuple[str, QColor, QColor]]:
    """Every line, glyph and mark on everything that it is drawn on."""
    surface = theme.surface
    for name in ("panel", "window", "raised"):
        yield f"border.control on {name}", theme.border.control, getattr(surface, name)
    for name in ("canvas", "panel", "raised"):
        yield f"selection on {name}", theme.selection.ring, getattr(surface, name)
        yield f"focus on {name}", theme.selection.focus, getattr(surface, name)
    yield "accent.line on panel", theme.accent.line, surface.panel
    yield "accent.line on pressed", theme.accent.line, surface.pressed
    yield "accent.fill on panel", theme.accent.fill, surface.panel
    for number, colour in enumerate(theme.series):
        yield f"series {number} on panel", colour, surface.panel
    for category, colour in theme.category.items():
        for name in ("canvas", "panel", "raised", "hover", "frame"):
            yield f"{category} on {name}", colour, getattr(surface, name)
        yield f"{category} on row", colour, theme.accent.row
    for kind, colour in theme.wire.items():
        for name in ("canvas", "raised", "frame"):
            yield f"wire {kind} on {name}", colour, getattr(surface, name)


def too_faint(theme: Theme) -> list[str]:
    """Pairs below their limit, as `what on where: ratio`."""
    pairs = [(TEXT, pair) for pair in text_pairs(theme)] + [(GRAPHIC, pair) for pair in graphic_pairs(theme)]
    measured = [(limit, name, contrast(first, second)) for limit, (name, first, second) in pairs]
    return [f"{name}: {ratio:.2f}" for limit, name, ratio in measured if ratio < limit]


def nearest(colours: Mapping[str, QColor], sight: str) -> tuple[float, str]:
    """The least distance between two of the colours in that sight, and which two."""
    seen = {name: _lab(_linear(colour), SIGHT[sight]) for name, colour in colours.items()}
    pairs = itertools.combinations(seen, 2)
    return min((distance(seen[first], seen[second]), f"{first}, {second}") for first, second in pairs)


def _lab(linear: Triple, sight: tuple[Triple, Triple, Triple]) -> Triple:
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in sight)
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(first: Triple, second: Triple) -> float:
    """CIEDE2000 between two colours in CIELAB."""
    mean_chroma = (hypot(first[1], first[2]) + hypot(second[1], second[2])) / 2
    stretch = 1.5 - 0.5 * sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7))
    chroma1, chroma2 = (hypot(stretch * lab[1], lab[2]) for lab in (first, second))
    hue1, hue2 = (degrees(atan2(lab[2], stretch * lab[1])) % 360 for lab in (first, second))
    turn, hue = hue2 - hue1, (hue1 + hue2) / 2
    if chroma1 * chroma2 == 0:
        turn, hue = 0.0, hue1 + hue2
    elif abs(turn) > 180:
        turn += 360 if turn < 0 else -360
        hue += 180 if hue < 180 else -180
    light, chroma = (first[0] + second[0]) / 2, (chroma1 + chroma2) / 2
    tone = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    by_light = (second[0] - first[0]) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (chroma2 - chroma1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(chroma1 * chroma2) * sin(radians(turn) / 2) / (1 + 0.015 * chroma * tone)
    blue = 2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 - blue * by_chroma * by_hue)


def _changed(group: str, token: str, colour: str) -> Theme:
    document = copy.deepcopy(read_document("dark"))
    document[group][token] = colour
    return read_theme(document)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_everything_can_be_read(name: str) -> None:
    assert too_faint(Theme.named(name)) == []


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", THEME_NAMES)
def test_categories_and_wires_can_be_told_apart(name: str, sight: str) -> None:
    theme = Theme.named(name)
    # A block and a wire not known yet are grey or white on purpose: an outline below and dashes tell them.
    categories = {key: colour for key, colour in theme.category.items() if key != "block"}
    wires = {key: colour for key, colour in theme.wire.items() if key != "unknown"}
    assert nearest(categories, sight)[0] >= 12, nearest(categories, sight)
    assert nearest(wires, sight)[0] >= 15, nearest(wires, sight)


@pytest.mark.parametrize(
    ("group", "token", "colour", "found"),
    [
        ("text", "tertiary", "#70757d", "text.tertiary on hover"),
        ("surface", "hover", "#454b55", "text.tertiary on hover"),
        ("border", "control", "#4a4f57", "border.control on panel"),
        ("category", "objective", "#8d3039", "objective on raised"),
        ("wire", "mask", "#5c4450", "wire mask on canvas"),
        ("accent", "fill", "#6aaeff", "on_accent on fill"),
    ],
)
def test_a_faint_colour_is_found(group: str, token: str, colour: str, found: str) -> None:
    assert any(line.startswith(found) for line in too_faint(_changed(group, token, colour)))


def test_colours_too_alike_are_found() -> None:
    theme = _changed("category", "pooling", "#5f9c7f")
    assert nearest(theme.category, "deutan")[0] < 12


def test_measures_agree_with_published_values() -> None:
    assert contrast(QColor("#ffffff"), QColor("#000000")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.005)
    # Rows 1, 7 and 25 of the table in Sharma, Wu and Dalal.
    assert distance((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert distance((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert distance((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(1.2644, abs=1e-4)
