"""Attention: every step of a sequence looks at all others."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.dimensions import Dim
from graphs.layers.rules import known, nearest_divisor, sequence_of
from graphs.parameters import Boolean, Choice, Integer, Parameter, Real, Sized
from graphs.spec import Call, Port, Refusal, Remedy
from graphs.tensors import TensorSpec

MASK = Port("mask", "True where nothing is looked at: steps × steps, or one for each step that is looked at.", True)
CAUSAL = Boolean(
    name="causal", default=False, doc="Whether each step looks at itself and those before it only.", argument=False
)


def _features(port: str, call: Call) -> int:
    return known(sequence_of(call, port).shape[-1], "features", port)


def _query_features(call: Call) -> int:
    return _features("query", call)


def _key_features(call: Call) -> int:
    return _features(_wired(call, "key"), call)


def _value_features(call: Call) -> int:
    return _features(_wired(call, "value", "key"), call)


def _source_features(call: Call) -> int:
    return _features("input", call)


def _wired(call: Call, *ports: str) -> str:
    """Return the first of `ports` with a wire, else the query's: key stands in for value, query for key."""
    return next((port for port in ports if call.given(port) is not None), "query")


def _heads(call: Call, features: int, name: str, port: str) -> None:
    heads = call[name]
    if features % heads:
        divisor = nearest_divisor(features, heads)
        remedy = Remedy(f"Use {divisor} heads", "set", parameters={name: divisor})
        title = f"has {heads} heads, and {features} features do not divide by {heads}"
        raise Refusal(title, f"{features} features", f"a multiple of {heads}", port, (remedy,))


def _masked(call: Call, steps: Dim, seen: Dim) -> None:
    mask = call.given("mask")
    if mask is None:
        return
    if mask.dtype != "bool":
        raise Refusal("wants a mask of true or false", f"{mask} of {mask.dtype}", "bool", "mask")
    wanted = {1: (seen,), 2: (steps, seen)}.get(mask.rank)
    numbers = zip(mask.shape, wanted or (), strict=False)
    if wanted is None or any(a != b and isinstance(a, int) and isinstance(b, int) for a, b in numbers):
        raise Refusal("cannot use this mask", f"{mask}", f"{steps}×{seen}, or {seen}", "mask")


def _attended(call: Call) -> TensorSpec:
    query, key = sequence_of(call, "query"), sequence_of(call, _wired(call, "key"))
    value_port = _wired(call, "value", "key")
    value = sequence_of(call, value_port)
    _heads(call, call["embed_dim"], "num_heads", "query")
    steps, seen = key.shape[0], value.shape[0]
    if steps != seen and isinstance(steps, int) and isinstance(seen, int):
        raise Refusal("wants as many values as keys", f"{value}", f"{steps} steps, as on `key`", value_port)
    if {query.dtype, key.dtype, value.dtype} != {query.dtype}:
        raise Refusal("wants one type of number", value.dtype, query.dtype, value_port)
    _masked(call, query.shape[0], key.shape[0])
    return query.reshaped(*query.shape, kind="sequence")


def _encoded(call: Call) -> TensorSpec:
    given = sequence_of(call)
    _heads(call, call["d_model"], "nhead", "input")
    _masked(call, given.shape[0], given.shape[0])
    return given.reshaped(*given.shape, kind="sequence")


def _mask_arguments(call: Call, heads: int, query: str, key: str, names: tuple[str, str]) -> str:
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
    masks = _mask_arguments(call, call["num_heads"], "query", key, ("attn_mask", "key_padding_mask"))
    return f"{{self}}({{query}}, {{{key}}}, {{{value}}}{masks}, need_weights=False)"


def _encoder_call(call: Call) -> str:
    masks = _mask_arguments(call, call["nhead"], "input", "input", ("src_mask", "src_key_padding_mask"))
    return f"{{self}}({{input}}{masks})"


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


def _share(name: str, default: float, doc: str) -> Parameter:
    return Real(name=name, default=default, low=0.0, high=1.0, doc=doc)


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
        _share("dropout", 0.0, "Chance of a step to be overlooked while training."),
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
        _share("dropout", 0.1, "Chance of a number to be left out while training."),
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
