"""Training from the command line: starts a worker, shows how it goes, and stops it with a checkpoint on Ctrl+C."""

import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from builder import folders, opening, runs, workers
from builder.differences import brief, differences
from builder.events import EpochEnded, Event, Message, Started
from builder.jobs import GO_ON, Job
from builder.overrides import override
from builder.runs import Run
from builder.training.choices import TRAINING
from builder.workers import Worker
from graphs import files
from graphs.errors import UserError
from graphs.project import Project

LOOK_EVERY = 0.05  # seconds
BAR, TIMES = 16, 20  # letters that the bar takes, and the two times beside it with what stands between
_ENDING = (signal.SIGINT, signal.SIGTERM)


def train(file: Path, project: Project, device: str | None, out: Path | None, *, resume: bool, quiet: bool) -> Run:
    """Train `project`, which is what `file` holds and the choices made beside it, in a worker; return the run.

    device: None for the automatic choice or, of a run that is resumed, the one it had. resume: go on with the newest
    run in the folder that was made from this file. Raises UserError when it fails.
    """
    root = (out or folders.runs()).expanduser()
    if resume:
        run = _resumable(root, file, project, device)
    else:
        base = str(file.resolve().parent)
        run = Run.create(root, Job("train", files.to_json(project), device or "auto", {}, base, GO_ON), file.stem)
    with _interrupts() as asked:
        _follow(workers.start(run), Console(stderr=True, quiet=quiet), asked)
    if failure := run.failure:
        parts = (failure.what, failure.advice, f"See {run.log_file}.")
        raise UserError(" ".join(parts) if failure.advice else failure.what)
    return run


def _resumable(root: Path, file: Path, project: Project, device: str | None) -> Run:
    """Return the newest run of `file`, made ready for as many epochs as `project` asks for, and for `device`.

    Raises UserError where there is none, or where something else than the number of epochs has changed since.
    """
    run = _newest(root, str(file.resolve().parent), file.stem)
    before = override(files.from_json(run.job.project), run.job.overrides)
    epochs = TRAINING.complete(project.training)["epochs"]
    same = replace(project, training={**project.training, "epochs": before.training.get("epochs")})
    if found := differences(replace(before, training={"epochs": None, **before.training}), same):
        raise UserError(
            f"{file} is not what {run.folder.name} trains. {brief(found)} "
            "Undo that to go on with the run, or leave --resume out to start another."
        )
    if device is not None:
        run.move(device)
    planned = TRAINING.complete(before.training)["epochs"]
    if epochs > planned:
        run.extend(epochs)
    elif epochs < planned:
        opening.note(f"{run.folder.name} goes on to the {planned:,} epochs that it was started for.")
    return run


def _newest(root: Path, base: str, title: str) -> Run:
    """Return the newest run; one that ended before its first checkpoint has nothing to go on from."""
    for run in reversed(runs.list(root)):
        with suppress(UserError):  # one damaged run must not hide the others
            same = run.job.kind == "train" and run.job.base == base and run.status.title == title
            if same and (run.last is not None or not run.state.final):
                return run
    raise UserError(f"{root} holds no run of this file to go on with. Leave --resume out to start one.")


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Collect what asks this process to end, instead of being torn out of whatever it is doing just then.

    A worker lives on by itself: an exception between its start and the first look at it would leave it alone.
    """
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield asked  # Python hears signals in the main thread alone
        return
    before = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in _ENDING}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _follow(worker: Worker, console: Console, asked: list[int]) -> None:
    """Show a run until it ends; the first thing in `asked` stops it, a second one leaves it to stop alone."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(BAR),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    # Where no person looks on, a bar would leave no more than an empty line behind.
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("starting", total=None, figures="")
        stopping = False
        while len(asked) < 2:
            alive = worker.alive
            worker.poll()
            for event in worker.events():
                _show(event, progress, task)
            if not alive:
                return
            if asked and not stopping:
                stopping = True
                progress.update(task, description="stopping")
                worker.terminate()
            time.sleep(LOOK_EVERY)
    raise KeyboardInterrupt


def figures(metrics: Mapping[str, float], room: int) -> str:
    """Return as many metrics as have room in so many letters: how good it is on rows not learned from goes first."""
    line = ""
    for name in sorted(metrics, key=lambda name: (not name.startswith("validation."), name.endswith("loss"))):
        longer = f"{line}  {name} {metrics[name]:.4g}".strip()
        if len(longer) > room:
            break
        line = longer
    return line


def _show(event: Event, progress: Progress, task: TaskID) -> None:
    match event:
        case Started(total_epochs=total):
            progress.update(task, description="training", total=total)
        case EpochEnded(epoch=epoch, metrics=metrics):
            planned = progress.tasks[task].total
            description = f"epoch {epoch}" + (f" of {planned:.0f}" if planned else "")
            room = progress.console.width - len(description) - BAR - TIMES
            progress.update(task, completed=epoch, description=description, figures=figures(metrics, room))
        case Message(level=level, text=text) if level != "info":
            progress.console.print(f"{level}: {text}", highlight=False, markup=False)
