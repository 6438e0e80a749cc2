"""Turn layers into a block, a block back into layers, and give one use of a block a network of its own."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graphs import catalogue, expressions
from graphs.annotations import frames, lineage
from graphs.arranging.measures import snap
from graphs.cutting import cut
from graphs.edits import (
    AddNetwork,
    AddNode,
    Connect,
    Edit,
    Group,
    RemoveFrame,
    RemoveNode,
    RemoveNote,
    SetParameters,
)
from graphs.errors import EditProblem
from graphs.fragments import fill
from graphs.naming import free_name
from graphs.network import Network, Wire, node_order
from graphs.parameters import Value
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.project import Project
from graphs.splices import fresh_ids

STEP = {"down": (0, 112), "right": (272, 0)}
ASIDE = {"down": (264, 0), "right": (0, 96)}

Ends = dict[tuple[str, str], list[Wire]]


def make_block(project: Project, network: str, nodes: Collection[str], name: str = "block") -> Group:
    """Return the edit that puts nodes into a new network, with a block in their place that stands for it.

    Each tensor that comes in from outside gets an Inlet, each that goes out an Outlet. Raises EditProblem where the
    layers cannot stand behind one node.
    """
    held, inside = project.networks[network], set(nodes)
    _require_fit(held, inside)
    into, out = _ends(held, inside)
    new = free_name(name, {*project.networks, *held.names()})
    arguments = _arguments_used(held, inside)
    attributes: dict[str, Value] = {"flow": held.flow} if held.flow != "down" else {}
    attributes |= {"arguments": arguments} if arguments else {}
    piece = cut(held, inside)
    attributes |= {key: piece.attributes[key] for key in ("frames", "notes") if key in piece.attributes}
    edits: list[Edit] = [AddNetwork(new, attributes), *fill(new, piece)]
    ports = _Ports(held, new, inside)
    inlets = {end: ports.inlet(wires) for end, wires in into.items()}
    outlets = {end: ports.outlet(end) for end in out}
    edits += [*ports.edits, *(RemoveNode(network, node) for node in sorted(inside, key=node_order))]
    edits += [RemoveNote(network, note) for note in piece.attributes.get("notes", {})]
    edits += [RemoveFrame(network, frame) for frame in reversed([*frames(piece)])]
    parameters: dict[str, Value] = {"network": new}
    if arguments:
        parameters["arguments"] = {argument: argument for argument in arguments}
    node = next(fresh_ids(held))
    edits.append(AddNode(network, node, new, BLOCK, parameters, _top(held, inside), _holder(held, inside, piece)))
    edits += [Connect(network, *end, node, inlets[end], _dots(held, wires)) for end, wires in into.items()]
    edits += [
        Connect(network, node, outlets[end], w.target, w.target_port, _dots(held, [w]))
        for end, wires in out.items()
        for w in wires
    ]
    return Group(tuple(edits), "Make a block")


def make_unique(project: Project, network: str, node: str) -> Group:
    """Return the edit that gives one block a network of its own, equal to the one that it shared with others."""
    name = str(project.networks[network].parameters(node).get("network", ""))
    if name not in project.networks:
        raise EditProblem(f"{project.networks[network].name(node)} stands for no network that could be copied.")
    held, new = project.networks[name], free_name(name, project.networks)
    edits = (AddNetwork(new, dict(held.attributes)), *fill(new, held), SetParameters(network, node, {"network": new}))
    return Group(edits, "Give it its own copy")


def _holder(held: Network, inside: set[str], piece: Network) -> dict[str, Value]:
    """Return the attribute of the frame that holds all these nodes and stays where it is, if there is one."""
    entries, taken = held.attributes.get("frames", {}), piece.attributes.get("frames", {})
    found = {
        next((up for up in lineage(entries, held[node].get("frame", "")) if up not in taken), None) for node in inside
    }
    holder = found.pop() if len(found) == 1 else None
    return {"frame": holder} if holder else {}


def _dots(held: Network, wires: list[Wire]) -> dict[str, Value]:
    """Return the dots and what else was said of the one wire that another takes the place of."""
    return dict(held.attributes_of(wires[0])) if len(wires) == 1 else {}


def nearest_fit(project: Project, network: str, nodes: Collection[str]) -> tuple[set[str], str]:
    """Return the layers nearest to `nodes` that can stand behind one block, none where there are none, and how they
    differ in words: without the ends of the network, with what lies between them or shares weights with them."""
    held, asked = project.networks[network], set(nodes)
    inside = {node for node in asked if not _stays_outside(held, node)}
    while True:
        more = {node for node in held if {node, str(held[node].get("shares"))} & inside} | inside
        owners = (held[node].get("shares") for node in inside)
        more |= {owner for owner in owners if isinstance(owner, str) and owner in held}
        more |= _between(held, more)
        if more == inside:
            break
        inside = more
    if not inside or any(_stays_outside(held, node) for node in inside):
        return set(), ""
    words = [
        f"{lead} {_named(held, some)}" for lead, some in (("without", asked - inside), ("with", inside - asked)) if some
    ]
    return inside, " and ".join(words)


def _named(held: Network, nodes: Collection[str]) -> str:
    if len(nodes) > 2:
        return f"{len(nodes)} layers"
    return " and ".join(held.name(node) for node in sorted(nodes, key=node_order))


def _stays_outside(held: Network, node: str) -> bool:
    spec = catalogue.find(held.kind(node))
    outer = spec is not None and (spec.objective is not None or spec.category in ("data", "objective"))
    return outer or held.kind(node) in (INLET, OUTLET)


def _require_fit(held: Network, inside: set[str]) -> None:
    if not inside:
        raise EditProblem("Select the layers that the block shall hold.")
    for node in sorted(inside, key=node_order):
        if _stays_outside(held, node):
            raise EditProblem(
                f"{held.name(node)} stays outside: the inputs and outputs of a network cannot be in a block."
            )
        owner = held[node].get("shares")
        if isinstance(owner, str) and owner in held and owner not in inside:
            raise EditProblem(f"{held.name(node)} shares the weights of {held.name(owner)}: take both into the block.")
    for node in held:
        if node not in inside and held[node].get("shares") in inside:
            owner = held.name(held[node]["shares"])
            raise EditProblem(f"{held.name(node)} shares the weights of {owner}: take both into the block.")
    for node in sorted(_between(held, inside), key=node_order)[:1]:
        raise EditProblem(f"{held.name(node)} lies between the selected layers: take it into the block as well.")


def _between(held: Network, nodes: set[str]) -> set[str]:
    """Return the layers that lie on a way from one of `nodes` to another."""
    return _beyond(held.graph.succ, nodes) & _beyond(held.graph.pred, nodes) - nodes


def _beyond(neighbours: Mapping[str, Iterable[str]], nodes: Collection[str]) -> set[str]:
    found, waiting = set[str](), [*nodes]
    while waiting:
        new = {other for other in neighbours[waiting.pop()] if other not in found}
        found |= new
        waiting += new
    return found


def _ends(held: Network, inside: set[str]) -> tuple[Ends, Ends]:
    """Return the wires that come in, by where from, and those that go out, by where from inside."""
    into: Ends = {}
    out: Ends = {}
    for node in sorted(inside, key=lambda n: (held.position(n), node_order(n))):
        for w in held.wires_into(node):
            if w.source not in inside:
                into.setdefault((w.source, w.source_port), []).append(w)
    for node in sorted(inside, key=lambda n: (held.position(n), node_order(n))):
        for w in held.wires_from(node):
            if w.target not in inside:
                out.setdefault((node, w.source_port), []).append(w)
    if not out:  # nothing reads these layers yet; the block shall offer what they make all the same
        for node in inside:
            spec = catalogue.find(held.kind(node))
            if not held.wires_from(node) and spec is not None and spec.outputs:
                out[node, spec.outputs[0].name] = []
    return into, out


class _Ports:
    """Draws the inlets and outlets of a new block network."""

    def __init__(self, held: Network, name: str, inside: set[str]) -> None:
        self.name = name
        self.edits: list[Edit] = []
        self._flow = held.flow
        self._names = {held.name(node) for node in inside}
        self._ids = fresh_ids(Network(held.graph))
        self._places = [held.position(node) for node in inside]
        self._count = {INLET: 0, OUTLET: 0}

    def inlet(self, wires: list[Wire]) -> str:
        """Draw the inlet that feeds what `wires` fed, and return its name."""
        node, name = self._draw(INLET, "input")
        self.edits += [Connect(self.name, node, "output", w.target, w.target_port) for w in wires]
        return name

    def outlet(self, end: tuple[str, str]) -> str:
        """Draw the outlet that hands on an output of a layer, and return its name."""
        node, name = self._draw(OUTLET, "output")
        self.edits.append(Connect(self.name, *end, node, "input"))
        return name

    def _draw(self, kind: str, wanted: str) -> tuple[str, str]:
        node, name = next(self._ids), free_name(wanted, self._names)
        self._names.add(name)
        (along_x, along_y), (across_x, across_y) = STEP[self._flow], ASIDE[self._flow]
        number = self._count[kind]
        self._count[kind] += 1
        corner = (min(x for x, _ in self._places), min(y for _, y in self._places))
        if kind == OUTLET and self._flow == "down":
            corner = (corner[0], max(y for _, y in self._places))
        elif kind == OUTLET:
            corner = (max(x for x, _ in self._places), corner[1])
        way = -1 if kind == INLET else 1
        place = (corner[0] + way * along_x + number * across_x, corner[1] + way * along_y + number * across_y)
        self.edits.append(AddNode(self.name, node, name, kind, {}, place))
        return node, name


def _top(held: Network, inside: set[str]) -> tuple[float, float]:
    places = [held.position(node) for node in inside]
    if held.flow == "down":
        return snap(sum(x for x, _ in places) / len(places)), min(y for _, y in places)
    return min(x for x, _ in places), snap(sum(y for _, y in places) / len(places))


def _arguments_used(held: Network, inside: set[str]) -> dict[str, int | float]:
    """Return the network's arguments that parameters of these nodes use, with their defaults."""
    texts = [text for node in inside for text in _texts(held.parameters(node))]
    used: set[str] = set()
    for text in texts:
        try:
            used |= expressions.names(text)
        except expressions.ExpressionError:
            continue  # a word such as 'same', no arithmetic
    return {name: value for name, value in held.arguments.items() if name in used}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    entries = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return [text for entry in entries for text in _texts(entry)]
