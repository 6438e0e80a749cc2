"""Whole layers of a transformer."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.dimensions import Dim
from graphs.layers.attention import CAUSAL, MASK, check_mask, divided, features_of, mask_arguments
from graphs.layers.rules import sequence_of
from graphs.parameters import Boolean, Choice, Integer, Real, Sized
from graphs.spec import Call, Port
from graphs.tensors import TensorSpec


def _source_features(call: Call) -> int:
    return features_of("input", call)


def _encoded(call: Call) -> TensorSpec:
    given = sequence_of(call)
    divided(call, call["d_model"], "nhead", "input")
    check_mask(call, given.shape[0], given.shape[0])
    return given.reshaped(*given.shape, kind="sequence")


def _encoder_call(call: Call) -> str:
    masks = mask_arguments(call, call["nhead"], "input", "input", ("src_mask", "src_key_padding_mask"))
    return f"{{self}}({{input}}{masks})"


def _encoder_weights(call: Call) -> Mapping[str, tuple[int, ...]]:
    size, wide = call["d_model"], call["dim_feedforward"]
    shapes = {
        "self_attn.in_proj": (3 * size, size),
        "self_attn.out_proj": (size, size),
        "linear1": (wide, size),
        "linear2": (size, wide),
        "norm1": (size,),
        "norm2": (size,),
    }
    weights: dict[str, tuple[int, ...]] = {}
    for name, shape in shapes.items():
        sign = "_" if name.endswith("in_proj") else "."
        weights[f"{name}{sign}weight"] = shape
        if call["bias"]:
            weights[f"{name}{sign}bias"] = shape[:1]
    return weights


def _encoder_macs(call: Call) -> Dim:
    size, steps = call["d_model"], call.input.shape[0]
    return steps * int(4 * size * size + 2 * size * call["dim_feedforward"]) + steps * steps * int(2 * size)


layer(
    "TransformerEncoderLayer",
    "Self-attention and two connected layers, each with a shortcut and a normalization.",
    category="attention",
    module="torch.nn.TransformerEncoderLayer",
    keywords=("transformer", "bert", "encoder", "self-attention", "feed forward"),
    inputs=(Port("input", "Steps × features."), MASK),
    parameters=(
        Sized(name="d_model", read=_source_features),
        Integer(name="nhead", default=8, low=1, expression=True, doc="Parts that look each in their own way."),
        Integer(
            name="dim_feedforward", default=2048, low=1, expression=True, unit="features", doc="Features in between."
        ),
        Real(name="dropout", default=0.1, low=0.0, high=1.0, doc="Chance of a number to be left out while training."),
        Choice(name="activation", default="relu", options=("relu", "gelu"), doc="Function between the two layers."),
        Real(name="layer_norm_eps", default=1e-5, low=0.0, doc="Added to variances, so that nothing divides by 0."),
        Boolean(name="norm_first", default=False, doc="Whether normalizations come before rather than after."),
        Boolean(name="bias", default=True, doc="Whether numbers of their own are added."),
        CAUSAL,
    ),
    fixed={"batch_first": True},
    shape=_encoded,
    weights=_encoder_weights,
    macs=_encoder_macs,
    call=_encoder_call,
    source="Vaswani et al. 2017",
)
