"""The output nodes of a network as training sees them: a loss and metrics for each, and their weighted sum."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from torch import Tensor

from builder.training.metrics import STATISTICS, Confusion, Errors, Statistic, classes_of
from graphs import catalogue
from graphs.errors import UserError
from graphs.network import Network
from graphs.reporting import Report

LossFunction = Callable[[Tensor, Tensor], Tensor]


@dataclass
class Goal:
    """One output node: its loss, the share of it in the whole, and the statistic that its metrics are read from.

    target: what the loss compares with: `class`, `binary`, `number` or `input`. classes: their names, if any.
    """

    name: str
    node: str
    loss: LossFunction
    weight: float
    target: str
    metrics: tuple[str, ...]
    statistic: Statistic
    classes: tuple[str, ...] = ()

    def shaped(self, output: Tensor, target: Tensor) -> Tensor:
        """Return the target in the shape and type that the loss wants beside `output` (N, ...)."""
        if self.target == "class":
            return target.long()
        return target.reshape(output.shape).to(output.dtype)

    def read(self) -> dict[str, float]:
        """Return this output's metrics by name. Waits for the device."""
        values = self.statistic.read()
        return {name: values[name] for name in self.metrics}


class Objectives:
    """All goals of a network. With several, metric names start with the output's name."""

    def __init__(self, goals: list[Goal]) -> None:
        self.goals = goals

    def loss(self, outputs: Mapping[str, Tensor], targets: Mapping[str, Tensor]) -> Tensor:
        """Return the weighted sum of all losses, a scalar."""
        total: Tensor | None = None
        for goal in self.goals:
            output = outputs[goal.name]
            part = goal.loss(output, goal.shaped(output, targets[goal.name]))
            part = part if goal.weight == 1.0 else part * goal.weight
            total = part if total is None else total + part
        assert total is not None
        return total

    def count(self, outputs: Mapping[str, Tensor], targets: Mapping[str, Tensor]) -> None:
        """Count a batch into the metrics."""
        for goal in self.goals:
            output = outputs[goal.name].detach()
            goal.statistic.update(output, goal.shaped(output, targets[goal.name]))

    def reset(self) -> None:
        """Begin a new epoch."""
        for goal in self.goals:
            goal.statistic.reset()

    def read(self) -> dict[str, float]:
        """Return all metrics by name. Waits for the device."""
        if len(self.goals) == 1:
            return self.goals[0].read()
        return {f"{goal.name}.{name}": value for goal in self.goals for name, value in goal.read().items()}

    def confusions(self) -> dict[str, dict[str, object]]:
        """Return the confusion matrix of each classifying output: its classes and its rows (true class first)."""
        found: dict[str, dict[str, object]] = {}
        for goal in self.goals:
            if isinstance(goal.statistic, Confusion):
                names = goal.classes or tuple(map(str, range(goal.statistic.classes)))
                found[goal.name] = {"classes": list(names), "matrix": goal.statistic.matrix}
        return found

    def sums(self) -> dict[str, Tensor]:
        """Return the statistics' sums by output, for a checkpoint in the middle of an epoch. Waits for the device."""
        for goal in self.goals:
            goal.statistic.settle()
        return {goal.name: goal.statistic.sums for goal in self.goals}


def find(
    network: Network, report: Report, device: str, classes: Mapping[str, tuple[str, ...]], scales: Mapping[str, float]
) -> Objectives:
    """Return the goals of a network's output nodes.

    classes: names of the classes by output. scales: what one unit of a scaled target stands for, by output.
    Raises UserError when no output node says what to learn.
    """
    goals = []
    for node in report.order:
        spec = catalogue.find(network.kind(node))
        if spec is not None and spec.objective is not None and spec.objective.losses:
            goals.append(_goal(network.name(node), node, report, spec.name, device, classes, scales))
    if not goals:
        raise UserError("No output says what to learn. Add a Classification, Regression or other output with a loss.")
    return Objectives(goals)


def _goal(
    name: str,
    node: str,
    report: Report,
    kind: str,
    device: str,
    classes: Mapping[str, tuple[str, ...]],
    scales: Mapping[str, float],
) -> Goal:
    objective = catalogue.get(kind).objective
    assert objective is not None
    values = report.nodes[node].values
    incoming = report.nodes[node].inputs["input"][0]
    number = classes_of(incoming.shape[0]) if objective.target == "class" else 1
    statistic = STATISTICS[objective.target](number, device)
    if isinstance(statistic, Errors):
        statistic.scale = scales.get(name, 1.0)
    return Goal(
        name=name,
        node=node,
        loss=_loss_function(objective.losses[values["loss"]], values),
        weight=float(values["weight"]),
        target=objective.target,
        metrics=objective.metrics,
        statistic=statistic,
        classes=classes.get(name, ()),
    )


def _loss_function(dotted: str, values: Mapping[str, object]) -> LossFunction:
    """Return torch's function with those of the node's own parameters that it takes (label_smoothing, delta...)."""
    package, _, name = dotted.rpartition(".")
    function: Callable[..., Tensor] = getattr(import_module(package), name)
    taken = inspect.signature(function).parameters
    settings = {key: value for key, value in values.items() if key in taken and key not in ("weight", "target")}
    return partial(function, **settings)
