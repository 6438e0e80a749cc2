"""Chooses the faces of the window: the system's for the interface, the bundled JetBrains Mono for figures and code."""

import sys
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from widgets.theme_reading import RESOURCES

FONTS = RESOURCES / "fonts"
_MONO_FILES = ("JetBrainsMono-Regular.ttf", "JetBrainsMono-SemiBold.ttf", "JetBrainsMono-Bold.ttf")
_UI_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
# What a Linux desktop without a chosen face answers with: wide, and without the weights 500 and 600.
_STOPGAP_FACES = ("DejaVu Sans", "Bitstream Vera Sans", "Sans", "Sans Serif", "")


@dataclass(frozen=True)
class Families:
    """Names of the font families in use."""

    ui: str
    mono: str


@cache
def families() -> Families:
    """The families of this machine; loads the bundled fonts, so a QGuiApplication must exist."""
    return Families(ui=_ui_family(), mono=_bundled(_MONO_FILES) or _system(QFontDatabase.SystemFont.FixedFont))


def make_font(family: str, pixels: int, weight: int) -> QFont:
    """A font `pixels` high whose figures are all equally wide and whose characters are never joined into others."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    tabular, joined = QFont.Tag.fromString("tnum"), QFont.Tag.fromString("calt")
    assert tabular is not None
    assert joined is not None
    font.setFeature(tabular, 1)
    font.setFeature(joined, 0)
    return font


def _ui_family() -> str:
    system = _system(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform.startswith("linux") and system in _STOPGAP_FACES:
        return _bundled(_UI_FILES) or system
    return system


def _system(role: QFontDatabase.SystemFont) -> str:
    return QFontInfo(QFontDatabase.systemFont(role)).family()


def _bundled(files: tuple[str, ...]) -> str:
    """The family that the files share, or nothing when one of them cannot be loaded."""
    names = []
    for name in files:
        number = QFontDatabase.addApplicationFont(str(FONTS / name))
        if number < 0:
            return ""
        names.append(QFontDatabase.applicationFontFamilies(number)[0])
    return names[0]
