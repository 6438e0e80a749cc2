"""Activations: functions of one number."""

from functools import partial
from typing import Any

from graphs.catalogue import layer
from graphs.layers.rules import known, real_numbers, same_numbers
from graphs.parameters import Boolean, Choice, Parameter, Real, Sized
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec


def _real(name: str, default: float, doc: str, **limits: Any) -> Real:
    return Real(name=name, default=default, doc=doc, **limits)


def _activation(name: str, summary: str, *parameters: Parameter, **more: Any) -> None:
    """Declare an activation that works on each number by itself."""
    module, shape = f"torch.nn.{name}", more.pop("shape", same_numbers)
    layer(
        name, summary, category="activation", module=module, parameters=parameters, shape=shape, pointwise=True, **more
    )


def _ordered(low: str, high: str, equal: bool, call: Call) -> TensorSpec:
    if call[low] > call[high] or (call[low] == call[high] and not equal):
        raise Refusal("has its bounds the wrong way", f"{low} {call[low]:g}", f"less than {high}, {call[high]:g}")
    return real_numbers(call)


def _curved(call: Call) -> TensorSpec:
    if call["alpha"] == 0:
        raise Refusal("cannot divide by alpha", "alpha 0", "any other number")
    return real_numbers(call)


def _slopes(call: Call) -> int:
    given = real_numbers(call)
    if not call["per_channel"]:
        return 1
    if not given.rank or given.batch_axis:
        raise Refusal("wants an axis of channels", f"{given}", "channels first, or one slope for all", "input")
    return known(given.shape[0], "channels", "input")


_activation(
    "ReLU",
    "Keep positive numbers, make negative ones 0.",
    keywords=("rectifier", "relu", "rectified linear"),
    source="Nair and Hinton 2010",
)
_activation(
    "ReLU6", "Keep numbers between 0 and 6.", keywords=("clip", "mobilenet", "rectifier"), source="Krizhevsky 2010"
)
_activation(
    "LeakyReLU",
    "Keep positive numbers, shrink negative ones.",
    _real("negative_slope", 0.01, "Factor of negative numbers."),
    keywords=("rectifier", "leak"),
    source="Maas et al. 2013",
)
_activation(
    "PReLU",
    "Keep positive numbers, shrink negative ones by a learned factor.",
    Sized(name="num_parameters", read=_slopes),
    Boolean(name="per_channel", default=False, doc="Whether each channel learns its own factor.", argument=False),
    _real("init", 0.25, "Factor at the start."),
    weights=lambda call: {"weight": (call["num_parameters"],)},
    keywords=("rectifier", "parametric", "learned slope"),
    source="He et al. 2015",
)
_activation(
    "RReLU",
    "Keep positive numbers, shrink negative ones by a random factor while training.",
    _real("lower", 1 / 8, "Smallest factor."),
    _real("upper", 1 / 3, "Largest factor."),
    shape=partial(_ordered, "lower", "upper", True),
    keywords=("rectifier", "random"),
    source="Xu et al. 2015",
)
_activation(
    "ELU",
    "Keep positive numbers, bend negative ones towards -alpha.",
    _real("alpha", 1.0, "Depth that negative numbers approach."),
    keywords=("exponential linear",),
    source="Clevert et al. 2016",
)
_activation(
    "SELU",
    "Bend numbers so that they keep mean 0 and variance 1.",
    keywords=("self-normalizing",),
    source="Klambauer et al. 2017",
)
_activation(
    "CELU",
    "Like ELU, smooth at 0 for every alpha.",
    _real("alpha", 1.0, "Depth that negative numbers approach."),
    shape=_curved,
    keywords=("exponential linear", "continuous"),
    source="Barron 2017",
)
_activation(
    "GELU",
    "Weigh each number by how likely a normal one is below it.",
    Choice(name="approximate", default="none", options=("none", "tanh"), doc="Exact, or the faster form by tanh."),
    keywords=("gaussian error", "transformer"),
    source="Hendrycks and Gimpel 2016",
)
_activation(
    "SiLU",
    "Multiply each number by its sigmoid.",
    keywords=("swish", "sigmoid linear"),
    source="Elfwing et al. 2018",
)
_activation("Mish", "Multiply each number by the tanh of its softplus.", keywords=("smooth",), source="Misra 2020")
_activation(
    "Sigmoid",
    "Press numbers between 0 and 1.",
    keywords=("logistic", "probability", "squash"),
    source="Rumelhart et al. 1986",
)
_activation("LogSigmoid", "The logarithm of the sigmoid.", keywords=("logistic", "log"))
_activation("Tanh", "Press numbers between -1 and 1.", keywords=("hyperbolic tangent", "squash"))
_activation("Tanhshrink", "Take from each number its tanh.", keywords=("shrink",))
_activation(
    "Softplus",
    "A smooth ReLU.",
    _real("beta", 1.0, "Sharpness of the bend.", low=0.0, low_open=True),
    _real("threshold", 20.0, "Above this it is the number itself."),
    keywords=("smooth rectifier",),
    source="Dugas et al. 2001",
)
_activation("Softsign", "Divide each number by 1 plus its size.", keywords=("squash",), source="Turian et al. 2009")
_activation(
    "Hardtanh",
    "Cut numbers off below and above.",
    _real("min_val", -1.0, "Smallest number that comes out."),
    _real("max_val", 1.0, "Largest number that comes out."),
    shape=partial(_ordered, "min_val", "max_val", False),
    keywords=("clip", "clamp"),
    source="Collobert 2004",
)
_activation(
    "Hardsigmoid", "A sigmoid of straight lines.", keywords=("logistic", "mobile"), source="Courbariaux et al. 2015"
)
_activation("Hardswish", "A SiLU of straight lines.", keywords=("swish", "mobile"), source="Howard et al. 2019")
_activation(
    "Softshrink",
    "Move numbers towards 0, and small ones to it.",
    _real("lambd", 0.5, "Distance that numbers move.", low=0.0),
    keywords=("sparse", "shrink"),
)
_activation(
    "Hardshrink",
    "Make small numbers 0.",
    _real("lambd", 0.5, "Size up to which numbers become 0."),
    keywords=("sparse", "shrink"),
)
_activation(
    "Threshold",
    "Replace numbers that are not above a threshold.",
    _real("threshold", 0.0, "Numbers up to this are replaced."),
    _real("value", 0.0, "What replaces them."),
    keywords=("step", "cut"),
)
