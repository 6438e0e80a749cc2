"""Waiting for a condition in tests, with an end."""

import threading
import time
from collections.abc import Callable

from tests.patience import PATIENCE


def until(condition: Callable[[], object], timeout: float = PATIENCE) -> None:
    """Return once the condition holds; fail the test where it does not in time."""
    deadline = time.monotonic() + timeout
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "the condition never came true"
        pause.wait(0.01)
