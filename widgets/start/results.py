"""What came of the last run of each recent project, in a few words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.states import State
from widgets.run_list import RunSummary
from widgets.run_words import STATE_LOOKS, metric_title, metric_value, percent

if TYPE_CHECKING:
    from widgets.watch import Watch


@dataclass(frozen=True, slots=True)
class Result:
    """`text` with an icon; `role` is the style of both."""

    text: str
    icon: str
    role: str


NOT_TRAINED = Result("not trained yet", "clock", "secondary")
MISSING = Result("missing", "question", "tertiary")

# The metric worth a word, best first; of validation where there is such.
_TELLING = ("accuracy", "f1", "r2", "mae", "rmse")


def last_results(summaries: Iterable[RunSummary], active: "Watch | None") -> Mapping[str, Result]:
    """Return by project title what its newest run came to; of the run under way, how far it is."""
    newest: dict[str, RunSummary] = {}
    for summary in sorted(summaries, key=lambda one: one.created):
        newest[summary.project] = summary
    return {title: result_of(summary, active) for title, summary in newest.items()}


def result_of(summary: RunSummary, active: "Watch | None") -> Result:
    """Return what a run came to."""
    if active is not None and active.run.folder == summary.run.folder:  # known better than when the list was read
        share = f", {percent(active.fraction)}" if active.total_epochs else ""
        return _under_way(active.state, share)
    if not summary.state.final:
        return _under_way(summary.state)
    if summary.state is State.FAILED:
        return Result("failed", "error", "error")
    for word in _TELLING:
        for name, value in sorted(summary.metrics.items(), reverse=True):  # validation comes first so
            if name.rpartition(".")[2] == word:
                return Result(f"{metric_value(name, value)} {_word(name)}", "check", "success")
    return Result("trained", "check", "success")


def _under_way(state: State, share: str = "") -> Result:
    return Result(f"{state}{share}".replace("running", "training"), STATE_LOOKS[state].icon, "running")


def _word(name: str) -> str:
    title = metric_title(name).partition(",")[0]
    return title.lower() if title.istitle() else title
