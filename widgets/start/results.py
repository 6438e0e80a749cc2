"""What came of the last run of each recent project, in a few words."""

import itertools
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from builder.runs import Run
from builder.states import State
from graphs.errors import UserError

MOST_RUNS = 40


@dataclass(frozen=True, slots=True)
class Result:
    """`text` with an icon; `role` is the style of both."""

    text: str
    icon: str
    role: str


NOT_TRAINED = Result("not trained yet", "clock", "secondary")
MISSING = Result("missing", "question", "tertiary")

_METRICS = (("accuracy", "{:.1%} accuracy"), ("f1", "F1 {:.3f}"), ("mae", "MAE {:.3g}"), ("rmse", "RMSE {:.3g}"))


def last_results(runs: Iterable[Run]) -> Mapping[str, Result]:
    """Return by project title what its newest run came to; a run that cannot be read is passed over."""
    found: dict[str, Result] = {}
    for run in itertools.islice(runs, MOST_RUNS):
        with suppress(UserError):
            title = str(run.job.project.get("title", ""))
            if title not in found:
                found[title] = result_of(run)
    return found


def result_of(run: Run) -> Result:
    """Return what a run came to."""
    state = run.state
    if not state.final:
        return Result("training", "play", "running")
    if state is State.FAILED:
        return Result("failed", "error", "error")
    metrics = run.metrics
    for word, form in _METRICS:
        for name in (f"validation.{word}", word):
            if name in metrics:
                return Result(form.format(metrics[name]).replace("%", " %"), "check", "success")
    return Result("trained", "check", "success")
