"""Training from the command line: starts a worker, shows how it goes, and stops it with a checkpoint on Ctrl+C."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from builder import folders, runs, workers
from builder.events import EpochEnded, Event, Message, Started
from builder.jobs import GO_ON, Job
from builder.overrides import override
from builder.runs import Run
from builder.workers import Worker
from graphs import files
from graphs.errors import UserError

LOOK_EVERY = 0.05  # seconds


def train(file: Path, device: str, overrides: Mapping[str, Any], out: Path | None, *, resume: bool, quiet: bool) -> Run:
    """Train `file` in a worker process and return its run.

    resume: go on with the newest run in the folder that was made from this file. Raises UserError when it fails.
    """
    root = (out or folders.runs()).expanduser()
    document = files.to_json(override(files.load(file), overrides))  # a bad choice is refused before a run is made
    base = str(file.resolve().parent)
    if resume:
        run = _newest(root, base, document["title"])
    else:
        run = Run.create(root, Job("train", document, device, {}, base, GO_ON), file.stem)
    _follow(workers.start(run), Console(stderr=True, quiet=quiet))
    if failure := run.failure:
        raise UserError(" ".join(part for part in (failure.what, failure.advice, f"See {run.log_file}.") if part))
    return run


def _newest(root: Path, base: str, title: str) -> Run:
    for run in reversed(runs.list(root)):
        if run.job.kind == "train" and run.job.base == base and run.job.project.get("title") == title:
            return run
    raise UserError(f"{root} holds no run of this file to go on with. Leave --resume out to start one.")


def _follow(worker: Worker, console: Console) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("starting", total=None, figures="")
        asked = False
        while True:
            try:
                alive = worker.alive
                worker.poll()
                for event in worker.events():
                    _show(event, progress, task)
                if not alive:
                    return
                time.sleep(LOOK_EVERY)
            except KeyboardInterrupt:
                if asked:
                    raise
                asked = True
                progress.update(task, description="stopping")
                worker.terminate()


def _show(event: Event, progress: Progress, task: TaskID) -> None:
    match event:
        case Started(total_epochs=total):
            progress.update(task, description="training", total=total)
        case EpochEnded(epoch=epoch, metrics=metrics):
            figures = "  ".join(f"{name} {value:.4g}" for name, value in metrics.items())
            progress.update(task, completed=epoch, description=f"epoch {epoch}", figures=figures)
        case Message(level=level, text=text) if level != "info":
            progress.console.print(f"{level}: {text}", highlight=False, markup=False)
