"""Edits that concern a frame and what it holds: put a frame around things, put things in, move all together."""

from collections.abc import Collection, Mapping

from graphs.annotations import Contents, Place, contents, dots, frames, fresh_id, notes
from graphs.edits import AddFrame, Edit, Group, Move, MoveDot, SetAttributes, SetFrame, SetNote
from graphs.errors import EditProblem
from graphs.network import Network, node_order
from graphs.splices import snap

MARGIN = 24
HEAD = 32
USUAL_SIZE = (200.0, 52.0)

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
    rectangles = [around[id_] for id_ in held.frames] + [beside[id_] for id_ in held.notes]
    boxes += [(r.position[0], r.position[1], r.position[0] + r.size[0], r.position[1] + r.size[1]) for r in rectangles]
    if not boxes:
        raise EditProblem("Select what the frame shall hold.")
    left, top = (snap(min(box[side] for box in boxes) - margin) for side in (0, 1))
    right, bottom = (snap(max(box[side] for box in boxes) + margin) for side in (2, 3))
    return (left, top - head), (right - left, bottom - top + head)


def add_frame_around(
    name: str,
    network: Network,
    nodes: Collection[str],
    sizes: Mapping[str, Place],
    title: str = "",
    inner: Collection[str] = (),
    beside: Collection[str] = (),
) -> Group:
    """Return the edit that puts a frame around nodes, `inner` frames and the notes `beside` them.

    The new frame stands inside the frame that holds all of them already, if there is one.
    """
    held = Contents(frozenset(nodes), frozenset(inner), frozenset(beside))
    position, size = rectangle_around(network, held, sizes)
    frame = fresh_id(network, "frames")
    values = {"title": title, "position": position, "size": size}
    holder = common_holder(network, held)
    put = put_into(name, network, frame, nodes, inner, beside)
    return Group((AddFrame(name, frame, values | ({"frame": holder} if holder else {})), *put.edits), "Frame layers")


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


def _moved(place: Place, by: Place) -> Place:
    return place[0] + by[0], place[1] + by[1]
