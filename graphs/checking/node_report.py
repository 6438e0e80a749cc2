"""What the report says of one node."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphs.checking.measure import Fault
from graphs.dimensions import Dim
from graphs.parameters import Value
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.reporting import Report


@dataclass(frozen=True, slots=True)
class NodeReport:
    """Shapes, weights and cost of one node; sizes are of one sample.

    inputs: by port, several specs on a variadic one. values: all parameters, worked out, with those read off the
    wires. weights: shapes by state name within the node (`weight`, or `0.conv1.weight` in a repeated block).
    parameters: the numbers it owns, so 0 where it shares another node's. parts: how many layers and weights it stands
    for, which of a block are those of all its copies. inner: of a block, the report of its
    network as this node uses it (its first repetition). known: whether the shapes of its outputs could be told.
    waits: where they could not, the id of the node that is the reason: itself, or one that leads here.
    """

    inputs: Mapping[str, tuple[TensorSpec, ...]] = field(default_factory=dict)
    outputs: Mapping[str, TensorSpec] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    weights: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    parameters: int = 0
    macs: Dim = 0
    activation_bytes: Dim = 0
    parts: int = 0
    inner: "Report | None" = None
    known: bool = False
    waits: str = ""
    faults: tuple[Fault, ...] = ()


NOTHING = NodeReport()
