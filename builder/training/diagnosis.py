"""Finds where numbers stopped being finite, for the message that ends such a run."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from graphs.errors import UserError


class NotFinite(UserError):
    """The loss became infinite or not a number; `node` is the id of the first layer where it shows."""

    title = "The loss is no number any more"

    def __init__(self, step: int, name: str, node: str | None, best_epoch: int) -> None:
        self.node = node
        where = f", first in {name}" if name else ""
        kept = f"The weights of epoch {best_epoch:,} are safe." if best_epoch else "No epoch was over yet."
        super().__init__(
            f"Loss became not-a-number at step {step:,}{where}. {kept} Lower the learning rate or clip the gradient."
        )


@torch.no_grad()
def first_not_finite(module: nn.Module, inputs: Sequence[Tensor]) -> tuple[str | None, str]:
    """Return (node id, layer name) of the first layer, in running order, with a weight or output that is not finite.

    The node id is None and the name empty when all are finite with these inputs.
    """
    for tensor in inputs:
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            return None, "the data"
    found: list[str] = []
    hooks = [
        layer.register_forward_hook(lambda layer, _, output, name=name: _check(found, name, layer, output))
        for name, layer in module.named_modules()
        if name and not list(layer.children())
    ]
    try:
        if inputs:
            module(*inputs)
    finally:
        for hook in hooks:
            hook.remove()
    if not found:
        return None, ""
    names: dict[str, str] = getattr(module, "netwright_nodes", {})
    return next((node for node, name in names.items() if name == found[0].partition(".")[0]), None), found[0]


def _check(found: list[str], name: str, layer: nn.Module, output: object) -> None:
    tensors = [*layer.parameters(recurse=False), *(output if isinstance(output, tuple) else (output,))]
    if any(isinstance(t, Tensor) and t.is_floating_point() and not bool(torch.isfinite(t).all()) for t in tensors):
        found.append(name)
