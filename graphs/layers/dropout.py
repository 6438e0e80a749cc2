"""Dropouts, which leave numbers out by chance while training."""

from functools import partial

from graphs.catalogue import layer
from graphs.layers.rules import MAPS, real_numbers, same_numbers, samples_first
from graphs.parameters import Parameter, Real
from graphs.spec import Call, Refusal, Remedy
from graphs.tensors import TensorSpec


def _dropped_channels(call: Call, rank: int) -> TensorSpec:
    given = real_numbers(call)
    samples_first(call)
    if given.rank != rank + 1:
        remedy = Remedy("Use Dropout", "replace", "Dropout")
        raise Refusal(f"wants {MAPS[rank]}", f"{given}", f"{rank + 1} axes", "input", (remedy,))
    return given


def _features(call: Call) -> TensorSpec:
    given = same_numbers(call)
    samples_first(call)
    if not given.rank and call["p"]:  # torch looks for channels only where it leaves some out
        remedy = Remedy("Use AlphaDropout", "replace", "AlphaDropout")
        raise Refusal("wants channels", "one number a sample", "1 axis or more", "input", (remedy,))
    return given


def _share(doc: str) -> tuple[Parameter, ...]:
    return (Real(name="p", default=0.5, low=0.0, high=1.0, doc=doc),)


def _declare_dropout(rank: int, what: str) -> None:
    layer(
        f"Dropout{rank}d",
        f"Leave out whole channels of {what} while training.",
        category="normalization",
        module=f"torch.nn.Dropout{rank}d",
        keywords=("regularize", "spatial", "channel"),
        parameters=_share("Chance of a channel to be left out."),
        shape=partial(_dropped_channels, rank=rank),
        source="Tompson et al. 2015",
    )


layer(
    "Dropout",
    "Leave out numbers by chance while training.",
    category="normalization",
    module="torch.nn.Dropout",
    keywords=("regularize", "overfitting"),
    parameters=_share("Chance of a number to be left out."),
    shape=same_numbers,
    source="Srivastava et al. 2014",
)

_declare_dropout(1, "signals")
_declare_dropout(2, "images")
_declare_dropout(3, "volumes")

layer(
    "FeatureAlphaDropout",
    "Leave out whole channels by a dropout that keeps mean and variance, for SELU.",
    category="normalization",
    module="torch.nn.FeatureAlphaDropout",
    keywords=("regularize", "self-normalizing", "channel"),
    parameters=_share("Chance of a channel to be left out."),
    shape=_features,
    source="Klambauer et al. 2017",
)

layer(
    "AlphaDropout",
    "Dropout that keeps mean and variance, for SELU.",
    category="normalization",
    module="torch.nn.AlphaDropout",
    keywords=("regularize", "self-normalizing"),
    parameters=_share("Chance of a number to be left out."),
    shape=same_numbers,
    source="Klambauer et al. 2017",
)
