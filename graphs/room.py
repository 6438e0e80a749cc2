"""Room along the flow of a drawing: what stands behind a place moves on, and frames that reach over it grow."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from graphs.annotations import Place, dots, frames, notes
from graphs.arranging.ground import Box
from graphs.arranging.measures import GRID
from graphs.edits import Edit, Move, MoveDot, SetFrame, SetNote
from graphs.network import Network, node_order

CLEAR = 24
"""What stays between a frame and a layer before or behind it, px along the flow."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Empty canvas that is put in before all that begins at `at` or behind it, `length` px along the flow.

    A negative length takes so much away.
    """

    at: float
    length: float


def shifted(along: float, strips: Iterable[Strip]) -> float:
    """Return where a place along the flow comes to lie once strips were put in one after the other."""
    for strip in strips:
        along += strip.length if along >= strip.at else 0.0
    return along


def turned(box: tuple[float, float, float, float], flow: str) -> Box:
    """Return left, top, right, bottom as across and along the flow."""
    left, top, right, bottom = box
    return Box(left, right, top, bottom) if flow == "down" else Box(top, bottom, left, right)


def clearing(around: Box, held: Box, others: Collection[Box]) -> list[Strip]:
    """Return the strips that keep what is `around` some layers off the `others` before and behind these.

    held: what the layers themselves take up. Others beside them, neither before nor behind, stay as they are.
    """
    beside = [box for box in others if box.left < around.right and box.right > around.left]
    strips: list[Strip] = []
    before = [box.end for box in beside if box.start < held.start and box.end <= held.start]
    lead = max(before, default=-math.inf) + CLEAR - around.start
    if lead > 0:
        strips.append(Strip(held.start, onto_grid(lead)))
    behind = [box.start for box in beside if box.start >= held.end]
    trail = around.end + CLEAR - min(behind, default=math.inf)
    if trail > 0:
        strips.append(Strip(shifted(min(behind), strips), onto_grid(trail)))
    return strips


def onto_grid(length: float) -> float:
    """Return the next step of the grid."""
    return math.ceil(length / GRID - 1e-9) * float(GRID)


def put_in(name: str, network: Network, strips: Collection[Strip], stay: Collection[str] = ()) -> list[Edit]:
    """Return the edits that put strips into a network; pinned nodes and those that `stay` are left where they are."""
    if not strips:
        return []
    along = 1 if network.flow == "down" else 0

    def onward(place: Place) -> Place:
        moved = shifted(place[along], strips)
        return (place[0], moved) if along else (moved, place[1])

    held = {node: network.position(node) for node in sorted(network, key=node_order)}
    free = {node: place for node, place in held.items() if node not in stay and not network[node].get("pinned")}
    places = {node: onward(place) for node, place in free.items() if onward(place) != tuple(place)}
    edits: list[Edit] = [Move(name, places)] if places else []
    return [*edits, *_move_dots(name, network, onward), *_move_entries(name, network, onward, along)]


def _move_dots(name: str, network: Network, onward: Callable[[Place], Place]) -> list[Edit]:
    return [
        MoveDot(name, w.source, w.source_port, w.target, w.target_port, index, onward(place))
        for w in network.wires()
        for index, place in enumerate(dots(network, w))
        if onward(place) != place
    ]


def _move_entries(name: str, network: Network, onward: Callable[[Place], Place], along: int) -> list[Edit]:
    edits: list[Edit] = []
    for id_, frame in frames(network).items():
        position, far = onward(frame.position), onward(_far(frame.position, frame.size))
        size = (frame.size[0], far[1] - position[1]) if along else (far[0] - position[0], frame.size[1])
        if (position, size) != (frame.position, frame.size):
            edits.append(SetFrame(name, id_, {"position": position, "size": size}))
    for id_, note in notes(network).items():
        if onward(note.position) != note.position:
            edits.append(SetNote(name, id_, {"position": onward(note.position)}))
    return edits


def _far(position: Place, size: Place) -> Place:
    return position[0] + size[0], position[1] + size[1]


def boxes_of(network: Network, sizes: Mapping[str, Place], usual: Place) -> dict[str, Box]:
    """Return what each node takes up, across and along the flow."""
    found = {}
    for node in network:
        (x, y), (width, height) = network.position(node), sizes.get(node, usual)
        wide, long = (width, height) if network.flow == "down" else (height, width)
        across, start = (x, y) if network.flow == "down" else (y, x)
        found[node] = Box(across - wide / 2, across + wide / 2, start, start + long)
    return found


def hull(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes, of which there is one at least."""
    left, right, start, end = zip(*boxes, strict=True)
    return Box(min(left), max(right), min(start), max(end))
