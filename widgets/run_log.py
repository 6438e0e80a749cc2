"""What the log says of a run: a line for each event that a person may want to read again."""

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
    Started,
)
from widgets.figures import counted
from widgets.run_words import duration, metric_value

_OFTEN = ("best", "last")  # checkpoints written again and again


def log_line(event: Event) -> Message | None:
    """Return what the log says of an event, at its time; None for what would only fill it."""
    match event:
        case Message():
            return event
        case Started():
            return _said(event, _beginning(event))
        case EpochEnded():
            figures = "  ".join(f"{name} {metric_value(name, value)}" for name, value in event.metrics.items())
            return _said(event, f"Epoch {event.epoch}, {duration(event.seconds)}: {figures}")
        case ControlApplied():
            return _said(event, _control(event)) if _control(event) else None
        case Checkpointed() if event.name not in _OFTEN:
            return _said(event, f"Kept the weights of step {event.step:,} as {event.path}")
        case Finished():
            best = event.metrics.get("best_epoch")
            return _said(event, f"{event.reason.capitalize()}{f', best in epoch {best:g}' if best else ''}")
        case Failed():
            parts = (f"{event.title}.", event.what, event.advice)
            return _said(event, " ".join(filter(None, parts)), "error")
    return None


def _beginning(event: Started) -> str:
    verb = f"Goes on from step {event.first_step:,}" if event.first_step else "Begins"
    taken = event.why.removeprefix("auto: ")  # begins with the device's own name
    device = taken if taken != event.why else f"{event.device}{f', {taken}' if taken else ''}"
    epochs = counted(event.total_epochs, "epoch") if event.total_epochs else ""
    steps = f" of {counted(event.steps_per_epoch, 'step')}" if epochs and event.steps_per_epoch else ""
    return f"{verb} on {device}{f'. {epochs}{steps}' if epochs else ''}"


def _control(event: ControlApplied) -> str:
    at = f"at step {event.step:,}"
    words = {
        Pause.__name__: f"Paused {at}",
        Resume.__name__: f"Resumed {at}",
        SetLearningRate.__name__: f"Learning rate set to {event.value:g} {at}" if event.value is not None else "",
        AddEpochs.__name__: f"{event.value:g} epochs more {at}" if event.value is not None else "",
    }
    return words.get(event.kind, "")


def _said(event: Event, text: str, level: str = "info") -> Message:
    return Message(level, text, time=event.time)
