"""Rows of nodes, with a dummy node in every row that a long link passes, and how often the links between them cross."""

from bisect import bisect_right
from dataclasses import dataclass, field

Ends = list[tuple[int, float, float]]


@dataclass
class Layers:
    """rows: the vertices from left to right. Vertices from `nodes` on are dummies.

    downs, ups: of each vertex, its neighbours in the next row and the one before, with the places of the ports at the
    upper and the lower end. trunk: the vertex of each row that stands at 0. skips: long wires that pass on its right.
    """

    rows: list[list[int]]
    trunk: list[int]
    widths: list[float]
    nodes: int
    skips: int = 0
    downs: list[Ends] = field(default_factory=list)
    ups: list[Ends] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.downs = [[] for _ in self.widths]
        self.ups = [[] for _ in self.widths]

    def link(self, upper: int, lower: int, leaves: float, enters: float) -> None:
        """Join vertices of two rows that follow one another."""
        self.downs[upper].append((lower, leaves, enters))
        self.ups[lower].append((upper, leaves, enters))

    def link_far(self, upper: int, lower: int, leaves: float, enters: float, rows: range) -> None:
        """Join vertices by dummies in `rows` between them."""
        for row in rows:
            dummy = len(self.widths)
            self.widths.append(0.0)
            self.downs.append([])
            self.ups.append([])
            self.rows[row].append(dummy)
            self.link(upper, dummy, leaves, 0.0)
            upper, leaves = dummy, 0.0
        self.link(upper, lower, leaves, enters)


def crossings(downs: list[Ends], upper: list[int], place: list[int]) -> int:
    """Return how many pairs of links from row `upper` to the next cross, with `place` the places in that one."""
    seen: list[float] = []
    count = 0
    for vertex in upper:
        links = downs[vertex]
        if len(links) == 1:
            ends = [place[links[0][0]] + links[0][2]]
        else:
            ends = [end for _, end in sorted((leaves, place[lower] + enters) for lower, leaves, enters in links)]
        for end in ends:
            at = bisect_right(seen, end)
            count += len(seen) - at
            seen.insert(at, end)
    return count
