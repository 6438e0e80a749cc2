"""Automatic layout: the longest path as a straight trunk, every other chain of layers in a lane to its right.

The places follow from the wires and the sizes alone, but for where the trunk starts, so arranging twice changes
nothing. Lengths along the flow come from a longest path through the layers as tall as they are, lanes from fitting
the shortest chain in first (a greedy colouring of intervals), which keeps inner branches inside outer ones.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from graphs import catalogue
from graphs.network import Network, node_order, port_order
from graphs.order import sort

GRID = 8
USUAL_SIZE = (200.0, 52.0)

Place = tuple[float, float]


@dataclass(frozen=True)
class Gaps:
    """Pixels between a layer and a follower that keeps its shape, one where a shape label stands, and branches."""

    stack: float = 8
    label: float = 28
    branch: float = 48


GAPS = Gaps()


def arrange(
    network: Network,
    sizes: Mapping[str, tuple[float, float]],
    flow: str = "",
    gaps: Gaps = GAPS,
    pinned: Collection[str] = (),
    only: Collection[str] | None = None,
) -> dict[str, Place]:
    """Return new positions of those nodes that have to move.

    sizes: width and height, in pixels. flow: `down` or `right`; the network's own by default. pinned: nodes that
    stay, beside those with the attribute `pinned`. only: the nodes to arrange, all others staying; all by default.
    """
    stay = {node for node in network if network[node].get("pinned")} | set(pinned)
    nodes = set(network) if only is None else set(only) & set(network)
    layout = _Layout(network, sizes, (flow or network.flow) == "down", gaps, stay, nodes)
    parts = nx.weakly_connected_components(network.graph.subgraph(nodes))
    layout.place(sorted(parts, key=lambda part: min(node_order(node) for node in part)))
    return {
        node: place
        for node, place in layout.places().items()
        if node not in stay and place != tuple(network.position(node))
    }


@dataclass
class _Lane:
    """A chain of nodes that stand in one line, and the stretch along the flow that it takes with its wires."""

    nodes: list[str]
    start: float
    end: float
    width: float
    middle: float = 0.0


class _Layout:
    """Places as (across, along) the flow: `across` of the middle of a node, `along` of its edge where wires come in."""

    def __init__(
        self,
        network: Network,
        sizes: Mapping[str, tuple[float, float]],
        down: bool,
        gaps: Gaps,
        stay: set[str],
        nodes: set[str],
    ) -> None:
        self.network = network
        self.down = down
        self.gaps = gaps
        self.stay = stay & nodes
        self.size = {n: self._turned(sizes.get(n, USUAL_SIZE)) for n in network}
        self.order, self.sources, self.targets = _forward(network, nodes)
        self.across: dict[str, float] = {}
        self.along: dict[str, float] = {}
        self.lanes = [self._obstacle(node) for node in network if node not in nodes or node in stay]

    def _turned(self, pair: Place) -> Place:
        return (pair[0], pair[1]) if self.down else (pair[1], pair[0])

    def _drawn(self, node: str) -> Place:
        return self._turned(self.network.position(node))

    def places(self) -> dict[str, Place]:
        """Return the positions of all nodes that were placed."""
        return {node: self._turned((self.across[node], self.along[node])) for node in self.across}

    def place(self, parts: Iterable[Collection[str]]) -> None:
        """Place the parts that are not connected, side by side."""
        edge: float | None = None
        begin = 0.0
        for part in parts:
            nodes = [node for node in self.order if node in part]
            down = self._remaining(nodes)
            trunk = self._path(min(nodes, key=lambda n: (-down[n], node_order(n))), down, set(nodes))
            across, along = (_snap(place) for place in self._drawn(trunk[0]))
            pinned = next((node for node in trunk if node in self.stay), None)
            if pinned is not None:
                across = self._drawn(pinned)[0]
            half = max(self.size[node][0] for node in trunk) / 2
            if edge is not None and pinned is None:
                across, along = _up(edge + self.gaps.branch + half), begin
            begin = along if edge is None else begin
            self._set_along(nodes, trunk[0], along)
            for node in trunk:
                self._put(node, across)
            self._branches(nodes, down, across + half)
            edge = max([*(self.across[n] + self.size[n][0] / 2 for n in nodes), *([edge] if edge is not None else [])])

    def _obstacle(self, node: str) -> _Lane:
        across, along = self._drawn(node)
        return _Lane([node], along, along + self.size[node][1], self.size[node][0], across)

    def _put(self, node: str, across: float) -> None:
        self.across[node] = across
        if node in self.stay:
            self.across[node], self.along[node] = self._drawn(node)

    def _gap(self, source: str, target: str) -> float:
        """A follower that keeps the shape stands close, so that convolution, normalization, activation read as one."""
        spec = catalogue.find(self.network.kind(target))
        close = spec is not None and (spec.pointwise or spec.category == "normalization")
        alone = len(self.sources[target]) == 1 and len(self.targets[source]) == 1
        return self.gaps.stack if close and alone else self.gaps.label

    def _step(self, source: str, target: str) -> float:
        return _up(self.size[source][1] + self._gap(source, target))

    def _remaining(self, nodes: list[str]) -> dict[str, float]:
        """Return how far it is from each node to the end of the longest path from it."""
        down: dict[str, float] = {}
        for node in reversed(nodes):
            ways = [self._step(node, target) + down[target] for target in self.targets[node]]
            down[node] = max(ways, default=self.size[node][1])
        return down

    def _path(self, start: str, down: Mapping[str, float], free: set[str]) -> list[str]:
        """Follow the longest way on from `start` through nodes that are free, and take them."""
        path = [start]
        free.discard(start)
        while following := [t for t in self.targets[path[-1]] if t in free]:
            node, ahead = path[-1], following
            path.append(min(ahead, key=lambda t: (-down[t] - self._step(node, t), node_order(t))))
            free.discard(path[-1])
        return path

    def _set_along(self, nodes: list[str], first: str, begin: float) -> None:
        """Give every node its place along the flow: after all that feeds it; free sources just before their reader."""
        free: set[str] = set()
        for node in nodes:
            if node in self.stay:
                self.along[node] = self._drawn(node)[1]
                continue
            ways = [self.along[source] + self._step(source, node) for source in self.sources[node]]
            self.along[node] = max(ways, default=begin)
            if node != first and all(source in free for source in self.sources[node]):
                free.add(node)
        for node in reversed(nodes):
            if node in free and self.targets[node]:
                self.along[node] = min(self.along[t] - self._step(node, t) for t in self.targets[node])

    def _branches(self, nodes: list[str], down: Mapping[str, float], edge: float) -> None:
        """Put every chain beside the trunk into the first lane that is free along its whole stretch."""
        free = {node for node in nodes if node not in self.across}
        lanes = []
        for node in nodes:
            if node in free:
                lanes.append(self._lane(self._path(node, down, free)))
        lanes.sort(key=lambda lane: (lane.end - lane.start, self._join(lane), node_order(lane.nodes[0])))
        for lane in lanes:
            left = edge + self.gaps.branch
            for other in sorted(self.lanes, key=lambda placed: placed.middle - placed.width / 2):
                if other.end <= lane.start or other.start >= lane.end:
                    continue
                if left + lane.width + self.gaps.branch <= other.middle - other.width / 2:
                    break
                left = max(left, other.middle + other.width / 2 + self.gaps.branch)
            lane.middle = _up(left + lane.width / 2)
            self.lanes.append(lane)
            for node in lane.nodes:
                self._put(node, lane.middle)

    def _lane(self, chain: list[str]) -> _Lane:
        first, last = chain[0], chain[-1]
        start, end = self.along[first], self.along[last] + self.size[last][1]
        start = max((self.along[s] + self.size[s][1] for s in self.sources[first]), default=start)
        end = max(end, min((self.along[t] for t in self.targets[last]), default=end))
        return _Lane(chain, min(start, self.along[first]), end, max(self.size[node][0] for node in chain))

    def _join(self, lane: _Lane) -> tuple[str, int]:
        """Chains that end in one layer stand in the order of its ports, so that their wires do not cross."""
        return min((port_order(w.target_port) for w in self.network.wires_from(lane.nodes[-1])), default=("", 0))


def _forward(network: Network, nodes: set[str]) -> tuple[list[str], dict[str, list[str]], dict[str, list[str]]]:
    """Return an order of `nodes` and the wires among them that go forward in it, each pair of nodes once."""
    sources: dict[str, list[str]] = {node: [] for node in sorted(nodes, key=node_order)}
    targets: dict[str, list[str]] = {node: [] for node in sources}
    for node in sources:
        for source in dict.fromkeys(w.source for w in network.wires_into(node)):
            if source in nodes:
                sources[node].append(source)
                targets[source].append(node)
    order, rest = sort(sources, targets, node_order)
    order += sorted(rest, key=node_order)
    if rest:
        place = {node: number for number, node in enumerate(order)}
        sources = {node: [s for s in fed if place[s] < place[node]] for node, fed in sources.items()}
        targets = {node: [t for t in read if place[node] < place[t]] for node, read in targets.items()}
    return order, sources, targets


def _snap(length: float) -> float:
    return float(round(length / GRID) * GRID)


def _up(length: float) -> float:
    return float(math.ceil(length / GRID) * GRID)
