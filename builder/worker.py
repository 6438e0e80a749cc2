"""The worker: `python -m builder.worker FOLDER` does the job of a run folder; with `--wait` it gets ready first."""

import argparse
import faulthandler
import gc
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, cast

from builder import devices, processes
from builder.events import Finished
from builder.failures import explain
from builder.jobs import KINDS
from builder.runs import Run
from builder.session import Session
from graphs.errors import UserError
from graphs.garbage import uncollected

Entry = Callable[[Session], Finished]
"""What does a job: it says Started, hears controls, and gives the closing event or raises."""

_STOPPERS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
_WATCH_EVERY = 1.0
_LAST_GRACE = 10.0
_LONGEST_STEP = 300.0


def main(argv: Sequence[str] | None = None, entry: Entry | None = None) -> int:
    """Do one job. Exit codes: 0 done or stopped, 1 failed, 2 nothing was begun."""
    arguments = _parser().parse_args(argv)
    faulthandler.enable()
    _forget_working_folder()
    folder = _folder_from_parent() if arguments.wait else arguments.folder
    if folder is None:
        return 0  # the window went away before it needed this worker
    parent = processes.identify(arguments.parent) if arguments.parent else None
    try:
        run = Run.open(folder)
        if arguments.wait:
            _redirect(run.log_file)
        _take(run, arguments.token)
        session = Session(run, parent=parent, own_process=True)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    threading.Thread(target=_watch, args=(session,), name="watch for the window", daemon=True).start()
    return run_job(session, entry)


def run_here(run: Run, entry: Entry | None = None) -> int:
    """Do a run's job in this process. Raises UserError where another process is at it."""
    _take(run, "")
    try:
        return run_job(Session(run), entry)
    finally:
        run.release()


def run_job(session: Session, entry: Entry | None = None) -> int:
    """Do the session's job and say how it ended; gives the exit code. `entry` goes before the kind's own."""
    try:
        with _hearing_signals(session):
            work = resolve(session.job.kind) if entry is None else entry
            if session.own_process:
                gc.freeze()  # what was loaded stays: no collection from here on, the last one included, looks it over
            session.emit(work(session))
        return 0
    # Whatever ends the work, an exit from inside it included, the run must say so.
    except BaseException as error:
        # What the person can mend is told in words; where in the program it was noticed is of no use to them.
        session.write_log(f"error: {error}" if isinstance(error, UserError) else traceback.format_exc())
        last = session.run.last
        session.emit(explain(error, str(last.relative_to(session.run.folder)) if last else None))
        return 1
    finally:
        session.close()


def resolve(kind: str) -> Entry:
    """The function that does a kind of job, from the table in `builder.jobs` and nowhere else."""
    module, _, name = KINDS[kind].entry.partition(":")
    with uncollected():  # imports leave no garbage, and looking for it takes a tenth of the time that torch loads
        return cast("Entry", getattr(import_module(module), name))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m builder.worker", description="Do the job of a run folder.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", nargs="?", type=Path, help="the run's folder")
    what.add_argument("--wait", action="store_true", help="get ready, then read the folder from standard input")
    parser.add_argument("--parent", type=int, default=0, help="number of the process whose end may stop the run")
    parser.add_argument("--token", default="", help="proof that the run was prepared for this worker")
    return parser


def _forget_working_folder() -> None:
    """A file named torch.py in the folder where the command is run must not be taken for torch."""
    home = Path(__file__).resolve().parent.parent
    here = Path.cwd().resolve()
    if here != home:
        sys.path[:] = [path for path in sys.path if path and Path(path).resolve() != here]


def _folder_from_parent() -> Path | None:
    """Get ready, tell the window which devices there are, and wait for the folder of a run."""
    told: dict[str, Any] = {}
    with suppress(ImportError, RuntimeError):  # a run says itself, in its own log, what it lacks
        resolve("train")  # loads torch and the trainer
        told = devices.document()
    with suppress(OSError):  # nobody there to hear it
        print(json.dumps(told), flush=True)
    line = sys.stdin.readline()
    return Path(json.loads(line)) if line.strip() else None


def _redirect(log: Path) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the window that heard it may be gone
            stream.flush()
        os.dup2(descriptor, stream.fileno())
    os.close(descriptor)


def _take(run: Run, token: str) -> None:
    with run.claim(token):
        process = run.process
        if process is None or not token or process.token != token:
            run.prepare()
        run.write_process(processes.identify(), token)


@contextmanager
def _hearing_signals(session: Session) -> Iterator[None]:
    """Take signals to end for a Stop; whoever sends a second one does not want to wait."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python hears signals in the main thread alone
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        session.ask_to_stop()
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

    numbers = [getattr(signal, name) for name in _STOPPERS if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _watch(session: Session) -> None:
    """Stop the run when its window is gone; end the process where the run does not hear."""
    moment = threading.Event()
    while not session.left:
        moment.wait(_WATCH_EVERY)
    session.ask_to_stop()
    moment.wait(_LAST_GRACE)
    while session.run.silence < _LONGEST_STEP:  # still at work, on its last checkpoint perhaps
        moment.wait(_WATCH_EVERY)
    faulthandler.dump_traceback()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
