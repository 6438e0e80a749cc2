"""Layers that add an axis, remove one, or take a part of one."""

from graphs.catalogue import layer
from graphs.dimensions import Dim
from graphs.layers.rules import place, samples_first, without
from graphs.parameters import Integer
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec

AXIS_DOC = "Axis to work on; 0 is the axis of samples, -1 the last."


def _squeeze(call: Call) -> TensorSpec:
    given = call.input
    at = place(given, call["dim"])
    if given.shape[at] != 1:
        raise Refusal("removes axes of length 1 only", f"length {given.shape[at]} in {given}", "length 1", "input")
    return without(given, {at})


def _unsqueeze(call: Call) -> TensorSpec:
    given, dim = samples_first(call), call["dim"]
    full = given.rank + 2
    allowed = f"dim 1 to {given.rank + 1}"
    if not -full <= dim < full:
        raise Refusal(f"has no place {dim} for an axis", f"{given}", allowed, "input")
    if dim % full == 0:
        raise Refusal("must not mix samples", f"dim {dim}, before the samples", allowed, "input")
    at = dim % full - 1
    return given.reshaped(*given.shape[:at], 1, *given.shape[at:], kind="")


def _select(call: Call) -> TensorSpec:
    given, index = call.input, call["index"]
    at = place(given, call["dim"])
    length = given.shape[at]
    if isinstance(length, int) and not -length <= index < length:
        raise Refusal(f"has no index {index} to take", f"{given}", f"{-length} to {length - 1}", "input")
    return without(given, {at})


def _slice(call: Call) -> TensorSpec:
    given = call.input
    at = place(given, call["dim"])
    length = _span(call, given.shape[at])
    return given.reshaped(*given.shape[:at], length, *given.shape[at + 1 :])


def _span(call: Call, length: Dim) -> Dim:
    """Return how many places a slice takes from an axis of `length`."""
    start, stop, step = call["start"], call["stop"], call["step"]
    first = start if start >= 0 else length + start
    last = length if stop is None else stop if stop >= 0 else length + stop
    text = f"{start} to {'the end' if stop is None else stop} of {length}"
    for bound in (first, last):
        if bound < 0 or bound > length:
            raise Refusal("reaches beyond the axis", text, f"places from 0 to {length}", "input")
    span = last - first
    if span <= 0:
        raise Refusal("takes nothing", text, "a start before the stop", "input")
    places: Dim = -(-span // step)
    return places


def _slice_call(call: Call) -> str:
    given = call.input
    at = place(given, call["dim"])
    at += at >= given.batch_axis
    stop = "" if call["stop"] is None else call["stop"]
    step = "" if call["step"] == 1 else f":{call['step']}"
    return "{input}[" + ":, " * at + f"{call['start'] or ''}:{stop}{step}]"


layer(
    "Squeeze",
    "Remove an axis of length 1.",
    category="shape",
    keywords=("axis", "remove", "drop"),
    parameters=(Integer(name="dim", default=-1, doc=AXIS_DOC),),
    shape=_squeeze,
    call="{input}.squeeze({dim})",
)

layer(
    "Unsqueeze",
    "Add an axis of length 1.",
    category="shape",
    keywords=("axis", "expand", "add"),
    parameters=(Integer(name="dim", default=1, doc="Place of the new axis; 1 is right after the samples."),),
    shape=_unsqueeze,
    call="{input}.unsqueeze({dim})",
)

layer(
    "Select",
    "Take one place of an axis, such as the last step of a sequence.",
    category="shape",
    keywords=("index", "pick", "last step", "take"),
    parameters=(
        Integer(name="dim", default=1, doc=AXIS_DOC),
        Integer(name="index", default=0, expression=True, doc="Place to take, counted from 0; -1 is the last."),
    ),
    shape=_select,
    call="{input}.select({dim}, {index})",
)

layer(
    "Slice",
    "Take a stretch of an axis.",
    category="shape",
    keywords=("crop", "narrow", "part", "range"),
    parameters=(
        Integer(name="dim", default=1, doc=AXIS_DOC),
        Integer(
            name="start", default=0, expression=True, doc="First place to take; negative numbers count from the end."
        ),
        Integer(name="stop", optional=True, expression=True, doc="First place not to take; none goes to the end."),
        Integer(name="step", default=1, low=1, expression=True, doc="Distance from one place taken to the next."),
    ),
    shape=_slice,
    call=_slice_call,
)
