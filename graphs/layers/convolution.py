"""Convolutions and their transposes over one, two and three axes."""

from collections.abc import Mapping
from functools import partial
from math import prod

from graphs.catalogue import layer
from graphs.dimensions import Dim, product
from graphs.layers.rules import channels, map_of, nearest_divisor
from graphs.layers.windows import AXES, extent, fits, size, slid
from graphs.parameters import Boolean, Choice, Integer, Parameter
from graphs.spec import Call, Refusal, Remedy
from graphs.tensors import TensorSpec

PADDINGS = ("zeros", "reflect", "replicate", "circular")


def _grouped(call: Call) -> None:
    groups = call["groups"]
    for name, what in (("in_channels", "input"), ("out_channels", "output")):
        if call[name] % groups:
            divisor = nearest_divisor(call["in_channels"], groups)
            remedies = [Remedy(f"Use {divisor} groups", "set", parameters={"groups": divisor})]
            if name == "out_channels":
                rounded = groups * max(1, round(call[name] / groups))
                remedies = [Remedy(f"Use {rounded} output channels", "set", parameters={name: rounded})]
            title = f"cannot split {call[name]} {what} channels into {groups} groups"
            raise Refusal(title, f"{call[name]} channels", f"a multiple of {groups}", "input", tuple(remedies))


def _sides(call: Call) -> tuple[tuple[int, int], ...]:
    """Return what padding adds before and after each axis."""
    padding, rank = call["padding"], len(call["kernel_size"])
    if padding == "valid":
        return ((0, 0),) * rank
    if padding == "same":
        spare = [d * (k - 1) for k, d in zip(call["kernel_size"], call["dilation"], strict=True)]
        return tuple((total // 2, total - total // 2) for total in spare)
    return tuple((pad, pad) for pad in padding)


def _padded(call: Call, given: TensorSpec) -> None:
    """Raise Refusal where padding that is read off the input asks for more than is there."""
    if call["padding"] == "same" and any(step != 1 for step in call["stride"]):
        remedy = Remedy("Use stride 1", "set", parameters={"stride": (1,) * len(call["stride"])})
        raise Refusal("keeps the size only with stride 1", "padding same with a stride", "stride 1", "", (remedy,))
    spare = {"reflect": -1, "circular": 0}.get(call["padding_mode"])
    if spare is None:
        return
    for length, sides in zip(given.shape[1:], _sides(call), strict=True):
        if max(sides) > length + spare:
            came, remedy = (
                f"{max(sides)} on an axis of {length}",
                Remedy("Pad with zeros", "set", parameters={"padding_mode": "zeros"}),
            )
            title = f"has too much {call['padding_mode']} padding"
            raise Refusal(title, came, f"at most {length + spare}", "input", (remedy,))


def _convolved(call: Call, rank: int) -> TensorSpec:
    given = map_of(call, rank)
    _grouped(call)
    _padded(call, given)
    sides = _sides(call)
    reaches = [extent(k, d) for k, d in zip(call["kernel_size"], call["dilation"], strict=True)]
    if call["padding"] == "same":
        return given.reshaped(call["out_channels"], *given.shape[1:], kind="map")
    padding = [before for before, _ in sides]
    fits(call, given, reaches, padding, "kernel")
    options = (call["kernel_size"], call["stride"], padding, call["dilation"])
    lengths = map(slid, given.shape[1:], *options)
    return given.reshaped(call["out_channels"], *lengths, kind="map")


def _transposed(call: Call, rank: int) -> TensorSpec:
    given = map_of(call, rank)
    _grouped(call)
    names = ("kernel_size", "stride", "padding", "output_padding", "dilation")
    lengths: list[Dim] = []
    for length, (k, s, p, o, d) in zip(given.shape[1:], zip(*map(call.__getitem__, names), strict=True), strict=True):
        if o >= max(s, d):
            expected = f"less than {max(s, d)}, the larger of stride and dilation"
            raise Refusal("has too much output padding", f"output_padding {o}", expected)
        out = (length - 1) * s - 2 * p + d * (k - 1) + o + 1
        if out < 1:
            raise Refusal("cuts all of its output off", f"padding {p} on an axis of {length}", "less padding", "input")
        lengths.append(out)
    return given.reshaped(call["out_channels"], *lengths, kind="map")


def _weights(call: Call, transposed: bool = False) -> Mapping[str, tuple[int, ...]]:
    ends = (call["in_channels"], call["out_channels"]) if transposed else (call["out_channels"], call["in_channels"])
    weight = {"weight": (ends[0], ends[1] // call["groups"], *call["kernel_size"])}
    return weight | ({"bias": (call["out_channels"],)} if call["bias"] else {})


def _macs(call: Call, transposed: bool = False) -> Dim:
    """A kernel's multiplications at each place of the output, or of the input when transposed."""
    places = product((call.input if transposed else call.output).shape[1:])
    pairs = call["in_channels"] * call["out_channels"] // call["groups"]
    return places * int(pairs * prod(call["kernel_size"]))


def _parameters(rank: int, transposed: bool) -> tuple[Parameter, ...]:
    axes = AXES[rank]
    words = () if transposed else ("same", "valid")
    spacing = "Places between the numbers that a filter looks at."
    extra: tuple[Parameter, ...]
    if transposed:
        extra = (size(rank, "output_padding", 0, "Places added at one side of the output."),)
    else:
        extra = (Choice(name="padding_mode", default="zeros", options=PADDINGS, doc="What padding is filled with."),)
    return (
        channels("in_channels", rank),
        Integer(name="out_channels", default=32, low=1, expression=True, unit="channels", doc="Number of filters."),
        size(rank, "kernel_size", 2 if transposed else 3, f"{axes} of each filter.", low=1),
        size(rank, "stride", 2 if transposed else 1, "Step from one place to the next.", low=1),
        size(rank, "padding", 0, "Places added at each side; `same` keeps the size.", words=words)
        if not transposed
        else size(rank, "padding", 0, "Places cut off at each side."),
        Integer(name="groups", default=1, low=1, expression=True, doc="Parts that channels are split into."),
        size(rank, "dilation", 1, spacing, low=1),
        Boolean(name="bias", default=True, doc="Whether each filter has a number of its own added."),
        *extra,
    )


def _declare(rank: int, what: str) -> None:
    layer(
        f"Conv{rank}d",
        f"Slide learned filters over {what}.",
        category="convolution",
        module=f"torch.nn.Conv{rank}d",
        keywords=("convolution", "filter", "kernel", "cnn", "depthwise", what.split()[-1]),
        parameters=_parameters(rank, transposed=False),
        shape=partial(_convolved, rank=rank),
        weights=_weights,
        macs=_macs,
        source="LeCun et al. 1989",
    )
    layer(
        f"ConvTranspose{rank}d",
        f"Spread learned filters out into a larger {what.split()[-1]}.",
        category="convolution",
        module=f"torch.nn.ConvTranspose{rank}d",
        keywords=("deconvolution", "upsample", "upconvolution", "decoder", "generator"),
        parameters=_parameters(rank, transposed=True),
        shape=partial(_transposed, rank=rank),
        weights=partial(_weights, transposed=True),
        macs=partial(_macs, transposed=True),
        source="Zeiler et al. 2010",
    )


_declare(1, "a signal")
_declare(2, "an image")
_declare(3, "a volume")
