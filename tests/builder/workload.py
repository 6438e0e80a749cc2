"""A worker with work to misbehave at: `python workload.py NAME FOLDER ...` runs the entry of that name."""

import ctypes
import os
import sys
import threading

from builder import worker
from builder.events import AddEpochs, Checkpointed, ControlApplied, EpochEnded, Finished, Pause, Resume, Started, Stop
from builder.runs import LAST
from builder.session import Session
from graphs.errors import UserError


def count(session: Session) -> Finished:
    """Counts steps until it is told to stop, as a training loop would, ten steps an epoch and 3 epochs at least."""
    epochs, step, paused = int(session.job.overrides.get("epochs", 3)), 0, False
    session.open_ring(("step", "loss"))
    session.emit(Started("cpu", total_epochs=epochs))
    while step < 10 * epochs and not session.stopping:
        for control in session.wait() if paused else session.controls():
            if isinstance(control, (Pause, Resume, AddEpochs)):
                paused = isinstance(control, Pause) or (paused and not isinstance(control, Resume))
                epochs += control.count if isinstance(control, AddEpochs) else 0
                session.emit(ControlApplied(type(control).__name__, step))
        if not paused:
            step += 1
            session.record((step, 1 / step))
            if step % 10 == 0:
                session.emit(EpochEnded(step // 10, step, {"loss": 1 / step}))
    if session.stopping:
        session.emit(ControlApplied(Stop.__name__, step))
        (session.run.checkpoints / LAST).write_bytes(b"weights")
        session.emit(Checkpointed("last", f"checkpoints/{LAST}", step // 10, step))
    return Finished("stopped" if session.stopping else "completed", {"loss": 1 / max(step, 1)}, {"step": step})


def deaf(session: Session) -> Finished:
    """Never hears anything, SIGTERM included."""
    session.emit(Started("cpu"))
    while True:
        threading.Event().wait(10)


def crash(session: Session) -> Finished:
    """Takes the process down."""
    session.emit(Started("cpu"))
    ctypes.string_at(0)
    return Finished()


def linger(session: Session) -> Finished:
    """Ends its first thread and goes on in another, as a process that is killed does for a moment."""
    session.emit(Started("cpu"))
    threading.Thread(target=threading.Event().wait).start()
    ctypes.CDLL(None).pthread_exit(None)
    return Finished()


def vanish(session: Session) -> Finished:
    """Ends the process without a word and with success."""
    session.emit(Started("cpu"))
    os._exit(0)


def mistake(session: Session) -> Finished:
    """Finds a mistake of the user's."""
    raise UserError("conv1 has no input. Connect one.")


def burst(session: Session) -> Finished:
    """Raises what torch raises when a device is full."""

    class OutOfMemoryError(RuntimeError):
        node = "n7"

    raise OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB")


def chatter(session: Session) -> Finished:
    """Prints far more than a pipe holds."""
    for number in range(20000):
        print("line", number)
    return Finished()


def torch_from(session: Session) -> Finished:
    """Says where a module named torch would come from."""
    from importlib.util import find_spec

    spec = find_spec("torch")
    return Finished(results={"origin": spec.origin if spec else None})


if __name__ == "__main__":
    sys.exit(worker.main(sys.argv[2:], globals()[sys.argv[1]]))
