"""Where a node and its ports lie, in px at 100 %, for networks that flow down and to the right."""

from functools import cache

import numpy as np
import numpy.typing as npt

from widgets.theme_measures import NodeMeasures, shared_measures

Rect = tuple[float, float, float, float]
Point = tuple[float, float]


@cache
def node_measures() -> NodeMeasures:
    """Return the sizes that do not differ between themes."""
    return shared_measures().node


def node_size(most_ports: int, slots: int, *, has_row: bool, flow: str) -> tuple[float, float]:
    """Return the width and height of a node.

    most_ports: the ports on the fuller edge. slots: the places in use on a variadic input, 0 without one.
    """
    measures = node_measures()
    height = float(measures.full if has_row else measures.compact)
    if flow == "right":
        needed = max((most_ports - 1) * measures.slot_step, 2 * (slots - 1) * measures.slot_step) + measures.slot_step
        return float(measures.width), max(height, float(needed))
    steps = measures.width_steps[1:]
    needed = max((most_ports - slots) * measures.port_gap, 2 * slots * measures.slot_step)
    return float(next((w for w in steps if needed <= w), steps[-1])), height


def port_places(count: int, edge: float, flow: str, *, variadic: bool = False) -> list[float]:
    """Return where `count` ports lie along an edge of that length, from its middle; a variadic slot starts there."""
    measures = node_measures()
    steps = max(count - 1, 1)
    if variadic:
        gap = min(float(measures.slot_step), (edge / 2 - measures.port) / steps)
        return [place * gap for place in range(count)]
    usual = measures.slot_step if flow == "right" else measures.port_gap
    gap = min(float(usual), (edge - measures.slot_step) / steps)
    return [(place - (count - 1) / 2) * gap for place in range(count)]


def node_rect(position: Point, width: float, height: float, flow: str) -> Rect:
    """Return left, top, right, bottom of a node whose edge of inputs has its middle at `position`."""
    x, y = position
    if flow == "right":
        return x, y - height / 2, x + width, y + height / 2
    return x - width / 2, y, x + width / 2, y + height


def node_rects(
    positions: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64], flow: str
) -> npt.NDArray[np.float64]:
    """Return where nodes lie, a row of left, top, right, bottom each; rows of `sizes` are width and height."""
    half = sizes / 2
    low, high = positions.copy(), positions + sizes
    across = 1 if flow == "right" else 0
    low[:, across] -= half[:, across]
    high[:, across] = positions[:, across] + half[:, across]
    return np.hstack([low, high])


def port_point(rect: Rect, place: float, flow: str, *, output: bool) -> Point:
    """Return where a port at `place` of the edge of inputs, or of outputs, lies."""
    left, top, right, bottom = rect
    if flow == "right":
        return (right if output else left), (top + bottom) / 2 + place
    return (left + right) / 2 + place, (bottom if output else top)


def port_points(
    rects: npt.NDArray[np.float64], places: npt.NDArray[np.float64], flow: str, *, output: bool
) -> npt.NDArray[np.float64]:
    """Return where ports lie: a row of x, y for each row of `rects`."""
    left, top, right, bottom = rects.T
    if flow == "right":
        return np.stack([right if output else left, (top + bottom) / 2 + places], axis=1)
    return np.stack([(left + right) / 2 + places, bottom if output else top], axis=1)


def snapped(position: Point) -> Point:
    """Return the nearest point of the grid."""
    grid = node_measures().grid
    return round(position[0] / grid) * grid, round(position[1] / grid) * grid
