"""A run as the window follows it: state, progress, curves and messages, read from its folder in small bites."""

from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from builder import workers
from builder.events import (
    AddEpochs,
    ControlApplied,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Message,
    Pause,
    Resume,
    Started,
)
from builder.runs import Run
from builder.states import State
from builder.workers import Worker

Numbers = NDArray[numpy.float64]
STEPS_BEFORE_A_GUESS = 20


class Series:
    """Points of one curve, growing at the end; x never falls but where a resumed run goes back."""

    def __init__(self) -> None:
        self._points = numpy.empty((2, 256))
        self.count = 0

    @property
    def x(self) -> Numbers:
        """Where the points are: epochs, as fractions."""
        return self._points[0, : self.count]

    @property
    def y(self) -> Numbers:
        """The values."""
        return self._points[1, : self.count]

    def extend(self, x: Numbers, y: Numbers) -> None:
        """Add points; those of the curve that lie at or beyond the first new one are replaced by them."""
        if not len(x):
            return
        kept = int(numpy.searchsorted(self.x, x[0]))
        while kept + len(x) > self._points.shape[1]:
            self._points = numpy.concatenate([self._points, numpy.empty_like(self._points)], axis=1)
        self._points[0, kept : kept + len(x)] = x
        self._points[1, kept : kept + len(x)] = y
        self.count = kept + len(x)


@dataclass
class Mark:
    """Something done by hand that the curves show: where (in epochs) and a word."""

    epoch: float
    text: str


@dataclass
class Watch:
    """One run, followed. Call `look` ten times a second; it says whether anything changed.

    curves: by name, `loss` a point a step, and each metric a point an epoch (`validation.loss`, `accuracy`...).
    """

    run: Run
    worker: Worker
    state: State = State.WAITING
    curves: dict[str, Series] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    started: Started | None = None
    finished: Finished | None = None
    failed: Failed | None = None
    epoch: int = 0
    step: int = 0
    total_epochs: int = 0
    steps_per_epoch: int = 1
    last_epoch: EpochEnded | None = None
    best_epoch: int = 0
    began: float = 0.0
    latest: float = 0.0
    paused_for: float = 0.0
    _paused_at: float = 0.0

    @classmethod
    def of(cls, run: Run, worker: Worker | None = None) -> "Watch":
        """Follow a run from its beginning; without a worker, one that another window may have started."""
        return cls(run, worker or workers.attach(run))

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
        return max(0.0, self.latest - self.began - self.paused_for) if self.began else 0.0

    @property
    def seconds_left(self) -> float | None:
        """A guess at the time to the end; None before there are enough steps for one."""
        done = self.step - (self.started.first_step if self.started else 0)
        left = self.total_epochs * self.steps_per_epoch - self.step
        return self.seconds_so_far / done * left if done >= STEPS_BEFORE_A_GUESS else None

    def look(self) -> bool:
        """Read what is new."""
        before = self.state
        self.state = self.worker.poll()
        events = self.worker.events()
        for event in events:
            self._take(event)
        steps = self._take_steps()
        if before is not self.state and self.state is State.FAILED and self.failed is None:
            self.failed = self.run.failure
        return bool(events) or steps or before is not self.state

    def _take(self, event: Event) -> None:
        match event:
            case Started():
                self.started, self.began, self.latest = event, event.time, max(self.latest, event.time)
                self.total_epochs, self.steps_per_epoch = event.total_epochs or 0, event.steps_per_epoch or 1
                self.finished = self.failed = None
            case EpochEnded():
                self._take_epoch(event)
            case ControlApplied():
                self._take_control(event)
            case Message():
                self.messages.append(event)
            case Finished():
                self.finished = event
            case Failed():
                self.failed = event

    def _take_epoch(self, event: EpochEnded) -> None:
        self.last_epoch, self.epoch, self.latest = event, event.epoch, event.time
        self.step = max(self.step, event.step)
        for name, value in event.metrics.items():
            self._curve(name if name != "loss" else "epoch.loss").extend(
                numpy.array([float(event.epoch)]), numpy.array([value])
            )
        watched = self._curve("validation.loss" if "validation.loss" in event.metrics else "epoch.loss")
        self.best_epoch = int(watched.x[int(numpy.argmin(watched.y))])

    def _take_control(self, event: ControlApplied) -> None:
        place = event.step / self.steps_per_epoch
        if event.kind == Pause.__name__:
            self._paused_at = event.time
        elif event.kind == Resume.__name__ and self._paused_at:
            self.paused_for += event.time - self._paused_at
            self._paused_at = 0.0
        elif event.kind == AddEpochs.__name__ and event.value:
            self.total_epochs += int(event.value)
        words = {"SetLearningRate": f"lr {event.value:g}" if event.value else "lr", "Snapshot": "snapshot"}
        if event.kind in words:
            self.marks.append(Mark(place, words[event.kind]))

    def _take_steps(self) -> bool:
        batch = self.worker.metrics()
        if batch is None or not len(batch.rows):
            return False
        columns = {name: batch.rows[:, place] for place, name in enumerate(self.worker.columns)}
        self._curve("loss").extend(columns["step"] / self.steps_per_epoch, columns["loss"])
        self._curve("lr").extend(columns["step"] / self.steps_per_epoch, columns["lr"])
        self.step, self.latest = int(columns["step"][-1]), float(columns["time"][-1])
        return True

    def _curve(self, name: str) -> Series:
        return self.curves.setdefault(name, Series())
