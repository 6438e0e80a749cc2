"""The worker's side of a run: says what happens, records metrics, hears controls. Cheap enough to call every step."""

import os
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from builder import events, processes, records, ring
from builder.events import (
    Control,
    ControlApplied,
    Detach,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Message,
    Pause,
    Resume,
    Started,
    Stop,
)
from builder.jobs import GO_ON
from builder.lines import Tail, append
from builder.processes import Identity
from builder.runs import Run
from builder.states import State
from graphs.errors import UserError

_LOOK_EVERY = 0.05
_BEAT_EVERY = 1.0
_MESSAGES_A_SECOND = 20
_STATE_AFTER: Mapping[str, State] = {
    Pause.__name__: State.PAUSED,
    Resume.__name__: State.RUNNING,
    Stop.__name__: State.STOPPING,
}


class Session:
    """One worker's hold on its run.

    `stopping` is a plain flag that a step may read for nothing; it is set by a Stop control, by a signal, or when the
    window that started the run is gone. `own_process` says that this process exists for the run alone.
    """

    def __init__(self, run: Run, *, parent: Identity | None = None, own_process: bool = False) -> None:
        self.run = run
        self.job = run.job
        self.stopping = False
        self.ended = False
        self.own_process = own_process
        self._parent = parent if self.job.when_left != GO_ON else None
        self._controls = Tail(run.controls_file)
        self._asked_here: list[Control] = []
        self._unsaid: list[tuple[str, dict[str, object]]] = []
        self._status = run.status
        self._status_kept = True
        self._writing = threading.Lock()
        self._next_look = 0.0
        self._next_beat = 0.0
        self._second = 0
        self._said = 0
        self._ring: ring.Writer | None = None

    def emit(self, event: Event) -> None:
        """Say what happened. On a full disk it is kept and said later: a run must not die of its own log."""
        self._unsaid.append((self.run.events_file.name, events.encode(event)))
        if isinstance(event, EpochEnded):
            self._unsaid.append((self.run.metrics_file.name, records.write(event)))
        self._note(event)
        self._say()

    def log(self, text: str, level: str = "info", node: str | None = None) -> None:
        """Put a line into the run's log and, as a message, before the people watching; of a flood, the log has all."""
        self.write_log(f"{level}: {text}")
        second = int(time.monotonic())
        self._said = self._said + 1 if second == self._second else 1
        self._second = second
        if self._said <= _MESSAGES_A_SECOND:
            self.emit(Message(level, text, node))
        elif self._said == _MESSAGES_A_SECOND + 1:
            self.emit(Message("info", "More messages than can be shown; log.txt in the run's folder has them all."))

    def write_log(self, text: str) -> None:
        """Put text into the run's log alone."""
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        with suppress(OSError), self.run.log_file.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{stamp} {text}\n")

    def open_ring(self, columns: Sequence[str], capacity: int = ring.CAPACITY) -> None:
        """Name the columns of the metrics of each step, before the first `record`."""
        if self._ring is not None:
            self._ring.close()
        self._ring = ring.Writer(self.run.ring_file, columns, capacity)

    def record(self, values: Sequence[float]) -> None:
        """Record one step's metrics, in the order of the columns."""
        assert self._ring is not None, "open_ring names the columns first"
        self._ring.append(values)

    def controls(self) -> Sequence[Control]:
        """What was asked since the last call. Looks at the file twenty times a second at most."""
        now = time.monotonic()
        if now < self._next_look:
            return ()
        self._next_look = now + _LOOK_EVERY
        if now >= self._next_beat:
            self._beat(now)
        heard = events.decode_controls(self._controls.read())
        while self._asked_here:
            heard.append(self._asked_here.pop())
        for control in heard:
            if isinstance(control, Detach):
                self._parent = None
            self.stopping = self.stopping or isinstance(control, Stop)
        return heard

    def wait(self) -> Sequence[Control]:
        """What was asked, after a moment's rest: for the loop of a paused run."""
        time.sleep(_LOOK_EVERY)
        return self.controls()

    def ask_to_stop(self) -> None:
        """Stop as if the control had come; for signal handlers and other threads."""
        if not self.stopping:
            self.stopping = True
            self._asked_here.append(Stop())
            self._next_look = 0.0

    @property
    def left(self) -> bool:
        """Whether the window that started the run is gone and the job says to stop then."""
        return self._parent is not None and not self._parent.alive

    def close(self) -> None:
        """Let go of the run's files, having said everything."""
        self._say()
        if self._ring is not None:
            self._ring.close()
            self._ring = None

    def _say(self) -> None:
        """Write what is not written yet; what the disk does not take stays for the next time."""
        with self._writing, suppress(OSError, UserError):
            while self._unsaid:
                name, document = self._unsaid[0]
                append(self.run.folder / name, document)
                del self._unsaid[0]
            if not self._status_kept:
                self.run.write_status(self._status)
                self._status_kept = True

    def _beat(self, now: float) -> None:
        self._next_beat = now + _BEAT_EVERY
        with suppress(OSError):
            self.run.heartbeat_file.touch()
            os.utime(self.run.heartbeat_file)
        if self._unsaid or not self._status_kept:
            self._say()

    def _note(self, event: Event) -> None:
        """Keep the status in step with the events that change where the run stands."""
        status = self._status
        if isinstance(event, Started):
            status = replace(status, state=State.RUNNING, started=event.time, device=event.device)
            if self.own_process and event.device == "cpu":
                processes.yield_priority()
        elif isinstance(event, ControlApplied) and event.kind in _STATE_AFTER:
            status = replace(status, state=_STATE_AFTER[event.kind])
        elif isinstance(event, (Failed, Finished)):
            self.ended = True
            state = State.FAILED if isinstance(event, Failed) else State.DONE
            if isinstance(event, Finished) and event.reason == "stopped":
                state = State.STOPPED
            status = replace(status, state=state, finished=event.time)
        self._status_kept = self._status_kept and status == self._status
        self._status = status
