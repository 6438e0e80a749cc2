"""Normalizations, which keep the numbers of a layer in one range."""

from collections.abc import Mapping
from functools import partial

from graphs.catalogue import layer
from graphs.layers.rules import MAPS, known, nearest_divisor, real_numbers, same_numbers, samples_first
from graphs.parameters import Boolean, Integer, Parameter, Real, Sized
from graphs.spec import Call, Refusal, Remedy
from graphs.tensors import TensorSpec

Shapes = Mapping[str, tuple[int, ...]]

EPSILON = Real(name="eps", default=1e-5, low=0.0, doc="Added to the variance, so that nothing divides by 0.")
SHIFT = Boolean(name="bias", default=True, doc="Whether a learned shift follows the scale.")


def _channels(call: Call) -> int:
    given = real_numbers(call)
    samples_first(call)
    if not given.rank:
        raise Refusal("wants an axis of channels", "one number a sample", "channels first", "input")
    return known(given.shape[0], "channels", "input")


def _batch_channels(call: Call, rank: int) -> int:
    given = real_numbers(call)
    samples_first(call)
    if given.rank != rank + 1 and not (rank == 1 and given.rank == 1):
        expected = f"{rank + 1} axes" if rank > 1 else "1 or 2 axes"
        words = MAPS[rank] if rank > 1 else "features, or a signal"
        raise Refusal(f"wants {words}", f"{given}", expected, "input", _other_rank(given))
    return _channels(call)


def _other_rank(given: TensorSpec) -> tuple[Remedy, ...]:
    rank = max(1, given.rank - 1)
    return (Remedy(f"Use BatchNorm{rank}d", "replace", f"BatchNorm{rank}d"),) if 1 <= given.rank <= 4 else ()


def _affine(size: str, switch: str, call: Call) -> Shapes:
    shape = call[size] if isinstance(call[size], tuple) else (call[size],)
    has_bias = call.parameters.get("bias", True)
    if not call[switch]:
        return {}
    return {"weight": shape} | ({"bias": shape} if has_bias else {})


def _scale(call: Call) -> Shapes:
    return {"weight": call["normalized_shape"]} if call["elementwise_affine"] else {}


def _trailing(call: Call) -> tuple[int, ...]:
    given, axes = real_numbers(call), call["axes"]
    if axes > given.rank - given.batch_axis:
        remedy = Remedy("Use the last axis", "set", parameters={"axes": 1})
        remedies = (remedy,) if given.rank > given.batch_axis else ()
        raise Refusal(f"cannot look at {axes} axes", f"{given}", f"{axes} axes or more", "input", remedies)
    return tuple(known(length, "features", "input") for length in given.shape[-axes:])


def _group_normalized(call: Call) -> TensorSpec:
    given, groups, channels = call.input, call["num_groups"], call["num_channels"]
    if channels % groups:
        divisor = nearest_divisor(channels, groups)
        remedy = Remedy(f"Use {divisor} groups", "set", parameters={"num_groups": divisor})
        title = f"cannot split {channels} channels into {groups} groups"
        raise Refusal(title, f"{channels} channels", f"a multiple of {groups}", "input", (remedy,))
    return given


def _trailing_parameters(eps: Parameter) -> tuple[Parameter, ...]:
    return (
        Integer(name="axes", default=1, low=1, high=8, doc="How many of the last axes it looks at.", argument=False),
        Sized(name="normalized_shape", read=_trailing),
        eps,
        Boolean(name="elementwise_affine", default=True, doc="Whether a learned scale follows."),
    )


def _declare_batch(rank: int, what: str) -> None:
    layer(
        f"BatchNorm{rank}d",
        f"Give each channel of {what} mean 0 and variance 1 over the batch.",
        category="normalization",
        module=f"torch.nn.BatchNorm{rank}d",
        keywords=("batch normalization", "bn", "normalize"),
        parameters=(
            Sized(name="num_features", read=partial(_batch_channels, rank=rank)),
            EPSILON,
            Real(
                name="momentum",
                default=0.1,
                low=0.0,
                high=1.0,
                optional=True,
                doc="Share of each batch in the running average; none averages over all batches.",
            ),
            Boolean(name="affine", default=True, doc="Whether a learned scale and shift follow."),
            Boolean(name="track_running_stats", default=True, doc="Whether the averages are kept for use."),
            SHIFT,
        ),
        shape=same_numbers,
        weights=partial(_affine, "num_features", "affine"),
        source="Ioffe and Szegedy 2015",
    )


_declare_batch(1, "vectors or signals")
_declare_batch(2, "images")
_declare_batch(3, "volumes")

layer(
    "LayerNorm",
    "Give the last axes of each sample mean 0 and variance 1.",
    category="normalization",
    module="torch.nn.LayerNorm",
    keywords=("layer normalization", "ln", "transformer"),
    parameters=(
        *_trailing_parameters(EPSILON),
        SHIFT,
    ),
    shape=same_numbers,
    weights=partial(_affine, "normalized_shape", "elementwise_affine"),
    source="Ba et al. 2016",
)

layer(
    "GroupNorm",
    "Give groups of channels of each sample mean 0 and variance 1.",
    category="normalization",
    module="torch.nn.GroupNorm",
    keywords=("group normalization", "gn", "instance"),
    parameters=(
        Integer(name="num_groups", default=8, low=1, expression=True, doc="Parts that channels are split into."),
        Sized(name="num_channels", read=_channels),
        EPSILON,
        Boolean(name="affine", default=True, doc="Whether a learned scale and shift follow."),
        SHIFT,
    ),
    shape=_group_normalized,
    weights=partial(_affine, "num_channels", "affine"),
    source="Wu and He 2018",
)

layer(
    "RMSNorm",
    "Divide the last axes of each sample by their root mean square.",
    category="normalization",
    module="torch.nn.RMSNorm",
    keywords=("root mean square", "transformer", "llama"),
    parameters=_trailing_parameters(
        Real(name="eps", low=0.0, optional=True, doc="Added to the mean square; none is the type's own smallest step.")
    ),
    shape=same_numbers,
    weights=_scale,
    source="Zhang and Sennrich 2019",
)
