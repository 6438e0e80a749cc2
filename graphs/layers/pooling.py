"""Pools: the largest or the average of what a window sees."""

from functools import partial
from typing import Any

from graphs.catalogue import layer
from graphs.layers.rules import map_of
from graphs.layers.windows import AXES, extent, fits, size, slid
from graphs.parameters import Boolean, Integer, Parameter
from graphs.spec import Call, Refusal, Remedy
from graphs.tensors import TensorSpec, shape_text


def _pooled(call: Call, rank: int) -> TensorSpec:
    given = map_of(call, rank)
    kernel = call["kernel_size"]
    stride = call["stride"] or kernel
    dilation = call.parameters.get("dilation", (1,) * rank)
    reaches = [extent(k, d) for k, d in zip(kernel, dilation, strict=True)]
    _half_at_most(call)
    lengths = [
        slid(*row, ceil=call["ceil_mode"])
        for row in zip(given.shape[1:], kernel, stride, call["padding"], dilation, strict=True)
    ]
    if rank == 3 and "count_include_pad" in call.parameters:
        fits(call, given, reaches, (0,) * rank, "window")  # torch asks this of the average over volumes alone
    if any(length < 1 for length in lengths):
        fits(call, given, reaches, call["padding"], "window")
    return given.reshaped(given.shape[0], *lengths, kind="map")


def _half_at_most(call: Call) -> None:
    """Raise Refusal for padding that could fill a window; torch leaves dilation out of account here."""
    kernel, padding = call["kernel_size"], call["padding"]
    if any(pad > length // 2 for pad, length in zip(padding, kernel, strict=True)):
        half = tuple(length // 2 for length in kernel)
        remedy = Remedy(f"Use a padding of {shape_text(half)}", "set", parameters={"padding": half})
        came = f"{shape_text(padding)} for a window of {shape_text(kernel)}"
        raise Refusal("has more padding than half its window", came, f"at most {shape_text(half)}", "", (remedy,))


def _adapted(call: Call, rank: int) -> TensorSpec:
    given = map_of(call, rank)
    return given.reshaped(given.shape[0], *call["output_size"], kind="map")


def _parameters(rank: int, *more: Parameter) -> tuple[Parameter, ...]:
    return (
        size(rank, "kernel_size", 2, f"{AXES[rank]} of the window.", low=1),
        size(
            rank, "stride", None, "Step from one window to the next; none is the window itself.", low=1, optional=True
        ),
        size(rank, "padding", 0, "Places added at each side, half the window at most."),
        *more,
        Boolean(name="ceil_mode", default=False, doc="Whether a last window may reach past the end."),
    )


def _averaged(rank: int) -> tuple[Parameter, ...]:
    padding = Boolean(name="count_include_pad", default=True, doc="Whether padding counts in the average.")
    if rank == 1:
        return (*_parameters(rank), padding)
    divisor = Integer(
        name="divisor_override", optional=True, low=1, doc="What sums are divided by; none is the window's size."
    )
    return (*_parameters(rank), padding, divisor)


def _pool(name: str, summary: str, **declaration: Any) -> None:
    layer(name, summary, category="pooling", module=f"torch.nn.{name}", **declaration)


def _declare(rank: int) -> None:
    spacing = size(rank, "dilation", 1, "Places between the numbers that a window looks at.", low=1)
    output = size(rank, "output_size", 1, f"{AXES[rank]} that comes out.", low=1)
    words = ("downsample", "subsample", "shrink")
    shape, adapted = partial(_pooled, rank=rank), partial(_adapted, rank=rank)
    _pool(
        f"MaxPool{rank}d",
        "Take the largest number in each window.",
        keywords=("maximum", *words),
        parameters=_parameters(rank, spacing),
        shape=shape,
        source="Riesenhuber and Poggio 1999",
    )
    _pool(
        f"AvgPool{rank}d",
        "Take the average of each window.",
        keywords=("mean", "average", *words),
        parameters=_averaged(rank),
        shape=shape,
        source="LeCun et al. 1989",
    )
    _pool(
        f"AdaptiveMaxPool{rank}d",
        "Take largest numbers, so many that the output has a chosen size.",
        keywords=("maximum", "global", *words),
        parameters=(output,),
        shape=adapted,
    )
    _pool(
        f"AdaptiveAvgPool{rank}d",
        "Take averages, so many that the output has a chosen size.",
        keywords=("mean", "global average", "gap", *words),
        parameters=(output,),
        shape=adapted,
        source="Global average: Lin et al. 2014",
    )


for _rank in (1, 2, 3):
    _declare(_rank)
