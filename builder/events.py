"""What a worker says about its run (events) and what it is asked to do (controls), as typed JSON lines."""

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from builder import records
from builder.records import Document, Numbers
from graphs.errors import ValueProblem


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened in a run; `time` is in seconds since 1970."""

    time: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Started(Event):
    """Work begins. `why` says how the device was chosen; `total_steps` is None where it cannot be known."""

    device: str
    why: str = ""
    precision: str = "float32"
    total_epochs: int | None = None
    steps_per_epoch: int | None = None
    total_steps: int | None = None
    first_step: int = 0
    parameters: int | None = None


@dataclass(frozen=True)
class Progress(Event):
    """A sign of life in between: what is being done and, where known, the seconds left."""

    phase: str
    epoch: int = 0
    step: int = 0
    fraction: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True)
class EpochEnded(Event):
    """Metrics of one epoch (counted from 1), by name: `loss`, `validation.loss`, `validation.accuracy`..."""

    epoch: int
    step: int
    metrics: Numbers
    seconds: float = 0.0


@dataclass(frozen=True)
class Checkpointed(Event):
    """Weights were written to `path`, relative to the run's folder; `name` is best, last or a snapshot's name."""

    name: str
    path: str
    epoch: int
    step: int


@dataclass(frozen=True)
class ControlApplied(Event):
    """A control took effect at a step; `kind` is the control's class name."""

    kind: str
    step: int
    value: float | None = None


@dataclass(frozen=True)
class Message(Event):
    """A line for the person watching; `level` is info, warning or error, `node` the id of the node it is about."""

    level: str
    text: str
    node: str | None = None


@dataclass(frozen=True)
class Failed(Event):
    """The run ended without its result: what happened in plain words and what to try."""

    title: str
    what: str
    advice: str = ""
    node: str | None = None
    network: str | None = None
    last_checkpoint: str | None = None


@dataclass(frozen=True)
class Finished(Event):
    """The run ended as it should. `reason` is completed, stopped, or why it ended early; `results` is any JSON."""

    reason: str = "completed"
    metrics: Numbers = field(default_factory=dict)
    results: Document = field(default_factory=dict)


@dataclass(frozen=True)
class UnknownEvent(Event):
    """An event of a newer version, or one that does not read: kept as it came."""

    name: str
    fields: Document


@dataclass(frozen=True, kw_only=True)
class Control:
    """Something that a run is asked to do; `time` is in seconds since 1970."""

    time: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Pause(Control):
    """Hold after the step at hand."""


@dataclass(frozen=True)
class Resume(Control):
    """Go on after a pause."""


@dataclass(frozen=True)
class Step(Control):
    """Do one step and pause again."""


@dataclass(frozen=True)
class Stop(Control):
    """Finish the step at hand, write a checkpoint and end."""


@dataclass(frozen=True)
class Snapshot(Control):
    """Write a checkpoint that later ones do not replace."""


@dataclass(frozen=True)
class Detach(Control):
    """Go on when the window that started the run goes away, whatever the job says."""


@dataclass(frozen=True)
class Probe(Control):
    """Look, once a second and for so many seconds, at what flows along the wires."""

    seconds: float

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= 60:
            raise ValueProblem("seconds to look", self.seconds, "a number above 0, at most 60")


@dataclass(frozen=True)
class SetLearningRate(Control):
    """Change the base learning rate, keeping the schedule's shape."""

    lr: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lr) and self.lr > 0):
            raise ValueProblem("learning rate", self.lr, "a finite number above 0")


@dataclass(frozen=True)
class AddEpochs(Control):
    """Train for more epochs than planned."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueProblem("epochs to add", self.count, "a whole number from 1")


EVENTS: Mapping[str, type[Event]] = {
    kind.__name__: kind
    for kind in (Started, Progress, EpochEnded, Checkpointed, ControlApplied, Message, Failed, Finished)
}
CONTROLS: Mapping[str, type[Control]] = {
    kind.__name__: kind for kind in (Pause, Resume, Step, Stop, Snapshot, Detach, Probe, SetLearningRate, AddEpochs)
}
_Kind = TypeVar("_Kind", Event, Control)


def encode(record: Event | Control) -> dict[str, object]:
    """The JSON object of one line: `type`, `time`, then the record's own fields."""
    if isinstance(record, UnknownEvent):
        return {"type": record.name, "time": record.time, **record.fields}
    fields = records.write(record)
    return {"type": type(record).__name__, "time": fields.pop("time"), **fields}


def decode_events(documents: Iterable[dict[str, object]]) -> list[Event]:
    """Every line as an event; one that this version does not understand becomes an UnknownEvent."""
    return [_decode(EVENTS, document) or _unknown(document) for document in documents]


def decode_controls(documents: Iterable[dict[str, object]]) -> list[Control]:
    """The lines that are controls this version understands; a worker must not guess at the others."""
    decoded = (_decode(CONTROLS, document) for document in documents)
    return [control for control in decoded if control is not None]


def _decode(kinds: Mapping[str, type[_Kind]], document: dict[str, object]) -> _Kind | None:
    kind = kinds.get(str(document.get("type")))
    if kind is None:
        return None
    try:
        return records.read(kind, document)
    except (records.RecordProblem, ValueProblem):
        return None


def _unknown(document: dict[str, object]) -> UnknownEvent:
    fields = {key: value for key, value in document.items() if key not in ("type", "time")}
    moment = document.get("time")
    known = moment if isinstance(moment, (int, float)) and not isinstance(moment, bool) else 0.0
    return UnknownEvent(str(document.get("type")), fields, time=known)
