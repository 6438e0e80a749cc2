"""What happens when the program itself is wrong: a log that lasts, and a plain card instead of a silent death."""

import faulthandler
import logging
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from builder import folders
from graphs.errors import UserError

if TYPE_CHECKING:
    from io import TextIOWrapper
    from logging.handlers import RotatingFileHandler

LOG_NAME = "window.log"
CRASH_NAME = "crash.log"
LARGEST = 1_000_000

Tell = Callable[[str, str, str], None]


class FailureLog:
    """Writes uncaught exceptions to the log and hands them to `tell` (title, sentence, details) once there is one.

    A crash of the interpreter itself leaves the stacks of all threads in `crash.log`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or folders.logs()
        self.path = self._folder / LOG_NAME
        self.tell: Tell | None = None
        self._logger = logging.getLogger("netwright.window")
        self._logger.propagate = False
        self._handler: RotatingFileHandler | None = None
        self._crashes: TextIOWrapper | None = None
        self._before = sys.excepthook

    def install(self) -> None:
        """Take over what is raised and caught by nobody."""
        sys.excepthook = self.note
        with suppress(OSError):  # a folder that cannot be written: crashes then go to standard error alone
            self._crashes = (self._folder / CRASH_NAME).open("a", encoding="utf-8")
            faulthandler.enable(self._crashes)

    def close(self) -> None:
        """Give everything back."""
        sys.excepthook = self._before
        if self._crashes is not None:
            faulthandler.disable()
            self._crashes.close()
        if self._handler is not None:
            self._logger.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _open_log(self) -> None:
        if self._handler is not None:
            return
        from logging.handlers import RotatingFileHandler  # it brings the network along, which windows start without

        self._handler = RotatingFileHandler(self.path, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        self._logger.addHandler(self._handler)

    def note(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception and tell of it; the signature is that of `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        with suppress(OSError):
            self._open_log()
            self._logger.error("%s", details)
        if self.tell is None:
            self._before(kind, error, trace)
        elif isinstance(error, UserError):
            self.tell("That did not work", str(error), "")
        else:
            sentence = f"Your work is still here; save it to be safe. The details are in {self.path}."
            self.tell("Something went wrong in Netwright", sentence, details)
