"""Measures of a tidy drawing, px at 100 %."""

from dataclasses import dataclass

GRID = 8
USUAL_SIZE = (200.0, 52.0)

Place = tuple[float, float]


@dataclass(frozen=True)
class Gaps:
    """Between a layer and a follower that keeps its shape, one where a shape label stands, and branches."""

    stack: float = 8
    label: float = 28
    branch: float = 48


GAPS = Gaps()


def snap(place: float) -> float:
    """Return the nearest place on the grid."""
    return float(round(place / GRID) * GRID)
