"""One connected drawing as numbered nodes and wires that all go forward."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graphs import catalogue
from graphs.network import Network, node_order, port_order
from graphs.spec import Port


class Link(NamedTuple):
    """All wires between two nodes. leaves, enters: the place of its ports on the edges, from -0.5 to 0.5."""

    source: int
    target: int
    leaves: float
    enters: float


@dataclass(frozen=True)
class Drawing:
    """ids: the nodes by number. sizes: across and along, px. order: the numbers such that every link goes forward.

    sources, targets: the links into and out of each node; those into a node in the order of its ports.
    """

    ids: list[str]
    sizes: list[tuple[float, float]]
    order: list[int]
    sources: list[list[Link]]
    targets: list[list[Link]]


def draw(network: Network, nodes: Iterable[str], sizes: Mapping[str, tuple[float, float]]) -> Drawing:
    """Return the drawing of `nodes`. Wires that close a circle are left out of it."""
    ids = sorted(nodes, key=node_order)
    number = {node: place for place, node in enumerate(ids)}
    sources: list[list[Link]] = [[] for _ in ids]
    targets: list[list[Link]] = [[] for _ in ids]
    for target, node in enumerate(ids):
        for link in _links_into(network, node, target, number):
            sources[target].append(link)
            targets[link.source].append(link)
    order, back = _forward(sources, targets)
    if back:
        sources = [[link for link in links if link[:2] not in back] for links in sources]
        targets = [[link for link in links if link[:2] not in back] for links in targets]
    return Drawing(ids, [sizes[node] for node in ids], order, sources, targets)


def _links_into(network: Network, node: str, target: int, number: Mapping[str, int]) -> list[Link]:
    keys = [(s, *key.partition(":")[::2]) for s, _, key in network.graph.in_edges(node, keys=True)]
    if len(keys) > 1:
        declared = _declared(network.kind(node))[0]
        keys.sort(key=lambda key: (declared.get(key[2].partition(".")[0], len(declared)), port_order(key[2])))
    found: dict[int, Link] = {}
    for place, (source, leaves, _) in enumerate(keys):
        at = number.get(source)
        if at is not None and at != target and at not in found:
            outputs = _declared(network.kind(source))[1]
            share = (outputs.get(leaves, 0) + 0.5) / max(len(outputs), 1) - 0.5
            found[at] = Link(at, target, share, (place + 0.5) / len(keys) - 0.5)
    return list(found.values())


@cache
def _declared(kind: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the places of the input and output ports of a kind of layer in its declaration."""
    spec = catalogue.find(kind)
    return (_places(spec.inputs), _places(spec.outputs)) if spec is not None else ({}, {})


def _places(ports: tuple[Port, ...]) -> dict[str, int]:
    return {port.name: place for place, port in enumerate(ports)}


def _forward(sources: list[list[Link]], targets: list[list[Link]]) -> tuple[list[int], set[tuple[int, int]]]:
    """Return an order by a search in depth, from the nodes that nothing feeds first, and the links against it."""
    order: list[int] = []
    state = [0] * len(sources)
    back: set[tuple[int, int]] = set()
    for root in sorted(range(len(sources)), key=lambda node: bool(sources[node])):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(targets[root]))]
        while stack:
            node, links = stack[-1]
            for link in links:
                if state[link.target] == 0:
                    state[link.target] = 1
                    stack.append((link.target, iter(targets[link.target])))
                    break
                if state[link.target] == 1:
                    back.add((node, link.target))
            else:
                state[node] = 2
                order.append(node)
                stack.pop()
    return order[::-1], back
