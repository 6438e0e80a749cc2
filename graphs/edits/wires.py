"""Edits of wires: connect and disconnect."""

import copy
from dataclasses import dataclass, field
from typing import ClassVar

from graphs.annotations import DOTS
from graphs.edits.base import Edit, network_of, require
from graphs.errors import EditProblem
from graphs.network import Wire
from graphs.parameters import Value
from graphs.project import Project


@dataclass(frozen=True)
class Connect(Edit):
    """Draw a wire, with `dots` and what else a file says of it among its `attributes`.

    What it would make wrong in meaning (two wires into one port, a cycle) the report says.
    """

    network: str
    source: str
    source_port: str
    target: str
    target_port: str
    attributes: dict[str, Value] = field(default_factory=dict, hash=False)
    heading: ClassVar[str] = "Connect"

    @classmethod
    def wire(cls, network: str, wire: Wire, attributes: dict[str, Value] | None = None) -> "Connect":
        """Return the edit that draws a wire."""
        ends = wire.source, wire.source_port, wire.target, wire.target_port
        return cls(network, *ends, attributes if attributes is not None else {})

    def apply(self, project: Project) -> Edit:
        """Draw it; both nodes must be there and the wire not yet."""
        network = network_of(project, self.network)
        require(network, self.source, self.target)
        key = f"{self.source_port}:{self.target_port}"
        if not self.source_port or not self.target_port or key.count(":") != 1:
            raise EditProblem(f"A wire goes from a port to a port, got {key!r}.")
        if network.graph.has_edge(self.source, self.target, key):
            raise EditProblem(f"{network.name(self.source)} and {network.name(self.target)} have that wire already.")
        held = copy.deepcopy(self.attributes) if self.attributes else {}
        if "dots" in held:
            held["dots"] = DOTS.check(held["dots"])
        network.graph.add_edge(self.source, self.target, key=key)
        if held:
            network.graph.edges[self.source, self.target, key].update(held)
        return Disconnect(self.network, self.source, self.source_port, self.target, self.target_port)


@dataclass(frozen=True)
class Disconnect(Edit):
    """Take a wire away."""

    network: str
    source: str
    source_port: str
    target: str
    target_port: str
    heading: ClassVar[str] = "Disconnect"

    @classmethod
    def wire(cls, network: str, wire: Wire) -> "Disconnect":
        """Return the edit that takes a wire away."""
        return cls(network, wire.source, wire.source_port, wire.target, wire.target_port)

    def apply(self, project: Project) -> Edit:
        """Take it away."""
        network = network_of(project, self.network)
        w = Wire(self.source, self.source_port, self.target, self.target_port)
        if not network.has(w):
            raise EditProblem("That wire is not there any more.")
        held = dict(network.attributes_of(w))
        network.graph.remove_edge(w.source, w.target, key=w.key)
        return Connect(self.network, self.source, self.source_port, self.target, self.target_port, held)
