"""Edits that keep a chain of layers whole: put a layer on a wire, take layers out and join what is left."""

from collections.abc import Collection, Iterator, Mapping

import networkx as nx

from graphs import catalogue
from graphs.annotations import Place, part_dots
from graphs.arranging.measures import GRID, snap
from graphs.edits import AddNode, Connect, Disconnect, Edit, Group, Move, RemoveNode
from graphs.errors import EditProblem
from graphs.naming import free_name, stem_of
from graphs.network import Network, Wire, node_order
from graphs.parameters import Value
from graphs.spec import Port

ROOM = 88


def fresh_ids(network: Network) -> Iterator[str]:
    """Yield ids that no node of the network has."""
    number = len(network) + 1
    while True:
        if f"n{number}" not in network:
            yield f"n{number}"
        number += 1


def first_place(port: Port) -> str:
    """Return how the first wire into a port is written."""
    return f"{port.name}.0" if port.variadic else port.name


def insert_on_wire(
    name: str, network: Network, wire: Wire, kind: str, parameters: Mapping[str, Value] | None = None
) -> Group:
    """Return the edit that puts a new layer of `kind` on a wire, moving what follows where there is no room.

    Raises EditProblem for a kind that has no input or no output.
    """
    spec = catalogue.get(kind)
    if not spec.inputs or not spec.outputs:
        raise EditProblem(f"{kind} has no way through, so it cannot stand on a wire.")
    node = next(fresh_ids(network))
    place, moves = between(name, network, wire)
    new = AddNode(name, node, free_name(stem_of(kind), network.names()), kind, dict(parameters or {}), place)
    led = part_dots(network, wire, place)
    spliced = splice(name, wire, node, first_place(spec.inputs[0]), spec.outputs[0].name, led)
    return Group((*moves, new, *spliced), f"Insert {kind}")


def splice(
    name: str, wire: Wire, node: str, into: str, out: str, led: tuple[tuple[Place, ...], tuple[Place, ...]] = ((), ())
) -> tuple[Edit, ...]:
    """Return the edits that lead a wire through a node that is there; `led` are the dots before and behind it."""
    before, behind = ({"dots": dots} if dots else {} for dots in led)
    return (
        Disconnect.wire(name, wire),
        Connect(name, wire.source, wire.source_port, node, into, before),
        Connect(name, node, out, wire.target, wire.target_port, behind),
    )


def between(name: str, network: Network, wire: Wire) -> tuple[tuple[float, float], tuple[Edit, ...]]:
    """Return a place on a wire for one more layer, and the move that makes room for it."""
    along = 1 if network.flow == "down" else 0
    start, end = network.position(wire.source), network.position(wire.target)
    room = ROOM if along else 3 * ROOM
    gap = end[along] - start[along]
    if gap >= 2 * room:
        return (snap((start[0] + end[0]) / 2), snap((start[1] + end[1]) / 2)), ()
    place = (start[0], snap(start[1] + room)) if along else (snap(start[0] + room), start[1])
    shift = snap(2 * room - max(gap, 0) + GRID / 2)
    later = {wire.target, *nx.descendants(network.graph, wire.target)} - {wire.source}
    moved = {n: _along(network.position(n), along, shift) for n in later if not network[n].get("pinned")}
    return place, (Move(name, moved),) if moved else ()


def _along(place: tuple[float, float], along: int, shift: float) -> tuple[float, float]:
    return (place[0], place[1] + shift) if along else (place[0] + shift, place[1])


def remove(name: str, nodes: Collection[str], title: str = "") -> Group:
    """Return the edit that deletes nodes with their wires."""
    label = title or ("Delete layer" if len(nodes) == 1 else f"Delete {len(nodes)} layers")
    return Group(tuple(RemoveNode(name, node) for node in sorted(nodes, key=node_order)), label)


def remove_and_heal(name: str, network: Network, nodes: Collection[str]) -> Group:
    """Return the edit that deletes nodes and, where one wire led into neighbours among them, joins the ends."""
    deleted = remove(name, nodes)
    return Group((*deleted.edits, *_joints(name, network, set(nodes))), deleted.label)


def dissolve(name: str, network: Network, nodes: Collection[str]) -> Group:
    """Return the edit of `remove_and_heal` under a name of its own, for those who ask that nothing falls apart."""
    label = "Dissolve layer" if len(nodes) == 1 else f"Dissolve {len(nodes)} layers"
    return Group(remove_and_heal(name, network, nodes).edits, label)


def detach(name: str, network: Network, nodes: Collection[str]) -> Group:
    """Return the edit that takes nodes out of what they are wired to, and joins the ends as `remove_and_heal` does."""
    held = set(nodes)
    wires = {w for n in held for w in (*network.wires_into(n), *network.wires_from(n)) if {w.source, w.target} - held}
    ordered = sorted(wires, key=lambda w: (node_order(w.source), node_order(w.target), w.key))
    cuts = tuple(Disconnect.wire(name, w) for w in ordered)
    label = "Detach layer" if len(held) == 1 else f"Detach {len(held)} layers"
    return Group((*cuts, *_joints(name, network, held)), label)


def _joints(name: str, network: Network, nodes: set[str]) -> Iterator[Edit]:
    for part in nx.weakly_connected_components(network.graph.subgraph(nodes)):
        into = {(w.source, w.source_port) for n in part for w in network.wires_into(n) if w.source not in nodes}
        if len(into) != 1:
            continue
        ((source, port),) = into
        ends = [w for n in sorted(part, key=node_order) for w in network.wires_from(n) if w.target not in nodes]
        drawn: set[Wire] = set()
        for end in ends:
            joint = Wire(source, port, end.target, end.target_port)
            if not network.has(joint) and joint not in drawn:
                drawn.add(joint)
                yield Connect.wire(name, joint)
