"""Cuts a drawing into pieces at rows where only the trunk is, and places each piece; equal pieces are placed once."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from graphs.arranging.drawing import Drawing, Link
from graphs.arranging.layers import Layers
from graphs.arranging.ordering import Step, reorder
from graphs.arranging.ranks import span
from graphs.arranging.spacing import spread

_DUMMIES = 4
"""The most dummies for each node; where there would be more, the longest links go without."""

Wiring = frozenset[tuple[int, int, float, float]]


@dataclass
class Piece:
    """The nodes of some rows, and the row of the trunk before and after them. skips: wires that pass all of it."""

    start: int
    rows: list[list[int]]
    links: list[Link] = field(default_factory=list)
    skips: int = 0


def spread_pieces(
    drawing: Drawing, ranks: list[int], trunk: list[int], branch: float, grid: float, step: Step
) -> list[float]:
    """Return the place of each node across the flow, px from the trunk."""
    across = [0.0] * len(drawing.ids)
    stamps: dict[object, list[tuple[list[int], Wiring, list[float]]]] = defaultdict(list)
    done = 0
    for piece in _cut(drawing, ranks, trunk):
        nodes, colours = _coloured(drawing, piece)
        number = {node: place for place, node in enumerate(nodes)}
        wiring = frozenset((number[s], number[t], leaves, enters) for s, t, leaves, enters in piece.links)
        known = stamps[(piece.skips, tuple(colours))]
        places = next((places for _, wires, places in known if wires == wiring), None)
        if places is None:
            share = len(nodes) / len(drawing.ids)
            places = _place(drawing, piece, trunk, nodes, branch, grid, _part(step, done / len(drawing.ids), share))
            known.append((nodes, wiring, places))
        for node, place in zip(nodes, places, strict=True):
            across[node] = place
        done += len(nodes)
        step(min(done / len(drawing.ids), 1.0))
    return across


def _part(step: Step, start: float, share: float) -> Step:
    return lambda fraction: step(min(start + share * fraction, 1.0))


def _cut(drawing: Drawing, ranks: list[int], trunk: list[int]) -> Iterator[Piece]:
    """Yield the pieces. Wires from trunk to trunk past some of it do not hold a piece together."""
    rows: list[list[int]] = [[] for _ in trunk]
    for node, rank in enumerate(ranks):
        rows[rank].append(node)
    on_trunk = set(trunk)
    inner, passing = [0] * (len(rows) + 1), [0] * (len(rows) + 1)
    links: list[Link] = []
    for link in (link for fed in drawing.sources for link in fed):
        skip = span(link, ranks) > 1 and link.source in on_trunk and link.target in on_trunk
        if not skip:
            links.append(link)
        cover = passing if skip else inner
        cover[ranks[link.source] + 1] += 1
        cover[ranks[link.target]] -= 1
    for rank in range(1, len(rows)):
        inner[rank] += inner[rank - 1]
        passing[rank] += passing[rank - 1]
    pieces: list[Piece] = []
    piece_of: list[int] = []
    for alone, run in groupby(range(len(rows)), lambda rank: len(rows[rank]) == 1 and not inner[rank]):
        held = list(run)
        piece_of += [-1 if alone else len(pieces)] * len(held)
        if not alone:
            start = max(held[0] - 1, 0)
            pieces.append(Piece(start, rows[start : held[-1] + 2], [], max(passing[rank] for rank in held)))
    for link in links:
        at = max(piece_of[ranks[link.source]], piece_of[ranks[link.target]])
        if at >= 0:
            pieces[at].links.append(link)
    yield from pieces


def _coloured(drawing: Drawing, piece: Piece) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the nodes of a piece by row and by a colour that says how each is wired in it, and those colours.

    Pieces with the same colours are most likely the same graph; whether they are, their wiring in this order tells.
    """
    into: dict[int, list[Link]] = defaultdict(list)
    out: dict[int, list[Link]] = defaultdict(list)
    for link in piece.links:
        into[link.target].append(link)
        out[link.source].append(link)
    down: dict[int, int] = {}
    for row in piece.rows:
        for node in row:
            down[node] = hash((drawing.sizes[node], *sorted((k.enters, k.leaves, down[k.source]) for k in into[node])))
    up: dict[int, int] = {}
    for row in reversed(piece.rows):
        for node in row:
            up[node] = hash((down[node], *sorted((k.leaves, k.enters, up[k.target]) for k in out[node])))
    found = [(place, up[node], node) for place, row in enumerate(piece.rows) for node in row]
    found.sort()
    return [node for _, _, node in found], [colour[:2] for colour in found]


def _place(
    drawing: Drawing, piece: Piece, trunk: list[int], nodes: list[int], branch: float, grid: float, step: Step
) -> list[float]:
    """Return the places of the nodes of a piece that is like no other before."""
    number = {node: place for place, node in enumerate(sorted(nodes))}
    rows = [[number[node] for node in row] for row in piece.rows]
    middle = [number[trunk[piece.start + place]] for place in range(len(rows))]
    row_of = {vertex: place for place, row in enumerate(rows) for vertex in row}
    layers = Layers(rows, middle, [drawing.sizes[node][0] for node in sorted(nodes)], len(nodes), piece.skips)
    long = _longest_with_dummies(piece, number, row_of)
    for source, target, leaves, enters in piece.links:
        upper, lower = number[source], number[target]
        between = range(row_of[upper] + 1, row_of[lower])
        if not between:
            layers.link(upper, lower, leaves, enters)
        elif len(between) <= long:
            layers.link_far(upper, lower, leaves, enters, between)
    reorder(layers, _part(step, 0.0, 0.6))
    places = spread(layers, branch, grid, _part(step, 0.6, 0.4))
    return [places[number[node]] for node in nodes]


def _longest_with_dummies(piece: Piece, number: dict[int, int], row_of: dict[int, int]) -> int:
    """Return the length of the longest links that get dummies."""
    lengths = Counter(row_of[number[link.target]] - row_of[number[link.source]] - 1 for link in piece.links)
    room = max(_DUMMIES * len(number), 1000)
    for length in sorted(lengths):
        room -= length * lengths[length]
        if room < 0:
            return length - 1
    return max(lengths, default=0)
