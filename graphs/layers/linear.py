"""Fully connected layers and lookups."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.dimensions import Dim, product
from graphs.layers.rules import INSERT_FLATTEN, sized
from graphs.parameters import Boolean, Integer
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec


def _linear(call: Call) -> TensorSpec:
    given = call.input
    if given.kind == "map" and given.rank > 1:
        flat = given.elements
        raise Refusal("wants flat features", f"{given}", f"a vector of {flat}", "input", (INSERT_FLATTEN,))
    return given.reshaped(*given.shape[:-1], call["out_features"])


def _weights(call: Call) -> Mapping[str, tuple[int, ...]]:
    weight = {"weight": (call["out_features"], call["in_features"])}
    return weight | ({"bias": (call["out_features"],)} if call["bias"] else {})


def _macs(call: Call) -> Dim:
    return product(call.input.shape) * int(call["out_features"])


layer(
    "Linear",
    "Connect every input feature to every output feature.",
    category="linear",
    module="torch.nn.Linear",
    keywords=("dense", "fully connected", "fc", "affine"),
    parameters=(
        sized("in_features", axis=-1, what="features"),
        Integer(
            name="out_features", default=64, low=1, expression=True, unit="features", doc="Features that come out."
        ),
        Boolean(name="bias", default=True, doc="Whether each output has a number of its own added."),
    ),
    shape=_linear,
    weights=_weights,
    macs=_macs,
)
