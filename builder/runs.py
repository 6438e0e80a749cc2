"""A run and what it leaves behind: the folder is the truth, whoever reads it."""

import json
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from builder import events, jobs, locks, processes, records
from builder.events import Control, EpochEnded, Event, Failed, Finished, Stop
from builder.flowing import Flowing
from builder.jobs import Job
from builder.lines import Tail, append
from builder.processes import Identity
from builder.records import Record
from builder.states import Exit, Process, State, Status, Title
from graphs.errors import FileProblem, UserError
from graphs.filing.atomic import write_bytes

if TYPE_CHECKING:
    from builder.ring import Reader

BEST = "best.safetensors"
LAST = "last.safetensors"

_JOB = "job.json"
_STATUS = "run.json"
_PROCESS = "process.json"
_EXIT = "exit.json"
_FLOWING = "flowing.json"
_NUMBERED = re.compile(r"run-(\d{1,9})")
_REMOTE_SILENCE = 60.0
_LOG_TAIL = 65536


class Run:
    """One run's folder. Reading it never waits for the worker, and two windows may read the same one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events_file = folder / "events.jsonl"
        self.controls_file = folder / "controls.jsonl"
        self.metrics_file = folder / "metrics.jsonl"
        self.ring_file = folder / "metrics.ring"
        self.log_file = folder / "log.txt"
        self.heartbeat_file = folder / "heartbeat"
        self.project_file = folder / "project.netwright"
        self.checkpoints = folder / "checkpoints"

    @classmethod
    def create(cls, root: Path, job: Job, title: str = "") -> Self:
        """Make the next numbered run folder under `root`. Raises UserError where it cannot be written."""
        try:
            root.mkdir(parents=True, exist_ok=True)
            number, folder = _next_folder(root)
            run = cls(folder.absolute())
            run.checkpoints.mkdir()
            if job.project:
                write_bytes(run.project_file, _pretty(job.project))
            run.write_status(Status(title or f"Run {number}", seed=_seed(job), versions=_versions()))
            run._write_job(job)  # last: it is what makes the folder a run
        except OSError as error:
            raise UserError(f"{root}: a run cannot be kept here ({error.strerror}). Choose another folder.") from error
        return run

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The run in this folder. Raises UserError where there is none."""
        if not (folder / _JOB).is_file():
            raise UserError(f"{folder}: this is no run: it holds no {_JOB}.")
        return cls(folder.absolute())

    @property
    def job(self) -> Job:
        """The job. Raises UserError where job.json is damaged or of a newer version."""
        path = self.folder / _JOB
        try:
            return jobs.from_json(path.read_bytes(), str(path))
        except OSError as error:
            raise FileProblem(path, f"the job cannot be read ({error.strerror}).") from error

    def extend(self, epochs: int) -> None:
        """Let the run train to this many epochs when it is started again."""
        self._write_job(replace(self.job, overrides={**self.job.overrides, "training.epochs": epochs}))

    def move(self, device: str) -> None:
        """Let the run train on this device when it is started again."""
        self._write_job(replace(self.job, device=device))

    @property
    def status(self) -> Status:
        """What run.json says, as it stands; `state` is the honest answer."""
        return self._read(Status, _STATUS) or Status(self.folder.name, State.FAILED, created=0.0)

    @property
    def title(self) -> str:
        """The name that people see: their own where they gave one."""
        given = self._read(Title, "title.json")
        return given.title if given else self.status.title

    def rename(self, title: str) -> None:
        """Give the run a name of one's own."""
        if not title.strip():
            raise UserError("A run needs a name with at least one letter.")
        self._write(Title(title.strip()), "title.json")

    @property
    def number(self) -> int:
        """The number in the folder's name, 0 where it has none."""
        match = _NUMBERED.fullmatch(self.folder.name)
        return int(match[1]) if match else 0

    @property
    def state(self) -> State:
        """Where the run stands. A run whose process is gone before it said that it ended has failed."""
        alive = self.alive  # before the status: a worker says that it ended, and then ends
        state = self.status.known_state
        if state.final:
            return state
        if alive:
            asked = any(isinstance(control, Stop) for control in self.controls())
            return State.STOPPING if asked else state
        return State.WAITING if self.process is None else State.FAILED

    @property
    def process(self) -> Process | None:
        """The process that works on the run or was the last to do so."""
        return self._read(Process, _PROCESS)

    @property
    def exit(self) -> Exit | None:
        """How that process ended, where the process that started it was there to see."""
        return self._read(Exit, _EXIT)

    @property
    def alive(self) -> bool:
        """Whether a process works on the run; of another machine's, the heartbeat tells."""
        process = self.process
        if process is None:
            return False
        if process.identity.here:
            return process.identity.alive
        return not self.status.known_state.final and self.silence < _REMOTE_SILENCE

    @property
    def silence(self) -> float:
        """Seconds since the worker's loop last gave a sign of life; infinite where it never has."""
        try:
            return max(0.0, time.time() - self.heartbeat_file.stat().st_mtime)
        except OSError:
            return float("inf")

    def events(self) -> tuple[Event, ...]:
        """All events so far, oldest first."""
        return tuple(events.decode_events(Tail(self.events_file).read()))

    def controls(self) -> tuple[Control, ...]:
        """What the run was asked since its worker was last started."""
        return tuple(events.decode_controls(Tail(self.controls_file).read()))

    def control(self, control: Control) -> None:
        """Ask the worker for something."""
        try:
            append(self.controls_file, events.encode(control))
        except OSError as error:
            raise FileProblem(self.controls_file, f"the run cannot be reached ({error.strerror}).") from error

    @property
    def history(self) -> tuple[dict[str, float], ...]:
        """One row an epoch, in order: `epoch`, `step`, `seconds`, `time` and the metrics by name."""
        rows: dict[float, dict[str, float]] = {}
        for document in Tail(self.metrics_file).read():
            with suppress(records.RecordProblem):
                ended = records.read(EpochEnded, document)
                row = {"epoch": ended.epoch, "step": ended.step, "seconds": ended.seconds, "time": ended.time}
                # A run that was resumed from a checkpoint may have done an epoch twice: the later one counts.
                rows[ended.epoch] = {**row, **ended.metrics}
        return tuple(rows[epoch] for epoch in sorted(rows))

    @property
    def finished(self) -> Finished | None:
        """The closing event of a run that ended as it should."""
        if self.state not in (State.DONE, State.STOPPED):
            return None  # a run that was resumed may hold the closing event of an earlier start
        return next((event for event in reversed(self.events()) if isinstance(event, Finished)), None)

    @property
    def metrics(self) -> dict[str, float]:
        """The final metrics by name; those of the last epoch while there are none."""
        finished = self.finished
        if finished and finished.metrics:
            return dict(finished.metrics)
        own = ("epoch", "step", "seconds", "time")
        return {name: value for row in self.history[-1:] for name, value in row.items() if name not in own}

    @property
    def failure(self) -> Failed | None:
        """Why the run failed, also where its worker could not say so; None where it has not."""
        if self.state is not State.FAILED:
            return None
        said = next((event for event in reversed(self.events()) if isinstance(event, (Failed, Finished))), None)
        return said if isinstance(said, Failed) and self.status.known_state is State.FAILED else self._lost()

    def _lost(self) -> Failed:
        end = self.exit
        how = f" ({processes.exit_words(end.code)})" if end else ""
        advice = "See the log for its last words."
        if end and end.code == -9 and not end.asked:
            advice = "Systems do this when memory runs out: close other programs or halve the batch size."
        last = str(self.last.relative_to(self.folder)) if self.last else None
        return Failed(
            "The run was lost",
            f"Its process ended without a word{how}.",
            advice + (" The run can be resumed from its last checkpoint." if last else ""),
            last_checkpoint=last,
        )

    @property
    def last(self) -> Path | None:
        """The newest weights, None before the first checkpoint."""
        path = self.checkpoints / LAST
        return path if path.is_file() else None

    @property
    def best(self) -> Path | None:
        """The weights that did best on validation; the newest where nothing was validated."""
        path = self.checkpoints / BEST
        return path if path.is_file() else self.last

    def log(self) -> str:
        """The end of the log, at most 64 KB."""
        try:
            with self.log_file.open("rb") as file:
                file.seek(max(0, self.log_file.stat().st_size - _LOG_TAIL))
                return file.read().decode("utf-8", errors="replace")
        except OSError:
            return ""

    def ring(self) -> "Reader":
        """A reader of the metrics of each step. Raises FileProblem where there are none yet."""
        from builder.ring import Reader  # it needs numpy, which a list of runs does not

        return Reader(self.ring_file)

    def write_status(self, status: Status) -> None:
        """Replace run.json; its worker's right alone while the run is under way."""
        self._write(status, _STATUS)

    def write_flowing(self, flowing: Flowing) -> None:
        """Keep what flows along the wires, in place of what was seen before."""
        self._write(flowing, _FLOWING)

    def flowing(self, newer_than: int = 0) -> tuple[Flowing, int] | None:
        """Return what was seen last and when, in ns; None for nothing, or nothing newer."""
        path = self.folder / _FLOWING
        with suppress(OSError, ValueError):
            when = path.stat().st_mtime_ns
            if when > newer_than:
                return records.read(Flowing, json.loads(path.read_bytes())), when
        return None

    def write_exit(self, code: int, *, asked: bool) -> None:
        """Keep how the worker ended."""
        self._write(Exit(code, asked), _EXIT)

    @contextmanager
    def claim(self, token: str = "") -> Iterator[None]:
        """Hold the right to start work on the run.

        Raises UserError where another process works on it, other than one that was launched with the same token.
        """
        with locks.held(self.folder / "lock"):
            process = self.process
            mine = process is not None and token and process.token == token
            if process is not None and not mine and self.alive and process.identity != processes.identify():
                raise UserError(f"{self.title} is running already, in process {process.pid}.")
            yield

    def prepare(self) -> None:
        """Clear what belonged to an earlier start; call it inside `claim`."""
        for name in (_EXIT, _PROCESS, _FLOWING, self.controls_file.name, self.heartbeat_file.name):
            (self.folder / name).unlink(missing_ok=True)
        self.write_status(replace(self.status, state=State.WAITING, finished=None))

    def write_process(self, identity: Identity, token: str = "") -> None:
        """Keep which process works on the run; call it inside `claim`."""
        length = self.events_file.stat().st_size if self.events_file.exists() else 0
        self._write(Process(identity.pid, identity.birth, identity.host, token, length), _PROCESS)

    def release(self) -> None:
        """Let go of the run, where this process lives on after its work."""
        (self.folder / _PROCESS).unlink(missing_ok=True)

    def delete(self) -> None:
        """Remove the folder. Raises UserError while the run is under way."""
        if self.alive:
            raise UserError(f"{self.title} is running. Stop it before deleting it.")
        doomed = self.folder.with_name(f".deleted-{self.folder.name}-{time.time_ns()}")
        try:
            self.folder.rename(doomed)  # at once, so that half a run is never seen
            shutil.rmtree(doomed)
        except OSError as error:
            raise FileProblem(self.folder, f"the run cannot be deleted ({error.strerror}).") from error

    def _write_job(self, job: Job) -> None:
        write_bytes(self.folder / _JOB, jobs.to_json(job).encode())

    def _read(self, kind: type[Record], name: str) -> Record | None:
        try:
            return records.read(kind, json.loads((self.folder / name).read_bytes()))
        except (OSError, ValueError, RecursionError):
            return None

    def _write(self, record: object, name: str) -> None:
        write_bytes(self.folder / name, _pretty(records.write(record)))


def list(root: Path) -> tuple[Run, ...]:
    """The runs under a folder, oldest first; what is no run is passed over."""
    try:
        folders = [path for path in root.iterdir() if _NUMBERED.fullmatch(path.name) and (path / _JOB).is_file()]
    except OSError:
        return ()
    return tuple(sorted((Run(path.absolute()) for path in folders), key=lambda run: run.number))


def _next_folder(root: Path) -> tuple[int, Path]:
    number = max((int(match[1]) for path in root.iterdir() if (match := _NUMBERED.fullmatch(path.name))), default=0)
    while True:
        number += 1
        folder = root / f"run-{number:04}"
        with suppress(FileExistsError):  # another window took the number
            folder.mkdir()
            return number, folder


def _seed(job: Job) -> int | None:
    training = job.project.get("training")
    seed = job.overrides.get("training.seed", training.get("seed") if isinstance(training, Mapping) else None)
    return seed if type(seed) is int else None


def _versions() -> dict[str, object]:
    from importlib.metadata import PackageNotFoundError, version  # for the run that begins, not for a list of them

    found: dict[str, object] = {"python": sys.version.split()[0]}
    for name in ("netwright", "torch", "numpy"):
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _pretty(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
