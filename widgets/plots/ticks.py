"""Where an axis has its numbers: few, round, and as long as each other."""

import math

Ticks = list[tuple[float, str]]

_ROUND = (1.0, 2.0, 2.5, 5.0)


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> Ticks:
    """Return at most `most` places between low and high, in the closest round steps, with their numbers.

    whole: steps of whole numbers only, for epochs.
    """
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    step, found = _places(low, high, most, whole)
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


def _places(low: float, high: float, most: int, whole: bool) -> tuple[float, list[float]]:
    """Return the smallest round step with no more than `most` places in the range, and these."""
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    while True:
        for step in (power * factor for factor in _ROUND):
            found = _within(low, high, step)
            if len(found) <= most and (not whole or step == int(step)):
                return step, found
        power *= 10


def _within(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [count * step for count in range(first, last + 1)]


def _text(value: float, digits: int) -> str:
    if value and (abs(value) >= 1e6 or digits > 5):
        return f"{value:.2g}"
    return f"{value:.{digits}f}"


def _power(power: int) -> str:
    return f"{10.0**power:g}" if -4 < power < 6 else f"1e{power}"
