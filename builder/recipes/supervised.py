"""Supervised learning: follow the gradient of the output nodes' losses over the examples of a batch.

Autoencoders, multi-task networks, classifiers and regressors are all trained by this: what differs is in their
output nodes. Read with `builder.training.driver`, which owns device, data, schedule, checkpoints and controls.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from builder.training.objectives import Objectives
from builder.training.optimizers import stepping

Outputs = Mapping[str, Tensor]


class Supervised:
    """One network, one optimizer, and losses against targets."""

    def __init__(
        self, network: nn.Module, optimizer: torch.optim.Optimizer, objectives: Objectives, clip_norm: float | None
    ) -> None:
        self.network = network
        self.optimizer = optimizer
        self.objectives = objectives
        self.clip_norm = clip_norm
        self._update = stepping(optimizer)
        self._parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
        # Torch takes the fast way by itself where a device has one, but for the processor; some have none.
        self._foreach = True if {p.device.type for p in self._parameters} == {"cpu"} else None

    def step(self, inputs: Sequence[Tensor], targets: Mapping[str, Tensor]) -> Tensor:
        """Learn from one batch; returns its mean loss as a scalar on the device.

        inputs: one tensor (N, ...) for each input of the network. targets: one for each output, by its name.
        """
        outputs = self._outputs(inputs)
        loss = self.objectives.loss(outputs, targets)
        self.optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        if self.clip_norm is not None:
            nn.utils.clip_grad_norm_(self._parameters, self.clip_norm, foreach=self._foreach)
        with torch.no_grad():
            self._update()
        self.objectives.count(outputs, targets)
        return loss

    @torch.no_grad()
    def evaluate(self, inputs: Sequence[Tensor], targets: Mapping[str, Tensor]) -> Tensor:
        """Return the mean loss of a batch and count it into the metrics, learning nothing."""
        outputs = self._outputs(inputs)
        self.objectives.count(outputs, targets)
        return self.objectives.loss(outputs, targets)

    def _outputs(self, inputs: Sequence[Tensor]) -> Outputs:
        outputs = self.network(*inputs)
        return outputs if isinstance(outputs, dict) else {self.objectives.goals[0].name: outputs}
