"""What the library shows: rows by category, or hits best first, those that accept the selected output before others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphs import catalogue
from graphs.measure import measure, resolve
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.project import MAIN, Project
from graphs.spec import CATEGORIES, LayerSpec
from graphs.tensors import TensorSpec

# Drawn inside blocks or placed for a network of the project: never picked by these names.
_UNPICKED = (BLOCK,)


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to add: `id` is a layer's kind, or the name of a network of the project that may be a block."""

    id: str
    title: str
    category: str
    summary: str


def by_category(project: Project, inside_block: bool) -> Mapping[str, Sequence[Pick]]:
    """Return what there is to pick, by the id of its category; blocks of the project come last."""
    found = {
        category: [_pick(spec) for spec in specs if _offered(spec, inside_block)]
        for category, specs in catalogue.by_category().items()
    }
    found["block"] = [*found.get("block", []), *blocks(project)]
    return {category: picks for category, picks in found.items() if picks}


def blocks(project: Project) -> list[Pick]:
    """Return the networks of a project that may stand in others as a block."""
    return [
        Pick(name, name, "block", f"The network {name} of this project, as one layer.")
        for name, network in project.networks.items()
        if name != MAIN and network.of_kind(INLET, OUTLET)
    ]


def hits(project: Project, inside_block: bool, text: str, output: TensorSpec | None) -> list[Pick]:
    """Return what `text` finds, best first; what takes `output` comes before what does not."""
    wanted = text.strip().lower()
    found = [spec for spec in catalogue.search(text) if _offered(spec, inside_block)]
    if output is not None:
        found.sort(key=lambda spec: not accepts(spec, output))
    own = [pick for pick in blocks(project) if wanted in pick.title.lower()]
    return [*(_pick(spec) for spec in found), *own]


def accepts(spec: LayerSpec, output: TensorSpec) -> bool:
    """Tell whether a layer as it is by default takes this tensor on its first input."""
    if not spec.inputs:
        return False
    ports = [port for port in spec.inputs if not port.optional]
    if not ports:
        return False
    values = resolve(spec, {}, {}).values
    inputs = {port.name: (output,) * (port.least if port.variadic else 1) for port in ports}
    return measure(spec, values, inputs).fault is None


def category_title(category: str) -> str:
    """Return the heading of a category."""
    return "My blocks" if category == "block" else CATEGORIES[category]


def count() -> int:
    """Return how many layers there are to search."""
    return len(catalogue.names())


def _offered(spec: LayerSpec, inside_block: bool) -> bool:
    return spec.name not in _UNPICKED and (inside_block or spec.name not in (INLET, OUTLET))


def _pick(spec: LayerSpec) -> Pick:
    return Pick(spec.name, spec.name, spec.category, spec.summary)
