"""Words and marks for runs: what a state is called and looks like, how long things take, how far a run is."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.flowing import Flowing
from builder.states import State

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from widgets.theme import Theme
    from widgets.watch import Watch

SURE_FROM = 0.05  # of a run: before, the time left is said with "about"

_SHARES = ("accuracy", "f1")
_LESS_IS_BETTER = ("loss", "mae", "rmse")


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state is shown: an icon, and a role of chips and labels that is also the name of a status colour."""

    icon: str
    chip: str

    def colour(self, theme: "Theme") -> "QColor":
        """Return the colour of the icon."""
        colour: QColor = theme.text.secondary if self.chip == "neutral" else getattr(theme.status, self.chip)
        return colour


STATE_LOOKS: Mapping[State, StateLook] = {
    State.WAITING: StateLook("clock", "neutral"),
    State.RUNNING: StateLook("play", "running"),
    State.PAUSED: StateLook("pause", "warning"),
    State.STOPPING: StateLook("stop", "neutral"),
    State.STOPPED: StateLook("stop", "neutral"),
    State.DONE: StateLook("check", "success"),
    State.FAILED: StateLook("error", "error"),
}


def duration(seconds: float) -> str:
    """Return a time in two units at most: `42 s`, `3 min 08 s`, `2 h 05 min`, `3 d 4 h`."""
    whole = round(seconds)
    minutes, hours, days = whole // 60, whole // 3600, whole // 86400
    if days:
        return f"{days} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60:02} min"
    return f"{minutes} min {whole % 60:02} s" if minutes else f"{whole} s"


def rough(seconds: float) -> str:
    """Return a time in one unit: `6 min`."""
    whole = round(seconds)
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if whole >= size:
            return f"{round(whole / size)} {unit}"
    return f"{whole} s"


def percent(fraction: float) -> str:
    """Return `34 %`."""
    return f"{int(fraction * 100)} %"


def time_left(watch: "Watch", *, short: bool = False) -> str:
    """Return `6 min 12 s left`, with "about" while that is a guess; empty before it can be told."""
    left = watch.seconds_left
    if left is None or not watch.active:
        return ""
    about = "about " if watch.fraction < SURE_FROM else ""
    return f"{about}{rough(left) if short or about else duration(left)} left"


def epoch_text(watch: "Watch") -> str:
    """Return `epoch 14 of 40`: the epoch at hand while the run is under way, else how many were done."""
    at_hand = min(watch.epoch + 1, watch.total_epochs) if watch.active else watch.epoch
    return f"epoch {at_hand} of {watch.total_epochs}" if watch.total_epochs else ""


def progress_line(watch: "Watch") -> str:
    """Return a run in one line: `Run 7, epoch 14 of 40, 34 %, 6 min left`."""
    state = "" if watch.state is State.RUNNING else str(watch.state)
    share = percent(watch.fraction) if watch.active and watch.total_epochs else ""
    parts = (watch.title, state, epoch_text(watch), share, time_left(watch, short=True))
    return ", ".join(part for part in parts if part)


def metric_value(name: str, value: float) -> str:
    """Return a metric's value as it is written: shares in per cent, all else to four figures."""
    if value != value:
        return "not a number"
    if name.rpartition(".")[2] in _SHARES:
        return f"{value * 100:.1f} %"
    return f"{value:.3f}" if 0.01 <= abs(value) < 1000 or value == 0 else f"{value:.3g}"


def flowing_text(flowing: Flowing | None, path: Sequence[str], node: str, port: str) -> str:
    """Return `Step 1,200: mean 0.120, spread 0.830`; empty where nothing was seen there."""
    found = flowing.at(path, node, port) if flowing is not None else None
    if flowing is None or found is None:
        return ""
    mean, spread = (metric_value("", value) for value in found)
    return f"Step {flowing.step:,}: mean {mean}, spread {spread}"


def metric_title(name: str) -> str:
    """Return a metric's name for people: `species.accuracy` is `Accuracy, species`."""
    output, _, metric = name.removeprefix("validation.").rpartition(".")
    title = {"f1": "F1", "mae": "MAE", "rmse": "RMSE", "r2": "R²"}.get(metric, metric.replace("_", " ").capitalize())
    return f"{title}, {output}" if output else title


def less_is_better(name: str) -> bool:
    """Return whether a smaller value of a metric is the better one."""
    return name.rpartition(".")[2] in _LESS_IS_BETTER


def moment(seconds: float) -> str:
    """Return when something was: `10:42` today, `3 Mar 10:42` else."""
    when, today = time.localtime(seconds), time.localtime()
    if when[:3] == today[:3]:
        return time.strftime("%H:%M", when)
    return f"{when.tm_mday} {time.strftime('%b %Y' if when.tm_year != today.tm_year else '%b %H:%M', when)}"
