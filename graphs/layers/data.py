"""Where tensors come from: the inputs of a network."""

from graphs.catalogue import layer
from graphs.parameters import Choice, Integers
from graphs.spec import Call
from graphs.tensors import KINDS, TensorSpec, from_sizes


def _input(call: Call) -> TensorSpec:
    return from_sizes(call["shape"], call["dtype"], call["kind"] or "")


layer(
    "Input",
    "Bring data into the network, one column of it.",
    category="data",
    keywords=("data", "placeholder", "image", "sequence", "column", "source"),
    inputs=(),
    parameters=(
        Integers(
            name="shape",
            default=(1, 28, 28),
            low=1,
            symbols=True,
            doc="Shape of one sample, such as 3, 32, 32. A name such as T is a length that may vary.",
        ),
        Choice(
            name="dtype", default="float32", options=("float32", "int64", "bool"), doc="Type of the numbers that come."
        ),
        Choice(
            name="kind", optional=True, options=KINDS, doc="What the axes mean; by default it follows from the shape."
        ),
    ),
    shape=_input,
    call="",
)
