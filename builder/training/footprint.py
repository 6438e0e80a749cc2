"""How much memory of its device training takes, told from the drawing before anything runs."""

from builder.training.choices import TRAINING
from builder.training.optimizers import chosen
from graphs.dimensions import Dim
from graphs.project import Project
from graphs.reporting import Report


def footprint(project: Project, found: Report) -> Dim:
    """Return about how many bytes one training step of a reported network holds, symbolic where a length is open.

    Weights, their gradients and what the optimizer keeps for them, and what a batch leaves on the wires for the way
    back. What torch itself and its kernels need for working space is not in it, nor is data that lies on the device.
    """
    choices = TRAINING.complete(project.training)
    optimizer, settings = chosen(choices["optimizer"])
    copies = 2 + optimizer.kept(settings)  # a weight and its gradient, and what is kept for both
    batch: int = choices["batch_size"]
    return found.weight_bytes * copies + found.activation_bytes * batch
