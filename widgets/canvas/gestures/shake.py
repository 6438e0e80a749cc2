"""Shaking: the hand goes to and fro so quickly that it can mean nothing else."""

from time import monotonic

from PySide6.QtCore import QPointF

_SWING = 24.0
_TURNS = 3
_WITHIN = 1.2
"""Seconds in which the turns have to happen."""


class Shake:
    """Counts the turns of a hand, px of the screen, along each axis by itself."""

    def __init__(self) -> None:
        self._ways = (_Way(), _Way())

    def add(self, at: QPointF) -> bool:
        """Take in where the hand is; tell whether it has just been shaken three times."""
        now = monotonic()
        shaken = [way.add(place, now) for way, place in zip(self._ways, (at.x(), at.y()), strict=True)]
        return any(shaken)


class _Way:
    """Turns along one axis: places where the hand came back from a swing that was wide enough."""

    def __init__(self) -> None:
        self._far: float | None = None
        self._low = self._high = 0.0
        self._heading = 0
        self._turns: list[float] = []

    def add(self, place: float, now: float) -> bool:
        if self._far is None:
            self._far = self._low = self._high = place
        if self._heading == 0:
            self._low, self._high = min(self._low, place), max(self._high, place)
            self._heading = (place - self._low >= _SWING) - (self._high - place >= _SWING)
            self._far = place
            return False
        if (place - self._far) * self._heading > 0:
            self._far = place
        elif (self._far - place) * self._heading >= _SWING:
            self._heading, self._far = -self._heading, place
            self._turns = [turn for turn in self._turns if now - turn <= _WITHIN] + [now]
            if len(self._turns) >= _TURNS:
                self._turns.clear()
                return True
        return False
