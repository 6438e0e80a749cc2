"""Warnings about neighbours that work against one another: drawings that run, but not as was probably meant."""

from typing import TYPE_CHECKING

from graphs import catalogue
from graphs.checking.measure import Fault

if TYPE_CHECKING:
    from graphs.checking.walk import Walk

# What an output's loss does by itself, by a part of its torch name: a layer before it that does so too is one too many.
_DONE_BY_LOSS = {"cross_entropy": ("Softmax", "LogSoftmax"), "with_logits": ("Sigmoid", "LogSigmoid")}


def advise(walk: "Walk", node: str) -> tuple[Fault, ...]:
    """Return what there is to say about a node and the ones that it feeds."""
    held = walk.network[node]
    if held.get("disabled") or held.get("bypassed"):
        return ()
    found = (_bias_before_norm(walk, node), _activation_before_loss(walk, node))
    return tuple(fault for fault in found if fault is not None)


def _bias_before_norm(walk: "Walk", node: str) -> Fault | None:
    """Batch normalization subtracts the mean, and any bias with it (Ioffe and Szegedy, 2015)."""
    spec, targets = walk.spec(node), [*walk.order.targets[node]]
    if spec is None or spec.category not in ("linear", "convolution") or len(targets) != 1:
        return None
    if not walk.network.kind(targets[0]).startswith("BatchNorm") or walk.network[targets[0]].get("bypassed"):
        return None
    if not any(parameter.name == "bias" for parameter in spec.choices) or not walk.resolved(node, spec).values["bias"]:
        return None
    name = walk.network.name(targets[0])
    return Fault("bias-before-norm", f"has a bias, which {name} takes away again", "warning", about=("bias",))


def _activation_before_loss(walk: "Walk", node: str) -> Fault | None:
    kind = walk.network.kind(node)
    for target in walk.order.targets[node]:
        spec = catalogue.find(walk.network.kind(target))
        if spec is None or spec.objective is None:
            continue
        loss = spec.objective.losses.get(str(walk.resolved(target, spec).values.get("loss")), "")
        for part, kinds in _DONE_BY_LOSS.items():
            if part in loss.replace("binary_cross_entropy_with_logits", "with_logits") and kind in kinds:
                name = walk.network.name(target)
                title = f"comes twice: the loss of {name} applies {kind.removeprefix('Log')} itself"
                return Fault("activation-before-loss", title, "warning")
    return None
