"""Where nodes stand along the flow: each column as dense as its wires allow, with room for wires that go across."""

import math
from collections.abc import Mapping

from graphs.arranging.drawing import Drawing
from graphs.arranging.measures import Gaps

_CELL = 16.0


class _Skyline:
    """How far along the flow each stretch across it is taken, in cells."""

    def __init__(self, left: float, right: float) -> None:
        self._left = math.floor(left / _CELL) - 1
        self._ends = [-math.inf] * (math.ceil(right / _CELL) - self._left + 2)

    def _cells(self, left: float, right: float) -> slice:
        return slice(math.floor(left / _CELL) - self._left, math.ceil(right / _CELL) - self._left + 1)

    def end(self, left: float, right: float) -> float:
        """Return how far a stretch is taken at most."""
        return max(self._ends[self._cells(left, right)])

    def take(self, left: float, right: float, end: float) -> None:
        """Take a stretch up to `end`."""
        cells = self._cells(left, right)
        self._ends[cells] = [end] * (cells.stop - cells.start)


def up(length: float, grid: float) -> float:
    """Return the next point of the grid."""
    return float(math.ceil(length / grid - 1e-9) * grid)


def stack(
    drawing: Drawing,
    ranks: list[int],
    trunk: list[int],
    across: list[float],
    close: list[bool],
    gaps: Gaps,
    grid: float,
) -> list[float]:
    """Return where every node begins, px along the flow, the first at 0.

    A node comes after all that feeds it and all of earlier rows in its column; where wires go across between two rows,
    everything they pass keeps to its side of them. Nodes that nothing feeds begin beside the trunk. close: the nodes
    that stand near the one before.
    """
    sides = [(place - size[0] / 2, place + size[0] / 2) for place, size in zip(across, drawing.sizes, strict=True)]
    along = [0.0] * len(ranks)
    bands = _bands(drawing, ranks, across)
    sky = _Skyline(min(left for left, _ in sides), max(right for _, right in sides))
    rows: list[list[int]] = [[node] for node in trunk]
    for node, rank in enumerate(ranks):
        if node != trunk[rank]:
            rows[rank].append(node)
    for rank, row in enumerate(rows):
        for left, right in _merged(bands[rank]):
            sky.take(left, right, sky.end(left, right))
        for node in row:
            fed = [along[link.source] + drawing.sizes[link.source][1] for link in drawing.sources[node]]
            start = max(fed, default=-math.inf) + (gaps.stack if close[node] else gaps.label)
            if not fed:
                start = along[trunk[rank]] if node != trunk[rank] else 0.0
            taken = sky.end(*sides[node])
            near = close[node] and taken <= fed[0]
            along[node] = up(max(start, taken + (gaps.stack if near else gaps.label)), grid)
        for node in row:
            sky.take(*sides[node], max(along[node] + drawing.sizes[node][1], sky.end(*sides[node])))
    return along


def _bands(drawing: Drawing, ranks: list[int], across: list[float]) -> list[list[tuple[float, float]]]:
    """Return the stretches where wires go across before each row. A long wire turns at its end nearer the trunk."""
    bands: list[list[tuple[float, float]]] = [[] for _ in range(max(ranks) + 1)]
    for links in drawing.targets:
        for link in links:
            one, other = across[link.source], across[link.target]
            if one != other:
                turn = ranks[link.source] + 1 if abs(one) <= abs(other) else ranks[link.target]
                bands[turn].append((one, other) if one < other else (other, one))
    return bands


def _merged(bands: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for left, right in sorted(bands):
        if found and left <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], right)
        else:
            found.append((left, right))
    return found


def shifted(along: list[float], ranks: list[int], fixed: Mapping[int, float], grid: float) -> list[float]:
    """Return `along` moved such that the first node of `fixed` is at its place, and rows from each other one on are
    moved down to it where it is farther on."""
    for turn, node in enumerate(sorted(fixed, key=lambda node: (ranks[node], fixed[node], node))):
        off, first = fixed[node] - along[node], ranks[node]
        if turn == 0:
            along = [place + off for place in along]
        elif off > 0:
            off = up(off, grid)
            along = [place + off if rank >= first else place for place, rank in zip(along, ranks, strict=True)]
    return along
