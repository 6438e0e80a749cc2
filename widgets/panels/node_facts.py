"""What the report says of one node, as lines to read: shapes from the wires, and cost with its share of the whole."""

from collections.abc import Iterator

from graphs import catalogue
from graphs.dimensions import Dim
from graphs.network import Network
from graphs.parameters import Sized, Value
from graphs.problems import Problem
from graphs.reporting import NodeReport, Report
from graphs.tensors import TensorSpec, shape_text
from widgets.figures import memory, rounded
from widgets.panels.section import Fact

UNKNOWN = "not known yet"


def wire_facts(network: Network, node: str, told: NodeReport, problems: tuple[Problem, ...]) -> Iterator[Fact]:
    """Yield what was read off the wires: inferred values, then what comes in and what goes out."""
    spec = catalogue.find(network.kind(node))
    for parameter in spec.parameters if spec is not None else ():
        if isinstance(parameter, Sized):
            value = told.values.get(parameter.name) if told.known else None
            role = "mono tertiary" if value is None else "mono"
            yield Fact(parameter.name, UNKNOWN if value is None else _text(value), role=role, tip=parameter.doc)
    wrong = {problem.port for problem in problems if problem.severity == "error"}
    inputs = told.inputs
    for port, specs in inputs.items():
        name = "Input" if len(inputs) == 1 else port
        role = "mono error" if port in wrong else "mono"
        for place, arrived in enumerate(specs):
            yield Fact(name if len(specs) == 1 else f"{name} {place + 1}", str(arrived), _type(arrived), role)
    outputs = told.outputs
    for port, given in outputs.items():
        yield Fact("Output" if len(outputs) == 1 else port, str(given), _type(given))
    if not outputs and spec is not None and spec.outputs:
        yield Fact("Output", UNKNOWN, role="mono tertiary")


def cost_facts(told: NodeReport, whole: Report) -> Iterator[Fact]:
    """Yield parameters, multiply-adds and memory, each with its share of the network's."""
    weights = "\n".join(f"{state}  {shape_text(shape)}" for state, shape in told.weights.items())
    if not told.known:
        yield Fact("Parameters", UNKNOWN, role="mono tertiary")
        return
    yield Fact("Parameters", f"{told.parameters:,}", share(told.parameters, whole.parameters), tip=weights)
    if told.macs != 0:
        yield Fact("Multiply-adds", rounded(told.macs), share(told.macs, whole.macs))
    if told.activation_bytes != 0:
        yield Fact("Activations", memory(told.activation_bytes), "a sample")


def share(part: Dim, whole: Dim) -> str:
    """Return `1.7 %`, nothing where one of the two is not known or the whole is nothing."""
    if not isinstance(part, int) or not isinstance(whole, int) or not whole or not part:
        return ""
    percent = 100 * part / whole
    return "under 0.1 %" if percent < 0.1 else f"{percent:.1f} %" if percent < 99.95 else "100 %"


def _text(value: Value) -> str:
    return "×".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _type(spec: TensorSpec) -> str:
    return "" if spec.dtype == "float32" else spec.dtype
