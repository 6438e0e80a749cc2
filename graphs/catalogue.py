"""All kinds of layers, by name and by category."""

import importlib
import pkgutil
from functools import cache
from typing import Any

from graphs.declarations import Registry
from graphs.parameters import Integer
from graphs.spec import CATEGORIES, LayerSpec, no_weights

ENTRY_POINTS = "netwright.layers"


def _load() -> None:
    from importlib.metadata import entry_points  # it brings a reader of mail along, which windows start without

    families = importlib.import_module("graphs.layers")
    for family in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"graphs.layers.{family.name}")
    for entry in entry_points(group=ENTRY_POINTS):  # installed packages that bring layers of their own
        entry.load()


LAYERS: Registry[LayerSpec] = Registry("layer", _load)


def layer(name: str, summary: str, **declaration: Any) -> LayerSpec:
    """Declare a kind of layer; the fields are those of `graphs.spec.LayerSpec`."""
    return LAYERS.add(LayerSpec(name=name, summary=summary, **declaration))


def names() -> list[str]:
    """Return the names of all layers."""
    return LAYERS.names()


def get(name: str) -> LayerSpec:
    """Return the declaration of a layer. Raises UserError that suggests near names."""
    return LAYERS.get(name)


def find(name: str) -> LayerSpec | None:
    """Return the declaration of a layer, None for a kind that is not known here."""
    return LAYERS.find(name)


def by_category() -> dict[str, list[LayerSpec]]:
    """Return the layers of each category, in the order of the library."""
    groups: dict[str, list[LayerSpec]] = {category: [] for category in CATEGORIES}
    for spec in LAYERS:
        groups[spec.category].append(spec)
    return groups


def likest(kind: str) -> list[LayerSpec]:
    """Return all other layers, the likest first: of its category, with its ports, with most parameters in common."""
    own = get(kind)
    choices = _choices(own)

    def distance(other: LayerSpec) -> tuple[bool, bool, float, str]:
        theirs = _choices(other)
        shared = len(choices & theirs) / max(len(choices | theirs), 1)
        ports = (other.inputs, other.outputs) != (own.inputs, own.outputs)
        return other.category != own.category, ports, -shared, other.name

    return sorted((spec for spec in LAYERS if spec.name != kind), key=distance)


def _choices(spec: LayerSpec) -> set[tuple[str, type, int]]:
    return {(choice.name, type(choice), getattr(choice, "rank", 0)) for choice in spec.choices}


@cache
def main_parameter(kind: str) -> str:
    """Return the parameter that says how big a layer with weights, or an input, is: it is shown at its default too."""
    spec = get(kind)
    first = spec.choices[0] if spec.choices else None
    if first is None:
        return ""
    sizing = isinstance(first, Integer) and spec.weights is not no_weights
    return first.name if sizing or first.name == "shape" else ""
