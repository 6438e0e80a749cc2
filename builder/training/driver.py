"""The driver of a training run: epochs, validation, checkpoints, controls and what is said about them.

It never waits for the device within a step: losses stay there and are brought over a few times a second.
"""

import math
import time
from collections.abc import Mapping, Sequence

import torch

from builder import events
from builder.compiler import located
from builder.data.batches import batches
from builder.events import AddEpochs, ControlApplied, EpochEnded, Finished, Pause, Resume, Started
from builder.session import Session
from builder.training import rewinding
from builder.training.checkpoints import Position
from builder.training.diagnosis import NotFinite, first_not_finite
from builder.training.keeping import Keeper
from builder.training.metrics import Losses
from builder.training.probing import Prober
from builder.training.setup import Setup, prepare

COLUMNS = ("step", "epoch", "time", "loss", "lr")
BRING_EVERY = 0.1  # seconds between two looks at the losses
MOST_PENDING = 512


def run(session: Session) -> Finished:
    """Do a `train` job. Raises UserError for what the user must mend, NotFinite when the loss is no number."""
    setup = prepare(session)
    for note in setup.data.notes:
        session.log(note, "warning")
    with located():  # an error in a step comes back with the node that raised it
        return Driver(session, setup).run()


class Driver:
    """One run in progress."""

    def __init__(self, session: Session, setup: Setup) -> None:
        self.session = session
        self.setup = setup
        self.position = Position(total_epochs=setup.choices["epochs"])
        self.losses = Losses()
        self.batch_size: int = setup.choices["batch_size"]
        self.steps_per_epoch = setup.steps_per_epoch
        self._rates: list[float] = []
        self._last_bring = time.monotonic()
        self._keeper = Keeper(session, setup, self._rest)
        self._confusions: dict[str, dict[str, object]] = {}
        self._metrics: dict[str, float] = {}
        self._paused = False
        self._step_once = False
        self._prober = Prober(session.run, setup.project)
        self._look = False

    def run(self) -> Finished:
        """Train to the end, or until told to stop."""
        self._restore()
        setup, position = self.setup, self.position
        self.session.open_ring(COLUMNS)
        self.session.emit(
            Started(
                setup.device,
                setup.why,
                total_epochs=position.total_epochs,
                steps_per_epoch=self.steps_per_epoch,
                total_steps=position.total_epochs * self.steps_per_epoch,
                first_step=position.step,
                parameters=setup.report.parameters,
            )
        )
        reason = "completed"
        while position.epoch < position.total_epochs:
            if not self._epoch():
                reason = "stopped"
                break
            if self._patience_is_over():
                reason = "early stopping"
                break
        return self._finish(reason)

    def _restore(self) -> None:
        position = self.position
        planned = position.total_epochs
        if state := self._keeper.restore(position):
            position.total_epochs = max(planned, position.total_epochs)
            self.setup.schedule.restore(state)
            self.losses.total, self.losses.count = position.loss_total, position.loss_count

    def _epoch(self) -> bool:
        """Do one epoch, or what is left of it; False when told to stop within it."""
        setup, position = self.setup, self.position
        began = time.monotonic()
        setup.module.train()
        training = setup.data.training
        seed, drop_single = setup.choices["seed"], setup.batch_norm
        inputs: Sequence[torch.Tensor] = ()
        for inputs, targets in batches(training, self.batch_size, seed, position.epoch, position.batch, drop_single):
            self._rates.append(setup.set_rate(position.step, position.total_epochs))
            loss = self._watched_step(inputs, targets) if self._look else setup.recipe.step(inputs, targets)
            self.losses.add(loss, len(inputs[0]))
            position.step += 1
            position.batch += 1
            if time.monotonic() - self._last_bring > BRING_EVERY or len(self.losses) >= MOST_PENDING:
                self._bring(inputs)
                if self._keeper.overdue:
                    self._save()
            if not self._heed():
                self._bring(inputs)
                self._save()
                return False
        self._bring(inputs)
        self._end_epoch(began)
        return True

    def _watched_step(self, inputs: Sequence[torch.Tensor], targets: Mapping[str, torch.Tensor]) -> torch.Tensor:
        """Do a step as any other, and say what flows along the wires meanwhile."""
        self._look = False
        with self._prober.look(self.position.step + 1):
            return self.setup.recipe.step(inputs, targets)

    def _bring(self, inputs: Sequence[torch.Tensor]) -> None:
        """Bring the losses over and record them. Raises NotFinite for one that is no number."""
        values = self.losses.bring()
        first, now = self.position.step - len(values), time.time()
        for place, (loss, rate) in enumerate(zip(values, self._rates, strict=True)):
            self.session.record((first + place + 1, self.position.epoch + 1, now, loss, rate))
            if not math.isfinite(loss):
                self._not_finite(first + place + 1, inputs)
        self._rates.clear()
        self._look = self._prober.due
        self._last_bring = time.monotonic()

    def _not_finite(self, step: int, inputs: Sequence[torch.Tensor]) -> None:
        position, late = self.position, first_not_finite(self.setup.module, inputs)
        self._keeper.save_best(position)
        cause = rewinding.cause(self.setup, self._keeper, step, position.total_epochs)
        node, name = cause if cause[1] else late
        raise NotFinite(step, name, node, position.best_epoch)

    def _end_epoch(self, began: float) -> None:
        setup, position = self.setup, self.position
        metrics = {"loss": self.losses.mean(), **setup.objectives.read()}
        self.losses.reset()
        setup.objectives.reset()
        if len(setup.data.validation):
            metrics |= {f"validation.{name}": value for name, value in self.validate().items()}
        position.epoch += 1
        position.batch = 0
        watched = metrics.get("validation.loss", metrics["loss"])
        self._metrics = metrics = self._finite(metrics)
        if setup.schedule.epoch_ended(watched):
            self.session.log(f"The loss stands still: learning rate times {setup.schedule.reduced:g} from here.")
        self._keep_if_best(watched)
        seconds = time.monotonic() - began
        self.session.emit(EpochEnded(position.epoch, position.step, metrics, seconds))
        if self._keeper.due:
            self._save()

    def validate(self) -> dict[str, float]:
        """Return loss and metrics on the validation split, the statistics left empty behind."""
        setup = self.setup
        setup.module.eval()
        losses = Losses()
        for inputs, targets in batches(setup.data.validation, self.batch_size):
            losses.add(setup.recipe.evaluate(inputs, targets), len(inputs[0]))
            self._heed_while_validating()
        found = {"loss": losses.mean(), **setup.objectives.read()}
        self._confusions = setup.objectives.confusions()
        setup.objectives.reset()
        setup.module.train()
        return found

    def _heed_while_validating(self) -> None:
        for control in self.session.controls():
            self._apply(control)

    def _rest(self) -> None:
        for control in self.session.wait():
            self._apply(control)

    def _keep_if_best(self, watched: float) -> None:
        position = self.position
        if watched < position.best:
            position.best, position.best_epoch = watched, position.epoch
            self._keeper.keep_best()

    def _patience_is_over(self) -> bool:
        patience = self.setup.choices["early_stopping"]
        return patience is not None and self.position.epoch - self.position.best_epoch >= patience

    def _heed(self) -> bool:
        """Follow what was asked, waiting while paused; False when the run shall stop."""
        for control in self.session.controls():
            self._apply(control)
        if self._step_once:
            self._step_once, self._paused = False, True
        while self._paused and not self.session.stopping and not self._step_once:
            self._rest()
        return not self.session.stopping

    def _apply(self, control: events.Control) -> None:
        value: float | None = None
        match control:
            case events.Probe(seconds=seconds):  # asked every few seconds, and of no account for the run
                self._prober.ask(seconds)
                return
            case Pause():
                self._paused = True
                self._bring(())
            case Resume():
                self._paused = False
            case events.Step():
                self._step_once = True
            case events.SetLearningRate(lr=lr):
                self.setup.schedule.base, self.setup.schedule.reduced, value = lr, 1.0, lr
            case AddEpochs(count=count):
                self.position.total_epochs += count
                value = count
            case events.Snapshot():
                self._keeper.snapshot(self.position)
        self.session.emit(ControlApplied(type(control).__name__, self.position.step, value))

    def _save(self) -> None:
        self.position.loss_total, self.position.loss_count = self.losses.total, self.losses.count
        self._keeper.save(self.position)

    def _finish(self, reason: str) -> Finished:
        """Write the last checkpoint and measure the best weights once more."""
        if reason != "stopped":
            self._save()
        metrics: dict[str, float] = {"epochs": self.position.epoch, "best_epoch": self.position.best_epoch}
        results: dict[str, object] = {}
        if not len(self.setup.data.validation):
            metrics |= self._metrics
        elif self._keeper.best is not None:
            self.setup.module.load_state_dict(self._keeper.best)
            metrics |= self._finite({f"validation.{name}": value for name, value in self.validate().items()})
            results["confusion"] = self._confusions
        return Finished(reason, metrics, results)

    def _finite(self, metrics: dict[str, float]) -> dict[str, float]:
        """Return the metrics that are numbers, and say which are none."""
        odd = [name for name, value in metrics.items() if not math.isfinite(value)]
        if odd:
            self.session.log(f"Not finite in epoch {self.position.epoch}: {', '.join(odd)}.", "warning")
        return {name: value for name, value in metrics.items() if name not in odd}
