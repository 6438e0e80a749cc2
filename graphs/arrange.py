"""Automatic layout: the longest path as a straight trunk, all else in rows and columns beside it.

Nodes stand in rows by their longest path, in an order in which few wires cross, at places that keep chains straight;
`graphs.arranging` has the steps. The places follow from wires, sizes and pinned nodes, and from where the trunk starts,
so that arranging twice changes nothing.
"""

from collections.abc import Callable, Collection, Mapping

import networkx as nx

from graphs.arranging.measures import GAPS, GRID, USUAL_SIZE, Gaps, Place
from graphs.arranging.placing import Table
from graphs.network import Network, node_order

__all__ = ["GAPS", "GRID", "USUAL_SIZE", "Gaps", "Place", "Stopped", "arrange"]


class Stopped(Exception):
    """The layout was given up because `progress` said so."""


def arrange(
    network: Network,
    sizes: Mapping[str, tuple[float, float]],
    flow: str = "",
    gaps: Gaps = GAPS,
    pinned: Collection[str] = (),
    only: Collection[str] | None = None,
    *,
    fresh: Collection[str] = (),
    progress: Callable[[float], bool] | None = None,
) -> dict[str, Place]:
    """Return new positions of those nodes that have to move.

    sizes: width and height, in pixels. flow: `down` or `right`; the network's own by default. pinned: nodes that
    stay, beside those with the attribute `pinned`. only: the nodes to arrange, all others staying; all by default.
    fresh: those of `only` without a place of their own yet; they come near their neighbours. progress: told the share
    that is done, now and then; raises Stopped when it answers false.
    """

    def step(share: float) -> None:
        if progress is not None and not progress(min(share, 1.0)):
            raise Stopped

    nodes = set(network) if only is None else set(only) & set(network)
    held = frozenset(pinned)
    stay = {node for node in nodes if node in held or network[node].get("pinned")}
    table = Table(network, sizes, (flow or network.flow) == "down", gaps, stay, nodes)
    keys = {node: node_order(node) for node in nodes}
    parts = nx.weakly_connected_components(network.graph.subgraph(nodes) if only is not None else network.graph)
    ordered = sorted(parts, key=lambda part: min(map(keys.__getitem__, part)))
    step(0.0)
    if only is None and ordered:
        table.place_all(ordered, step)
    elif ordered:
        table.place_among(ordered, fresh, step)
    step(1.0)
    return {node: place for node, place in table.places().items() if place != tuple(network.position(node))}
