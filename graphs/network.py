"""Network: a networkx.MultiDiGraph of layers and wires, and questions about it.

A node's attributes are those of its line in the file: `name`, `layer`, `parameters`, `position` and, when set, more
(see NODE_ATTRIBUTES). An edge's key is `source port:target port`. Only edits (`graphs.edits`) change a network.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from graphs.parameters import Value

if TYPE_CHECKING:
    import networkx as nx

# What a node may hold besides name, layer, parameters and position.
NODE_ATTRIBUTES = {
    "shares": "id of the node of the same kind whose weights it uses",
    "bypassed": "true: the wire goes round it",
    "disabled": "true: it is not part of the network",
    "frozen": "true: its weights do not change in training",
    "pinned": "true: automatic layout leaves it where it is",
    "comment": "a note to the reader",
    "colour": "a colour of the reader's own, #rrggbb",
    "frame": "id of the frame that holds it",
    "open": "true: a block is drawn with its layers on show in its place",
}

Adjacency: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Mapping[str, Value]]]]


@dataclass(frozen=True, slots=True)
class Wire:
    """One edge: from a node's output port to a node's input port."""

    source: str
    source_port: str
    target: str
    target_port: str

    @property
    def key(self) -> str:
        """The edge's key in the graph."""
        return f"{self.source_port}:{self.target_port}"


class Network:
    """A graph of layers. `graph.graph` holds the network's own attributes (`arguments`, `flow`, `frames`, `notes`,
    `bookmarks`), an edge's what its wire has beside its ends (`dots`).
    """

    def __init__(self, graph: "nx.MultiDiGraph[str] | None" = None) -> None:
        self.graph: nx.MultiDiGraph[str] = _empty() if graph is None else graph
        self._holders: dict[str, str] = {}
        # Nodes, neighbours and keys as the graph itself holds them: a view over these takes ten times as long to walk.
        self._nodes: Mapping[str, dict[str, Any]] = self.graph._node  # type: ignore[attr-defined]  # as below
        self._into: Adjacency = self.graph._pred  # type: ignore[attr-defined]  # the stubs leave it out
        self._from: Adjacency = self.graph._succ  # type: ignore[attr-defined]  # the stubs leave it out

    def __contains__(self, node: object) -> bool:
        return node in self._nodes

    def __len__(self) -> int:
        return len(self.graph)

    def __iter__(self) -> Iterator[str]:
        return iter(self.graph)

    def __getitem__(self, node: str) -> Mapping[str, Any]:
        return self._nodes[node]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Network):
            return NotImplemented
        return (
            {node: self[node] for node in self} == {node: other[node] for node in other}
            and self._edges() == other._edges()
            and self.attributes == other.attributes
        )

    def _edges(self) -> dict[tuple[str, str, str], Mapping[str, Value]]:
        return {(s, t, key): held for s, t, key, held in self.graph.edges(keys=True, data=True)}

    __hash__ = None  # type: ignore[assignment]  # a network changes, so it has no hash

    @property
    def attributes(self) -> Mapping[str, Value]:
        """The network's own attributes."""
        return self.graph.graph

    @property
    def arguments(self) -> Mapping[str, int | float]:
        """The arguments of a block and their defaults."""
        arguments: Mapping[str, int | float] = self.graph.graph.get("arguments", {})
        return arguments

    @property
    def flow(self) -> str:
        """`down` or `right`: the direction in which it is drawn."""
        return str(self.graph.graph.get("flow", "down"))

    def name(self, node: str) -> str:
        """Return the name of a node."""
        return str(self._nodes[node]["name"])

    def kind(self, node: str) -> str:
        """Return the kind of layer that a node is."""
        return str(self._nodes[node]["layer"])

    def parameters(self, node: str) -> Mapping[str, Value]:
        """Return the parameters of a node that are not at their default."""
        parameters: Mapping[str, Value] = self._nodes[node]["parameters"]
        return parameters

    def position(self, node: str) -> tuple[float, float]:
        """Return the middle of the edge where wires come in (top, or left when it flows right), in pixels at 100 %."""
        x, y = self._nodes[node]["position"]
        return x, y

    def find(self, name: str) -> str | None:
        """Return the id of the node called `name`."""
        if len(self._holders) != len(self.graph):
            self._holders = {self.name(node): node for node in reversed([*self])}
        node = self._holders.get(name)
        if node is None or (node in self.graph and self._nodes[node]["name"] == name):
            return node
        return next((node for node, at in self.graph.nodes(data=True) if at["name"] == name), None)

    def names(self) -> set[str]:
        """Return the names of all nodes."""
        return {at["name"] for _, at in self.graph.nodes(data=True)}

    def add(self, node: str, held: Mapping[str, Any]) -> None:
        """Put a node in, with all that it holds."""
        self.graph.add_node(node)
        self._nodes[node].update(held)
        self._holders.setdefault(held["name"], node)

    def remove(self, node: str) -> None:
        """Take a node out, with its wires."""
        self._unname(node)
        self.graph.remove_node(node)

    def rename(self, node: str, name: str) -> None:
        """Give a node another name."""
        self._unname(node)
        self.graph.nodes[node]["name"] = name
        self._holders.setdefault(name, node)

    def _unname(self, node: str) -> None:
        name = self.name(node)
        if self._holders.get(name) == node:
            del self._holders[name]

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the nodes of these kinds in canvas order: across the flow first, then along it."""
        first, second = (0, 1) if self.flow == "down" else (1, 0)
        places = {node: at["position"] for node, at in self.graph.nodes(data=True) if at["layer"] in kinds}
        return sorted(places, key=lambda node: (places[node][first], places[node][second], node_order(node)))

    def wires(self) -> Iterator[Wire]:
        """Yield every wire."""
        for source, target, key in self.graph.edges(keys=True):
            yield wire(source, target, key)

    def wires_into(self, node: str, port: str | None = None) -> list[Wire]:
        """Return the wires into a node (and port; a variadic port's in their order)."""
        found = [wire(source, node, key) for source, keys in self._into[node].items() for key in keys]
        if port is not None:
            found = [w for w in found if w.target_port.partition(".")[0] == port]
        return sorted(found, key=lambda w: port_order(w.target_port)) if len(found) > 1 else found

    def wires_from(self, node: str, port: str | None = None) -> list[Wire]:
        """Return the wires out of a node (and port)."""
        found = [wire(node, target, key) for target, keys in self._from[node].items() for key in keys]
        return [w for w in found if port is None or w.source_port == port]

    def ports_into(self, node: str) -> list[str]:
        """Return the input ports of a node that have wires, those of a variadic one in their order."""
        found = [key.partition(":")[2] for keys in self._into[node].values() for key in keys]
        return sorted(found, key=port_order) if len(found) > 1 else found

    def ports_from(self, node: str) -> set[str]:
        """Return the output ports of a node that have wires."""
        return {key.partition(":")[0] for keys in self._from[node].values() for key in keys}

    def sources_first(self, nodes: Collection[str]) -> list[str]:
        """Return nodes so that each comes after those of them that feed it, as far as circles allow."""
        missing = dict.fromkeys(nodes, 0)
        for node in missing:
            missing[node] = sum(source in missing for source in self._into[node])
        order = [node for node, count in missing.items() if not count]
        for node in order:
            for target in self._from[node]:
                if target in missing:
                    missing[target] -= 1
                    if not missing[target]:
                        order.append(target)
        return order + [node for node, count in missing.items() if count]

    def has(self, w: Wire) -> bool:
        """Tell whether the wire is there."""
        return w.key in self._from.get(w.source, {}).get(w.target, {})

    def attributes_of(self, w: Wire) -> Mapping[str, Value]:
        """Return what a wire has beside its ends, nothing for one that is not there."""
        return self._from.get(w.source, {}).get(w.target, {}).get(w.key, {})

    def fresh_id(self) -> str:
        """Return an id that no node has."""
        number = len(self.graph) + 1
        while f"n{number}" in self.graph:
            number += 1
        return f"n{number}"


@lru_cache(maxsize=2**16)
def wire(source: str, target: str, key: str) -> Wire:
    """Return the wire that an edge of the graph stands for."""
    source_port, _, target_port = key.partition(":")
    return Wire(source, source_port, target, target_port)


def port_order(port: str) -> tuple[str, int]:
    """Sort key that puts `inputs.10` after `inputs.9`."""
    base, _, place = port.partition(".")
    return base, int(place) if place.isdecimal() else 0


def node_order(node: str) -> tuple[str, int, str]:
    """Sort key that puts `n10` after `n9`."""
    stem = node.rstrip("0123456789")
    digits = node[len(stem) :]
    return stem, int(digits) if digits and len(digits) < 16 else -1, node


def _empty() -> "nx.MultiDiGraph[str]":
    import networkx as nx  # here: windows start without it, which is a fifth of their time

    return nx.MultiDiGraph()
