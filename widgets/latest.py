"""Works in a thread of its own, where only the newest task counts: an older one is cancelled and its result dropped."""

import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from graphs.errors import UserError

# A task gets a function that says whether its result is still wanted; it may raise Cancelled when it is not.
Task: TypeAlias = Callable[[Callable[[], bool]], object]

LOOK_EVERY = 20  # ms


class _Job:
    """One task in its thread. `outcome` is what it returned, or the UserError that it raised."""

    def __init__(self, task: Task) -> None:
        self.cancelled = threading.Event()
        self.outcome: object = None
        self.failure: BaseException | None = None
        self.began = time.monotonic()
        self.thread = threading.Thread(target=self._run, args=(task,), name="netwright-latest", daemon=True)

    def _run(self, task: Task) -> None:
        try:
            self.outcome = task(self.cancelled.is_set)
        except UserError as error:
            self.outcome = error
        except Exception as error:  # carried to the main thread, where it is raised again
            self.failure = error


class Latest(QObject):
    """Runs tasks one at a time.

    finished: carries the result of the newest task, or the UserError that it ended with. changed: tells that work
    began, ended or was cancelled, and each 20 ms while it goes on.
    """

    finished = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: _Job | None = None
        self._next: Task | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def working(self) -> bool:
        """Whether a result is awaited."""
        return self._next is not None or (self._job is not None and not self._job.cancelled.is_set())

    @property
    def seconds(self) -> float:
        """For how long the task in hand has been running."""
        return time.monotonic() - self._job.began if self.working and self._job is not None else 0.0

    def start(self, task: Task) -> None:
        """Run a task in place of any before it. Its thread starts when that of the one before has ended."""
        self._next = task
        if self._job is not None:
            self._job.cancelled.set()
        self._timer.start()
        self._look()

    def cancel(self) -> None:
        """Want no result any more."""
        self._next = None
        if self._job is not None:
            self._job.cancelled.set()
        self.changed.emit()

    def _look(self) -> None:
        ended = self._job if self._job is not None and not self._job.thread.is_alive() else None
        if ended is not None:
            self._job = None
        if self._job is None and self._next is not None:
            task, self._next = self._next, None
            self._job = _Job(task)
            self._job.thread.start()
        if self._job is None:
            self._timer.stop()
        if ended is not None and not ended.cancelled.is_set():
            if ended.failure is not None:
                raise ended.failure
            self.finished.emit(ended.outcome)
        self.changed.emit()
