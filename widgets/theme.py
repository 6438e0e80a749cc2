"""The theme: every colour, size, time and font of the window as one frozen value, and its choice by system or user."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from graphs.errors import FileProblem, UserError
from widgets.theme_colours import (
    AccentColours,
    BorderColours,
    SelectionColours,
    StatusColours,
    SurfaceColours,
    TextColours,
)
from widgets.theme_fonts import families, make_font
from widgets.theme_measures import Measures, adjusted, shared_measures
from widgets.theme_reading import THEMES, read_colour, read_document, read_record, read_table

THEME_NAMES = ("dark", "light", "high_contrast")
SYSTEM = "system"


@dataclass(frozen=True, eq=False)
class Theme:
    """One look. `category` and `wire` map the ids in `measures`; copy a colour before changing its alpha."""

    name: str
    title: str
    appearance: str
    surface: SurfaceColours
    border: BorderColours
    text: TextColours
    accent: AccentColours
    status: StatusColours
    selection: SelectionColours
    category: Mapping[str, QColor]
    wire: Mapping[str, QColor]
    series: tuple[QColor, ...]
    measures: Measures

    @staticmethod
    @cache
    def named(name: str) -> "Theme":
        """The theme of that name; raises UserError for a name that is none of THEME_NAMES."""
        if name not in THEME_NAMES:
            raise UserError(f"There is no theme named {name!r}. Choose one of {', '.join(THEME_NAMES)}.")
        return read_theme(read_document(name))

    @property
    def dark(self) -> bool:
        return self.appearance == "dark"

    def font(self, role: str = "body", weight: str = "regular", *, mono: bool = False) -> QFont:
        """The font of a text role (a field of TypeScale) in a weight (a field of Weights)."""
        family = families().mono if mono else families().ui
        return make_font(family, getattr(self.measures.type, role), getattr(self.measures.weight, weight))

    def category_colour(self, category: str) -> QColor:
        """The colour of a category of layers, given by id or label."""
        return self.category[self.measures.category(category).id]

    def without_motion(self) -> "Theme":
        """The same look, where nothing slides."""
        duration = self.measures.duration.without_motion()
        return dataclasses.replace(self, measures=dataclasses.replace(self.measures, duration=duration))


def read_theme(document: Mapping[str, object]) -> Theme:
    """The theme a document as `dark.json` describes; raises FileProblem naming the first place that is wrong."""
    if odd := {field.name for field in dataclasses.fields(Theme)} ^ set(document):
        raise FileProblem(THEMES, f"missing or unknown: {', '.join(sorted(odd))}.", str(document.get("name", "theme")))
    name = str(document["name"])
    measures = adjusted(shared_measures(), document["measures"], f"{name}.measures")
    series = document["series"]
    if not isinstance(series, list) or not series:
        raise FileProblem(THEMES, f"expected a list of colours, came {series!r}.", f"{name}.series")
    return Theme(
        name=name,
        title=str(document["title"]),
        appearance=str(document["appearance"]),
        surface=read_record(SurfaceColours, document["surface"], f"{name}.surface"),
        border=read_record(BorderColours, document["border"], f"{name}.border"),
        text=read_record(TextColours, document["text"], f"{name}.text"),
        accent=read_record(AccentColours, document["accent"], f"{name}.accent"),
        status=read_record(StatusColours, document["status"], f"{name}.status"),
        selection=read_record(SelectionColours, document["selection"], f"{name}.selection"),
        category=_read_colours(document["category"], set(measures.categories), f"{name}.category"),
        wire=_read_colours(document["wire"], set(measures.tensor_kinds), f"{name}.wire"),
        series=tuple(read_colour(value, f"{name}.series") for value in series),
        measures=measures,
    )


def _read_colours(values: object, ids: set[str], place: str) -> Mapping[str, QColor]:
    table = read_table(values, place)
    if odd := ids ^ set(table):
        raise FileProblem(THEMES, f"missing or unknown: {', '.join(sorted(odd))}.", place)
    return {key: read_colour(value, f"{place}.{key}") for key, value in table.items()}


def system_theme_name() -> str:
    """The theme that the desktop asks for: high contrast first, else light or dark; dark if it says nothing."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "high_contrast"
    return "light" if hints.colorScheme() == Qt.ColorScheme.Light else "dark"


def palette(theme: Theme) -> QPalette:
    """The palette for what no style sheet reaches: text documents, native parts, third-party widgets."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colours = {
        role.Window: theme.surface.window,
        role.WindowText: theme.text.primary,
        role.Base: theme.surface.field,
        role.AlternateBase: theme.surface.panel,
        role.ToolTipBase: theme.surface.raised,
        role.ToolTipText: theme.text.primary,
        role.PlaceholderText: theme.text.tertiary,
        role.Text: theme.text.primary,
        role.Button: theme.surface.raised,
        role.ButtonText: theme.text.primary,
        role.BrightText: theme.text.primary,
        role.Light: theme.surface.hover,
        role.Midlight: theme.surface.hover,
        role.Mid: theme.border.node,
        role.Dark: theme.border.subtle,
        role.Shadow: theme.surface.canvas,
        role.Highlight: theme.accent.row,
        role.HighlightedText: theme.text.primary,
        role.Accent: theme.accent.fill,
        role.Link: theme.text.link,
        role.LinkVisited: theme.text.link,
    }
    result = QPalette()
    for name, colour in colours.items():
        result.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(group.Disabled, name, theme.text.disabled)
    return result


class ThemeSource(QObject):
    """Knows the theme in force and tells of each change; follows the desktop until a theme is chosen."""

    changed = Signal(object)

    def __init__(self, choice: str = SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._still = False
        self._theme = self._wanted()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)
        hints.accessibility().contrastPreferenceChanged.connect(self._refresh)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def choice(self) -> str:
        """The setting: a theme's name, or `system`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follow `system`, or stay with the theme named; raises UserError for another name and changes nothing."""
        if choice != SYSTEM:
            Theme.named(choice)
        self._choice = choice
        self._refresh()

    def reduce_motion(self, still: bool) -> None:
        """Let nothing slide, or let it slide again."""
        self._still = still
        self._refresh()

    def _wanted(self) -> Theme:
        theme = Theme.named(system_theme_name() if self._choice == SYSTEM else self._choice)
        return theme.without_motion() if self._still else theme

    def _refresh(self) -> None:
        wanted = self._wanted()
        if (wanted.name, wanted.measures) != (self._theme.name, self._theme.measures):
            self._theme = wanted
            self.changed.emit(wanted)
