"""Learning rate schedules as closed forms of the step, so that a resumed run needs next to no state."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from graphs.declarations import Declaration, Registry
from graphs.parameters import Integer, Real, Value

Factor = Callable[[float, dict[str, Value]], float]


@dataclass(frozen=True, kw_only=True)
class ScheduleSpec(Declaration):
    """One schedule. `factor` gives the multiple of the base learning rate at a fraction of the run, from 0 to 1.

    `on_epochs` schedules take the number of epochs gone instead; `plateau` ones follow the validation loss.
    """

    factor: Factor
    on_epochs: bool = False
    plateau: bool = False


SCHEDULES: Registry[ScheduleSpec] = Registry("schedule")


def _cosine(fraction: float, settings: dict[str, Value]) -> float:
    low = float(settings["lowest"])
    return low + (1 - low) * 0.5 * (1 + math.cos(math.pi * min(fraction, 1.0)))


def _step(epochs: float, settings: dict[str, Value]) -> float:
    return float(settings["gamma"]) ** (int(epochs) // int(settings["step_size"]))


SCHEDULES.add(
    ScheduleSpec(name="constant", summary="The same learning rate throughout.", factor=lambda fraction, settings: 1.0)
)
SCHEDULES.add(
    ScheduleSpec(
        name="cosine",
        summary="Falls along half a cosine to the lowest value (Loshchilov and Hutter 2017).",
        factor=_cosine,
        parameters=(Real(name="lowest", default=0.0, low=0, high=1, unit="of lr", doc="Where it ends."),),
    )
)
SCHEDULES.add(
    ScheduleSpec(
        name="step",
        summary="Multiplied by gamma each time some epochs are over.",
        factor=_step,
        on_epochs=True,
        parameters=(
            Integer(name="step_size", default=10, low=1, unit="epochs", doc="Epochs between two drops."),
            Real(name="gamma", default=0.1, low=0, low_open=True, high=1, doc="What it is multiplied by."),
        ),
    )
)
SCHEDULES.add(
    ScheduleSpec(
        name="plateau",
        summary="Multiplied by a factor when the validation loss has not improved for some epochs.",
        factor=lambda fraction, settings: 1.0,
        plateau=True,
        parameters=(
            Real(name="factor", default=0.5, low=0, low_open=True, high=1, doc="What it is multiplied by."),
            Integer(name="patience", default=5, low=1, unit="epochs", doc="Epochs without improvement."),
        ),
    )
)


class Schedule:
    """The learning rate of every step of a run: base rate, shape, warm-up, and what a plateau took off so far."""

    def __init__(self, value: Value, base: float, warmup_steps: int) -> None:
        self.spec = SCHEDULES.get(value["kind"])
        self.settings = self.spec.complete({name: entry for name, entry in value.items() if name != "kind"})
        self.base = base
        self.warmup_steps = warmup_steps
        self.reduced = 1.0
        self._best = math.inf
        self._waited = 0

    def rate(self, step: int, total_steps: int, steps_per_epoch: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        if step < self.warmup_steps:
            return self.base * (step + 1) / self.warmup_steps
        fraction = (step - self.warmup_steps) / max(1, total_steps - self.warmup_steps)
        place = step / steps_per_epoch if self.spec.on_epochs else fraction
        return self.base * self.reduced * self.spec.factor(place, self.settings)

    def epoch_ended(self, loss: float) -> bool:
        """Tell a plateau schedule the watched loss of an epoch; returns whether the rate was reduced."""
        if not self.spec.plateau:
            return False
        if loss < self._best:
            self._best, self._waited = loss, 0
            return False
        self._waited += 1
        if self._waited < self.settings["patience"]:
            return False
        self._waited = 0
        self.reduced *= float(self.settings["factor"])
        return True

    def state(self) -> dict[str, float]:
        """Return what a resumed run must know, as numbers."""
        return {"base": self.base, "reduced": self.reduced, "best": self._best, "waited": self._waited}

    def restore(self, state: dict[str, float]) -> None:
        """Take over what `state` returned."""
        self.base, self.reduced = state["base"], state["reduced"]
        self._best, self._waited = state["best"], int(state["waited"])
