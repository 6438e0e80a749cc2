"""Optimizers: what there is to choose, and making one. Declarations load no torch."""

import inspect
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from graphs.declarations import Declaration, Registry
from graphs.parameters import Boolean, Parameter, Real, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import torch

FUSED_DEVICES = ("cpu", "cuda", "mps", "xpu")


@dataclass(frozen=True, kw_only=True)
class OptimizerSpec(Declaration):
    """One optimizer: `module` is its class in torch, its parameters are that class's arguments.

    kept: how many numbers it keeps for each weight between steps, from its settings.
    """

    module: str
    fused: bool = False
    kept: "Callable[[Mapping[str, Value]], int]"


OPTIMIZERS: Registry[OptimizerSpec] = Registry("optimizer")


def _lr(default: float) -> Parameter:
    return Real(name="lr", default=default, low=0, low_open=True, high=100, doc="Learning rate: the size of a step.")


def _decay(default: float = 0.0) -> Parameter:
    return Real(name="weight_decay", default=default, low=0, doc="How strongly weights are pulled towards zero.")


_BETAS = (
    Real(name="beta1", default=0.9, low=0, high=0.9999, argument=False, doc="Memory of the mean gradient."),
    Real(name="beta2", default=0.999, low=0, high=0.99999, argument=False, doc="Memory of the squared gradient."),
    Real(name="eps", default=1e-8, low=0, low_open=True, doc="Keeps the division from zero."),
)
_MOMENTUM = Real(name="momentum", default=0.0, low=0, high=0.9999, doc="How much of the last step is kept.")

OPTIMIZERS.add(
    OptimizerSpec(
        name="AdamW",
        summary="Adam with weight decay apart from the gradient (Loshchilov and Hutter 2019): a good first choice.",
        module="torch.optim.AdamW",
        fused=True,
        kept=lambda settings: 3 if settings["amsgrad"] else 2,
        parameters=(_lr(1e-3), _decay(0.01), *_BETAS, Boolean(name="amsgrad", default=False)),
    )
)
OPTIMIZERS.add(
    OptimizerSpec(
        name="Adam",
        summary="Steps scaled by the running size of each gradient (Kingma and Ba 2015).",
        module="torch.optim.Adam",
        fused=True,
        kept=lambda settings: 3 if settings["amsgrad"] else 2,
        parameters=(_lr(1e-3), _decay(), *_BETAS, Boolean(name="amsgrad", default=False)),
    )
)
OPTIMIZERS.add(
    OptimizerSpec(
        name="SGD",
        summary="Plain gradient descent, with momentum if wanted (Sutskever et al. 2013).",
        module="torch.optim.SGD",
        fused=True,
        kept=lambda settings: 1 if settings["momentum"] else 0,
        parameters=(_lr(1e-2), _MOMENTUM, Boolean(name="nesterov", default=False), _decay()),
    )
)
OPTIMIZERS.add(
    OptimizerSpec(
        name="RMSprop",
        summary="Gradient divided by its running size (Tieleman and Hinton 2012).",
        module="torch.optim.RMSprop",
        kept=lambda settings: 2 if settings["momentum"] else 1,
        parameters=(
            _lr(1e-3),
            Real(name="alpha", default=0.99, low=0, high=0.9999, doc="Memory of the squared gradient."),
            _MOMENTUM,
            _decay(),
        ),
    )
)


def chosen(value: Value) -> "tuple[OptimizerSpec, dict[str, Value]]":
    """Return the declaration and all settings of the optimizer that a `{"kind": ...}` value describes."""
    spec = OPTIMIZERS.get(value["kind"])
    return spec, spec.complete({name: entry for name, entry in value.items() if name != "kind"})


def build(value: Value, parameters: "Iterable[torch.nn.Parameter]", device: str) -> "torch.optim.Optimizer":
    """Return the optimizer that a `{"kind": ...}` value describes, fused where torch has that for the device."""
    spec, settings = chosen(value)
    package, _, name = spec.module.rpartition(".")
    arguments: dict[str, Any] = {p.name: settings[p.name] for p in spec.choices if p.argument}
    if "beta1" in settings:
        arguments["betas"] = (settings["beta1"], settings["beta2"])
    if spec.fused and device.partition(":")[0] in FUSED_DEVICES:
        arguments["fused"] = True
    kind: type[torch.optim.Optimizer] = getattr(import_module(package), name)
    _do_without_compiler(kind)
    return kind(list(parameters), **arguments)


def stepping(optimizer: "torch.optim.Optimizer") -> "Callable[[], object]":
    """Return the bare rule by which an optimizer steps, to be called without gradients being recorded.

    What torch wraps around it is for its compiler, which a first step would load, and for profilers and hooks.
    """
    return partial(inspect.unwrap(type(optimizer).step), optimizer)


def _do_without_compiler(kind: "type[torch.optim.Optimizer]") -> None:
    """Keep the methods of optimizers that torch hides from its compiler from loading that compiler.

    Where nothing is compiled, that takes longer than the first epochs of a small network. A torch that keeps the
    hidden method elsewhere loads it as before.
    """
    for owner in kind.__mro__:
        for method in vars(owner).values():
            hidden = getattr(method, "__wrapped__", None)
            if hidden is not None:
                hidden.__dict__.setdefault("__dynamo_disable", hidden)
