"""Layers that join several tensors, and those that shrink axes to one number."""

from functools import partial

from graphs.catalogue import layer
from graphs.dimensions import Dim, product
from graphs.layers.broadcasting import broadcast
from graphs.layers.rules import differ, is_real, place, promoted, real_numbers, without
from graphs.parameters import Boolean, Integer, Integers
from graphs.spec import Call, Port, Refusal
from graphs.tensors import TensorSpec

SEVERAL = (Port("inputs", "What is joined, in order.", variadic=True, least=2),)
PAIR = (Port("input", "The first."), Port("other", "The second."))


def _elementwise(call: Call, verb: str) -> TensorSpec:
    specs = tuple(spec for port in call.spec.inputs for spec in call.inputs[port.name])
    ports = _wires(call)
    shape, dtype = broadcast(specs, ports, verb), promoted(specs)
    if verb == "subtract" and "bool" in {spec.dtype for spec in specs}:
        came = f"{specs[0].dtype} and {specs[1].dtype}"
        raise Refusal("cannot subtract true and false", came, "numbers", ports[-1])
    kind = specs[0].kind if dtype == specs[0].dtype else ""
    return TensorSpec(shape, dtype, kind, specs[0].batch_axis)


def _wires(call: Call) -> list[str]:
    """Return the name of each wire's port: `inputs.1` for the second into a variadic one."""
    names = []
    for port in call.spec.inputs:
        count = len(call.inputs[port.name])
        names += [f"{port.name}.{at}" for at in range(count)] if port.variadic else [port.name]
    return names


def _between(sign: str, call: Call) -> str:
    """Return the expression with `sign` between all wires of the variadic port."""
    return f" {sign} ".join(f"{{inputs[{at}]}}" for at in range(len(call.inputs["inputs"])))


def _concat(call: Call) -> TensorSpec:
    specs = call.inputs["inputs"]
    first, at = specs[0], place(specs[0], call["dim"], port="inputs")
    total: Dim = first.shape[at]
    for wire, spec in enumerate(specs[1:], 1):
        same_axes = spec.rank == first.rank and spec.batch_axis == first.batch_axis
        if not same_axes or any(
            differ(a, b) for i, (a, b) in enumerate(zip(first.shape, spec.shape, strict=True)) if i != at
        ):
            title = f"cannot join {first} and {spec} along axis {call['dim']}"
            raise Refusal(title, f"{spec}", f"{first} in all other axes", f"inputs.{wire}")
        total = total + spec.shape[at]
    shape = (*first.shape[:at], total, *first.shape[at + 1 :])
    dtype = promoted(specs)
    return TensorSpec(shape, dtype, first.kind if dtype == first.dtype else "", first.batch_axis)


def _matmul(call: Call) -> TensorSpec:
    left, right = real_numbers(call, "input"), real_numbers(call, "other")
    for port, spec in (("input", left), ("other", right)):
        if spec.rank < 2 or spec.batch_axis or spec.rank != left.rank:
            expected = f"{left.rank} axes, as on `input`" if left.rank > 1 else "rows × columns"
            raise Refusal("wants matrices, rows × columns", f"{spec}", expected, port)
    if left.dtype != right.dtype:
        raise Refusal("wants one type of number", right.dtype, f"{left.dtype}, as on `input`", "other")
    if differ(left.shape[-1], right.shape[-2]):
        raise Refusal(f"cannot multiply {left} by {right}", f"{right}", f"{left.shape[-1]} rows", "other")
    heads = [spec.reshaped(*spec.shape[:-2]) for spec in (left, right)]
    shape = broadcast(tuple(heads), ("input", "other"), "multiply stacks of", whole=False)
    return left.reshaped(*shape, left.shape[-2], right.shape[-1])


def _matmul_macs(call: Call) -> Dim:
    return product(call.output.shape) * call.input.shape[-1]


def _reduce(call: Call, numbers: str) -> TensorSpec:
    given, keep = call.input, call["keepdim"]
    if numbers == "real":
        real_numbers(call)
    places = [place(given, dim) for dim in call["dim"]]
    if len(set(places)) != len(places):
        raise Refusal("names an axis twice", f"dim {', '.join(map(str, call['dim']))}", "each axis once", "input")
    whole = "int64" if numbers == "sum" and not is_real(given) else given.dtype
    spec = TensorSpec(given.shape, whole, given.kind if whole == given.dtype else "", given.batch_axis)
    if keep:
        return spec.reshaped(*(1 if at in places else length for at, length in enumerate(spec.shape)))
    return without(spec, set(places))


def _reduce_call(method: str, call: Call) -> str:
    dims = call["dim"]
    keep = ", keepdim=True" if call["keepdim"] else ""
    return f"{{input}}.{method}({dims[0] if len(dims) == 1 else dims}{keep})"


REDUCED = (
    Integers(name="dim", default=(1,), shortest=1, doc="Axes to shrink; 0 is the axis of samples, -1 the last."),
    Boolean(name="keepdim", default=False, doc="Whether the axes stay, with length 1."),
)

layer(
    "Add",
    "Add tensors number by number.",
    category="shape",
    keywords=("sum", "plus", "residual", "skip", "shortcut", "merge"),
    inputs=SEVERAL,
    shape=partial(_elementwise, verb="add"),
    call=partial(_between, "+"),
)

layer(
    "Subtract",
    "Take one tensor from another, number by number.",
    category="shape",
    keywords=("minus", "difference"),
    inputs=PAIR,
    shape=partial(_elementwise, verb="subtract"),
    call="{input} - {other}",
)

layer(
    "Multiply",
    "Multiply tensors number by number, as a gate or a mask does.",
    category="shape",
    keywords=("times", "product", "gate", "mask", "scale", "attention"),
    inputs=SEVERAL,
    shape=partial(_elementwise, verb="multiply"),
    call=partial(_between, "*"),
)

layer(
    "MatMul",
    "Multiply matrices.",
    category="shape",
    keywords=("matrix", "product", "dot", "bmm"),
    inputs=PAIR,
    shape=_matmul,
    macs=_matmul_macs,
    call="{input} @ {other}",
)

layer(
    "Concat",
    "Join tensors end to end along an axis.",
    category="shape",
    keywords=("cat", "concatenate", "join", "stack", "skip", "merge"),
    inputs=SEVERAL,
    parameters=(Integer(name="dim", default=1, doc="Axis along which they are joined; 1 is channels or features."),),
    shape=_concat,
    call="torch.cat(({inputs}), {dim})",
    source="Used so in DenseNet, Huang et al. 2017",
)

layer(
    "Mean",
    "Average over axes.",
    category="shape",
    keywords=("average", "reduce", "global pooling"),
    parameters=REDUCED,
    shape=partial(_reduce, numbers="real"),
    call=partial(_reduce_call, "mean"),
)

layer(
    "Sum",
    "Add up over axes.",
    category="shape",
    keywords=("total", "reduce"),
    parameters=REDUCED,
    shape=partial(_reduce, numbers="sum"),
    call=partial(_reduce_call, "sum"),
)

layer(
    "Max",
    "Take the largest over axes.",
    category="shape",
    keywords=("maximum", "amax", "reduce", "global pooling"),
    parameters=REDUCED,
    shape=partial(_reduce, numbers="any"),
    call=partial(_reduce_call, "amax"),
)
