"""The order of the vertices in each row, such that few links cross.

Sweeps by barycentres (K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System
Structures", IEEE Transactions on Systems, Man, and Cybernetics 11, 1981), then changes of neighbours in the rows where
most links cross.
"""

from bisect import bisect_left
from collections.abc import Callable

from graphs.arranging.layers import Layers, crossings

Step = Callable[[float], None]
"""Is told the share that is done, and raises what it likes to stop the work."""

_WORK = 12_000
_ROUNDS = (3, 12)
_PATIENCE = 2


def reorder(layers: Layers, step: Step) -> int:
    """Put every row of `layers` in order and return how many links cross."""
    place = [0] * len(layers.widths)
    for row in layers.rows:
        for at, vertex in enumerate(row):
            place[vertex] = at
    rounds = min(max(_WORK // len(place), _ROUNDS[0]), _ROUNDS[1])
    leaves = [sum(link[1] for link in links) / len(links) if links else 0.0 for links in layers.ups]
    enters = [sum(link[2] for link in links) / len(links) if links else 0.0 for links in layers.downs]
    above = [[link[0] for link in links] for links in layers.ups]
    below = [[link[0] for link in links] for links in layers.downs]
    best, least, idle = [list(row) for row in layers.rows], -1, 0
    downward = range(len(layers.rows))
    counts = [0] * len(layers.rows)
    for turn in range(rounds):
        changed = _sweep(layers.rows, downward, place, above, leaves)
        changed |= _sweep(layers.rows, downward[::-1], place, below, enters)
        for number in downward:
            if turn == 0 or number in changed or number + 1 in changed:
                counts[number] = _count(layers, number, place)
        count = sum(counts)
        if least < 0 or count < least:
            best, least, idle = [list(row) for row in layers.rows], count, 0
        else:
            idle += 1
        step((turn + 1) / (rounds + 1))
        if not least or idle == _PATIENCE:
            break
    layers.rows[:] = best
    for row in best:
        for at, vertex in enumerate(row):
            place[vertex] = at
    least = _exchange(layers, place) if least else 0
    step(1.0)
    return least


def _sweep(
    rows: list[list[int]], numbers: range, place: list[int], near: list[list[int]], lean: list[float]
) -> set[int]:
    """Sort the rows `numbers` by the mean place of the neighbours in the row before, as their ports lie.

    Returns the numbers of those that changed.
    """
    at = place.__getitem__
    changed = set()
    for number in numbers:
        row = rows[number]
        if len(row) < 2:
            continue
        before = row.copy()
        keys = {}
        for vertex in row:
            others = near[vertex]
            if len(others) == 1:
                keys[vertex] = place[others[0]] + lean[vertex]
            elif others:
                keys[vertex] = sum(map(at, others)) / len(others) + lean[vertex]
        _sort(row, keys)
        if row != before:
            changed.add(number)
            for position, vertex in enumerate(row):
                place[vertex] = position
    return changed


def _sort(row: list[int], keys: dict[int, float]) -> None:
    """Sort the vertices that have a key; the others stay at their places."""
    if len(keys) == len(row):
        row.sort(key=keys.__getitem__)
        return
    wired = iter(sorted((vertex for vertex in row if vertex in keys), key=keys.__getitem__))
    row[:] = [next(wired) if vertex in keys else vertex for vertex in row]


def _count(layers: Layers, row: int, place: list[int]) -> int:
    return crossings(layers.downs, layers.rows[row], place) if len(layers.rows[row]) > 1 else 0


def _exchange(layers: Layers, place: list[int]) -> int:
    """Change neighbours while links cross less for it, in the worst rows first and within limits; return the rest."""
    counts = [_count(layers, row, place) for row in range(len(layers.rows))]
    pairs = max(_WORK // 8, len(place) // 2)
    for _ in range(3):
        before = sum(counts)
        bad = {row + more for row, count in enumerate(counts) if count for more in (0, 1)}
        for number in sorted(bad, key=lambda row: (-counts[row] - (counts[row - 1] if row else 0), row)):
            row = layers.rows[number]
            pairs -= len(row)
            if pairs > 0:
                _exchange_in(layers, row, place)
        counts = [_count(layers, row, place) for row in range(len(layers.rows))]
        if sum(counts) == before or pairs <= 0:
            break
    return sum(counts)


def _exchange_in(layers: Layers, row: list[int], place: list[int]) -> None:
    ups = {v: sorted(place[upper] + leaves for upper, leaves, _ in layers.ups[v]) for v in row}
    downs = {v: sorted(place[lower] + enters for lower, _, enters in layers.downs[v]) for v in row}
    for at in range(len(row) - 1):
        one, other = row[at], row[at + 1]
        gain = _crossing(ups[one], ups[other]) + _crossing(downs[one], downs[other])
        if gain and gain > _crossing(ups[other], ups[one]) + _crossing(downs[other], downs[one]):
            row[at], row[at + 1] = other, one
            place[one], place[other] = at + 1, at


def _crossing(left: list[float], right: list[float]) -> int:
    """Return how many links cross if one vertex, with neighbours at `left`, stands before another."""
    if not left or not right or left[-1] <= right[0]:
        return 0
    return sum(bisect_left(right, end) for end in left)
