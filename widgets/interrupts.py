"""Hears Ctrl+C in the terminal that the window was started from: in between two events of it, never within one."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Interrupts(QObject):
    """Tells of each Ctrl+C between two events of the window; `close` gives the signal back."""

    heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._handler = signal.signal(signal.SIGINT, _pass)  # without one of Python's, nothing is written to the socket
        self._wakeup = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Hear no more."""
        signal.set_wakeup_fd(self._wakeup)
        signal.signal(signal.SIGINT, self._handler)
        self._notifier.setEnabled(False)
        self._here.close()
        self._there.close()

    def _hear(self) -> None:
        for number in self._here.recv(64):
            if number == signal.SIGINT:
                self.heard.emit()


def _pass(_number: int, _frame: FrameType | None) -> None:
    """The socket tells."""
