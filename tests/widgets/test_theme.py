"""The theme: what it reads and refuses, how it follows the system, and that its style sheet holds its colours alone."""

import copy
import json
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from graphs.errors import FileProblem, UserError
from widgets.theme import SYSTEM, THEME_NAMES, Theme, ThemeSource, palette, read_theme, system_theme_name
from widgets.theme_fonts import FONTS
from widgets.theme_measures import read_measures, shared_measures
from widgets.theme_reading import THEMES, read_document
from widgets.theme_style import dress, mark, stylesheet

HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def _colours(theme: Theme) -> set[str]:
    """All colours of the theme's file, by walking it."""
    return set(HEX.findall(json.dumps(read_document(theme.name))))


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the dark theme, undressed afterwards."""
    before = qapp.font(), qapp.palette(), qapp.style().objectName()
    dress(qapp, Theme.named("dark"))
    yield qapp
    qapp.setStyleSheet("")
    qapp.setFont(before[0])
    qapp.setPalette(before[1])
    qapp.setStyle(before[2])


@pytest.mark.parametrize("name", THEME_NAMES)
def test_named(name: str) -> None:
    theme = Theme.named(name)
    assert theme.name == name
    assert theme is Theme.named(name)
    assert theme.dark is (name != "light")
    assert set(theme.category) == set(theme.measures.categories)
    assert set(theme.wire) == set(theme.measures.tensor_kinds)


@pytest.mark.parametrize("name", ["solarized", "", "measures", "../dark", "Dark"])
def test_unknown_theme_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="Choose one of dark, light, high_contrast"):
        Theme.named(name)


def test_high_contrast_widens_the_stripe_alone() -> None:
    plain, contrast = Theme.named("dark").measures, Theme.named("high_contrast").measures
    assert (plain.node.stripe, contrast.node.stripe) == (4, 6)
    assert plain.size == contrast.size
    assert plain.wire == contrast.wire


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("surface", "panel"), "panel", "dark.surface.panel: expected a colour"),
        (("surface", "panel"), "#12345", "dark.surface.panel: expected a colour"),
        (("surface", "shiny"), "#123456", "dark.surface: missing or unknown: shiny"),
        (("category", "poetry"), "#123456", "dark.category: missing or unknown: poetry"),
        (("accent",), "#123456", "dark.accent: expected an object"),
        (("series",), [], "dark.series: expected a list of colours"),
        (("extra",), {}, "dark: missing or unknown: extra"),
        (("measures", "node"), {"stripe": "wide"}, "dark.measures.node.stripe: expected a whole number"),
        (("measures", "paint"), {}, "dark.measures: expected one of"),
    ],
)
def test_damaged_theme_names_the_place(path: tuple[str, ...], value: object, message: str) -> None:
    document = copy.deepcopy(read_document("dark"))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(FileProblem, match=re.escape(message)):
        read_theme(document)


def test_damaged_measures_name_the_place() -> None:
    document = read_document("measures")
    document["wire"]["width"] = -1
    with pytest.raises(FileProblem, match=re.escape("wire.width: expected a number")):
        read_measures(document)


def test_absent_document_is_a_user_error() -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        read_document("absent")


def test_category_by_id_label_or_neither() -> None:
    measures = shared_measures()
    assert measures.category("Convolution").id == measures.category("convolution").id == "convolution"
    assert measures.category("Shape and merge").id == "shape"
    assert measures.category("Something of a plug-in").id == "block"
    theme = Theme.named("light")
    assert theme.category_colour("Linear") == theme.category["linear"]


@pytest.mark.parametrize("role", ["caption", "body", "control", "title", "page"])
@pytest.mark.parametrize("mono", [False, True])
def test_fonts_by_role(role: str, mono: bool, qapp: QApplication) -> None:
    theme = Theme.named("dark")
    font = theme.font(role, "semibold", mono=mono)
    assert font.pixelSize() == getattr(theme.measures.type, role) >= 11
    assert font.weight() == 600
    if mono:
        assert QFontInfo(font).family() == "JetBrains Mono"
        assert QFontInfo(font).fixedPitch()


def test_bundled_fonts_come_with_their_licence() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
    for path in [*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]:
        family, weight = path.stem.split("-")
        assert family in readme.replace(" ", "")
        assert weight in readme


@pytest.mark.parametrize("name", THEME_NAMES)
def test_style_sheet_holds_colours_of_the_theme_alone(name: str, qapp: QApplication) -> None:
    theme = Theme.named(name)
    sheet = stylesheet(theme)
    assert "@" not in sheet
    found = set(HEX.findall(sheet))
    assert found
    assert found <= _colours(theme)
    assert "rgb" not in sheet


def test_sheets_are_written_in_tokens() -> None:
    sheets = sorted((THEMES / "style").glob("*.qss"))
    assert sheets
    for path in sheets:
        assert not HEX.findall(path.read_text(encoding="utf-8")), path.name


def test_sheets_parse_and_tell_themes_apart(qapp: QApplication, qtbot: QtBot) -> None:
    field = QWidget()
    qtbot.addWidget(field)
    for name in THEME_NAMES:
        field.setStyleSheet(stylesheet(Theme.named(name)))  # a sheet that Qt cannot parse is logged and fails the test
        field.ensurePolished()
    assert len({stylesheet(Theme.named(name)) for name in THEME_NAMES}) == len(THEME_NAMES)


def test_palette_follows_the_theme() -> None:
    theme = Theme.named("light")
    colours = palette(theme)
    assert colours.color(QPalette.ColorRole.Window) == theme.surface.window
    assert colours.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.text.disabled


def test_sizes_of_controls(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    button, small = QPushButton("Pause"), QPushButton("Set")
    small.setProperty("compact", True)
    for control in (button, small):
        layout.addWidget(control)
    page.show()
    size = Theme.named("dark").measures.size
    assert button.height() == size.button
    assert small.height() == size.button_compact


def test_mark_restyles(dressed: QApplication, qtbot: QtBot) -> None:
    chip = QLabel("running")
    qtbot.addWidget(chip)
    surface = Theme.named("dark").status.running_surface
    assert chip.grab().toImage().pixelColor(3, 3) != surface
    mark(chip, chip="running")
    chip.resize(chip.sizeHint())
    assert chip.grab().toImage().pixelColor(3, 3) == surface


class _Listener(QObject):
    """Keeps the themes that a source told of."""

    def __init__(self, source: ThemeSource) -> None:
        super().__init__()
        self.heard: list[Theme] = []
        source.changed.connect(self.heard.append)


def test_source_tells_of_each_change_once(qapp: QApplication) -> None:
    source = ThemeSource("dark")
    heard = _Listener(source).heard
    source.choose("light")
    source.choose("light")
    assert [theme.name for theme in heard] == ["light"]
    assert source.theme is Theme.named("light")
    with pytest.raises(UserError, match="no theme named"):
        source.choose("pink")
    assert source.choice == "light"
    source.choose(SYSTEM)
    assert source.theme.name == system_theme_name()


@pytest.mark.parametrize(("scheme", "name"), [(Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Dark, "dark")])
def test_source_follows_the_system(scheme: Qt.ColorScheme, name: str, qapp: QApplication) -> None:
    hints = qapp.styleHints()
    source = ThemeSource()
    hints.setColorScheme(scheme)
    try:
        if hints.colorScheme() != scheme:
            pytest.skip("this platform has no colour scheme to change")
        assert source.theme is Theme.named(name)
        chosen = ThemeSource("high_contrast")
        hints.setColorScheme(Qt.ColorScheme.Light if name == "dark" else Qt.ColorScheme.Dark)
        assert source.theme is not Theme.named(name)
        assert chosen.theme.name == "high_contrast"
    finally:
        hints.unsetColorScheme()


def test_reduced_motion_stops_what_slides(qapp: QApplication) -> None:
    source = ThemeSource("dark")
    heard = _Listener(source).heard
    source.reduce_motion(True)
    duration = source.theme.measures.duration
    assert (duration.popup, duration.panel, duration.arrange, duration.zoom_to_fit) == (0, 0, 0, 0)
    assert duration.toast == Theme.named("dark").measures.duration.toast > 0
    source.reduce_motion(False)
    assert [theme.measures.duration.panel for theme in heard] == [0, 120]


def test_label_role_sets_the_colour(dressed: QApplication, qtbot: QtBot) -> None:
    theme = Theme.named("dark")
    label = QLabel("12")
    qtbot.addWidget(label)
    mark(label, role="tertiary mono")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.text.tertiary)
    assert label.font().family() == "JetBrains Mono"


class _Restyled(QObject):
    """Counts how often a widget is told that its style is another one."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def test_a_switch_of_themes_restyles_a_widget_as_often_however_deep_it_lies(
    dressed: QApplication, qtbot: QtBot
) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    inner, counts = outer, [_Restyled(outer)]
    for _ in range(8):
        inner = QLabel("text", inner)
        counts.append(_Restyled(inner))
    with qtbot.waitExposed(outer):
        outer.show()
    for count in counts:
        count.times = 0
    dress(dressed, Theme.named("light"))
    assert {count.times for count in counts} == {2}
