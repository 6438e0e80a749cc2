"""What could feed what: the input that takes a tensor, the forms that an input takes, the layers that give them."""

from collections.abc import Mapping
from functools import cache
from itertools import chain

from graphs import catalogue
from graphs.checking import measure
from graphs.checking.measure import Fault
from graphs.checking.node_report import NOTHING
from graphs.parameters import Value
from graphs.ports import BLOCK, OUTLET
from graphs.project import Project
from graphs.reporting import Report
from graphs.spec import LayerSpec
from graphs.splices import first_place
from graphs.tensors import TensorSpec
from graphs.ways import inner_of

Form = tuple[int, str]
"""The rank of a tensor without its batch axis, and its kind."""

_USUAL = (
    TensorSpec((64,)), TensorSpec((64, 64)), TensorSpec((64, 64), kind="map"), TensorSpec((1, 64)),
    TensorSpec((64, 32, 32)), TensorSpec((1, 32, 32)),
    TensorSpec((16, 16, 16, 16)), TensorSpec((1, 16, 16, 16)),
    TensorSpec((), "int64"), TensorSpec((64,), "int64"), TensorSpec((32, 32), "int64"), TensorSpec((64,), "bool"),
)  # fmt: skip
"""Tensors of every usual form, of lengths that heads, groups and strides divide."""


def fault_of(
    spec: LayerSpec, choices: Mapping[str, object], inputs: Mapping[str, tuple[TensorSpec, ...]]
) -> Fault | None:
    """Return what a layer finds wrong with its inputs; None while some that it needs are missing."""
    for port in spec.inputs:
        if not port.optional and len(inputs.get(port.name, ())) < (port.least if port.variadic else 1):
            return None
    return measure.measure(spec, choices, inputs).fault


def accepts(spec: LayerSpec, came: TensorSpec | None) -> str | None:
    """Return the port at which a new layer of this kind takes `came`, None when none does."""
    for port in spec.inputs:
        if came is None:
            return first_place(port)
        choices = {p.name: spec.default(p) for p in spec.choices}
        if fault_of(spec, choices, {port.name: (came,)}) is None:
            return first_place(port)
    return None


def form_of(spec: TensorSpec) -> Form:
    """Return the form of a tensor."""
    return spec.rank, spec.kind


def forms_taken(project: Project, name: str, report: Report | None, node: str, port: str) -> frozenset[Form] | None:
    """Return the forms that an input of a node takes beside what comes to its others; None where that is not known."""
    network = project.networks[name]
    spec, held = catalogue.find(network.kind(node)), report.nodes.get(node, NOTHING) if report is not None else NOTHING
    if spec is None or spec.name == OUTLET:
        return None
    if spec.name == BLOCK:
        return _taken_inside(project, inner_of(project, name, node), held.inner, port)
    values = measure.resolve(spec, network.parameters(node), report.arguments if report is not None else {}).values
    base, into = port.partition(".")[0], spec.input_port(port)
    joins = into is not None and into.variadic
    others = {name: specs for name, specs in held.inputs.items() if joins or name != base}
    tried = {*_USUAL, *chain.from_iterable(held.inputs.values())}
    return frozenset(form_of(came) for came in tried if _takes(spec, values, others, base, came)) or None


def _taken_inside(project: Project, name: str | None, report: Report | None, port: str) -> frozenset[Form] | None:
    """Return what all take that an inlet of a block feeds."""
    inlet = project.networks[name].find(port) if name is not None else None
    if name is None or inlet is None:
        return None
    wires = project.networks[name].wires_from(inlet)
    found = (forms_taken(project, name, report, wire.target, wire.target_port) for wire in wires)
    known = [forms for forms in found if forms is not None]
    return frozenset.intersection(*known) or None if known else None


def _takes(
    spec: LayerSpec,
    values: Mapping[str, Value],
    others: Mapping[str, tuple[TensorSpec, ...]],
    base: str,
    came: TensorSpec,
) -> bool:
    """Tell whether a layer takes a tensor at one input; others that have nothing yet get the same."""
    inputs = dict(others) | {base: (*others.get(base, ()), came)}
    for port in spec.inputs:
        have, least = inputs.get(port.name, ()), port.least if port.variadic else 1
        if not port.optional and len(have) < least:
            inputs[port.name] = (*have, *[came] * (least - len(have)))
    return fault_of(spec, values, inputs) is None


def gives_one(kind: str, taken: frozenset[Form]) -> bool:
    """Tell whether a new layer of a kind can put out first a tensor of one of these forms."""
    if not catalogue.get(kind).inputs:
        return True  # what it gives is set on it
    made = (_made(kind, number) for number in range(len(_USUAL)))
    return any(given is not None and form_of(given) in taken for given in made)


def keeps_shape(kind: str) -> bool:
    """Tell whether a new layer of a kind gives all that it takes in the same shape."""
    spec = catalogue.get(kind)
    made = [(came, _made(kind, number)) for number, came in enumerate(_USUAL)] if spec.inputs and spec.outputs else []
    return bool(made) and all(given is None or given.shape == came.shape for came, given in made)


@cache
def _made(kind: str, number: int) -> TensorSpec | None:
    """Return what a new layer of a kind makes first of one of the usual tensors at all its inputs; None: it refuses."""
    spec, came = catalogue.get(kind), _USUAL[number]
    values = {parameter.name: spec.default(parameter) for parameter in spec.choices}
    fed = {p.name: (came,) * (max(p.least, 1) if p.variadic else 1) for p in spec.inputs if not p.optional}
    return measure.measure(spec, values, fed).outputs.get(spec.outputs[0].name)
