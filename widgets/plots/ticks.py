"""Where an axis has its numbers: few, round, and as long as each other."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Ticks = list[tuple[float, str]]

_ROUND = (1.0, 2.0, 2.5, 5.0)


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> Ticks:
    """Return at most `most` places between low and high, in the closest round steps, with their numbers.

    whole: steps of whole numbers only, for epochs.
    """
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    step = _step(high - low, most, whole)
    while len(found := _within(low, high, step)) > most:
        step = _step((high - low) * 1.001 + step * most, most, whole)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    if float(f"{step:.{digits}f}") != step:
        digits += 1
    return [(value, _text(value, digits)) for value in found]


def log_ticks(low: float, high: float, most: int) -> Ticks:
    """Return places for an axis of powers of ten from 10**low to 10**high; places are exponents."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    decades = range(math.ceil(low), math.floor(high) + 1)
    if len(decades) < 2:
        inner = ticks(10**low, 10**high, most)
        return [(math.log10(value), text) for value, text in inner if value > 0]
    return [(float(power), _power(power)) for power in decades[:: -(-len(decades) // most)]]


def _step(length: float, most: int, whole: bool) -> float:
    """Return the smallest round step of which no more than `most` fit into the length."""
    power = 10.0 ** math.floor(math.log10(length / most))
    steps: Sequence[float] = [power * factor for factor in (*_ROUND, 10.0, 20.0, 25.0, 50.0)]
    fitting = [step for step in steps if length / step <= most]
    if whole:
        fitting = [step for step in fitting if step >= 1 and step == int(step)] or [1.0]
    return fitting[0]


def _within(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [count * step for count in range(first, last + 1)]


def _text(value: float, digits: int) -> str:
    if value and (abs(value) >= 1e6 or digits > 5):
        return f"{value:.2g}"
    return f"{value:.{digits}f}"


def _power(power: int) -> str:
    return f"{10.0**power:g}" if -4 < power < 6 else f"1e{power}"
