"""Edits of the dots through which a wire is led; they go with their wire and come back with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from graphs.annotations import DOTS, Place, dots
from graphs.edits.base import Edit, network_of
from graphs.errors import EditProblem
from graphs.network import Network, Wire
from graphs.project import Project


def _change(network: Network, wire: Wire, index: object, puts: Sequence[Place], takes: int) -> tuple[Place, ...]:
    """Put dots at an index of a wire in place of `takes` others; return those taken."""
    if not network.has(wire):
        raise EditProblem("That wire is not there any more.")
    held = dots(network, wire)
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index <= len(held) - takes:
        raise EditProblem(f"The wire has {len(held)} dots, so there is none to change at {str(index)[:20]}.")
    new = (*held[:index], *puts, *held[index + takes :])
    edge = network.graph.edges[wire.source, wire.target, wire.key]
    if new:
        edge["dots"] = DOTS.check(new)
    else:
        del edge["dots"]
    return held[index : index + takes]


@dataclass(frozen=True)
class AddDot(Edit):
    """Lead a wire through one more place, before the dot that has this `index` now."""

    network: str
    source: str
    source_port: str
    target: str
    target_port: str
    index: int
    position: tuple[float, float]
    heading: ClassVar[str] = "Add dot"

    def apply(self, project: Project) -> Edit:
        """Add it."""
        wire = Wire(self.source, self.source_port, self.target, self.target_port)
        _change(network_of(project, self.network), wire, self.index, [self.position], 0)
        return RemoveDot(self.network, self.source, self.source_port, self.target, self.target_port, self.index)


@dataclass(frozen=True)
class MoveDot(Edit):
    """Put a dot elsewhere."""

    network: str
    source: str
    source_port: str
    target: str
    target_port: str
    index: int
    position: tuple[float, float]
    heading: ClassVar[str] = "Move dot"

    def apply(self, project: Project) -> Edit:
        """Move it."""
        wire = Wire(self.source, self.source_port, self.target, self.target_port)
        (old,) = _change(network_of(project, self.network), wire, self.index, [self.position], 1)
        return MoveDot(self.network, self.source, self.source_port, self.target, self.target_port, self.index, old)


@dataclass(frozen=True)
class RemoveDot(Edit):
    """Take a dot off a wire."""

    network: str
    source: str
    source_port: str
    target: str
    target_port: str
    index: int
    heading: ClassVar[str] = "Remove dot"

    def apply(self, project: Project) -> Edit:
        """Take it off."""
        wire = Wire(self.source, self.source_port, self.target, self.target_port)
        (old,) = _change(network_of(project, self.network), wire, self.index, [], 1)
        return AddDot(self.network, self.source, self.source_port, self.target, self.target_port, self.index, old)
