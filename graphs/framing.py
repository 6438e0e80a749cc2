"""Edits that concern a frame and what it holds: fit it round its layers, put things in, move all together."""

from collections.abc import Collection, Mapping

from graphs.annotations import Contents, Place, contents, dots, frames, notes
from graphs.arranging.measures import USUAL_SIZE, snap
from graphs.edits import Edit, Group, Move, MoveDot, RemoveDot, SetAttributes, SetFrame, SetNote
from graphs.errors import EditProblem
from graphs.network import Network, node_order

MARGIN = 24
HEAD = 32

Box = tuple[float, float, float, float]


def box_of(position: Place, size: Place, flow: str) -> Box:
    """Return left, top, right and bottom of a node, whose position is the middle of its edge where wires come in."""
    (x, y), (width, height) = position, size
    left, top = (x - width / 2, y) if flow == "down" else (x, y - height / 2)
    return left, top, left + width, top + height


def rectangle_around(
    network: Network, held: Contents, sizes: Mapping[str, Place], margin: float = MARGIN, head: float = HEAD
) -> tuple[Place, Place]:
    """Return position and size of a frame around nodes, frames and notes, on the grid, with room for its title.

    sizes: width and height of the nodes, px; a node that is not there is taken to be of the usual size.
    """
    boxes = [box_of(network.position(n), sizes.get(n, USUAL_SIZE), network.flow) for n in held.nodes]
    around, beside = frames(network), notes(network)
    boxes += [box_at(around[id_].position, around[id_].size) for id_ in held.frames]
    boxes += [box_at(beside[id_].position, beside[id_].size) for id_ in held.notes]
    if not boxes:
        raise EditProblem("Select what the frame shall hold.")
    return _around(boxes, margin, head)


def box_at(position: Place, size: Place) -> Box:
    return position[0], position[1], position[0] + size[0], position[1] + size[1]


def _around(boxes: Collection[Box], margin: float, head: float) -> tuple[Place, Place]:
    left, top = (snap(min(box[side] for box in boxes) - margin) for side in (0, 1))
    right, bottom = (snap(max(box[side] for box in boxes) + margin) for side in (2, 3))
    return (left, top - head), (right - left, bottom - top + head)


def fit_frames(
    name: str, network: Network, positions: Mapping[str, Place], sizes: Mapping[str, Place], margin: float = MARGIN
) -> list[Edit]:
    """Return the edits that fit frames around their layers once these stand at new `positions`, as after a layout.

    Only frames that hold a layer that moves, or a frame that does, are fitted; their notes keep their place in them.
    """
    held, beside = frames(network), notes(network)
    boxes: dict[str, list[Box]] = {id_: [] for id_ in held}
    before: dict[str, list[Box]] = {id_: [] for id_ in held}
    stale: set[str] = set()
    for node, at in network.graph.nodes(data=True):
        if at.get("frame") in held:
            size = sizes.get(node, USUAL_SIZE)
            before[at["frame"]].append(box_of(at["position"], size, network.flow))
            boxes[at["frame"]].append(box_of(positions.get(node, at["position"]), size, network.flow))
            stale |= {at["frame"]} if node in positions else set()
    edits: list[Edit] = []
    for id_, frame in reversed(held.items()):
        position, size = frame.position, frame.size
        if id_ in stale:
            by = _step(before[id_], boxes[id_])
            for note in (note for note in beside.values() if note.frame == id_):
                place = _moved(note.position, by)
                boxes[id_].append(box_at(place, note.size))
                edits += [SetNote(name, note.id, {"position": place})] if by != (0, 0) else []
            position, size = _around(boxes[id_], margin, HEAD)
            if (position, size) != (frame.position, frame.size):
                edits.append(SetFrame(name, id_, {"position": position, "size": size}))
        if frame.frame is not None:
            before[frame.frame].append(box_at(frame.position, frame.size))
            boxes[frame.frame].append(box_at(position, size))
            stale |= {frame.frame} if id_ in stale else set()
    return edits


def _step(before: Collection[Box], after: Collection[Box]) -> Place:
    """Return how far the top left corner of boxes moved."""
    x, y = (snap(min(box[side] for box in after) - min(box[side] for box in before)) for side in (0, 1))
    return x, y


def common_holder(network: Network, held: Contents) -> str | None:
    """Return the frame that holds all these directly, None where there is no such frame."""
    holders = {network[node].get("frame") for node in held.nodes}
    for attribute, ids in (("frames", held.frames), ("notes", held.notes)):
        holders |= {network.attributes[attribute][id_].get("frame") for id_ in ids}
    found: str | None = holders.pop() if len(holders) == 1 else None
    return found


def put_into(
    name: str,
    network: Network,
    frame: str | None,
    nodes: Collection[str] = (),
    inner: Collection[str] = (),
    beside: Collection[str] = (),
) -> Group:
    """Return the edit that puts nodes, inner frames and notes into a frame, or out of any when that is None.

    What is there already is left alone, so the group may be empty.
    """
    reset = ("frame",) if frame is None else ()
    values = {} if frame is None else {"frame": frame}
    edits: list[Edit] = [
        SetAttributes(name, node, dict(values), reset)
        for node in sorted(nodes, key=node_order)
        if network[node].get("frame") != frame
    ]
    for attribute, ids, kind in (("frames", inner, SetFrame), ("notes", beside, SetNote)):
        held = network.attributes.get(attribute, {})
        edits += [kind(name, id_, dict(values), reset) for id_ in sorted(ids) if held[id_].get("frame") != frame]
    return Group(tuple(edits), "Put into frame" if frame else "Take out of frame")


def move_frame(name: str, network: Network, frame: str, by: Place) -> Group:
    """Return the edit that moves a frame and all that it holds `by` some pixels: nodes, frames, notes, dots."""
    if frame not in network.attributes.get("frames", {}):
        raise EditProblem(f"There is no frame {frame!r} here any more.")
    held = contents(network, frame)
    edits: list[Edit] = []
    if held.nodes:
        places = {node: _moved(network.position(node), by) for node in sorted(held.nodes, key=node_order)}
        edits.append(Move(name, places))
    around, beside = frames(network), notes(network)
    for id_ in sorted({frame, *held.frames}, key=node_order):
        edits.append(SetFrame(name, id_, {"position": _moved(around[id_].position, by)}))
    for id_ in sorted(held.notes, key=node_order):
        edits.append(SetNote(name, id_, {"position": _moved(beside[id_].position, by)}))
    return Group((*edits, *move_dots(name, network, held.nodes, by)), "Move frame")


def move_dots(name: str, network: Network, nodes: Collection[str], by: Place) -> list[Edit]:
    """Return the edits that move the dots of all wires among `nodes`, which are moved with them."""
    wires = (w for node in sorted(nodes, key=node_order) for w in network.wires_from(node) if w.target in nodes)
    return [
        MoveDot(name, w.source, w.source_port, w.target, w.target_port, index, _moved(place, by))
        for w in wires
        for index, place in enumerate(dots(network, w))
    ]


def remove_dots(name: str, network: Network, nodes: Collection[str]) -> list[Edit]:
    """Return the edits that take the dots off all wires among `nodes`, as when these are laid out anew."""
    wires = (w for node in sorted(nodes, key=node_order) for w in network.wires_from(node) if w.target in nodes)
    return [
        RemoveDot(name, w.source, w.source_port, w.target, w.target_port, index)
        for w in wires
        for index in reversed(range(len(dots(network, w))))
    ]


def _moved(place: Place, by: Place) -> Place:
    return place[0] + by[0], place[1] + by[1]
