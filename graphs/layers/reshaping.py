"""Layers that give the same numbers another shape or order."""

import math

from graphs.catalogue import layer
from graphs.dimensions import Dim, Symbolic, product
from graphs.layers.rules import place, samples_first
from graphs.parameters import Integer, Integers
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec, natural_kind, shape_text


def _flatten(call: Call) -> TensorSpec:
    given = call.input
    start, end = place(given, call["start_dim"], "start_dim"), place(given, call["end_dim"], "end_dim")
    if start > end:
        came = f"{call['start_dim']} to {call['end_dim']} of {given}"
        raise Refusal("starts after it ends", came, "start_dim up to end_dim", "input")
    if given.batch_axis and start < given.batch_axis <= end:
        raise Refusal("must not mix samples", f"{given}, samples between its axes", "axes on one side", "input")
    shape = (*given.shape[:start], product(given.shape[start : end + 1]), *given.shape[end + 1 :])
    keeps = len(shape) > 1 and given.kind == "map" and start > 0
    return given.reshaped(*shape, kind="map" if keeps else natural_kind(len(shape), given.dtype))


def _filled(sizes: tuple[int, ...], total: Dim, name: str) -> tuple[Dim, ...]:
    """Return `sizes` with the -1 among them worked out, so that they hold `total` numbers."""
    asked, wanted = shape_text(sizes), math.prod(size for size in sizes if size != -1)
    if sizes.count(-1) > 1:
        raise Refusal("can work out one axis only", f"{name} {asked}", "-1 once", "input")
    if any(size < -1 or size == 0 for size in sizes):
        raise Refusal("wants lengths of 1 or more", f"{name} {asked}", "numbers from 1, or -1 once", "input")
    if -1 not in sizes and isinstance(total, Symbolic):
        raise Refusal("needs a fixed number of features", f"{total} numbers", f"-1 for what varies in {asked}", "input")
    if total % wanted or (-1 not in sizes and total != wanted):
        raise Refusal(f"cannot make {asked}", f"{total} numbers", f"{_of(wanted, sizes)} numbers", "input")
    return tuple(total // wanted if size == -1 else size for size in sizes)


def _of(wanted: int, sizes: tuple[int, ...]) -> str:
    return f"a multiple of {wanted}" if -1 in sizes else str(wanted)


def _reshape(call: Call) -> TensorSpec:
    given = samples_first(call)
    shape = _filled(call["shape"], given.elements, "shape")
    return given.reshaped(*shape, kind="")


def _reshape_call(call: Call) -> str:
    sizes = "".join(f", {size}" for size in call["shape"])
    return "{input}.reshape({input}.shape[0]" + sizes + ")"


def _unflatten(call: Call) -> TensorSpec:
    given = call.input
    at = place(given, call["dim"])
    sizes = _filled(call["unflattened_size"], given.shape[at], "unflattened_size")
    if at < given.batch_axis:
        samples_first(call)
    return given.reshaped(*given.shape[:at], *sizes, *given.shape[at + 1 :], kind="")


def _permute(call: Call) -> TensorSpec:
    given, dims = call.input, call["dims"]
    full, order = given.rank + 1, [dim % (given.rank + 1) for dim in dims]
    if any(not -full <= dim < full for dim in dims) or sorted(order) != list(range(full)):
        came = f"dims {', '.join(map(str, dims))}"
        raise Refusal("wants each axis once", came, f"0 to {given.rank} in any order", "input")
    if order[0] != given.batch_axis:
        raise Refusal("must not mix samples", f"dims starting with {dims[0]}", f"{given.batch_axis} first", "input")
    kept = [at - (at > given.batch_axis) for at in order[1:]]
    return TensorSpec(tuple(given.shape[at] for at in kept), given.dtype, _turned(given, kept))


def _turned(given: TensorSpec, order: list[int]) -> str:
    """Return the kind after the axes took another order: where channels or features went decides."""
    if given.kind == "map" and order[-1] == 0 and given.rank > 1:
        return "sequence"
    if given.kind == "sequence" and order[0] == given.rank - 1 and given.rank > 1:
        return "map"
    return natural_kind(given.rank, given.dtype) if given.kind == "state" else given.kind


layer(
    "Flatten",
    "Lay axes out one after another, by default all into one vector.",
    category="shape",
    keywords=("vector", "reshape", "view", "ravel"),
    parameters=(
        Integer(name="start_dim", default=1, doc="First axis to lay out; 0 is the axis of samples."),
        Integer(name="end_dim", default=-1, doc="Last axis to lay out; -1 is the last there is."),
    ),
    shape=_flatten,
    call=lambda call: (
        "{input}.flatten({start_dim})" if call["end_dim"] == -1 else "{input}.flatten({start_dim}, {end_dim})"
    ),
)

layer(
    "Unflatten",
    "Split one axis into several.",
    category="shape",
    keywords=("reshape", "view", "split", "fold"),
    parameters=(
        Integer(name="dim", default=1, doc="Axis to split; 0 is the axis of samples."),
        Integers(name="unflattened_size", default=(1, -1), shortest=1, doc="Lengths it becomes; -1 is worked out."),
    ),
    shape=_unflatten,
    call="{input}.unflatten({dim}, {unflattened_size})",
)

layer(
    "Reshape",
    "Give each sample another shape of as many numbers.",
    category="shape",
    keywords=("view", "resize", "fold"),
    parameters=(Integers(name="shape", default=(-1,), shortest=1, doc="Shape of one sample; -1 is worked out."),),
    shape=_reshape,
    call=_reshape_call,
)

layer(
    "Permute",
    "Put the axes in another order.",
    category="shape",
    keywords=("transpose", "swap", "axes", "channels last", "channels first"),
    parameters=(
        Integers(name="dims", default=(0, 2, 1), shortest=1, doc="The axes in their new order, 0 (samples) first."),
    ),
    shape=_permute,
    call="{input}.permute{dims}",
)
