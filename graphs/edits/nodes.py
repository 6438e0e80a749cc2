"""Edits of nodes: add, remove, rename, move, set parameters and attributes, replace the kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from graphs import catalogue
from graphs.attributes import NODE_KINDS
from graphs.edits.base import Edit, network_of, replaced, require
from graphs.edits.groups import Group
from graphs.edits.wires import Connect
from graphs.errors import EditProblem, UserError
from graphs.naming import check_name
from graphs.network import Network
from graphs.parameters import FARTHEST, Value
from graphs.project import Project


def check_parameters(kind: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
    """Return the parameters of a node in canonical form without defaults; an unknown kind's stay as they are."""
    spec = catalogue.find(kind)
    return dict(parameters) if spec is None else spec.trim(parameters)


def _position(place: object) -> tuple[float, float]:
    if isinstance(place, list | tuple) and len(place) == 2 and all(_coordinate(c) for c in place):
        return place[0], place[1]
    raise EditProblem(f"A position is two numbers within {FARTHEST:,.0f}, got {place!r}.")


def _coordinate(number: object) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and abs(number) <= FARTHEST


def _free(network: Network, name: str, but: str = "") -> None:
    holder = network.find(name)
    if holder is not None and holder != but:
        raise EditProblem(f"Another layer is called {name} already; names become attributes of one module.")


def _holder(network: Network, attributes: Mapping[str, Value]) -> None:
    """Raise EditProblem where attributes of a node name a frame that is not there."""
    frame = attributes.get("frame")
    if "frame" in attributes and not (isinstance(frame, str) and frame in network.attributes.get("frames", {})):
        raise EditProblem(f"There is no frame {frame!r} here any more.")


@dataclass(frozen=True)
class AddNode(Edit):
    """Add one node. `attributes` holds what NODE_KINDS names, beside the usual four."""

    network: str
    node: str
    name: str
    layer: str
    parameters: dict[str, Value] = field(default_factory=dict)
    position: tuple[float, float] = (0, 0)
    attributes: dict[str, Value] = field(default_factory=dict)
    heading: ClassVar[str] = "Add layer"

    @cached_property
    def _checked(self) -> Mapping[str, Any]:
        """What the node holds wherever it is added: found right once, however often it is undone and done again."""
        return {
            "name": check_name(self.name),
            "layer": self.layer,
            "parameters": check_parameters(self.layer, self.parameters),
            "position": _position(self.position),
        }

    def apply(self, project: Project) -> Edit:
        """Add it, without wires."""
        network = network_of(project, self.network)
        if self.node in network:
            raise EditProblem(f"There is a node {self.node!r} already.")
        checked = self._checked
        _free(network, self.name)
        _holder(network, self.attributes)
        network.add(self.node, {**checked, "parameters": dict(checked["parameters"]), **self.attributes})
        return RemoveNode(self.network, self.node)


@dataclass(frozen=True)
class RemoveNode(Edit):
    """Remove one node with its wires."""

    network: str
    node: str
    heading: ClassVar[str] = "Delete layer"

    def apply(self, project: Project) -> Edit:
        """Remove it; the inverse adds the node and its wires again."""
        network = network_of(project, self.network)
        require(network, self.node)
        held = dict(network[self.node])
        wires = dict.fromkeys([*network.wires_into(self.node), *network.wires_from(self.node)])
        name, kind, parameters, position = (held.pop(key) for key in ("name", "layer", "parameters", "position"))
        back: list[Edit] = [AddNode(self.network, self.node, name, kind, parameters, position, held)]
        back += [Connect.wire(self.network, w, dict(network.attributes_of(w))) for w in wires]
        network.remove(self.node)
        return Group(tuple(back), "Delete layer")


@dataclass(frozen=True)
class Rename(Edit):
    """Give a node another name."""

    network: str
    node: str
    name: str
    heading: ClassVar[str] = "Rename layer"

    def apply(self, project: Project) -> Edit:
        """Rename it; the new name must be free and fit for code."""
        network = network_of(project, self.network)
        require(network, self.node)
        check_name(self.name)
        _free(network, self.name, but=self.node)
        old = network.name(self.node)
        network.rename(self.node, self.name)
        return Rename(self.network, self.node, old)


@dataclass(frozen=True)
class Move(Edit):
    """Put nodes elsewhere."""

    network: str
    positions: dict[str, tuple[float, float]]
    heading: ClassVar[str] = "Move"

    def apply(self, project: Project) -> Edit:
        """Move them all."""
        network = network_of(project, self.network)
        require(network, *self.positions)
        places = {node: _position(place) for node, place in self.positions.items()}
        back = {node: network[node]["position"] for node in places}
        for node, place in places.items():
            network.graph.nodes[node]["position"] = place
        return Move(self.network, back)


@dataclass(frozen=True)
class SetParameters(Edit):
    """Set parameters of one node; those in `reset` go back to their default."""

    network: str
    node: str
    values: dict[str, Value]
    reset: tuple[str, ...] = ()
    heading: ClassVar[str] = "Change parameter"

    def apply(self, project: Project) -> Edit:
        """Set them; every value is checked against its declaration."""
        network = network_of(project, self.network)
        require(network, self.node)
        old = network.parameters(self.node)
        new = check_parameters(network.kind(self.node), replaced(old, self.values, tuple(self.reset))[0])
        network.graph.nodes[self.node]["parameters"] = new
        back = {name: value for name, value in old.items() if new.get(name, _ABSENT) != value}
        return SetParameters(self.network, self.node, back, tuple(name for name in new if name not in old))


_ABSENT = object()


@dataclass(frozen=True)
class SetAttributes(Edit):
    """Set what NODE_KINDS names (comment, colour, frozen, bypassed...) on one node."""

    network: str
    node: str
    values: dict[str, Value]
    reset: tuple[str, ...] = ()
    heading: ClassVar[str] = "Change layer"

    def apply(self, project: Project) -> Edit:
        """Set them. Raises EditProblem for a value that no file could hold."""
        network = network_of(project, self.network)
        require(network, self.node)
        for name in [*self.values, *self.reset]:
            if name not in NODE_KINDS:
                raise EditProblem(f"A node has no attribute {name!r}; there are: {', '.join(NODE_KINDS)}.")
        for name, value in self.values.items():
            try:
                NODE_KINDS[name].check(value)
            except UserError as error:
                raise EditProblem(f"{network.name(self.node)}: {error}") from None
        _holder(network, self.values)
        held = network.graph.nodes[self.node]
        new, back, reset = replaced(held, self.values, tuple(self.reset))
        held.clear()
        held.update(new)
        return SetAttributes(self.network, self.node, back, reset)


@dataclass(frozen=True)
class ReplaceLayer(Edit):
    """Make a node another kind of layer, keeping name, place and the parameters that fit."""

    network: str
    node: str
    layer: str
    parameters: dict[str, Value] | None = None
    heading: ClassVar[str] = "Replace layer"

    def apply(self, project: Project) -> Edit:
        """Replace it; `parameters` None keeps those that the new kind has too."""
        network = network_of(project, self.network)
        require(network, self.node)
        held: dict[str, Any] = network.graph.nodes[self.node]
        back = ReplaceLayer(self.network, self.node, held["layer"], held["parameters"])
        kept = fitting(self.layer, held["parameters"]) if self.parameters is None else self.parameters
        new = check_parameters(self.layer, kept)
        held["layer"], held["parameters"] = self.layer, new
        return back


def fitting(kind: str, parameters: Mapping[str, Value]) -> dict[str, Value]:
    """Return those of `parameters` that a layer of `kind` takes as well."""
    spec = catalogue.get(kind)
    kept = {}
    for parameter in spec.choices:
        if parameter.name in parameters:
            try:
                kept[parameter.name] = parameter.check(parameters[parameter.name])
            except UserError:
                continue
    return kept
