"""A run as the window follows it: state, progress, curves and messages, read from its folder in small bites."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy

from builder import workers
from builder.events import (
    AddEpochs,
    Checkpointed,
    ControlApplied,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Message,
    Pause,
    Resume,
    SetLearningRate,
    Snapshot,
    Started,
)
from builder.flowing import Flowing
from builder.runs import Run
from builder.states import State
from builder.training.choices import TRAINING
from builder.workers import Worker
from graphs.errors import UserError
from widgets.run_log import log_line
from widgets.series import Series

LOSS, EPOCH_LOSS, RATE = "step.loss", "loss", "lr"
VALIDATION = "validation."
STEPS_BEFORE_A_GUESS = 20
PACE_OVER = 5.0  # seconds over which the speed is measured

_OWN_COLUMNS = ("epoch", "step", "seconds", "time")


@dataclass(frozen=True)
class Mark:
    """Something done by hand that the curves show: where (in epochs) and a word."""

    epoch: float
    text: str


@dataclass
class Watch:
    """One run, followed. Call `look` ten times a second; it says whether anything changed.

    curves: by name, LOSS and RATE a point a step, and each metric a point an epoch (`loss`, `validation.loss`,
    `accuracy`...). ready: whether what the run had done before it was followed is read; until then nothing else here
    counts but the run itself. messages: what the log says of the run, line by line.
    project: the title of what it trains. flowing: what was last seen on its wires, where somebody asked.
    """

    run: Run
    worker: Worker
    title: str
    ready: bool = False
    state: State = State.WAITING
    curves: dict[str, Series] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    started: Started | None = None
    finished: Finished | None = None
    failed: Failed | None = None
    checkpoint: Checkpointed | None = None
    epoch: int = 0
    step: int = 0
    total_epochs: int = 0
    steps_per_epoch: int = 1
    batch_size: int = 1
    project: str = ""
    best_epoch: int = 0
    earlier_seconds: float = 0.0
    began: float = 0.0
    flowing: Flowing | None = None
    _flowing_seen: int = 0
    _latest: float = 0.0
    _paused_for: float = 0.0
    _paused_at: float = 0.0
    _pace: deque[tuple[float, int]] = field(default_factory=deque)

    @classmethod
    def of(cls, run: Run, worker: Worker | None = None) -> "Watch":
        """Follow a run from its beginning; without a worker, one that another window may have started."""
        return cls(run, worker or workers.attach(run), run.title)

    @property
    def active(self) -> bool:
        """Whether the run is still under way."""
        return not self.state.final

    @property
    def fraction(self) -> float:
        """How much is done, from 0 to 1."""
        total = self.total_epochs * self.steps_per_epoch
        return min(1.0, self.step / total) if total else 0.0

    @property
    def seconds_so_far(self) -> float:
        """Time spent training, pauses left out."""
        here = max(0.0, self._latest - self.began - self._paused_for) if self.began else 0.0
        return self.earlier_seconds + here

    @property
    def seconds_left(self) -> float | None:
        """A guess at the time to the end; None before there are enough steps for one."""
        done = self.step - (self.started.first_step if self.started else 0)
        left = self.total_epochs * self.steps_per_epoch - self.step
        here = self.seconds_so_far - self.earlier_seconds
        return here / done * left if done >= STEPS_BEFORE_A_GUESS else None

    @property
    def samples_per_second(self) -> float | None:
        """The speed over the last seconds; None before it can be told."""
        if len(self._pace) < 2 or self._pace[-1][0] <= self._pace[0][0]:
            return None
        (then, first), (now, last) = self._pace[0], self._pace[-1]
        return (last - first) * self.batch_size / (now - then)

    @property
    def metric_names(self) -> tuple[str, ...]:
        """The metrics beside the loss, those of the first output first."""
        own = (LOSS, EPOCH_LOSS, RATE)
        return tuple(name for name in self.curves if name not in own and not name.startswith(VALIDATION))

    @property
    def latest_metrics(self) -> dict[str, float]:
        """The metrics of the last epoch by name."""
        return {name: float(held.y[-1]) for name, held in self.curves.items() if name not in (LOSS, RATE)}

    def catch_up(self) -> None:
        """Read all that the run did so far; takes a while for a long one, so not for the window's own thread."""
        self.project, self.batch_size = _job(self.run)
        history = self.run.history
        for row in history:
            metrics = {name: value for name, value in row.items() if name not in _OWN_COLUMNS}
            self._take_metrics(row["epoch"], metrics)
            self.epoch, self.step = int(row["epoch"]), int(row["step"])
        seconds = {row["step"]: row["seconds"] for row in history}
        self.look()
        first = self.started.first_step if self.started else 0
        self.earlier_seconds = sum(value for step, value in seconds.items() if step <= first)
        self.ready = True

    def look(self) -> bool:
        """Read what is new. What cannot be read becomes a message, once."""
        before = self.state
        self.state = self.worker.poll()
        events = self.worker.events()
        for event in events:
            self._take(event)
        steps = self._take_steps()
        if (found := self.run.flowing(self._flowing_seen)) is not None:
            self.flowing, self._flowing_seen = found
        if before is not self.state and self.state is State.FAILED and self.failed is None:
            self.failed = self.run.failure
            self._log(self.failed)
        return bool(events) or steps or before is not self.state

    def say(self, level: str, text: str) -> None:
        """Put a message of the window's own among those of the run, unless it is the last one already."""
        if not self.messages or self.messages[-1].text != text:
            self.messages.append(Message(level, text))

    def _take(self, event: Event) -> None:
        self._log(event)
        match event:
            case Started():
                self.started, self.began, self._latest = event, event.time, event.time
                self.total_epochs, self.steps_per_epoch = event.total_epochs or 0, event.steps_per_epoch or 1
                self.finished = self.failed = None
                self._paused_for = self._paused_at = 0.0
            case EpochEnded():
                self.epoch, self._latest = event.epoch, event.time
                self.step = max(self.step, event.step)
                self._take_metrics(event.epoch, event.metrics)
            case ControlApplied():
                self._take_control(event)
            case Checkpointed():
                self.checkpoint = event
            case Finished():
                self.finished = event
                self.best_epoch = int(event.metrics.get("best_epoch", self.best_epoch))
            case Failed():
                self.failed = event

    def _log(self, event: Event | None) -> None:
        line = log_line(event) if event is not None else None
        if line is not None:
            self.messages.append(line)

    def _take_metrics(self, epoch: float, metrics: Mapping[str, float]) -> None:
        for name, value in metrics.items():
            self._curve(name).add(float(epoch), float(value))
        watched = self.curves.get(f"{VALIDATION}loss") or self._curve(EPOCH_LOSS)
        if numpy.isfinite(watched.y).any():
            self.best_epoch = int(watched.x[int(numpy.nanargmin(watched.y))])

    def _take_control(self, event: ControlApplied) -> None:
        if event.kind == Pause.__name__:
            self._paused_at = event.time
        elif event.kind == Resume.__name__ and self._paused_at:
            self._paused_for += event.time - self._paused_at
            self._paused_at = 0.0
            self._pace.clear()
        elif event.kind == AddEpochs.__name__ and event.value:
            self.total_epochs += int(event.value)
        elif event.kind == SetLearningRate.__name__ and event.value:
            self.marks.append(Mark(event.step / self.steps_per_epoch, f"lr {event.value:g}"))
        elif event.kind == Snapshot.__name__:
            self.marks.append(Mark(event.step / self.steps_per_epoch, "snapshot"))

    def _take_steps(self) -> bool:
        try:
            batch = self.worker.metrics()
        except UserError as error:  # the run itself goes on, and its epochs are told by events
            self.say("warning", str(error))
            return False
        if batch is None or not len(batch.rows):
            return False
        columns = {name: batch.rows[:, place] for place, name in enumerate(self.worker.columns)}
        epochs = columns["step"] / self.steps_per_epoch
        again = numpy.flatnonzero(numpy.diff(epochs) <= 0)  # where a resumed run goes back
        for first, last in zip((0, *(again + 1)), (*(again + 1), len(epochs)), strict=True):
            self._curve(LOSS).extend(epochs[first:last], columns["loss"][first:last])
            self._curve(RATE).extend(epochs[first:last], columns["lr"][first:last])
        self.step, self._latest = int(columns["step"][-1]), max(self._latest, float(columns["time"][-1]))
        self._pace.append((float(columns["time"][-1]), self.step))
        while self._pace[-1][0] - self._pace[0][0] > PACE_OVER and len(self._pace) > 2:
            self._pace.popleft()
        return True

    def _curve(self, name: str) -> Series:
        return self.curves.setdefault(name, Series())


def _job(run: Run) -> tuple[str, int]:
    """Return the title of the project that a run trains, and how many samples it takes a step."""
    usual = int(TRAINING.default(TRAINING.parameter("batch_size")))
    try:
        project = run.job.project
    except UserError:
        return "", 1
    training = project.get("training")
    size = training.get("batch_size") if isinstance(training, Mapping) else None
    return str(project.get("title", "")), size if isinstance(size, int) else usual
