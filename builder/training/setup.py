"""Everything a training run needs, made from its job: project, device, data, module, optimizer, recipe."""

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy
import psutil
import torch
from torch import nn

from builder import devices
from builder.compiler import compile as compile_network
from builder.data.batches import count
from builder.data.tensors import Dataset
from builder.data.tensors import load as load_data
from builder.overrides import override
from builder.recipes import RECIPES
from builder.recipes.supervised import Supervised
from builder.session import Session
from builder.training import objectives, optimizers
from builder.training.choices import TRAINING
from builder.training.objectives import Objectives
from builder.training.schedules import Schedule
from graphs import files
from graphs.errors import UserError
from graphs.parameters import Value
from graphs.project import Project
from graphs.reporting import Report, report


@dataclass
class Setup:
    """What the driver drives.

    choices: the complete training choices. report: that of the main network. batch_norm: whether a last batch of one
    sample must be left out, of which a batch normalization could tell no spread.
    """

    project: Project
    report: Report
    choices: dict[str, Value]
    device: str
    why: str
    data: Dataset
    module: nn.Module
    optimizer: torch.optim.Optimizer
    objectives: Objectives
    recipe: Supervised
    schedule: Schedule
    batch_norm: bool

    @property
    def steps_per_epoch(self) -> int:
        """How many batches an epoch has."""
        return count(len(self.data.training), self.choices["batch_size"], self.batch_norm)

    def set_rate(self, step: int, total_epochs: int) -> float:
        """Give the optimizer the learning rate of a step, counted from 0, and return it."""
        steps = self.steps_per_epoch
        rate = self.schedule.rate(step, total_epochs * steps, steps)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        return rate


def prepare(session: Session) -> Setup:
    """Make all that a run needs. Raises UserError for whatever the user must mend first."""
    job = session.job
    project = override(files.from_json(job.project), job.overrides)
    choices = TRAINING.complete(project.training)
    _use_processor_sparingly()
    device, why = devices.choose(job.device)
    drawn = report(project)
    if drawn.errors:
        more = f" ({len(drawn.errors) - 1} more)" if len(drawn.errors) > 1 else ""
        raise UserError(f"The network cannot be trained yet. {drawn.errors[0].advice}{more}")
    seed_all(choices["seed"])
    data = load_data(project, Path(job.base) if job.base else Path.cwd(), device)
    batch_norm = _check_batches(project, drawn, min(choices["batch_size"], len(data.training)))
    module = compile_network(project).to(device)
    goals = objectives.find(project.main, drawn, device, data.classes, data.scales)
    optimizer = optimizers.build(choices["optimizer"], _trainable(module), device)
    return Setup(
        project=project,
        report=drawn,
        choices=choices,
        device=device,
        why=why,
        data=data,
        module=module,
        optimizer=optimizer,
        objectives=goals,
        recipe=_recipe(choices, module, optimizer, goals),
        schedule=_schedule(choices, optimizer, -(-len(data.training) // choices["batch_size"])),
        batch_norm=batch_norm,
    )


def _check_batches(project: Project, drawn: Report, size: int) -> bool:
    """Tell whether the network needs batches of more than one sample. Raises UserError when `size` is just that."""
    name = _norm_of_one_value(project, drawn)
    if name and size == 1:
        raise UserError(
            f"{name} cannot learn from batches of 1 sample: batch normalization needs 2 or more to tell their spread. "
            "Choose a larger batch size or more training rows, or use LayerNorm."
        )
    return bool(name)


def _norm_of_one_value(project: Project, drawn: Report) -> str:
    """Return the name of a batch normalization that gets one number a channel from each sample; empty without one."""
    network = project.networks[drawn.network]
    for node, entry in drawn.nodes.items():
        if entry.inner is not None and (inside := _norm_of_one_value(project, entry.inner)):
            return inside
        if network.kind(node).startswith("BatchNorm") and all(n == 1 for n in entry.inputs["input"][0].shape[1:]):
            return network.name(node)
    return ""


def seed_all(seed: int) -> None:
    """Set every random generator that a run may draw from."""
    random.seed(seed)
    numpy.random.seed(seed % 2**32)
    torch.manual_seed(seed)


def _use_processor_sparingly() -> None:
    """Leave a core to the window, unless the user's own setting says how many threads to take."""
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, (psutil.cpu_count(logical=False) or 2) - 1))


def _trainable(module: nn.Module) -> list[nn.Parameter]:
    parameters = [parameter for parameter in module.parameters() if parameter.requires_grad]
    if not parameters:
        raise UserError("Nothing here can learn: no layer has weights that are not frozen. Add one, or thaw one.")
    return parameters


def _recipe(
    choices: Mapping[str, Value], module: nn.Module, optimizer: torch.optim.Optimizer, goals: Objectives
) -> Supervised:
    package, _, name = RECIPES.get(choices["recipe"]).entry.partition(":")
    recipe: Supervised = getattr(import_module(package), name)(module, optimizer, goals, choices["clip_norm"])
    return recipe


def _schedule(choices: Mapping[str, Value], optimizer: torch.optim.Optimizer, steps_per_epoch: int) -> Schedule:
    warmup = round(choices["warmup"] * steps_per_epoch)
    return Schedule(choices["schedule"], optimizer.param_groups[0]["lr"], warmup)
