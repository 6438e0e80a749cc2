"""Room for frames in a layout: each is fitted round its layers, and keeps off the layers before and behind it."""

from collections.abc import Mapping

from graphs.annotations import contents, frames, lineage
from graphs.arranging.ground import Box
from graphs.framing import HEAD, MARGIN
from graphs.network import Network
from graphs.room import clearing, hull, shifted


def frame_around(held: Box, down: bool) -> Box:
    """Return what a frame round `held` takes up, with its margin and the room for its title."""
    across, along = (0, HEAD) if down else (HEAD, 0)
    return Box(held.left - MARGIN - across, held.right + MARGIN, held.start - MARGIN - along, held.end + MARGIN)


def steps_for_frames(network: Network, boxes: Mapping[str, Box], down: bool) -> dict[str, float]:
    """Return how far along each node of `boxes` has to move for the frames to have room."""
    entries = network.attributes.get("frames", {})
    own = {id_: [node for node in contents(network, id_).nodes if node in boxes] for id_ in frames(network)}
    now = dict(boxes)
    for id_ in reversed(own):
        if not own[id_]:
            continue
        around = _fitted(network, now, down)
        inner = {other for other in own if other != id_ and id_ in lineage(entries, other)}
        outer = {*lineage(entries, id_)}
        held = hull([*(now[node] for node in own[id_]), *(around[other] for other in inner if other in around)])
        within = {*own[id_]}
        others = [box for node, box in now.items() if node not in within]
        others += [box for other, box in around.items() if other not in inner and other not in outer]
        strips = clearing(around[id_], held, others)
        if strips:
            now = {node: _moved(box, shifted(box.start, strips) - box.start) for node, box in now.items()}
    return {node: box.start - boxes[node].start for node, box in now.items()}


def _moved(box: Box, step: float) -> Box:
    return box._replace(start=box.start + step, end=box.end + step)


def _fitted(network: Network, boxes: Mapping[str, Box], down: bool) -> dict[str, Box]:
    """Return what the frames take up round nodes that stand so; a frame that holds none has no place."""
    entries = frames(network)
    held: dict[str, list[Box]] = {id_: [] for id_ in entries}
    for node, box in boxes.items():
        holder = network[node].get("frame")
        if holder in held:
            held[holder].append(box)
    found: dict[str, Box] = {}
    for id_, frame in reversed(entries.items()):
        if held[id_]:
            found[id_] = frame_around(hull(held[id_]), down)
            if frame.frame in held:
                held[frame.frame].append(found[id_])
    return found
