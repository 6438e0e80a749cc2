"""Finds what made a loss no number: does the last steps once more, and looks into the one where it happened.

By the time that a loss is seen to be no number, later steps have made that of all weights.
"""

import math
import time
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from builder.compiler import compile as compile_network
from builder.data.batches import batches
from builder.training.checkpoints import Position
from builder.training.diagnosis import first_not_finite
from builder.training.keeping import Keeper
from builder.training.setup import Setup, seed_all

LONGEST = 30.0  # seconds that this may take; a run that ends is waited for


def cause(setup: Setup, keeper: Keeper, step: int, total_epochs: int) -> tuple[str | None, str]:
    """Return (node id, name) of what first gave no number in step number `step`, counted from 1.

    The node id is None and the name empty where that takes too long, or does not happen again: the learning rate may
    have been changed by hand. The setup's module and optimizer are left as they are in that step.
    """
    until = time.monotonic() + LONGEST
    position, training = Position(), setup.data.training
    _rewind(setup, keeper, position)
    setup.module.train()
    size, seed = setup.choices["batch_size"], setup.choices["seed"]
    while position.epoch < total_epochs:
        for inputs, targets in batches(training, size, seed, position.epoch, position.batch, setup.batch_norm):
            setup.set_rate(position.step, total_epochs)
            position.step += 1
            if position.step == step:
                return _look(setup, inputs, targets)
            setup.recipe.step(inputs, targets)
            if time.monotonic() > until:
                return None, ""
        position.epoch, position.batch = position.epoch + 1, 0
    return None, ""


def _rewind(setup: Setup, keeper: Keeper, position: Position) -> None:
    """Go back to the last checkpoint, to the weights from which the run started where there is none."""
    if state := keeper.restore(position):
        setup.schedule.restore(state)
        return
    seed_all(setup.choices["seed"])
    setup.module.load_state_dict(compile_network(setup.project).state_dict())
    setup.optimizer.state.clear()


@torch.no_grad()
def _look(setup: Setup, inputs: Sequence[Tensor], targets: Mapping[str, Tensor]) -> tuple[str | None, str]:
    node, name = first_not_finite(setup.module, inputs)
    if name:
        return node, name
    given = setup.module(*inputs)
    outputs = given if isinstance(given, dict) else {setup.objectives.goals[0].name: given}
    for goal in setup.objectives.goals:
        output = outputs[goal.name]
        if not math.isfinite(float(goal.loss(output, goal.shaped(output, targets[goal.name])))):
            return goal.node, f"the loss of {goal.name}"
    return None, ""
