"""The arithmetic of windows that slide over maps: convolutions and pools."""

from collections.abc import Sequence

from graphs.dimensions import Dim
from graphs.layers.rules import known
from graphs.parameters import Size, Value
from graphs.spec import Call, Refusal, Remedy
from graphs.tensors import TensorSpec, shape_text

AXES = {1: "Length", 2: "Height and width", 3: "Length along each of three axes"}


def size(rank: int, name: str, default: Value, doc: str, **more: Value) -> Size:
    """Declare a whole number for each axis that a window slides along."""
    return Size(name=name, default=default, rank=rank, doc=doc, unit="places", **more)


def extent(kernel: int, dilation: int) -> int:
    """Return how many places a window reaches over."""
    return dilation * (kernel - 1) + 1


def slid(length: Dim, kernel: int, stride: int, padding: int, dilation: int, ceil: bool = False) -> Dim:
    """Return at how many places a window stands along an axis.

    With `ceil`, a last window may reach past the end, but must start on the axis or its left padding:
    min(ceil((n + 2p - e) / s) + 1, ceil((n + p) / s)), which is one ceiling, as both have the same divisor.
    """
    reach = extent(kernel, dilation)
    if ceil:
        return -(-(length + min(2 * padding - reach + stride, padding)) // stride)
    return (length + 2 * padding - reach) // stride + 1


def fits(call: Call, given: TensorSpec, reaches: Sequence[int], padding: Sequence[int], window: str) -> None:
    """Raise Refusal when a window is larger than the padded input."""
    room = [length + 2 * pad for length, pad in zip(given.shape[1:], padding, strict=True)]
    if any(there < reach for there, reach in zip(room, reaches, strict=True)):
        came = f"{shape_text(tuple(room))}{' with padding' if any(padding) else ''}"
        title = f"has a {window} larger than its input"
        raise Refusal(title, came, f"at least {shape_text(tuple(reaches))}", "input", _smaller(call, room))


def _smaller(call: Call, room: Sequence[Dim]) -> tuple[Remedy, ...]:
    """Return the remedy of a smaller kernel: the largest that fits with no dilation."""
    kernel = tuple(min(k, known(there, "places")) for k, there in zip(call["kernel_size"], room, strict=True))
    if min(kernel) < 1:
        return ()
    chosen: dict[str, Value] = {"kernel_size": kernel}
    if "dilation" in call.parameters:
        chosen["dilation"] = (1,) * len(kernel)
    return (Remedy(f"Use a kernel of {shape_text(kernel)}", "set", parameters=chosen),)
