"""Recurrent layers: they read a sequence step by step and carry a state along."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from graphs.catalogue import layer
from graphs.dimensions import Dim
from graphs.layers.rules import differ, known, sequence_of
from graphs.parameters import Boolean, Choice, Integer, Parameter, Real, Sized
from graphs.spec import Call, Port, Refusal, Remedy
from graphs.tensors import TensorSpec


def _features(call: Call) -> int:
    return known(sequence_of(call).shape[-1], "features", "input")


def _rows(call: Call) -> int:
    """Return the rows of a state: one for each layer and direction."""
    return int(call["num_layers"]) * _directions(call)


def _directions(call: Call) -> int:
    return 2 if call["bidirectional"] else 1


def _told(call: Call) -> int:
    """Return how many features a step hands on: those of the hidden state, or of its projection if there is one."""
    return int(call.parameters.get("proj_size") or call["hidden_size"])


def _read(call: Call, states: tuple[str, ...]) -> Mapping[str, TensorSpec]:
    given = sequence_of(call)
    if call["dropout"] and call["num_layers"] == 1:
        remedies = (
            Remedy("Use 2 layers", "set", parameters={"num_layers": 2}),
            Remedy("Use no dropout", "set", parameters={"dropout": 0.0}),
        )
        raise Refusal("drops out between its layers only", "1 layer with dropout", "2 layers or more", "", remedies)
    if _told(call) >= call["hidden_size"] > 0 and call.parameters.get("proj_size"):
        remedy = Remedy("Use no projection", "set", parameters={"proj_size": 0})
        came, expected = f"proj_size {call['proj_size']}", f"less than hidden_size, {call['hidden_size']}"
        raise Refusal("can project to fewer features only", came, expected, "", (remedy,))
    sizes = {port: call["hidden_size"] if port == "cell" else _told(call) for port in states}
    kept = {port: TensorSpec((_rows(call), size), given.dtype, "state", 1) for port, size in sizes.items()}
    _check_states(call, kept)
    features = _directions(call) * _told(call)
    if call["returns"] == "last":
        output = given.reshaped(features, kind="vector")
    else:
        output = given.reshaped(given.shape[0], features, kind="sequence")
    return {"output": output} | kept


def _check_states(call: Call, expected: Mapping[str, TensorSpec]) -> None:
    wired = [port for port in expected if call.given(port) is not None]
    for port in wired:
        spec, wanted = call.given(port), expected[port]
        if spec is None or not _fits(spec, wanted):
            raise Refusal("cannot start from this state", f"{spec}", f"a state {wanted}, layers × features", port)
    if wired and len(wired) < len(expected):
        missing = next(port for port in expected if port not in wired)
        raise Refusal("needs both states or none", f"`{wired[0]}` alone", f"`{missing}` too", missing)


def _fits(state: TensorSpec, expected: TensorSpec) -> bool:
    alike = (state.rank, state.dtype, state.batch_axis) == (expected.rank, expected.dtype, expected.batch_axis)
    return alike and not any(map(differ, state.shape, expected.shape))


def _call(call: Call, states: tuple[str, ...]) -> str:
    wired = ", ".join(f"{{{port}}}" for port in states if call.given(port) is not None)
    if wired and len(states) > 1:
        wired = f"({wired})"
    run = "{self}({input}" + (f", {wired})" if wired else ")")
    if call["returns"] != "last":
        return run
    size = _told(call)
    # The backward direction has read everything at the first step, not at the last.
    both = f"torch.cat(({{output}}[:, -1, :{size}], {{output}}[:, 0, {size}:]), 1)"
    return run + "\n{output} = " + (both if call["bidirectional"] else "{output}[:, -1]")


def _weights(call: Call, gates: int) -> Mapping[str, tuple[int, ...]]:
    shapes: dict[str, tuple[int, ...]] = {}
    hidden, told, directions = call["hidden_size"], _told(call), _directions(call)
    for level in range(call["num_layers"]):
        features = call["input_size"] if level == 0 else directions * told
        for end in ("", "_reverse")[:directions]:
            shapes[f"weight_ih_l{level}{end}"] = (gates * hidden, features)
            shapes[f"weight_hh_l{level}{end}"] = (gates * hidden, told)
            if told != hidden:
                shapes[f"weight_hr_l{level}{end}"] = (told, hidden)
            if call["bias"]:
                shapes[f"bias_ih_l{level}{end}"] = shapes[f"bias_hh_l{level}{end}"] = (gates * hidden,)
    return shapes


def _macs(call: Call, gates: int) -> Dim:
    """Each matrix once a step: the first layer reads the input, the others both directions of the one below."""
    hidden, told, directions, levels = call["hidden_size"], _told(call), _directions(call), call["num_layers"]
    features = call["input_size"] + (levels - 1) * directions * told
    projected = levels * told * hidden if told != hidden else 0
    return call.input.shape[0] * int(directions * (gates * hidden * (features + levels * told) + projected))


def _parameters(*more: Parameter) -> tuple[Parameter, ...]:
    return (
        Sized(name="input_size", read=_features),
        Integer(name="hidden_size", default=64, low=1, expression=True, unit="features", doc="Features of the state."),
        Integer(name="num_layers", default=1, low=1, high=256, expression=True, doc="Layers on top of one another."),
        *more,
        Boolean(name="bias", default=True, doc="Whether numbers of their own are added."),
        Real(name="dropout", default=0.0, low=0.0, high=1.0, doc="Chance of a number between layers to be left out."),
        Boolean(name="bidirectional", default=False, doc="Whether a second direction reads from the end."),
        Choice(
            name="returns",
            default="sequence",
            options=("sequence", "last"),
            doc="Every step, or one vector: what each direction knows after its last step.",
            argument=False,
        ),
    )


def _declare(name: str, summary: str, gates: int, states: tuple[str, ...], *more: Parameter, **extra: Any) -> None:
    ports = [Port(state, f"The {state} state, layers × features; zeros without a wire.", True) for state in states]
    left = ", ".join(f"{{{state}}}" for state in states)
    layer(
        name,
        summary,
        category="recurrent",
        module=f"torch.nn.{name}",
        inputs=(Port("input", "Steps × features."), *ports),
        outputs=(Port("output"), *(Port(state, f"The {state} state after the last step.") for state in states)),
        parameters=_parameters(*more),
        fixed={"batch_first": True},
        shape=partial(_read, states=states),
        weights=partial(_weights, gates=gates),
        macs=partial(_macs, gates=gates),
        call=partial(_call, states=states),
        targets="{output}, " + (f"({left})" if len(states) > 1 else left),
        **extra,
    )


_declare(
    "RNN",
    "Read a sequence step by step with a plain state.",
    1,
    ("hidden",),
    Choice(name="nonlinearity", default="tanh", options=("tanh", "relu"), doc="Function that bounds the state."),
    keywords=("recurrent", "sequence", "time series", "elman"),
    source="Elman 1990",
)
_declare(
    "LSTM",
    "Read a sequence step by step with a gated memory that lasts.",
    4,
    ("hidden", "cell"),
    Integer(
        name="proj_size",
        default=0,
        low=0,
        expression=True,
        unit="features",
        doc="Fewer features that each step hands on, by a learned projection; 0 is none.",
    ),
    keywords=("recurrent", "sequence", "time series", "long short-term memory"),
    source="Hochreiter and Schmidhuber 1997",
)
_declare(
    "GRU",
    "Read a sequence step by step with a gated state.",
    3,
    ("hidden",),
    keywords=("recurrent", "sequence", "time series", "gated recurrent unit"),
    source="Cho et al. 2014",
)
