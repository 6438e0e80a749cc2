"""Fully connected layers and lookups."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.dimensions import Dim, product
from graphs.layers.rules import INSERT_FLATTEN, differ, number_text, real_numbers, sized
from graphs.parameters import Boolean, Integer, Real
from graphs.spec import Call, Port, Refusal, Remedy
from graphs.tensors import TensorSpec


def _linear(call: Call) -> TensorSpec:
    given = real_numbers(call)
    if given.kind == "map" and given.rank > 1:
        remedies = (INSERT_FLATTEN, _average(given))
        raise Refusal("wants flat features", f"{given}", f"a vector of {given.elements}", "input", remedies)
    return given.reshaped(*given.shape[:-1], call["out_features"])


def _average(given: TensorSpec) -> Remedy:
    """Return the remedy that leaves one number a channel: their average over all places."""
    dims = tuple(range(2, given.rank + 1))
    channels = given.shape[0]
    return Remedy(f"Average to {channels} feature{'' if channels == 1 else 's'}", "insert", "Mean", {"dim": dims})


def _weights(call: Call) -> Mapping[str, tuple[int, ...]]:
    weight = {"weight": (call["out_features"], call["in_features"])}
    return weight | ({"bias": (call["out_features"],)} if call["bias"] else {})


def _macs(call: Call) -> Dim:
    return product(call.input.shape) * int(call["out_features"])


def _bilinear(call: Call) -> TensorSpec:
    one, other = real_numbers(call, "input1"), real_numbers(call, "input2")
    if one.dtype != other.dtype:
        raise Refusal("wants one type of number", other.dtype, f"{one.dtype}, as on `input1`", "input2")
    if one.rank != other.rank or any(map(differ, one.shape[:-1], other.shape[:-1])):
        expected = f"the axes of {one} before its features"
        raise Refusal(f"cannot pair {one} and {other}", f"{other}", expected, "input2")
    return one.reshaped(*one.shape[:-1], call["out_features"])


def _bilinear_weights(call: Call) -> Mapping[str, tuple[int, ...]]:
    weight = {"weight": (call["out_features"], call["in1_features"], call["in2_features"])}
    return weight | ({"bias": (call["out_features"],)} if call["bias"] else {})


def _bilinear_macs(call: Call) -> Dim:
    return product(call.input.shape) * int(call["in2_features"] * call["out_features"])


def _embedding(call: Call) -> TensorSpec:
    given, padding = call.input, call["padding_idx"]
    if given.dtype not in ("int64", "int32"):
        came = f"{given} of {number_text(given)}"
        raise Refusal("wants whole numbers to look up", came, "int64", "input")
    entries = call["num_embeddings"]
    if padding is not None and not -entries <= padding < entries:
        remedy = Remedy("Use no padding entry", "set", parameters={"padding_idx": None})
        expected = f"{-entries} to {entries - 1}"
        raise Refusal("has no such entry for padding", f"padding_idx {padding}", expected, "", (remedy,))
    kind = "sequence" if given.rank else "vector"
    return TensorSpec((*given.shape, call["embedding_dim"]), "float32", kind, given.batch_axis)


OUT_FEATURES = Integer(
    name="out_features", default=64, low=1, expression=True, unit="features", doc="Features that come out."
)
BIAS = Boolean(name="bias", default=True, doc="Whether each output has a number of its own added.")

layer(
    "Linear",
    "Connect every input feature to every output feature.",
    category="linear",
    module="torch.nn.Linear",
    keywords=("dense", "fully connected", "fc", "affine", "perceptron", "mlp"),
    parameters=(sized("in_features", axis=-1, what="features"), OUT_FEATURES, BIAS),
    shape=_linear,
    weights=_weights,
    macs=_macs,
    source="Rosenblatt 1958",
)

layer(
    "Bilinear",
    "Connect every pair of features of two inputs to every output feature.",
    category="linear",
    module="torch.nn.Bilinear",
    keywords=("pairs", "interaction", "tensor"),
    inputs=(Port("input1", "The first."), Port("input2", "The second.")),
    parameters=(
        sized("in1_features", axis=-1, what="features", port="input1"),
        sized("in2_features", axis=-1, what="features", port="input2"),
        OUT_FEATURES,
        BIAS,
    ),
    shape=_bilinear,
    weights=_bilinear_weights,
    macs=_bilinear_macs,
    call="{self}({input1}, {input2})",
    source="Tenenbaum and Freeman 2000",
)

layer(
    "Embedding",
    "Look up a learned vector for each whole number, such as a word's.",
    category="linear",
    module="torch.nn.Embedding",
    keywords=("lookup", "word", "token", "vocabulary", "category"),
    parameters=(
        Integer(
            name="num_embeddings",
            default=1000,
            low=1,
            expression=True,
            unit="entries",
            doc="Size of the vocabulary: numbers from 0 up to one less may come in.",
        ),
        Integer(
            name="embedding_dim", default=64, low=1, expression=True, unit="features", doc="Length of each vector."
        ),
        Integer(name="padding_idx", optional=True, doc="Entry that stays 0 and is not trained."),
        Real(
            name="max_norm",
            low=0.0,
            low_open=True,
            optional=True,
            doc="Length to which vectors that are longer are cut when they are looked up; none cuts none.",
        ),
        Real(name="norm_type", default=2.0, low=0.0, low_open=True, doc="Power of the norm that max_norm is about."),
        Boolean(
            name="scale_grad_by_freq", default=False, doc="Whether entries that come often in a batch learn less each."
        ),
    ),
    shape=_embedding,
    weights=lambda call: {"weight": (call["num_embeddings"], call["embedding_dim"])},
    source="Bengio et al. 2003",
)
