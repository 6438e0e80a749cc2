"""What differs between two projects: layers, wires, parameters, settings, and what a reader added to the drawing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphs import catalogue
from graphs.annotations import ENTRIES
from graphs.comparing.compare_words import sentence
from graphs.comparing.differences import ADDED, CHANGED, KINDS, MOVED, REMOVED, Change, Spot, between, entry_changes
from graphs.comparing.matching import match_networks, match_nodes
from graphs.network import NODE_ATTRIBUTES, Network, Wire, node_order
from graphs.parameters import Value
from graphs.ports import BLOCK
from graphs.project import Project

_ABSENT: Any = object()


@dataclass(frozen=True)
class Difference:
    """All changes from an old project to a new one; false where there is none.

    networks: names of the networks in both, old to new. nodes: by old network name, ids of the nodes in both.
    """

    changes: tuple[Change, ...]
    networks: Mapping[str, str] = field(default_factory=dict)
    nodes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def sentences(self) -> list[str]:
        """Every change in a sentence that names its network and its layer."""
        return [sentence(change) for change in self.changes]

    def of_kind(self, kind: str) -> list[Change]:
        """Return the changes of one of KINDS."""
        return [change for change in self.changes if change.kind == kind]

    def marks(self, network: str, old: bool = False) -> dict[str, str]:
        """Return how each node of a network that differs does, as one of KINDS; `old` asks for the old project.

        A node that was changed and moved is changed. Wires do not mark the nodes at their ends.
        """
        found: dict[str, str] = {}
        for change in self.changes:
            spot = change.before if old else change.after
            if spot is not None and spot.network == network and spot.node and change.subject not in ("wire", "dots"):
                kind = change.kind if change.subject in ("node", "position") else CHANGED
                found[spot.node] = min(found.get(spot.node, MOVED), kind, key=KINDS.index)
        return found

    def wires(self, network: str, old: bool = False) -> dict[Wire, str]:
        """Return how each wire of a network that differs does: added or removed, or changed where its dots moved."""
        found: dict[Wire, str] = {}
        for change in self.changes:
            spot = change.before if old else change.after
            if spot is not None and spot.network == network and spot.wire is not None:
                found[spot.wire] = change.kind
        return found

    def mirrored(self) -> "Difference":
        """Return the difference seen from the new project."""
        back = {new: old for old, new in self.networks.items()}
        nodes = {self.networks[name]: {b: a for a, b in found.items()} for name, found in self.nodes.items()}
        return Difference(tuple(change.mirrored() for change in self.changes), back, nodes)


def compare(old: Project, new: Project) -> Difference:
    """Return what differs, from the old project to the new one: the networks in order, then all else."""
    networks = match_networks(old, new)
    nodes = {name: match_nodes(old.networks[name], new.networks[other]) for name, other in networks.items()}
    changes: list[Change] = []
    for name in old.networks:
        if name in networks:
            pair = _Pair(old, new, name, networks, nodes[name])
            changes += pair.changes()
        else:
            changes += _whole(old.networks[name], name, removed=True)
    for name in new.networks:
        if name not in networks.values():
            changes += _whole(new.networks[name], name, removed=False)
    here = Spot()
    for section in ("data", "training", "extra"):
        changes += between(section, here, here, getattr(old, section), getattr(new, section))
    if old.title != new.title:
        changes.append(Change(CHANGED, "title", here, here, "title", old.title, new.title))
    return Difference(tuple(changes), networks, nodes)


def _whole(network: Network, name: str, removed: bool) -> Iterator[Change]:
    """Yield the changes for a network that only one of the projects has: itself and its layers."""
    yield _one_sided("network", Spot(name), name, removed)
    for node in sorted(network, key=node_order):
        spot = Spot(name, node, network.name(node))
        yield _one_sided("node", spot, network.kind(node), removed)


def _one_sided(subject: str, spot: Spot, value: Value, removed: bool) -> Change:
    if removed:
        return Change(REMOVED, subject, spot, None, old=value)
    return Change(ADDED, subject, None, spot, new=value)


class _Pair:
    """One network in its old and its new form."""

    def __init__(
        self, old: Project, new: Project, name: str, networks: Mapping[str, str], nodes: Mapping[str, str]
    ) -> None:
        self.name = (name, networks[name])
        self.old = old.networks[name]
        self.new = new.networks[networks[name]]
        self.networks = networks
        self.nodes = nodes

    def changes(self) -> Iterator[Change]:
        """Yield everything that differs: the network itself, its nodes, its wires."""
        before, after = (Spot(name) for name in self.name)
        if self.name[0] != self.name[1]:
            yield Change(CHANGED, "network", before, after, "name", *self.name)
        yield from self._attributes(before, after)
        for node in sorted(self.old, key=node_order):
            if node in self.nodes:
                yield from self._node(node, self.nodes[node])
            else:
                yield _one_sided("node", self._spot(node, old=True), self.old.kind(node), removed=True)
        kept = {*self.nodes.values()}
        for node in sorted(self.new, key=node_order):
            if node not in kept:
                yield _one_sided("node", self._spot(node, old=False), self.new.kind(node), removed=False)
        yield from self._wires()

    def _spot(self, node: str, old: bool) -> Spot:
        network = self.old if old else self.new
        return Spot(self.name[0 if old else 1], node, network.name(node))

    def _attributes(self, before: Spot, after: Spot) -> Iterator[Change]:
        old, new = dict(self.old.attributes), dict(self.new.attributes)
        for key, declared in ENTRIES.items():
            yield from entry_changes(declared, before, after, old.pop(key, {}), new.pop(key, {}))
        old.setdefault("flow", "down")
        new.setdefault("flow", "down")
        yield from between("argument", before, after, old.pop("arguments", {}), new.pop("arguments", {}))
        yield from between("network attribute", before, after, old, new)

    def _node(self, node: str, other: str) -> Iterator[Change]:
        before, after = self._spot(node, old=True), self._spot(other, old=False)
        a, b = self.old[node], self.new[other]
        for key, subject in (("name", "name"), ("layer", "layer")):
            if a[key] != b[key]:
                yield Change(CHANGED, subject, before, after, key, a[key], b[key])
        yield from self._parameters(node, other, before, after)
        kept = [key for key in {**a, **b} if key not in ("name", "layer", "parameters", "position")]
        kept.sort(key=lambda key: (list(NODE_ATTRIBUTES).index(key) if key in NODE_ATTRIBUTES else 99, key))
        for key in kept:
            yield from self._attribute(key, a.get(key, _ABSENT), b.get(key, _ABSENT), before, after)
        if tuple(a["position"]) != tuple(b["position"]):
            yield Change(MOVED, "position", before, after, "position", tuple(a["position"]), tuple(b["position"]))

    def _attribute(self, key: str, a: Value, b: Value, before: Spot, after: Spot) -> Iterator[Change]:
        """Yield how an attribute of a node differs; a mark that is off is as one that is not there."""
        same = _same_name(a, b, self.nodes) if key == "shares" else a == b
        if same or (a in (False, _ABSENT) and b in (False, _ABSENT)):
            return
        kind = ADDED if a is _ABSENT else REMOVED if b is _ABSENT else CHANGED
        yield Change(kind, "attribute", before, after, key, *(None if v is _ABSENT else v for v in (a, b)))

    def _parameters(self, node: str, other: str, before: Spot, after: Spot) -> Iterator[Change]:
        a, b = self.old.parameters(node), self.new.parameters(other)
        whole_a, whole_b = _complete(self.old.kind(node), a), _complete(self.new.kind(other), b)
        for key in {**whole_a, **whole_b}:
            one, two = whole_a.get(key, _ABSENT), whole_b.get(key, _ABSENT)
            block = key == "network" and BLOCK == self.old.kind(node) == self.new.kind(other)
            same = _same_name(one, two, self.networks) if block else one == two
            if same or (_ABSENT in (one, two) and key not in a and key not in b):
                continue  # what only one of two kinds has matters where it was set
            kind = ADDED if one is _ABSENT else REMOVED if two is _ABSENT else CHANGED
            values = (None if v is _ABSENT else v for v in (one, two))
            yield Change(kind, "parameter", before, after, key, *values)

    def _wires(self) -> Iterator[Change]:
        fate = {self._carried(w): w for w in self.old.wires()}
        for wire, was in sorted(fate.items(), key=lambda pair: _wire_order(pair[1])):
            if not self.new.has(wire):
                yield Change(REMOVED, "wire", self._wire_spot(was, old=True), None)
                continue
            before, after = self._wire_spot(was, old=True), self._wire_spot(wire, old=False)
            a, b = self.old.attributes_of(was), self.new.attributes_of(wire)
            if a != b:
                yield Change(CHANGED, "dots", before, after, "dots", dict(a), dict(b))
        for wire in sorted((w for w in self.new.wires() if w not in fate), key=_wire_order):
            yield Change(ADDED, "wire", None, self._wire_spot(wire, old=False))

    def _carried(self, wire: Wire) -> Wire:
        """Return an old wire between the nodes that its ends have become; one that has lost an end is no new wire."""
        gone = "\n"  # no id holds a line break
        ends = {end: self.nodes.get(getattr(wire, end), gone + getattr(wire, end)) for end in ("source", "target")}
        return replace(wire, **ends)

    def _wire_spot(self, wire: Wire, old: bool) -> Spot:
        network = self.old if old else self.new
        names = (network.name(wire.source), network.name(wire.target))
        return Spot(self.name[0 if old else 1], wire.target, names[1], wire, names[0])


def _complete(kind: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
    spec = catalogue.find(kind)
    return dict(parameters) if spec is None else spec.complete(parameters)


def _same_name(old: Value, new: Value, matched: Mapping[str, str]) -> bool:
    """Tell whether two names stand for the same node or network; those of nothing that is there by being equal."""
    if old in matched or new in matched.values():
        return bool(matched.get(old, _ABSENT) == new)
    return bool(old == new)


def _wire_order(wire: Wire) -> tuple[Any, ...]:
    return node_order(wire.source), node_order(wire.target), wire.key
