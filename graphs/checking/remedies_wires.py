"""Fixes of wires: draw the one that is missing, cut the one too many, join two, drop a branch."""

from collections.abc import Iterator
from heapq import nsmallest
from typing import TYPE_CHECKING

import networkx as nx

from graphs import catalogue
from graphs.arranging.measures import snap
from graphs.checking.measure import Fault
from graphs.checking.wiring import disabled_before
from graphs.edits import AddNode, Connect, Disconnect, Edit, Group, SetAttributes
from graphs.naming import free_name
from graphs.network import Wire, node_order
from graphs.problems import Fix
from graphs.splices import first_place, fresh_ids, remove

if TYPE_CHECKING:
    from graphs.checking.walk import Walk

MOST_OFFERED = 2
MOST_TRIED = 16


def free_port(walk: "Walk", node: str, port: str) -> str | None:
    """Return how the next wire into `port` is written, None where no more fits."""
    declared = next((p for p in walk.ports(node)[0] if p.name == port), None)
    taken = [w.target_port for w in walk.network.wires_into(node, port)]
    if declared is None or (taken and not declared.variadic):
        return None
    if not declared.variadic:
        return port
    return f"{port}.{max((int(name.partition('.')[2] or 0) for name in taken), default=-1) + 1}"


def connect(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer the nearest layers upstream on the canvas that feed nothing yet."""
    port, network = free_port(walk, node, fault.port), walk.network
    if port is None:
        return
    x, y = network.position(node)

    def distance(other: tuple[str, float, float]) -> tuple[float, tuple[str, int, str]]:
        name, across, along = other
        return abs(across - x) + abs(along - y), node_order(name)

    # What this layer feeds is not known while its input is missing, so none of these can lead in a circle.
    for source, _, _ in nsmallest(MOST_OFFERED, walk.open_ends(), key=distance):
        out = walk.ports(source)[1][0].name
        edit = Connect(walk.name, source, out, node, port)
        yield Fix(f"Connect {network.name(source)}", edit, safe=False)


def take_part(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer to lead the wire round the disabled layer before this one, or to enable that."""
    for source in disabled_before(walk, node, fault.port):
        name, (inputs, outputs) = walk.network.name(source), walk.ports(source)
        if inputs and outputs:
            edit = SetAttributes(walk.name, source, {"bypassed": True}, ("disabled",))
            yield Fix(f"Bypass {name} instead", edit, safe=False)
        yield Fix(f"Enable {name}", SetAttributes(walk.name, source, {}, ("disabled",)), safe=False)


def cut(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer to take the wire away."""
    (wire,) = fault.about
    yield Fix("Remove the wire", Disconnect.wire(walk.name, wire), safe=False)


def reconnect(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer the first port that is there and free, at the end of the wire that hangs loose."""
    (wire,) = fault.about
    outputs = [port.name for port in walk.ports(wire.source)[1]]
    inputs = walk.ports(node)[0]
    names = {port.name for port in inputs if port.variadic == ("." in wire.target_port)}
    target = wire.target_port if wire.target_port.partition(".")[0] in names else None
    if target is None:
        target = next((free for port in inputs if (free := free_port(walk, node, port.name)) is not None), None)
    source = wire.source_port if wire.source_port in outputs else next(iter(outputs), None)
    if source is None or target is None:
        return
    joined = Wire(wire.source, source, node, target)
    if joined == wire or walk.network.has(joined):
        return
    steps = (Disconnect.wire(walk.name, wire), Connect(walk.name, joined.source, source, node, target))
    yield Fix(f"Connect {source} to {target}", Group(steps, "Reconnect"), safe=False)


def cut_circle(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer to cut the wire of the circle that goes back farthest on the canvas."""
    members, network = walk.order.cycles[node], walk.network
    along = 1 if network.flow == "down" else 0
    inside = [w for member in members for w in walk.into[member] if w.source in members]
    inside.sort(key=lambda w: network.position(w.target)[along] - network.position(w.source)[along])
    for wire in inside[:MOST_TRIED]:
        graph = nx.DiGraph([(w.source, w.target) for w in inside if w != wire])
        if nx.is_directed_acyclic_graph(graph):
            title = f"Cut the wire from {network.name(wire.source)} to {network.name(wire.target)}"
            yield Fix(title, Disconnect.wire(walk.name, wire), safe=False)
            return
    yield Fix("Cut the wires that go back", Group(_cuts(walk, inside), "Cut wires"), safe=False)


def _cuts(walk: "Walk", wires: list[Wire]) -> tuple[Edit, ...]:
    """Return the cuts that leave, of these wires, as many as go forward without a circle."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    cuts: list[Edit] = []
    for wire in reversed(wires):  # the longest way forward comes first
        back = wire.source in graph and wire.target in graph and nx.has_path(graph, wire.target, wire.source)
        if back or wire.source == wire.target:
            cuts.append(Disconnect.wire(walk.name, wire))
        else:
            graph.add_edge(wire.source, wire.target)
    return tuple(cuts)


def join(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer to lead all wires of a port that takes one through a Concat, or an Add where shapes agree."""
    wires = [w for w in walk.into[node] if w.target_port == fault.port]
    if len(wires) > MOST_TRIED:
        return
    specs = [walk.nodes[w.source].outputs.get(w.source_port) for w in wires]
    kinds = ["Concat"] if None in specs or len(set(specs)) > 1 else ["Concat", "Add"]
    for kind in kinds:
        spec = catalogue.find(kind)
        if spec is None:
            continue
        new = next(fresh_ids(walk.network))
        x, y = walk.network.position(node)
        at = (x, snap(y - 48)) if walk.network.flow == "down" else (snap(x - 240), y)
        steps: list[Edit] = [Disconnect.wire(walk.name, w) for w in wires]
        steps.append(AddNode(walk.name, new, free_name(kind.lower(), walk.holders), kind, {}, at))
        base = first_place(spec.inputs[0]).partition(".")[0]
        steps += [Connect(walk.name, w.source, w.source_port, new, f"{base}.{place}") for place, w in enumerate(wires)]
        steps.append(Connect(walk.name, new, spec.outputs[0].name, node, wires[0].target_port))
        yield Fix(f"Join with {kind}", Group(tuple(steps), f"Join with {kind}"), safe=False)


def delete_branch(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer to delete a dead end, with all that leads to it alone."""
    branch, stack = {node}, [node]
    while stack:
        for source in walk.order.sources[stack.pop()]:
            if source not in branch and all(target in branch for target in walk.order.targets[source]):
                branch.add(source)
                stack.append(source)
    title = f"Delete {walk.network.name(node)}" if len(branch) == 1 else f"Delete these {len(branch)} layers"
    yield Fix(title, remove(walk.name, branch), safe=False)
