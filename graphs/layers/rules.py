"""Shape, weight and cost rules that several families of layers share."""

from collections.abc import Callable

from graphs.dimensions import Dim, Symbolic
from graphs.parameters import Sized
from graphs.spec import Call, Port, Refusal, Remedy
from graphs.tensors import TensorSpec

INSERT_FLATTEN = Remedy("Insert Flatten", "insert", "Flatten")


def same(call: Call) -> TensorSpec:
    """Return the incoming spec: the layer keeps the shape."""
    return call.input


def known(length: Dim, what: str, port: str = "") -> int:
    """Return a length that a weight's shape needs as a number. Raises Refusal while it is only a symbol."""
    if isinstance(length, Symbolic):
        raise Refusal(f"needs a fixed number of {what}", f"{length}, which is not known", "a number", port)
    return length


def sized(name: str, axis: int, what: str, port: str = "input") -> Sized:
    """Declare a constructor argument that is the length of one `axis` of the spec on `port`."""

    def read(call: Call) -> int:
        spec = call.inputs[port][0]
        if spec.rank <= (axis if axis >= 0 else -axis - 1):
            raise Refusal(f"wants an axis of {what}", f"{spec}", f"at least {abs(axis)} axes", port)
        return known(spec.shape[axis], what, port)

    return Sized(name=name, read=read)


__all__ = ["INSERT_FLATTEN", "Call", "Callable", "Port", "known", "same", "sized"]
