"""Drawn cases for any declared layer: parameters by their kind, inputs by the ports, with hints by name alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from graphs.parameters import Boolean, Choice, Integer, Integers, Parameter, Real, Size
from graphs.spec import LayerSpec, Port
from graphs.tensors import TensorSpec

# The samples of a batch; no axis is drawn of this length, so that an axis mistaken for it is seen.
SAMPLES = 7
LENGTHS = (1, 2, 3, 4, 5, 6, 8, 9, 12)
EVEN_LENGTHS = (2, 4, 8, 12)

# Small numbers where torch's range is wide, so that refusals and acceptances both come up.
INTEGER_HINTS = {
    "index": (-5, 5),
    "start": (-4, 4),
    "stop": (-4, 9),
    "padding_idx": (-9, 9),
    "num_layers": (1, 3),
}
AXES = ("dim", "start_dim", "end_dim")
SHARES = {"groups": 0, "num_groups": 0, "num_heads": -1, "nhead": -1}  # parts of that axis of the first input
REAL_HINTS = {
    "alpha": (-1.0, 2.0),
    "beta": (0.5, 3.0),
    "eps": (1e-6, 0.1),
    "layer_norm_eps": (1e-6, 0.1),
    "max_norm": (0.1, 2.0),
    "norm_type": (0.5, 3.0),
}
SIZE_HIGHS = {"output_size": 6, "kernel_size": 4, "stride": 3, "output_padding": 1}


@dataclass(frozen=True)
class Case:
    """One layer with chosen parameters and what comes in on its ports."""

    parameters: Mapping[str, Any]
    inputs: Mapping[str, tuple[TensorSpec, ...]]


@st.composite
def cases(draw: st.DrawFn, spec: LayerSpec) -> Case:
    """Draw a case of `spec`: most fit the layer, some do not."""
    first = draw(_first_input(spec))
    parameters = spec.complete({p.name: draw(_value(p, first)) for p in spec.choices if draw(_chosen(p))})
    inputs: dict[str, tuple[TensorSpec, ...]] = {}
    for port in spec.inputs:
        if port is spec.inputs[0]:
            count = draw(st.integers(port.least, 3)) if port.variadic else 1
            inputs[port.name] = (first, *(draw(_companion(first, first)) for _ in range(count - 1)))
        elif not port.optional or draw(_wired(port, inputs)):
            last = [specs[-1] for name, specs in inputs.items() if name not in ("mask", "hidden", "cell")][-1]
            inputs[port.name] = (draw(_on_port(port, first, last, parameters)),)
    return Case(parameters, inputs)


def _chosen(parameter: Parameter) -> st.SearchStrategy[bool]:
    return st.just(True) if isinstance(parameter, Integers | Boolean) else st.sampled_from((True, True, True, False))


def _wired(port: Port, inputs: Mapping[str, Any]) -> st.SearchStrategy[bool]:
    """Return whether an optional port has a wire; the two states of a layer mostly have both or none."""
    return st.sampled_from(("hidden" in inputs,) * 7 + (True, False)) if port.name == "cell" else st.booleans()


def _rank(name: str) -> tuple[int, ...]:
    """Return ranks to draw from, the right ones more often than others."""
    dimensions = re.search(r"([123])d$", name)
    if dimensions:
        right = int(dimensions[1]) + 1
        return (*(right,) * 20, right - 1, right + 1)
    if name in ("RNN", "LSTM", "GRU", "MultiheadAttention", "TransformerEncoderLayer"):
        return (*(2,) * 20, 1, 3)
    return (0, 1, 1, 2, 2, 2, 3, 3, 4)


def _kinds(rank: int) -> st.SearchStrategy[str]:
    other = {0: "", 1: "", 2: "map"}.get(rank, "sequence")
    return st.sampled_from((*("",) * 6, other))


@st.composite
def _first_input(draw: st.DrawFn, spec: LayerSpec) -> TensorSpec:
    rank = draw(st.sampled_from(_rank(spec.name)))
    lengths = EVEN_LENGTHS if draw(st.booleans()) else LENGTHS
    shape = draw(st.lists(st.sampled_from(lengths), min_size=rank, max_size=rank))
    if shape and draw(st.integers(0, 2)) == 0:
        shape[draw(st.integers(0, rank - 1))] = 1
    usual = "int64" if spec.name == "Embedding" else "float32"
    dtype = draw(st.sampled_from((*(usual,) * (5 if spec.category == "shape" else 20), "int64", "bool", "float32")))
    kind = draw(_kinds(rank)) if dtype == "float32" else ""
    if spec.category in ("shape", "activation") and rank == 2 and draw(st.integers(0, 2)) == 0:
        return TensorSpec(tuple(shape), "float32", "state", 1)
    return TensorSpec(tuple(shape), dtype, kind)


@st.composite
def _companion(draw: st.DrawFn, first: TensorSpec, last: TensorSpec) -> TensorSpec:
    """Draw what comes in beside `first`: mostly the same, else turned round or with an axis of another length."""
    how = draw(st.sampled_from(("same", "same", "turned", "one", "other", "other", "shorter", "dtype", "dtype")))
    shape = list(last.shape)
    if how == "turned" and len(shape) > 1:
        shape[-2:] = reversed(shape[-2:])
        shape[:-2] = draw(st.sampled_from((shape[:-2], [1] * (len(shape) - 2))))
    elif how in ("one", "other") and shape:
        shape[draw(st.integers(0, len(shape) - 1))] = 1 if how == "one" else draw(st.sampled_from(LENGTHS))
    elif how == "shorter":
        shape = shape[1:]
    dtype = draw(st.sampled_from(("int64", "bool", "float32"))) if how == "dtype" else first.dtype
    kind = first.kind if dtype == first.dtype and len(shape) == first.rank else ""
    return TensorSpec(tuple(shape), dtype, kind, first.batch_axis if len(shape) == first.rank else 0)


@st.composite
def _on_port(
    draw: st.DrawFn, port: Port, first: TensorSpec, last: TensorSpec, parameters: Mapping[str, Any]
) -> TensorSpec:
    fits = draw(st.sampled_from((True, True, True, False)))
    if port.name in ("hidden", "cell"):
        rows = parameters["num_layers"] * (2 if parameters["bidirectional"] else 1)
        projected = parameters.get("proj_size") if port.name == "hidden" else 0
        size = projected or parameters["hidden_size"]
        return TensorSpec(draw(_near(rows, size, fits)), "float32", "state", 1)
    if port.name in ("key", "value") and last.rank == 2 and first.dtype == "float32" and (fits or draw(st.booleans())):
        as_many = port.name == "value" and fits  # values as keys
        steps = last.shape[0] if as_many else draw(st.sampled_from(LENGTHS))
        return TensorSpec((steps, draw(st.sampled_from((last.shape[1], 3, 4)))))
    if port.name == "mask":
        steps = (first.shape[:1], last.shape[:1])
        pairs = steps[1] if draw(st.booleans()) else steps[0] + steps[1]
        return TensorSpec(pairs if fits else (2, 2), "bool" if draw(st.integers(0, 5)) else "float32")
    return draw(_companion(first, last))


def _near(rows: int, size: int, fits: bool) -> st.SearchStrategy[tuple[int, int]]:
    return st.just((rows, size)) if fits else st.sampled_from(((rows + 1, size), (rows, size + 1)))


def _value(parameter: Parameter, first: TensorSpec) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of one parameter, by its kind and its limits."""
    found = _by_kind(parameter, first)
    return st.one_of(st.none(), found, found) if parameter.optional else found


def _by_kind(parameter: Parameter, first: TensorSpec) -> st.SearchStrategy[Any]:
    match parameter:
        case Integer() if parameter.name in AXES:
            return st.one_of(_axis(first), _axis(first), st.integers(-first.rank - 3, first.rank + 2))
        case Integer() if parameter.name in SHARES and first.rank:
            fitting = _divisor(first.shape[SHARES[parameter.name]])
            return st.one_of(st.just(1), fitting, fitting, st.integers(1, 3))
        case Integer():
            low, high = INTEGER_HINTS.get(parameter.name, (1 if parameter.low is None else parameter.low, 6))
            return st.integers(low, high)
        case Real():
            low = 0.0 if parameter.low is None else parameter.low
            high = 1.0 if parameter.high is None else parameter.high
            return st.floats(*REAL_HINTS.get(parameter.name, (low, high))).map(lambda number: round(number, 7))
        case Boolean():
            return st.booleans()
        case Choice():
            return st.sampled_from(parameter.options)
        case Size():
            number = st.integers(parameter.low, SIZE_HIGHS.get(parameter.name, 2))
            rows = st.one_of(number, st.tuples(*(number,) * parameter.rank))
            return st.one_of(rows, st.sampled_from(parameter.words)) if parameter.words else rows
        case Integers():
            return _lists(parameter, first)
    raise AssertionError(f"no strategy for {parameter}")


def _divisor(length: Any) -> st.SearchStrategy[int]:
    """Return a strategy for numbers that divide a length, 1 least of all."""
    return st.sampled_from([part for part in range(2, length + 1) if length % part == 0] or [1])


def _axis(first: TensorSpec) -> st.SearchStrategy[int]:
    """Return a strategy for axes that are there and hold no samples, one of length 1 before others."""
    axes = [axis for axis in range(first.rank + 1) if axis != first.batch_axis]
    short = [axis for axis, length in zip(axes, first.shape, strict=True) if length == 1]
    return st.sampled_from([*(short or axes), *(axis - first.rank - 1 for axis in axes)] or [1])


def _lists(parameter: Integers, first: TensorSpec) -> st.SearchStrategy[Any]:
    lengths = [length for length in first.shape if isinstance(length, int)]
    if parameter.name == "dims":
        axes = list(range(first.rank + 1))
        return st.one_of(
            st.permutations(axes[1:]).map(lambda order: (0, *order)),
            st.permutations(axes[1:]).map(lambda order: (0, *(axis - len(axes) for axis in order))),
            st.permutations(axes).map(tuple),
            st.tuples(st.just(0), *(st.sampled_from(axes),) * (len(axes) - 1)),
        )
    if parameter.name == "dim":
        axes = st.one_of(_axis(first), _axis(first), st.integers(-first.rank, first.rank))
        return st.lists(axes, min_size=1, max_size=2).map(tuple)
    whole = st.permutations(lengths or [1]).map(tuple)
    with_rest = whole.flatmap(lambda sizes: st.integers(0, len(sizes)).map(lambda n: (*sizes[:n], -1, *sizes[n + 1 :])))
    split = st.sampled_from(((2, -1), (-1, 3), (-1, -1), (4,), (-1,), (2, 2), (1, -1, 1)))
    return st.one_of(whole, with_rest, split)
