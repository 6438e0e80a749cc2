"""Open a block in its place, its layers on show, and close it: what stands round it makes room and comes back."""

import math
from collections.abc import Mapping

from graphs.annotations import Place
from graphs.arranging.ground import Box
from graphs.arranging.measures import GAPS, GRID, USUAL_SIZE
from graphs.edits import Edit, Group, Move, SetAttributes
from graphs.network import Network, node_order
from graphs.room import Strip, boxes_of, put_in


def open_block(name: str, network: Network, node: str, size: Place, sizes: Mapping[str, Place]) -> Group:
    """Return the edit that draws a block open; it takes up `size` px then. sizes: those of all nodes as they are."""
    boxes = boxes_of(network, sizes, USUAL_SIZE)
    old, new = boxes[node], boxes_of(network, {**sizes, node: size}, USUAL_SIZE)[node]
    strips = _strips(old.end, new.end - old.end)
    edits: list[Edit] = [SetAttributes(name, node, {"open": True}), *put_in(name, network, strips, stay=(node,))]
    moved = {n: place for edit in edits if isinstance(edit, Move) for n, place in edit.positions.items()}
    aside = _aside(network, node, old, new, boxes, moved)
    return Group((*edits, *([Move(name, aside)] if aside else [])), "Open block in place")


def close_block(name: str, network: Network, node: str, size: Place, sizes: Mapping[str, Place]) -> Group:
    """Return the edit that draws an open block closed; it takes up `size` px then."""
    now = boxes_of(network, sizes, USUAL_SIZE)[node]
    closed = boxes_of(network, {**sizes, node: size}, USUAL_SIZE)[node]
    strips = [Strip(strip.at + strip.length, -strip.length) for strip in _strips(closed.end, now.end - closed.end)]
    closing = SetAttributes(name, node, {}, ("open",))
    return Group((closing, *put_in(name, network, strips, stay=(node,))), "Close block")


def _strips(at: float, length: float) -> list[Strip]:
    long = math.ceil(length / GRID - 1e-9) * float(GRID)
    return [Strip(at, long)] if long > 0 else []


def _aside(
    network: Network, node: str, old: Box, new: Box, boxes: Mapping[str, Box], moved: Mapping[str, Place]
) -> dict[str, Place]:
    """Return where nodes beside a block go, those on a side all by the same step, where it would cover one of them."""
    across, along = (0, 1) if network.flow == "down" else (1, 0)
    steps = {-1: 0.0, 1: 0.0}
    beside: dict[str, int] = {}
    for other, box in boxes.items():
        way = 1 if box.left >= old.right else -1 if box.right <= old.left else 0
        if way == 0 or other == node or network[other].get("pinned"):
            continue
        beside[other] = way
        start = box.start + moved.get(other, network.position(other))[along] - network.position(other)[along]
        if start < new.end and start + box.end - box.start > new.start:
            short = new.right + GAPS.branch - box.left if way == 1 else box.right + GAPS.branch - new.left
            steps[way] = max(steps[way], math.ceil(short / GRID - 1e-9) * float(GRID))
    places = {}
    for other in sorted(beside, key=node_order):
        if steps[beside[other]] > 0:
            place = [*moved.get(other, network.position(other))]
            place[across] += steps[beside[other]] * beside[other]
            places[other] = (place[0], place[1])
    return places
