"""Put the layers of a block's network in the block's place, its arguments written into their parameters."""

import re
from collections.abc import Iterator, Mapping

import networkx as nx

from graphs import catalogue
from graphs.annotations import DOTS, Place, dots
from graphs.cutting import copied_entries, fresh_entries
from graphs.edits import AddNode, Connect, Edit, Group, Move, RemoveNetwork, RemoveNode
from graphs.errors import EditProblem
from graphs.naming import free_name
from graphs.network import Network, Wire, node_order
from graphs.parameters import Value
from graphs.ports import BLOCK, INLET, OUTLET, block_ports
from graphs.project import MAIN, Project
from graphs.splices import fresh_ids

GAP = 112
_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*(?!\w*\()", re.ASCII)
_OWN = ("name", "layer", "parameters", "position", "shares", "frame")

# Where a tensor comes from: a node, its port, and the dots that a wire from there has up to here.
Origin = tuple[str, str, tuple[Place, ...]]


def expand(project: Project, network: str, node: str) -> Group:
    """Return the edit that replaces a block by the layers inside it, once for each copy.

    A network that nothing else stands for goes with it. Raises EditProblem for a block that stands for nothing, is
    bypassed or disabled, or shares weights.
    """
    held = project.networks[network]
    name = str(held.parameters(node).get("network", ""))
    inner = project.networks.get(name)
    if held.kind(node) != BLOCK or inner is None:
        raise EditProblem(f"{held.name(node)} is no block of this project.")
    for word in ("bypassed", "disabled", "shares"):
        if held[node].get(word):
            raise EditProblem(f"{held.name(node)} is {word}; end that before its layers take its place.")
    if any(held[other].get("shares") == node for other in held):
        raise EditProblem(f"Another block shares the weights of {held.name(node)}; give it weights of its own first.")
    edits: list[Edit] = [RemoveNode(network, node), *_Unfolding(network, held, node, inner).edits()]
    if name != MAIN and project.uses(name) == [(network, node)]:
        edits += [RemoveNode(name, inside) for inside in sorted(inner, key=node_order)]
        edits.append(RemoveNetwork(name))
    return Group(tuple(edits), "Expand block")


class _Unfolding:
    """The copies of a block's network, laid one after the other in the block's place."""

    def __init__(self, name: str, held: Network, node: str, inner: Network) -> None:
        self.name = name
        self.held = held
        self.node = node
        self.inner = inner
        self.layers = [n for n in sorted(inner, key=node_order) if inner.kind(n) not in (INLET, OUTLET)]
        given = held.parameters(node)
        self.arguments = {**inner.arguments, **given.get("arguments", {})}
        self.holder = held[node].get("frame")
        self.taken = {key: {*held.attributes.get(key, {})} for key in ("frames", "notes")}
        self.repeat = given.get("repeat", 1)
        if not isinstance(self.repeat, int):
            raise EditProblem(f"{held.name(node)} repeats {self.repeat} times; make that a number first.")

    def edits(self) -> Iterator[Edit]:
        """Yield the edits that add all copies and wire them, the block itself being gone."""
        inlets, outlets = ([port.name for port in ports] for ports in block_ports(self.inner))
        fed: dict[str, list[Origin]] = {
            port: [(w.source, w.source_port, dots(self.held, w)) for w in self.held.wires_into(self.node, port)][:1]
            for port in inlets
        }
        ids, names = fresh_ids(self.held), self.held.names() - {self.held.name(self.node)}
        yield from self._make_room()
        for copy in range(self.repeat):
            new = dict(zip(self.layers, ids, strict=False))
            by = self._shift(copy)
            frames = fresh_entries(self.taken["frames"], self.inner, "frames")
            yield from self._annotations(by, frames)
            yield from self._layers(new, names, by, frames)
            made = {port: self._origins(port, new, fed, by) for port in outlets}
            yield from self._inner_wires(new, fed, by)
            if copy < self.repeat - 1:
                fed |= {port: made[outlet] for port, outlet in zip(inlets, outlets, strict=False)}
        for w in self.held.wires_from(self.node):
            for source, port, points in made.get(w.source_port, ()):
                led = _led(self.held.attributes_of(w), (*points, *dots(self.held, w)))
                yield Connect(self.name, source, port, w.target, w.target_port, led)

    def _shift(self, copy: int) -> Place:
        """Return by how much the layers of a copy move."""
        x, y = self.held.position(self.node)
        (left, top), height = self._corner(), self._height()
        down, right = (copy * height, 0) if self.held.flow == "down" else (0, copy * height)
        return x - left + right, y - top + down

    def _annotations(self, by: Place, frames: Mapping[str, str]) -> Iterator[Edit]:
        """Add the frames and notes of a copy, in the frame that holds the block."""
        notes = fresh_entries(self.taken["notes"], self.inner, "notes")
        yield from copied_entries(self.name, self.inner, frames, notes, by, self.holder)

    def _layers(self, new: Mapping[str, str], names: set[str], by: Place, frames: Mapping[str, str]) -> Iterator[Edit]:
        for node, id_ in new.items():
            at = self.inner[node]
            name = (
                at["name"]
                if at["name"] not in names and not at["name"].isdigit()
                else free_name(
                    f"{self.held.name(self.node)}_{at['name']}" if at["name"].isdigit() else at["name"], names
                )
            )
            names.add(name)
            extra = {key: value for key, value in at.items() if key not in _OWN}
            if at.get("shares") in new:
                extra["shares"] = new[at["shares"]]
            if self.held[self.node].get("frozen"):
                extra["frozen"] = True
            holder = frames[at["frame"]] if "frame" in at else self.holder
            if holder is not None:
                extra["frame"] = holder
            place = (at["position"][0] + by[0], at["position"][1] + by[1])
            parameters = written(at["layer"], at["parameters"], self.arguments)
            yield AddNode(self.name, id_, name, at["layer"], parameters, place, extra)

    def _inner_wires(self, new: Mapping[str, str], fed: Mapping[str, list[Origin]], by: Place) -> Iterator[Edit]:
        for w in self.inner.wires():
            if w.target in new:
                for source, port, points in self._origin(w, new, fed, by):
                    led = _led(self.inner.attributes_of(w), points)
                    yield Connect(self.name, source, port, new[w.target], w.target_port, led)

    def _origins(self, outlet: str, new: Mapping[str, str], fed: Mapping[str, list[Origin]], by: Place) -> list[Origin]:
        node = self.inner.find(outlet)
        assert node is not None
        return [origin for w in self.inner.wires_into(node)[:1] for origin in self._origin(w, new, fed, by)]

    def _origin(self, w: Wire, new: Mapping[str, str], fed: Mapping[str, list[Origin]], by: Place) -> list[Origin]:
        own = tuple((x + by[0], y + by[1]) for x, y in dots(self.inner, w))
        if self.inner.kind(w.source) == INLET:
            return [(source, port, (*points, *own)) for source, port, points in fed[self.inner.name(w.source)]]
        return [(new[w.source], w.source_port, own)] if w.source in new else []

    def _corner(self) -> tuple[float, float]:
        places = [self.inner.position(node) for node in self.layers]
        return min((x for x, _ in places), default=0), min((y for _, y in places), default=0)

    def _height(self) -> float:
        along = 1 if self.held.flow == "down" else 0
        places = [self.inner.position(node)[along] for node in self.layers]
        return max(places) - min(places) + GAP if places else 0

    def _make_room(self) -> Iterator[Edit]:
        opened = bool(self.held[self.node].get("open"))  # it has the room for one copy already
        by = max(self._height() * (self.repeat - opened) - (0 if opened else GAP), 0)
        later = nx.descendants(self.held.graph, self.node)
        moved = {n: self.held.position(n) for n in later if not self.held[n].get("pinned")}
        if moved and by:
            down = self.held.flow == "down"
            yield Move(self.name, {n: (x, y + by) if down else (x + by, y) for n, (x, y) in moved.items()})


def _led(held: Mapping[str, Value], points: tuple[Place, ...]) -> dict[str, Value]:
    """Return the attributes of a wire that is led through other dots, as many as a wire may have."""
    rest = {key: value for key, value in held.items() if key != "dots"}
    return rest | ({"dots": points[: DOTS.longest]} if points else {})


def written(kind: str, parameters: Mapping[str, Value], arguments: Mapping[str, Value]) -> dict[str, Value]:
    """Return parameters with the values of a block's arguments written into their expressions."""
    spec = catalogue.find(kind)
    if spec is None:
        return dict(parameters)
    worded = {p.name for p in spec.choices if getattr(p, "expression", False) or hasattr(p, "each")}
    return {name: _write(value, arguments) if name in worded else value for name, value in parameters.items()}


def _write(value: Value, arguments: Mapping[str, Value]) -> Value:
    if isinstance(value, str):
        return _NAME.sub(lambda found: f"({arguments[found[0]]})" if found[0] in arguments else found[0], value)
    if isinstance(value, Mapping):
        return {key: _write(entry, arguments) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_write(entry, arguments) for entry in value)
    return value
