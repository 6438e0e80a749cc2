"""What was worked out of a project in states that a large step left, for when a step leads back there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Held = TypeVar("Held")
LARGE = 256
"""Layers that a large step names at least."""
_MOST = 2
"""States that are remembered: those at both ends of the last step, but for the one that is there."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A step from one state of a project to another, each by its number: where two are equal, so is all of both.

    But for the age of wires, as those that were taken away and come back are new. It decides on which counts of two at
    one port, so that a state with such wires is none to return to.
    """

    before: int
    after: int
    layers: int

    @property
    def large(self) -> bool:
        """Whether it is worth the memory to remember what was before it."""
        return self.layers >= LARGE


class Past(Generic[Held]):
    """Remembers what is held of a project when a large step leaves the state that it tells of."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}

    def turn(self, turn: Turn, held: Held, copied: Callable[[Held], Held]) -> Held | None:
        """Take a large step from the state of `held`; return what was held in the state that it leads to, if known.

        Then `held` itself is what is remembered of the state left, else a copy of it, as it goes on with the project.
        """
        found = self._held.pop(turn.after, None)
        self._held[turn.before] = held if found is not None else copied(held)
        while len(self._held) > _MOST:
            del self._held[next(iter(self._held))]
        return found

    def forget(self) -> None:
        """Remember nothing from before now."""
        self._held.clear()
