"""What else belongs to a selection of layers: all that leads there, all that follows, all of their kinds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from widgets.canvas.scene import Scene


def before(scene: "Scene", nodes: Iterable[str]) -> frozenset[str]:
    """Return the nodes and all from which a wire leads to one of them."""
    return frozenset(nodes).union(*(nx.ancestors(scene.network.graph, node) for node in nodes))


def after(scene: "Scene", nodes: Iterable[str]) -> frozenset[str]:
    """Return the nodes and all to which a wire leads from one of them."""
    return frozenset(nodes).union(*(nx.descendants(scene.network.graph, node) for node in nodes))


def alike(scene: "Scene", nodes: Iterable[str]) -> frozenset[str]:
    """Return all nodes of the kinds that these are of."""
    network = scene.network
    kinds = {network.kind(node) for node in nodes}
    return frozenset(node for kind in kinds for node in network.of_kind(kind))
