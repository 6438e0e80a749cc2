"""One layer measured: its parameters worked out, its shapes, weights and cost by its own declaration."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphs.dimensions import Dim
from graphs.errors import UserError, ValueProblem
from graphs.parameters import Sized, Value
from graphs.spec import Call, LayerSpec, Refusal, Remedy
from graphs.tensors import TensorSpec

Inputs = Mapping[str, tuple[TensorSpec, ...]]
Arguments = Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one node, before it is told as a problem. `about` names what a fix needs to know."""

    kind: str
    title: str
    severity: str = "error"
    port: str = ""
    came: str = ""
    expected: str = ""
    remedies: tuple[Remedy, ...] = ()
    about: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The parameters of one node with defaults filled in and expressions worked out.

    `key` is hashable and the same for equal values, None where a value cannot be hashed.
    """

    kind: str
    values: dict[str, Value]
    faults: tuple[Fault, ...]
    key: tuple[Value, ...] | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a layer makes of its inputs; with a fault, only `values` holds anything."""

    values: Mapping[str, Value]
    outputs: Mapping[str, TensorSpec] = field(default_factory=dict)
    weights: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    parameters: int = 0
    macs: Dim = 0
    activation_bytes: Dim = 0
    fault: Fault | None = None


def resolve(spec: LayerSpec, drawn: Mapping[str, Value], arguments: Arguments) -> Resolved:
    """Work out the parameters of a node; a value that does not fit becomes a fault and counts as its default."""
    values, faults = {}, []
    for parameter in spec.choices:
        values[parameter.name] = spec.default(parameter)
        if parameter.name in drawn:
            try:
                checked = parameter.check(drawn[parameter.name])
                values[parameter.name] = parameter.resolve(checked, arguments)
            except UserError as error:
                faults.append(_bad_value(parameter.name, drawn[parameter.name], error))
    for name in drawn:
        if name not in values:
            known = ", ".join(values) or "no parameters"
            faults.append(Fault("bad-value", f"has no parameter {name}", expected=known, about=(name,)))
    return Resolved(spec.name, values, tuple(faults), _key(spec.name, values))


def _bad_value(name: str, value: Value, error: UserError) -> Fault:
    if isinstance(error, ValueProblem):
        return Fault("bad-value", f"cannot use its {name}", came=repr(value), expected=error.expected, about=(name,))
    return Fault("bad-value", f"cannot work out its {name}: {error}", about=(name,))


def _key(kind: str, values: Mapping[str, Value]) -> tuple[Value, ...] | None:
    key = (kind, *values.values())
    try:
        hash(key)
    except TypeError:
        return None
    return key


def measure(spec: LayerSpec, choices: Mapping[str, Value], inputs: Inputs) -> Measured:
    """Apply the rules of `spec` to known inputs. A refusal by a rule is returned as the fault."""
    call = Call(spec, dict(choices), inputs)
    try:
        call.outputs = outputs(spec, call)
        weights = spec.weights(call)
        macs = spec.macs(call)
        size: Dim = 0
        for made in call.outputs.values():
            size = size + made.bytes
    except Refusal as refusal:
        return Measured(call.parameters, fault=refused(spec, refusal, inputs))
    except (ValueError, ArithmeticError) as error:  # a symbolic length that does not divide, a rule's overflow
        return Measured(call.parameters, fault=Fault("shape", f"cannot work out its shape: {error}"))
    count = sum(math.prod(shape) for shape in weights.values())
    return Measured(call.parameters, call.outputs, weights, count, macs, size)


def outputs(spec: LayerSpec, call: Call) -> dict[str, TensorSpec]:
    """Return the specs that a layer puts out. Raises Refusal.

    Sizes are read off the inputs first; when that fails, the shape rule is still asked, as its words are better.
    """
    refusal: Refusal | None = None
    for parameter in spec.parameters:
        if isinstance(parameter, Sized):
            try:
                call.parameters[parameter.name] = parameter.read(call)
            except Refusal as error:
                refusal = refusal or error
    try:
        made = spec.shape(call)
    except KeyError:
        if refusal is None:
            raise
        raise refusal from None
    if refusal is not None:
        raise refusal
    return {spec.outputs[0].name: made} if isinstance(made, TensorSpec) else dict(made)


def refused(spec: LayerSpec, refusal: Refusal, inputs: Inputs) -> Fault:
    """Return a rule's refusal as a fault, its port filled in where the rule left it open."""
    port = refusal.port or next(iter(inputs), "")
    return Fault(
        "shape", refusal.title, port=port, came=refusal.came, expected=refusal.expected, remedies=refusal.remedies
    )
