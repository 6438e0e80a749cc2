"""What else belongs to a selection of layers: all that leads there, all that follows, all of their kinds."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from widgets.canvas.scene import Scene


def before(scene: "Scene", nodes: Iterable[str]) -> frozenset[str]:
    """Return the nodes and all from which a wire leads to one of them."""
    return _reached(nodes, scene.network.graph.predecessors)


def after(scene: "Scene", nodes: Iterable[str]) -> frozenset[str]:
    """Return the nodes and all to which a wire leads from one of them."""
    return _reached(nodes, scene.network.graph.successors)


def alike(scene: "Scene", nodes: Iterable[str]) -> frozenset[str]:
    """Return all nodes of the kinds that these are of."""
    network = scene.network
    kinds = {network.kind(node) for node in nodes}
    return frozenset(node for kind in kinds for node in network.of_kind(kind))


def _reached(nodes: Iterable[str], along: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Return the nodes and all that wires lead to from them, each looked at once however many there are."""
    found = set(nodes)
    due = [*found]
    while due:
        new = {node for node in along(due.pop()) if node not in found}
        found |= new
        due += new
    return frozenset(found)
