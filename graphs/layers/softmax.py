"""Activations that look along an axis: softmax and its kin, and gates."""

from typing import Any

from graphs.catalogue import layer
from graphs.layers.rules import place, real_numbers
from graphs.parameters import Integer
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec

DIM = Integer(name="dim", default=-1, doc="Axis to look along; 0 is the axis of samples, 1 channels, -1 the last.")


def _along(name: str, summary: str, **more: Any) -> None:
    """Declare an activation that looks along an axis."""
    module, shape = f"torch.nn.{name}", more.pop("shape", _along_axis)
    layer(name, summary, category="activation", module=module, parameters=(DIM,), shape=shape, **more)


def _along_axis(call: Call) -> TensorSpec:
    given = real_numbers(call)
    place(given, call["dim"])
    return given


def _halved(call: Call) -> TensorSpec:
    given = real_numbers(call)
    at = place(given, call["dim"])
    length = given.shape[at]
    if length % 2:
        raise Refusal("needs an even length to halve", f"{length} in {given}", "an even number", "input")
    return given.reshaped(*given.shape[:at], length // 2, *given.shape[at + 1 :])


_along(
    "Softmax",
    "Turn numbers along an axis into shares that add up to 1.",
    keywords=("probability", "normalize", "attention"),
    source="Bridle 1990",
)
_along("LogSoftmax", "The logarithm of softmax.", keywords=("probability", "log", "nll"))
_along("Softmin", "Softmax of the negated numbers.", keywords=("probability",))
_along(
    "GLU",
    "Multiply one half of an axis by the sigmoid of the other.",
    shape=_halved,
    keywords=("gate", "gated linear unit"),
    source="Dauphin et al. 2017",
)
