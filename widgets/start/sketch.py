"""Says what a small picture of a project shows: its layers along the flow, the wires between them and past them."""

from dataclasses import dataclass

import networkx as nx

from graphs import catalogue, templates
from graphs.dimensions import Dim
from graphs.ports import BLOCK
from graphs.project import Project
from graphs.reporting import Report, report

MOST_BARS = 16
_WEIGHTY = ("convolution", "linear", "recurrent", "attention", "block")


@dataclass(frozen=True)
class Bar:
    """One layer of the picture: its category, how high it is (0 to 1), and its place along the flow and across.

    inner: the categories of what a block holds.
    """

    category: str
    height: float
    column: int
    lane: float
    inner: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sketch:
    """What a picture shows: bars, wires between neighbours, and wires that skip some."""

    bars: tuple[Bar, ...]
    wires: tuple[tuple[int, int], ...]
    columns: int


def sketch(project: Project, report: Report) -> Sketch:
    """Return the sketch of the main network; a long one keeps its layers with weights first, then its joins."""
    graph = nx.DiGraph(project.main.graph)
    if not nx.is_directed_acyclic_graph(graph):
        return Sketch((), (), 0)
    kept = _kept(project, report)
    for node in [node for node in report.order if node not in kept]:
        graph.add_edges_from((a, b) for a in list(graph.predecessors(node)) for b in list(graph.successors(node)))
        graph.remove_node(node)
    graph = nx.transitive_reduction(graph) if len(kept) < len(report.order) and _plain(graph) else graph
    columns = {node: column for column, group in enumerate(nx.topological_generations(graph)) for node in group}
    sizes = {node: _size(report, node) for node in kept}
    least, most = min(sizes.values(), default=0.0), max(sizes.values(), default=1.0)
    heights = {node: (size - least) / (most - least) if most > least else 0.6 for node, size in sizes.items()}
    bars = tuple(
        Bar(_category(project, node), heights[node], columns[node], _lane(columns, node), _inner(project, node))
        for node in kept
    )
    place = {node: index for index, node in enumerate(kept)}
    wires = tuple((place[a], place[b]) for a, b in graph.edges)
    return Sketch(bars, wires, 1 + max(columns.values(), default=0))


def of_template(name: str) -> tuple[Sketch, Dim]:
    """Return the sketch of a template as it is drawn by itself, and how many parameters it has."""
    project = templates.create(name)
    found = report(project)
    return sketch(project, found), found.parameters


def _kept(project: Project, report: Report) -> list[str]:
    network, order = project.main, list(report.order)
    worth = {node: _worth(project, report, node) for node in order}
    for least in range(1, 5):
        if least > 1 and len(order) <= MOST_BARS:
            break
        order = [node for node in order if worth[node] >= least]
    if len(order) > MOST_BARS:  # still long: every so many, the ends always
        stride = (len(order) - 1) / (MOST_BARS - 1)
        order = [order[round(place * stride)] for place in range(MOST_BARS)]
    assert all(node in network for node in order)
    return order


def _worth(project: Project, report: Report, node: str) -> int:
    """How much a layer says about the architecture: ends and weights most, pointwise layers least."""
    category = _category(project, node)
    if category in ("data", "objective"):
        return 5
    if category in ("normalization", "activation"):
        return 0
    return 3 if report.nodes[node].parameters else 2 if len(project.main.wires_into(node)) > 1 else 1


def _category(project: Project, node: str) -> str:
    spec = catalogue.find(project.main.kind(node))
    return spec.category if spec is not None else "block"


def _inner(project: Project, node: str) -> tuple[str, ...]:
    """The categories of the layers with weights in a block, three at most."""
    inside = project.networks.get(str(project.main.parameters(node).get("network", "")))
    if project.main.kind(node) != BLOCK or inside is None:
        return ()
    kinds = (catalogue.find(inside.kind(one)) for one in inside.of_kind(*{inside.kind(one) for one in inside}))
    found = [spec.category for spec in kinds if spec is not None and spec.category in _WEIGHTY]
    return tuple(found[:3]) or ("block",)


def _size(report: Report, node: str) -> float:
    """Height by the fourth root of what the layer puts out, so that an image does not dwarf ten classes."""
    held = report.nodes[node]
    specs = list(held.outputs.values()) or [spec for group in held.inputs.values() for spec in group]
    elements = specs[0].elements if specs else 1
    return float(elements) ** 0.25 if isinstance(elements, int) and elements > 0 else 2.0


def _lane(columns: dict[str, int], node: str) -> float:
    together = [other for other, column in columns.items() if column == columns[node]]
    return 0.0 if len(together) == 1 else together.index(node) / (len(together) - 1) - 0.5


def _plain(graph: "nx.DiGraph[str]") -> bool:
    return nx.is_directed_acyclic_graph(graph) and max((d for _, d in graph.in_degree()), default=0) <= 1
