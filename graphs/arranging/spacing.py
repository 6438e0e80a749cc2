"""Where the vertices of ordered rows stand across the flow: chains straight, the trunk at 0, nothing too close.

A chain of vertices that only feed one another is one column with one place. Columns are drawn toward their neighbours
by isotonic regression of each row (pool adjacent violators: R. E. Barlow and others, "Statistical Inference under Order
Restrictions", 1972), and at last pushed off the trunk as far as they must.
"""

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from graphs.arranging.layers import Ends, Layers
from graphs.arranging.ordering import Step

LANE, BESIDE = 12.0, 24.0
"""Px between long wires side by side, and between one and a node, as the canvas leads them round nodes."""
_JOINED_FIRST = (1, 2, 0)
_WORK, _ROUNDS = 12_000, (2, 8)


@dataclass
class _Side:
    """The columns on one side of the trunk, from the inside out, and what each has to keep off, with how far.

    sign: 1 on the right, -1 on the left. rows: the columns of each row and their least distances from the trunk in it.
    """

    sign: int
    order: list[int]
    bounds: dict[int, list[tuple[int, float]]]
    rows: list[tuple[list[int], list[float]]]

    def push(self, wanted: Mapping[int, float], grid: float, places: dict[int, float]) -> None:
        """Set `places` as near as `wanted`, on the grid, but each column far enough outside its neighbours."""
        for column in self.order:
            least = max([self.sign * places[near] + apart for near, apart in self.bounds[column]])
            far = max(least, round(self.sign * wanted.get(column, 0.0) / grid) * grid)
            places[column] = self.sign * math.ceil(far / grid - 1e-9) * grid

    def regress(self, wanted: Mapping[int, float]) -> dict[int, float]:
        """Return the mean, over the rows of each column, of the places that come nearest to `wanted` in each row."""
        total = dict.fromkeys(self.order, 0.0)
        count = dict.fromkeys(self.order, 0)
        for chain, offsets in self.rows:
            fitted = isotonic([self.sign * wanted[c] - off for c, off in zip(chain, offsets, strict=True)])
            for column, off, place in zip(chain, offsets, fitted, strict=True):
                total[column] += off + place if place > 0 else off
                count[column] += 1
        return {column: self.sign * total[column] / count[column] for column in self.order}


def spread(layers: Layers, branch: float, grid: float, step: Step) -> list[float]:
    """Return the place of each vertex across the flow, px; `branch` is the gap between nodes side by side."""
    middle = [row.index(trunk) for row, trunk in zip(layers.rows, layers.trunk, strict=True)]
    of = _columns(layers, middle)
    sides = [_side(layers, of, middle, sign, branch) for sign in (1, -1)]
    places = {0: 0.0}
    for side in sides:
        side.push({}, grid, places)
    if len(places) > 1:
        pulls = _pulls(layers, of)
        rounds = min(max(_WORK // len(of), _ROUNDS[0]), _ROUNDS[1])
        for turn in range(rounds):
            wanted = {
                column: sum(map(places.__getitem__, pulls[column])) / len(pulls[column]) if column in pulls else place
                for column, place in places.items()
            }
            for side in sides:
                side.push(side.regress(wanted), grid, places)
            step((turn + 1) / rounds)
    return [places[column] for column in of]


def _side(layers: Layers, of: list[int], middle: list[int], sign: int, branch: float) -> _Side:
    widest: dict[tuple[int, int], float] = {}
    rows = []
    for row, trunk in zip(layers.rows, middle, strict=True):
        beside = row[trunk:] if sign > 0 else row[trunk::-1]
        if len(beside) < 2:
            continue
        offset, offsets = 0.0, []
        for near, far in pairwise(beside):
            apart = _apart(layers, near, far, branch)
            if near == row[trunk] and sign > 0 and layers.skips:
                lanes = (BESIDE if far < layers.nodes else LANE) + LANE * (layers.skips + 1)
                apart = max(apart, (layers.widths[near] + layers.widths[far]) / 2 + lanes)
            key = (of[near], of[far])
            if widest.get(key, -1.0) < apart:
                widest[key] = apart
            offset += apart
            offsets.append(offset)
        rows.append(([of[vertex] for vertex in beside[1:]], offsets))
    bounds: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (near, far), apart in widest.items():
        bounds[far].append((near, apart))
    return _Side(sign, _inside_out(bounds), bounds, rows)


def _apart(layers: Layers, one: int, other: int, branch: float) -> float:
    """Return how far apart the middles of two vertices side by side must be."""
    if one >= layers.nodes and other >= layers.nodes:
        return LANE
    gap = BESIDE if one >= layers.nodes or other >= layers.nodes else branch
    return (layers.widths[one] + layers.widths[other]) / 2 + gap


def _inside_out(bounds: Mapping[int, list[tuple[int, float]]]) -> list[int]:
    """Return the columns of one side such that each comes after those nearer the trunk."""
    outside: dict[int, list[int]] = defaultdict(list)
    missing = {column: len(near) for column, near in bounds.items()}
    for column, near in bounds.items():
        for other, _ in near:
            outside[other].append(column)
    order = [0]
    for column in order:
        for other in outside[column]:
            missing[other] -= 1
            if not missing[other]:
                order.append(other)
    return order[1:]


def _pulls(layers: Layers, of: list[int]) -> dict[int, list[int]]:
    """Return for each column but the trunk the columns that it is linked to, once for each link."""
    pulls: dict[int, list[int]] = defaultdict(list)
    for vertex, links in enumerate(layers.downs):
        one = of[vertex]
        for lower, _, _ in links:
            other = of[lower]
            if other != one:
                pulls[one].append(other)
                pulls[other].append(one)
    pulls.pop(0, None)
    return pulls


def isotonic(values: list[float]) -> list[float]:
    """Return the values that never fall and are nearest to `values` in the sum of squares."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = value, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            more, size = pools.pop()
            total, count = total + more, count + size
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def _columns(layers: Layers, middle: list[int]) -> list[int]:
    """Return the number of the column of each vertex; links that would cross a column do not join one."""
    of = [-1] * len(layers.widths)
    for vertex in layers.trunk:
        of[vertex] = 0
    place = [0] * len(layers.widths)
    for row in layers.rows:
        for at, vertex in enumerate(row):
            place[vertex] = at
    fresh = 1
    for number, row in enumerate(layers.rows):
        for vertex in row:
            if of[vertex] < 0:
                of[vertex], fresh = fresh, fresh + 1
        if number + 1 < len(layers.rows):
            for upper, lower in _straight(layers, row, place, (middle[number], middle[number + 1])):
                of[lower] = of[upper]
    return of


def _straight(layers: Layers, row: list[int], place: list[int], middle: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the links from a row to the next that may join columns: long wires first, none across another."""
    found = []
    for vertex in row:
        lower = _in_line(layers.downs[vertex], layers.nodes)
        if lower < 0 or _in_line(layers.ups[lower], layers.nodes) != vertex:
            continue
        if (place[vertex] - middle[0]) * (place[lower] - middle[1]) > 0:
            dummies = (vertex >= layers.nodes) + (lower >= layers.nodes)
            found.append((_JOINED_FIRST[dummies], place[vertex], place[lower], vertex, lower))
    found.sort()
    kept: list[tuple[int, int]] = []
    joined = []
    for _, top, bottom, upper, lower in found:
        at = bisect(kept, (top, bottom))
        if (at == 0 or kept[at - 1][1] < bottom) and (at == len(kept) or kept[at][1] > bottom):
            kept.insert(at, (top, bottom))
            joined.append((upper, lower))
    return joined


def _in_line(links: Ends, nodes: int) -> int:
    """Return the neighbour that a vertex would be in line with, or -1: the only one, or the only one that is a node."""
    if len(links) > 1:
        links = [link for link in links if link[0] < nodes]
    return links[0][0] if len(links) == 1 else -1
