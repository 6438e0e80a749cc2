"""The ends of a network that data feeds: its inputs, and the outputs that ask for a target."""

from dataclasses import dataclass

from graphs import catalogue
from graphs.network import Network
from graphs.reporting import Report
from graphs.tensors import TensorSpec

CLASS, BINARY, NUMBERS, COPY = "class", "binary", "number", "input"


@dataclass(frozen=True, slots=True)
class End:
    """One input or output node.

    wants: empty for an input; for an output what its loss compares with: `class`, `binary`, `number`, or `input` for
    the network's own input. spec: of one sample, None while the drawing does not tell. column: the one that the
    output asks for by name, if any.
    """

    node: str
    name: str
    wants: str = ""
    spec: TensorSpec | None = None
    column: str = ""

    @property
    def whole(self) -> bool:
        """Whether it takes whole numbers, as an Embedding does."""
        return self.spec is not None and self.spec.dtype == "int64"


def inputs(network: Network, report: Report) -> tuple[End, ...]:
    """Return the inputs in the order in which the module takes them."""
    nodes = [node for node in network.of_kind("Input") if not network[node].get("disabled")]
    return tuple(End(node, network.name(node), spec=report.specs[node].get("output")) for node in nodes)


def outputs(network: Network, report: Report) -> tuple[End, ...]:
    """Return the outputs that have a loss, in canvas order."""
    objectives = {spec.name: spec.objective for spec in catalogue.LAYERS if spec.objective is not None}
    found = []
    for node in network.of_kind(*objectives):
        objective = objectives[network.kind(node)]
        if objective is None or not objective.losses or network[node].get("disabled"):
            continue
        known = report.nodes[node]
        spec = known.inputs["input"][0] if known.inputs.get("input") else None
        column = str(known.values.get("target") or "")
        found.append(End(node, network.name(node), objective.target, spec, column))
    return tuple(found)
