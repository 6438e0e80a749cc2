"""Sizes, text heights and times that all themes share."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graphs.errors import FileProblem
from widgets.theme_reading import THEMES, read_document, read_record, read_table


@dataclass(frozen=True)
class TypeScale:
    """Text heights by role, px."""

    caption: int
    body: int
    control: int
    title: int
    page: int


@dataclass(frozen=True)
class Weights:
    """Font weights, 100 to 900."""

    regular: int
    medium: int
    semibold: int
    bold: int


@dataclass(frozen=True)
class Spaces:
    """Gaps of the 4 px grid, px."""

    tiny: int
    small: int
    medium: int
    large: int
    section: int
    block: int
    page: int


@dataclass(frozen=True)
class Radii:
    """Corner radii, px."""

    control: int
    node: int
    popup: int
    frame: int
    chip: int
    panel: int


@dataclass(frozen=True)
class Sizes:
    """Bars, rows, controls and docks, px."""

    top_bar: int
    canvas_strip: int
    status_bar: int
    dock_title: int
    rail: int
    library: int
    properties: int
    properties_small: int
    training: int
    row: int
    row_compact: int
    row_tall: int
    control: int
    button: int
    button_compact: int
    icon: int
    icon_large: int
    form_label: int
    form_reset: int
    scrollbar: int
    splitter: int
    splitter_grab: int
    progress: int
    dialog: int
    toast: int
    minimap: tuple[int, ...]
    window_least: tuple[int, ...]
    canvas_least: tuple[int, ...]


@dataclass(frozen=True)
class NodeMeasures:
    """A node on the canvas at 100 %, px; `*_px` are text heights."""

    width: int
    width_steps: tuple[int, ...]
    header: int
    parameter_row: int
    bottom_pad: int
    full: int
    compact: int
    stripe: int
    icon_x: int
    name_x: int
    pad_right: int
    port: int
    port_hit: int
    port_gap: int
    slot: tuple[int, ...]
    slot_step: int
    border: int
    selection_ring: int
    ring_gap: int
    badge: int
    badge_far: int
    badge_least_on_screen: int
    chip: int
    focus_dash: tuple[int, ...]
    knock_on_ring: int
    trained_disc: int
    block_edge: int
    gap_tight: int
    gap_label: int
    gap_branch: int
    grid: int
    name_px: int
    kind_px: int
    row_px: int
    frame_title_px: int
    note_px: int
    radius_selected: int


@dataclass(frozen=True)
class WireMeasures:
    """Wires at 100 %: widths and distances in px, opacities from 0 to 1."""

    width: float
    hairline: float
    hand: float
    dimmed_opacity: float
    knock_on_opacity: float
    hairline_below_zoom: float
    hover: float
    selected: float
    selected_band: float
    hit: float
    corner: float
    snap: float
    reroute_dot: float
    label_dx: float


@dataclass(frozen=True)
class Durations:
    """Times of animations and of what shows itself for a while, ms."""

    hover: int
    press: int
    hover_tip: int
    done_mark: int
    popup: int
    panel: int
    arrange: int
    zoom_to_fit: int
    toast: int
    toast_with_action: int
    settle_after_zoom: int
    live_refresh: int

    def without_motion(self) -> "Durations":
        """The same, with every movement done at once; waiting and reading times stay."""
        return dataclasses.replace(self, popup=0, panel=0, arrange=0, zoom_to_fit=0)


@dataclass(frozen=True)
class CategoryMark:
    """How a category of layers is told apart; `icon` names a file in `resources/icons`."""

    id: str
    label: str
    icon: str


@dataclass(frozen=True)
class TensorKind:
    """How a kind of tensor is told apart: `port` names the glyph, `dash` is on and off in px (empty is solid)."""

    id: str
    label: str
    port: str
    dash: tuple[int, ...]


@dataclass(frozen=True)
class Measures:
    """All sizes and times of the window, and the marks of categories and tensor kinds by id."""

    type: TypeScale
    weight: Weights
    space: Spaces
    radius: Radii
    size: Sizes
    node: NodeMeasures
    wire: WireMeasures
    duration: Durations
    categories: Mapping[str, CategoryMark]
    tensor_kinds: Mapping[str, TensorKind]

    def category(self, name: str) -> CategoryMark:
        """The mark of a category given by id or by label; one that the window does not know is drawn as a block."""
        wanted = name.casefold()
        for mark in self.categories.values():
            if wanted in (mark.id, mark.label.casefold()):
                return mark
        return self.categories["block"]


_GROUPS = {field.name: field.type for field in dataclasses.fields(Measures) if isinstance(field.type, type)}


@cache
def shared_measures() -> Measures:
    """The measures of `resources/themes/measures.json`."""
    return read_measures(read_document("measures"))


def read_measures(document: Mapping[str, object]) -> Measures:
    """Measures of a document as `measures.json` holds it; raises FileProblem naming the first place that is wrong."""
    if missing := {field.name for field in dataclasses.fields(Measures)} - set(document):
        raise FileProblem(THEMES, f"missing: {', '.join(sorted(missing))}.", "measures")
    groups: dict[str, Any] = {name: read_record(kind, document[name], name) for name, kind in _GROUPS.items()}
    categories = [read_record(CategoryMark, item, "categories") for item in _items(document, "categories")]
    kinds = [read_record(TensorKind, item, "tensor_kinds") for item in _items(document, "tensor_kinds")]
    return Measures(
        **groups,
        categories={mark.id: mark for mark in categories},
        tensor_kinds={kind.id: kind for kind in kinds},
    )


def adjusted(measures: Measures, changes: object, place: str) -> Measures:
    """`measures` with single values replaced, as `{"node": {"stripe": 6}}` of a theme file asks for."""
    groups: dict[str, Any] = {}
    for group, values in read_table(changes, place).items():
        if group not in _GROUPS:
            raise FileProblem(THEMES, f"expected one of {', '.join(_GROUPS)}, came {group}.", place)
        merged = {**_as_document(getattr(measures, group)), **read_table(values, f"{place}.{group}")}
        groups[group] = read_record(_GROUPS[group], merged, f"{place}.{group}")
    return dataclasses.replace(measures, **groups)


def _items(document: Mapping[str, object], name: str) -> list[object]:
    items = document[name]
    if not isinstance(items, list):
        raise FileProblem(THEMES, f"expected a list, came {items!r}.", name)
    return items


def _as_document(record: object) -> dict[str, object]:
    assert dataclasses.is_dataclass(record)
    assert not isinstance(record, type)
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
