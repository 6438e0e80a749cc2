"""Work that the window has to wait for, done in a thread while it goes on being painted and its timers run."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

Result = TypeVar("Result")

AT_ONCE = 0.03
"""Seconds for which the window just waits: what takes no longer is not worth a loop of its own."""
WORDLESS = 400
"""Milliseconds after which a person is told what the window waits for. Keys and clicks until then come later."""
LOOK_EVERY = 5  # ms


class Stopped(Exception):
    """A person did not want to wait any longer."""


class _Work(Generic[Result]):
    """A function in a thread of its own. `result` gives what it returned, or raises what it raised."""

    def __init__(self, act: Callable[[], Result]) -> None:
        self._act = act
        self._found: list[Result] = []
        self._failure: BaseException | None = None
        self.thread = threading.Thread(target=self._run, name="netwright-aside", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self._found.append(self._act())
        except BaseException as error:  # raised again where the result is asked for
            self._failure = error

    @property
    def done(self) -> bool:
        """Whether there is a result."""
        return not self.thread.is_alive()

    def result(self) -> Result:
        """Return what came of it, once it is done."""
        self.thread.join()
        if self._failure is not None:
            raise self._failure
        return self._found[0]


def aside(window: QWidget, words: str, act: Callable[[], Result], *, stoppable: bool = False) -> Result:
    """Return what `act` returns, or raise what it raises; it runs in a thread and must not touch the window.

    `words` say what goes on, to whoever has to wait longer than a moment. Work that is `stoppable` can be given up
    then: it raises Stopped, and what becomes of it is dropped.
    """
    work = _Work(act)
    work.thread.join(AT_ONCE)
    if not work.done:
        _wait_wordless(work)
    if not work.done:
        _wait_in_words(work, window, words, stoppable=stoppable)
    if not work.done and stoppable:
        raise Stopped
    return work.result()


def _wait_wordless(work: _Work[Result]) -> None:
    loop, late = QEventLoop(), QTimer(singleShot=True, interval=WORDLESS)
    late.timeout.connect(loop.quit)
    look = _look(work, loop.quit)
    late.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    look.stop()


def _wait_in_words(work: _Work[Result], window: QWidget, words: str, *, stoppable: bool) -> None:
    from widgets.dialogs.working import WorkingDialog  # seldom needed

    dialog = WorkingDialog(words, window, stoppable=stoppable)
    look = _look(work, dialog.accept)
    dialog.exec()
    look.stop()
    dialog.deleteLater()


def _look(work: _Work[Result], then: Callable[[], object]) -> QTimer:
    timer = QTimer(interval=LOOK_EVERY)
    timer.timeout.connect(lambda: then() if work.done else None)
    timer.start()
    return timer
