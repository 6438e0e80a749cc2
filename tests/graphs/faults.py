"""A file system whose calls fail when a test says so."""

import os
from collections.abc import Callable
from typing import Any

from graphs.filing.atomic import System


class Faulty(System):
    """Lets call number `at` fail with `number`: once, or from there on; counts the calls made."""

    def __init__(self, at: int = -1, number: int = 0, persistently: bool = False) -> None:
        self.at = at
        self.number = number
        self.persistently = persistently
        self.calls: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        found = object.__getattribute__(self, name)
        return self.failing(name, found) if hasattr(System, name) and not name.startswith("_") else found

    def failing(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return `call`, or what fails in its place when its turn has come."""

        def made(*arguments: Any) -> Any:
            place = len(self.calls)
            self.calls.append(name)
            if place == self.at or (self.persistently and place > self.at >= 0):
                if name == "close":
                    call(*arguments)  # the system lets go of the descriptor even when it reports an error
                raise OSError(self.number, os.strerror(self.number))
            return call(*arguments)

        return made


class Stingy(System):
    """Writes at most `most` bytes at a time."""

    def __init__(self, most: int) -> None:
        self.most = most

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write less than asked."""
        return super().write(descriptor, data[: self.most])
