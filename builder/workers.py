"""Starting workers, talking to them, and ending them, without ever waiting for one."""

import json
import os
import secrets
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import events, folders, processes
from builder.events import Control, Event, Stop
from builder.lines import Tail
from builder.runs import Run
from builder.states import State
from graphs.errors import UserError

if TYPE_CHECKING:
    from builder.ring import Batch, Reader

GRACE = 10.0
"""Seconds that a worker has to end after Stop, and again after being told to terminate."""

_PROGRAM = ("-m", "builder.worker")
_POLL_EVERY = 0.02


class Worker:
    """A run's process as seen from the window: one that was started here, or one that was going on already."""

    def __init__(self, run: Run, child: "subprocess.Popen[bytes] | None" = None) -> None:
        self.run = run
        self._child = child
        process = run.process
        self._events = Tail(run.events_file, process.events_from if process else 0)
        self._reader: Reader | None = None
        self._cursor = 0
        self._code: int | None = None
        self._ending: list[float] = []

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._child.poll() is None if self._child else self.run.alive

    def poll(self) -> State:
        """Where the run stands; carries on what `terminate` began. To be called now and then, ten times a second."""
        state = self.run.state  # first: one that died a moment ago is then seen to be gone below, and its end is kept
        if self.alive:
            self._press()
            # The system lists a process as gone once its first thread is, and says how it ended once all are.
            return self.run.status.known_state if state is State.FAILED else state
        if self._child and self._code is None:
            self._code = self._child.wait()
            with suppress(UserError):  # a disk that is full, or a run that was deleted, is no reason to fail here
                self.run.write_exit(self._code, asked=bool(self._ending))
        return state

    def events(self) -> Sequence[Event]:
        """Events since the last call, at first all since the worker was started."""
        return events.decode_events(self._events.read())

    def metrics(self) -> "Batch | None":
        """Steps recorded since the last call, at first all that the ring still holds; None before the first.

        A run that was resumed may show a step twice. Raises FileProblem where the ring is damaged.
        """
        if self._reader is None:
            if not self.run.ring_file.exists():
                return None
            self._reader = self.run.ring()
        batch = self._reader.read(self._cursor)
        self._cursor = batch.cursor
        return batch

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of `metrics`, empty before the first."""
        return self._reader.columns if self._reader else ()

    def control(self, control: Control) -> None:
        """Ask the run for something."""
        self.run.control(control)

    def terminate(self, grace: float = GRACE) -> None:
        """End the run: Stop now, SIGTERM after `grace` seconds, SIGKILL after twice that. `poll` carries it out."""
        if not self._ending and self.alive:
            self.control(Stop())
            now = time.monotonic()
            self._ending = [now + grace, now + 2 * grace]

    def wait(self, timeout: float) -> State:
        """Poll until the process has ended. Raises TimeoutError; not for a window's own thread."""
        deadline = time.monotonic() + timeout
        while self.alive:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.run.title} is still {self.run.state} after {timeout:g} seconds")
            self.poll()
            time.sleep(_POLL_EVERY)
        return self.poll()

    def _press(self) -> None:
        process = self.run.process
        if process and self._ending and time.monotonic() > self._ending[0]:
            kill = time.monotonic() > self._ending[1]
            processes.end(process.identity, kill=kill)
            if self._child and kill:
                self._child.kill()  # one that has lost its first thread goes for gone above


class Spare:
    """An idle worker that has torch loaded already, so that the next run starts without that wait.

    Once it is ready it tells which devices there are, whether it was given a run meanwhile or not.
    """

    def __init__(self) -> None:
        self.token = secrets.token_hex(8)
        with (folders.logs() / "spare-worker.txt").open("wb") as log:
            arguments = (*_PROGRAM, "--wait", "--parent", str(os.getpid()), "--token", self.token)
            pipe = subprocess.PIPE
            self.child = _spawn(arguments, pipe, folders.data(), errors=log.fileno(), stdin=pipe)
        self._told: dict[str, Any] = {}
        self._hearing = threading.Thread(target=self._hear, name="hear spare worker", daemon=True)
        self._hearing.start()

    def told(self) -> Mapping[str, Any] | None:
        """What `devices.document` gives, once the worker has told it; empty where it could not, None until then."""
        return None if self._hearing.is_alive() else self._told

    def _hear(self) -> None:
        assert self.child.stdout is not None
        with self.child.stdout as pipe:
            for line in pipe:  # a library that is loaded may have something to say as well
                with suppress(ValueError):
                    self._told = dict(json.loads(line))
                    return

    @property
    def alive(self) -> bool:
        """Whether it can still be given a run."""
        return self.child.poll() is None and self.child.stdin is not None and not self.child.stdin.closed

    def give(self, run: Run) -> bool:
        """Hand it its run; False where it has died."""
        pipe = self.child.stdin
        if pipe is None or not self.alive:
            return False
        try:
            with pipe:
                pipe.write(json.dumps(str(run.folder)).encode() + b"\n")
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let it end, unused: it does so when its standard input does."""
        if self.child.stdin is not None:
            with suppress(OSError):
                self.child.stdin.close()
        try:
            self.child.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self._hearing.join()


def start(run: Run, spare: Spare | None = None, program: Sequence[str] = _PROGRAM) -> Worker:
    """Start the run's worker in a process of its own, or give the run to a spare one. Does not wait for it.

    A run that ended before is resumed by starting it again. Raises UserError where the run is under way already, its
    job cannot be read or no process can be started.
    """
    _ = run.job  # a damaged job is better refused here than in the worker's log
    with run.claim():
        if run.alive:
            raise UserError(f"{run.title} is running already.")
        run.prepare()
        if spare is not None and spare.alive:
            run.write_process(processes.identify(spare.child.pid), spare.token)
            if spare.give(run):
                return Worker(run, spare.child)
        token = secrets.token_hex(8)
        arguments = (str(run.folder), "--parent", str(os.getpid()), "--token", token)
        with run.log_file.open("ab") as log:
            child = _spawn((*program, *arguments), log.fileno(), run.folder)
        run.write_process(processes.identify(child.pid), token)
        return Worker(run, child)


def attach(run: Run) -> Worker:
    """A hold on a run that another window, or another start of this one, began."""
    return Worker(run)


def _spawn(
    arguments: Sequence[str],
    output: int,
    folder: Path,
    errors: int = subprocess.STDOUT,
    stdin: int = subprocess.DEVNULL,
) -> "subprocess.Popen[bytes]":
    # -P and the folder keep a file named torch.py beside someone's drawing from being taken for torch.
    command = [sys.executable, "-P", "-X", "faulthandler", "-X", "utf8", *arguments]
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    try:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=output,
            stderr=errors,
            cwd=folder,
            env=_environment(),
            start_new_session=True,
            creationflags=flags,
        )
    except OSError as error:
        raise UserError(f"No worker process could be started ({error.strerror}). Close other programs.") from error


def _environment() -> dict[str, str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    home = str(Path(__file__).resolve().parent.parent)
    named = [path for path in environment.pop("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(path)]
    # An installed package is found without help; put before the standard library, its folder would do harm.
    if home not in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")} and home not in named:
        named.insert(0, home)
    if named:
        environment["PYTHONPATH"] = os.pathsep.join(named)
    return environment
