"""The colours of a theme, grouped by what they are for."""

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True, eq=False)
class SurfaceColours:
    """What things lie on, from the canvas at the back to what is pressed."""

    canvas: QColor
    window: QColor
    panel: QColor
    raised: QColor
    field: QColor
    hover: QColor
    pressed: QColor
    grid: QColor
    frame: QColor
    note: QColor


@dataclass(frozen=True, eq=False)
class BorderColours:
    """Lines: between regions (subtle), round nodes, round what can be worked (control), under the pointer (strong)."""

    subtle: QColor
    node: QColor
    control: QColor
    strong: QColor


@dataclass(frozen=True, eq=False)
class TextColours:
    """Text by rank; `on_accent` is for the filled button."""

    primary: QColor
    secondary: QColor
    tertiary: QColor
    disabled: QColor
    on_accent: QColor
    link: QColor


@dataclass(frozen=True, eq=False)
class AccentColours:
    """The one colour of action: filled buttons, the line under a tab, the chosen row."""

    fill: QColor
    hover: QColor
    line: QColor
    row: QColor


@dataclass(frozen=True, eq=False)
class StatusColours:
    """States of runs and problems; text of a status stands on the `*_surface` of its own."""

    success: QColor
    warning: QColor
    error: QColor
    running: QColor
    success_surface: QColor
    warning_surface: QColor
    error_surface: QColor
    running_surface: QColor


@dataclass(frozen=True, eq=False)
class SelectionColours:
    """The ring round what is selected and the ring round what has the keyboard; the two may differ."""

    ring: QColor
    focus: QColor
