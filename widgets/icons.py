"""Draws the icons of `resources/icons` in the colours of the theme, at any size and pixel ratio."""

import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from graphs.errors import UserError
from widgets.theme import Theme
from widgets.theme_reading import RESOURCES

ICONS = RESOURCES / "icons"
# Drawn for screens of one, two and three pixels a point, so that a window moved between them stays sharp.
_RATIOS = (1.0, 2.0, 3.0)


@cache
def icon_names() -> tuple[str, ...]:
    """All icons, sorted."""
    return tuple(sorted(path.stem for path in ICONS.glob("*.svg")))


def icon(name: str, theme: Theme, size: int | None = None, colour: QColor | None = None) -> QIcon:
    """The icon in `colour` (secondary text unless given), tertiary when disabled, primary when on.

    `size` is in px (16 unless given); raises UserError for a name that no file has.
    """
    side = size or theme.measures.size.icon
    return _in_all_states(name, theme, colour, QSize(side, side))


def put_icon(button: QAbstractButton, name: str, theme: Theme, colour: QColor | None = None) -> None:
    """Give a button its icon, with a gap before its text if it has one; a filled button's icon is as its text.

    Raises UserError for a name that no file has.
    """
    if colour is None and button.property("primary"):
        colour = theme.text.on_accent
    side = theme.measures.size.icon
    gap = theme.measures.space.tiny if button.text() else 0
    button.setIcon(_in_all_states(name, theme, colour, QSize(side + gap, side)))
    button.setIconSize(QSize(side + gap, side))


def category_icon(category: str, theme: Theme, size: int | None = None) -> QIcon:
    """The icon of a category of layers, by its id or label, in the colour of the category."""
    return icon(theme.measures.category(category).icon, theme, size, theme.category_colour(category))


def application_icon(theme: Theme) -> QIcon:
    """The mark of the application: the N on a rounded square of the accent."""
    result = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        picture = _empty(side, side, 1.0)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent.fill)
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.22, side * 0.22)
        _renderer("mark", theme.text.on_accent.name()).render(painter, QRectF(0, 0, side, side))
        painter.end()
        result.addPixmap(picture)
    return result


def pixmap(name: str, colour: QColor, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
    """The icon `size` px wide and high, for a screen of that many device pixels a px; raises UserError if unknown."""
    return _pixmap(name, _argb(colour), size, size, device_pixel_ratio)


def tinted_svg(name: str, colour: QColor) -> str:
    """The text of the icon's file with `colour` for its current colour; raises UserError if unknown."""
    return _source(name).replace("currentColor", colour.name())


def tinted_file(name: str, colour: QColor) -> Path:
    """A file of the tinted icon, for style sheets, which take pictures by path only; gone when the process ends."""
    path = Path(_folder().name) / f"{name}-{colour.name()[1:]}.svg"
    if not path.exists():
        path.write_text(tinted_svg(name, colour), encoding="utf-8")
    return path


def _in_all_states(name: str, theme: Theme, colour: QColor | None, room: QSize) -> QIcon:
    usual, chosen = colour or theme.text.secondary, colour or theme.text.primary
    return _icon(name, _argb(usual), _argb(chosen), _argb(theme.text.disabled), room.width(), room.height())


@cache
def _icon(name: str, usual: str, chosen: str, disabled: str, width: int, height: int) -> QIcon:
    on, off = QIcon.State.On, QIcon.State.Off
    result = QIcon()
    for ratio in _RATIOS:
        # Selected says the same as Normal: left out, Qt would tint it after its own taste.
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            result.addPixmap(_pixmap(name, usual, width, height, ratio), mode, off)
            result.addPixmap(_pixmap(name, chosen, width, height, ratio), mode, on)
        dull = _pixmap(name, disabled, width, height, ratio)
        result.addPixmap(dull, QIcon.Mode.Disabled, off)
        result.addPixmap(dull, QIcon.Mode.Disabled, on)
    return result


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="netwright-icons-")


@cache
def _source(name: str) -> str:
    if name not in icon_names():
        raise UserError(f"There is no icon named {name!r}. The icons are the files in {ICONS}.")
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(tinted_svg(name, QColor(colour)).encode())


@cache
def _pixmap(name: str, colour: str, width: int, height: int, ratio: float) -> QPixmap:
    """The icon at the left of a picture that may be wider than high, to keep off the text beside it."""
    renderer = _renderer(name, QColor(colour).name())
    picture = _empty(width, height, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(QColor(colour).alphaF())
    renderer.render(painter, QRectF(0, 0, height, height))
    painter.end()
    return picture


def _empty(width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(round(width * ratio), round(height * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _argb(colour: QColor) -> str:
    return colour.name(QColor.NameFormat.HexArgb)
