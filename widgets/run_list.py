"""All runs of a folder in short, read by a thread of its own and kept as long as their files stay the same."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from builder import runs
from builder.runs import Run
from builder.states import State
from graphs.errors import UserError

_TOLD_EVERY = 32  # runs read between two signals, so that a long list fills while it is read

Stamp = tuple[int, ...]


@dataclass(frozen=True)
class RunSummary:
    """One run in short. metrics: the final ones by name, or those of the last epoch; times in seconds since 1970."""

    run: Run
    title: str
    project: str
    state: State
    device: str
    created: float
    seconds: float | None
    epochs: int
    metrics: Mapping[str, float] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number in the folder's name."""
        return self.run.number


class RunList(QObject):
    """Reads what there is when asked to; `changed` tells that `summaries` differ. `close` waits for the thread."""

    changed = Signal()
    _read = Signal(object, object)

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root
        self.summaries: Mapping[Path, RunSummary] = {}
        self._stamps: dict[Path, Stamp] = {}
        self._thread: threading.Thread | None = None
        self._again = False
        self._ending = threading.Event()
        self._read.connect(self._take)

    def refresh(self) -> None:
        """Read what changed since the last time."""
        if self._thread is not None:
            self._again = True
            return
        self._thread = threading.Thread(
            target=self._work, args=(dict(self._stamps), dict(self.summaries)), name="read runs", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Let the thread end."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join()

    def _work(self, stamps: dict[Path, Stamp], known: dict[Path, RunSummary]) -> None:
        """Runs in the thread: hands complete copies over, so that nothing is shared."""
        found = runs.list(self.root)
        folders = {run.folder for run in found}
        known = {folder: summary for folder, summary in known.items() if folder in folders}
        for count, run in enumerate(reversed(found), 1):
            if self._ending.is_set():
                return
            stamp = _stamp(run)
            held = known.get(run.folder)
            if stamps.get(run.folder) != stamp or (held is not None and not held.state.final):
                stamps[run.folder] = stamp
                summary = summarize(run)
                if summary is not None:
                    known[run.folder] = summary
            if count % _TOLD_EVERY == 0:
                self._read.emit(None, dict(known))
        self._read.emit(stamps, known)

    def _take(self, stamps: dict[Path, Stamp] | None, summaries: Mapping[Path, RunSummary]) -> None:
        if self._ending.is_set():
            return
        differ = summaries != self.summaries
        self.summaries = summaries
        if stamps is not None:
            self._stamps = stamps
            if self._thread is not None:
                self._thread.join()
            self._thread = None
        if differ:
            self.changed.emit()
        if stamps is not None and self._again:
            self._again = False
            self.refresh()


def summarize(run: Run) -> RunSummary | None:
    """Return a run in short; None for one that is no training or cannot be read."""
    try:
        job = run.job
    except UserError:
        return None
    if job.kind != "train":
        return None
    status, history, finished = run.status, run.history, run.finished
    metrics = dict(finished.metrics) if finished else {}
    epochs = int(metrics.pop("epochs", history[-1]["epoch"] if history else 0))
    if not any(name.startswith("validation.") for name in metrics) and history:
        own = ("epoch", "step", "seconds", "time")
        metrics |= {name: value for name, value in history[-1].items() if name not in own}
    seconds = sum(row["seconds"] for row in history) if history else None
    project = str(job.project.get("title", ""))
    created = status.started or status.created
    return RunSummary(run, run.title, project, run.state, status.device, created, seconds, epochs, metrics)


def _stamp(run: Run) -> Stamp:
    return tuple(_changed(path) for path in (run.folder / "run.json", run.folder / "title.json", run.metrics_file))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
