"""Blocks, networks that stand in other networks as one node, and the ports drawn inside them."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.parameters import Integer, Mapped, Number, Text
from graphs.spec import Call, Port
from graphs.tensors import TensorSpec


def _block(call: Call) -> TensorSpec:
    raise AssertionError("the shapes of a block are those of the network it stands for")


def _inlet(call: Call) -> TensorSpec:
    return call.inputs["input"][0]


def _outlet(call: Call) -> Mapping[str, TensorSpec]:
    return {"output": call.input}


layer(
    "Block",
    "Stand for another network of this project.",
    category="block",
    keywords=("module", "subgraph", "group", "repeat", "stage", "residual"),
    inputs=(),
    outputs=(),
    parameters=(
        Text(name="network", doc="Name of the network that it stands for.", argument=False),
        Mapped(
            name="arguments",
            each=Number(name="value", expression=True),
            doc="Numbers that the parameters inside may use; what is left out has the network's default.",
            argument=False,
        ),
        Integer(
            name="repeat",
            default=1,
            low=1,
            high=4096,
            expression=True,
            unit="times",
            doc="How many copies follow one another, each with weights of its own.",
            argument=False,
        ),
    ),
    shape=_block,
    call="",
)

layer(
    "Inlet",
    "Let a tensor into a block; its name is the name of the block's port.",
    category="block",
    keywords=("input", "port", "in"),
    inputs=(),
    shape=_inlet,
    call="",
)

layer(
    "Outlet",
    "Let a tensor out of a block; its name is the name of the block's port.",
    category="block",
    keywords=("output", "port", "out"),
    inputs=(Port("input"),),
    outputs=(),
    shape=_outlet,
    call="{input}",
)
