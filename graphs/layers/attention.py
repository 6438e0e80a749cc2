"""Attention: every step of a sequence looks at all others."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.dimensions import Dim
from graphs.layers.rules import differ, known, nearest_divisor, sequence_of
from graphs.parameters import Boolean, Integer, Real, Sized
from graphs.spec import Call, Port, Refusal, Remedy
from graphs.tensors import TensorSpec

MASK = Port("mask", "True where nothing is looked at: steps × steps, or one for each step that is looked at.", True)
CAUSAL = Boolean(
    name="causal", default=False, doc="Whether each step looks at itself and those before it only.", argument=False
)


def features_of(port: str, call: Call) -> int:
    """Return the features of the sequence on `port`. Raises Refusal when nothing of the kind is there."""
    return known(sequence_of(call, port).shape[-1], "features", port)


def _query_features(call: Call) -> int:
    return features_of("query", call)


def _key_features(call: Call) -> int:
    return features_of(_wired(call, "key"), call)


def _value_features(call: Call) -> int:
    return features_of(_wired(call, "value", "key"), call)


def _wired(call: Call, *ports: str) -> str:
    """Return the first of `ports` with a wire, else the query's: key stands in for value, query for key."""
    return next((port for port in ports if call.given(port) is not None), "query")


def divided(call: Call, features: int, name: str, port: str) -> None:
    """Raise Refusal unless the heads, parameter `name`, share the features out evenly."""
    heads = call[name]
    if features % heads:
        divisor = nearest_divisor(features, heads)
        remedy = Remedy(f"Use {divisor} heads", "set", parameters={name: divisor})
        title = f"has {heads} heads, and {features} features do not divide by {heads}"
        raise Refusal(title, f"{features} features", f"a multiple of {heads}", port, (remedy,))


def check_mask(call: Call, steps: Dim, seen: Dim) -> None:
    """Raise Refusal unless what is on the port `mask` covers `steps` that look at `seen` steps."""
    mask = call.given("mask")
    if mask is None:
        return
    if mask.dtype != "bool":
        raise Refusal("wants a mask of true or false", f"{mask} of {mask.dtype}", "bool", "mask")
    wanted = {1: (seen,), 2: (steps, seen)}.get(mask.rank)
    if wanted is None or any(map(differ, mask.shape, wanted)):
        raise Refusal("cannot use this mask", f"{mask}", f"{steps}×{seen}, or {seen}", "mask")


def _attended(call: Call) -> TensorSpec:
    query, key = sequence_of(call, "query"), sequence_of(call, _wired(call, "key"))
    value_port = _wired(call, "value", "key")
    value = sequence_of(call, value_port)
    divided(call, call["embed_dim"], "num_heads", "query")
    steps, seen = key.shape[0], value.shape[0]
    if differ(steps, seen):
        raise Refusal("wants as many values as keys", f"{value}", f"{steps} steps, as on `key`", value_port)
    if {query.dtype, key.dtype, value.dtype} != {query.dtype}:
        raise Refusal("wants one type of number", value.dtype, query.dtype, value_port)
    check_mask(call, query.shape[0], key.shape[0])
    return query.reshaped(*query.shape, kind="sequence")


def mask_arguments(call: Call, heads: int, query: str, key: str, names: tuple[str, str]) -> str:
    """Return the keyword arguments for the mask on the port, for causality, or for both."""
    mask, arguments, pairs = call.given("mask"), "", ""
    if mask is not None and mask.rank == 1:
        arguments = f", {names[1]}={{mask}}"
    if call["causal"]:
        steps = f"{{{query}}}.shape[1], {{{key}}}.shape[1]"
        pairs = f"torch.ones({steps}, dtype=torch.bool, device={{{query}}}.device).triu(1)"
    if mask is not None and mask.rank == 2:
        both = f"({{mask}} | {pairs})" if pairs else "{mask}"
        pairs = f"{both}.repeat_interleave({heads}, 0)"
    return arguments + (f", {names[0]}={pairs}" if pairs else "")


def _attention_call(call: Call) -> str:
    key, value = _wired(call, "key"), _wired(call, "value", "key")
    masks = mask_arguments(call, call["num_heads"], "query", key, ("attn_mask", "key_padding_mask"))
    return f"{{self}}({{query}}, {{{key}}}, {{{value}}}{masks}, need_weights=False)"


def _attention_weights(call: Call) -> Mapping[str, tuple[int, ...]]:
    size, keys, values = call["embed_dim"], call["kdim"], call["vdim"]
    if size == keys == values:
        shapes: dict[str, tuple[int, ...]] = {"in_proj_weight": (3 * size, size)}
    else:
        shapes = {"q_proj_weight": (size, size), "k_proj_weight": (size, keys), "v_proj_weight": (size, values)}
    if call["bias"]:
        shapes["in_proj_bias"] = (3 * size,)
    if call["add_bias_kv"]:
        shapes["bias_k"] = shapes["bias_v"] = (1, 1, size)
    shapes["out_proj.weight"] = (size, size)
    return shapes | ({"out_proj.bias": (size,)} if call["bias"] else {})


def _attention_macs(call: Call) -> Dim:
    """Three projections, the scores and their use of the values, and the projection of the result."""
    size, keys, values = call["embed_dim"], call["kdim"], call["vdim"]
    steps = call.inputs["query"][0].shape[0]
    seen = call.inputs[_wired(call, "key")][0].shape[0]
    looked_at = seen + (1 if call["add_bias_kv"] else 0) + (1 if call["add_zero_attn"] else 0)
    return steps * int(2 * size * size) + seen * int(size * (keys + values)) + steps * looked_at * int(2 * size)


layer(
    "MultiheadAttention",
    "Let each step of a sequence gather what it needs from another, or from its own.",
    category="attention",
    module="torch.nn.MultiheadAttention",
    keywords=("self-attention", "cross-attention", "transformer", "heads", "mha"),
    inputs=(
        Port("query", "The sequence that looks, steps × features."),
        Port("key", "The sequence that is looked at; the query without a wire.", True),
        Port("value", "What is gathered from it; the key without a wire.", True),
        MASK,
    ),
    parameters=(
        Sized(name="embed_dim", read=_query_features),
        Integer(name="num_heads", default=8, low=1, expression=True, doc="Parts that look each in their own way."),
        Real(name="dropout", default=0.0, low=0.0, high=1.0, doc="Chance of a step to be overlooked while training."),
        Boolean(name="bias", default=True, doc="Whether numbers of their own are added."),
        Boolean(name="add_bias_kv", default=False, doc="Whether a learned step is added to those looked at."),
        Boolean(name="add_zero_attn", default=False, doc="Whether a step of zeros is added to those looked at."),
        Sized(name="kdim", read=_key_features),
        Sized(name="vdim", read=_value_features),
        CAUSAL,
    ),
    fixed={"batch_first": True},
    shape=_attended,
    weights=_attention_weights,
    macs=_attention_macs,
    call=_attention_call,
    targets="{output}, _",
    source="Vaswani et al. 2017",
)
