"""What the window says about the run under way, in one line, wherever there is room for one."""

from widgets.figures import clock
from widgets.watch import Watch


def run_note(watch: Watch) -> str:
    """Return what the canvas strip says while a run trains."""
    since = f" as it was at {clock(watch.began)}" if watch.began else ""
    return f"{watch.run.title} trains this drawing{since}; edits go to the next run"


def run_line(watch: Watch) -> str:
    """Return where a run stands: `Run 7, epoch 14 of 40, 34 %, 6 min left`."""
    parts = [watch.run.title]
    if watch.total_epochs:
        parts.append(f"epoch {min(watch.epoch + 1, watch.total_epochs)} of {watch.total_epochs}")
        parts.append(f"{watch.fraction * 100:.0f} %")
    left = watch.seconds_left
    if left is not None:
        parts.append(f"{duration(left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it: `40 s`, `6 min`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
