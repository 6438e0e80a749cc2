"""Outputs of a network, with what each asks of training."""

from collections.abc import Mapping

from graphs.catalogue import layer
from graphs.layers.rules import CHANNELS_FIRST, known, real_numbers, samples_first
from graphs.parameters import Choice, Parameter, Real, Sized, Text
from graphs.spec import Call, Objective, Refusal, Remedy
from graphs.tensors import TensorSpec

FUNCTIONS = "torch.nn.functional"


def _choices(losses: Mapping[str, str], target: bool = True) -> tuple[Parameter, ...]:
    """Return the parameters of every output: the loss, its weight among others, and where its target comes from."""
    loss = Choice(
        name="loss", default=next(iter(losses)), options=tuple(losses), doc="What training makes small.", argument=False
    )
    weight = Real(
        name="weight", default=1.0, low=0.0, doc="Weight of this loss in the sum over all outputs.", argument=False
    )
    column = Text(name="target", doc="Column that holds the right answer; empty finds it.", argument=False)
    return (loss, weight, column) if target else (loss, weight)


def _numbers(call: Call) -> TensorSpec:
    real_numbers(call)
    return samples_first(call)


def _output(call: Call) -> Mapping[str, TensorSpec]:
    return {"output": _numbers(call)}


def _returned(call: Call) -> Mapping[str, TensorSpec]:
    return {"output": call.input}


def _classes(call: Call) -> int:
    given = _numbers(call)
    if given.rank == 0:
        raise Refusal("wants a score for each class", "one number a sample", "2 classes or more", "input", (_BINARY,))
    if given.rank == 2 and given.kind == "sequence":
        came = f"{given}, features last"
        raise Refusal("wants classes on the first axis", came, "classes × positions", "input", (CHANNELS_FIRST,))
    classes = known(given.shape[0], "classes", "input")
    if classes < 2:
        raise Refusal("wants a score for each class", f"{given}", "2 classes or more", "input", (_BINARY,))
    if call["loss"] == "multi_margin" and given.rank > 1:
        remedy = Remedy("Use cross entropy", "set", parameters={"loss": "cross_entropy"})
        raise Refusal("takes no map with a margin loss", f"{given}", "a vector of classes", "input", (remedy,))
    return classes


_BINARY = Remedy("Use BinaryClassification", "replace", "BinaryClassification")
_CLASSIFICATION = {
    "cross_entropy": f"{FUNCTIONS}.cross_entropy",
    "nll": f"{FUNCTIONS}.nll_loss",
    "multi_margin": f"{FUNCTIONS}.multi_margin_loss",
}
_BINARY_LOSSES = {"bce": f"{FUNCTIONS}.binary_cross_entropy_with_logits", "mse": f"{FUNCTIONS}.mse_loss"}
_REGRESSION = {
    "mse": f"{FUNCTIONS}.mse_loss",
    "l1": f"{FUNCTIONS}.l1_loss",
    "smooth_l1": f"{FUNCTIONS}.smooth_l1_loss",
    "huber": f"{FUNCTIONS}.huber_loss",
}
_RECONSTRUCTION = {
    "mse": f"{FUNCTIONS}.mse_loss",
    "l1": f"{FUNCTIONS}.l1_loss",
    "bce": f"{FUNCTIONS}.binary_cross_entropy_with_logits",
}

layer(
    "Classification",
    "Tell which of several classes a sample, or each place of a map, belongs to.",
    category="objective",
    keywords=("output", "loss", "cross entropy", "softmax", "classes", "label", "segmentation"),
    outputs=(),
    parameters=(
        *_choices(_CLASSIFICATION),
        Sized(name="classes", read=_classes, argument=False),
        Real(
            name="label_smoothing",
            default=0.0,
            low=0.0,
            high=1.0,
            doc="Part of the certainty that is spread over all classes, with cross entropy (Szegedy et al. 2016).",
            argument=False,
        ),
    ),
    shape=_output,
    call="{input}",
    objective=Objective(losses=_CLASSIFICATION, target="class", metrics=("accuracy", "f1")),
)

layer(
    "BinaryClassification",
    "Answer yes or no; several numbers answer several questions.",
    category="objective",
    keywords=("output", "loss", "binary", "logistic", "sigmoid", "multi-label"),
    outputs=(),
    parameters=_choices(_BINARY_LOSSES),
    shape=_output,
    call="{input}",
    objective=Objective(losses=_BINARY_LOSSES, target="binary", metrics=("accuracy", "f1")),
)

layer(
    "Regression",
    "Estimate numbers.",
    category="objective",
    keywords=("output", "loss", "mse", "mean squared error", "number", "forecast"),
    outputs=(),
    parameters=_choices(_REGRESSION),
    shape=_output,
    call="{input}",
    objective=Objective(losses=_REGRESSION, target="number", metrics=("mae", "rmse", "r2")),
)

layer(
    "Reconstruction",
    "Give the network's own input back.",
    category="objective",
    keywords=("output", "loss", "autoencoder", "denoise", "mse"),
    outputs=(),
    parameters=_choices(_RECONSTRUCTION, target=False),
    shape=_output,
    call="{input}",
    objective=Objective(losses=_RECONSTRUCTION, target="input", metrics=("mae", "rmse")),
)

layer(
    "Output",
    "Return a tensor that training asks nothing of.",
    category="objective",
    keywords=("output", "result", "features", "return"),
    outputs=(),
    shape=_returned,
    call="{input}",
)
