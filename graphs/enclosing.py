"""Put a frame around layers: it gets room in the drawing, and the frames around it grow with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from graphs.annotations import Contents, Place, around, contents, frames, fresh_id
from graphs.arranging.ground import Box
from graphs.arranging.measures import USUAL_SIZE
from graphs.edits import AddFrame, Edit, Group, SetFrame
from graphs.framing import HEAD, MARGIN, box_at, common_holder, put_into, rectangle_around
from graphs.network import Network
from graphs.room import Strip, boxes_of, clearing, hull, put_in, shifted, turned


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

    The new frame stands inside the frame that holds all of them already, if there is one. Layers before and behind it
    make room. sizes: width and height of all nodes, px. Raises EditProblem where there is nothing to hold.
    """
    held = Contents(frozenset(nodes), frozenset(inner), frozenset(beside))
    position, size = rectangle_around(network, held, sizes)
    frame, holder = fresh_id(network, "frames"), common_holder(network, held)
    room = _Room(network, boxes_of(network, sizes, USUAL_SIZE))
    first = room.enclose(held, turned(box_at(position, size), network.flow), () if holder is None else (holder,))
    grown = [(id_, room.grow(id_)) for id_ in (around(network, holder) if holder is not None else ())]
    put = put_into(name, network, frame, nodes, inner, beside)
    values = {"title": title, **room.entry(first)} | ({"frame": holder} if holder is not None else {})
    edits: list[Edit] = [*put_in(name, network, room.strips), AddFrame(name, frame, values)]
    edits += [SetFrame(name, id_, room.entry(number)) for id_, number in grown]
    return Group((*edits, *put.edits), "Frame layers")


@dataclass
class _Room:
    """The strips that frames need, one frame around the other, and what these frames take up then."""

    network: Network
    nodes: Mapping[str, Box]
    strips: list[Strip] = field(default_factory=list)
    rects: list[Box] = field(default_factory=list)

    def enclose(self, held: Contents, rect: Box, holders: Collection[str]) -> int:
        """Make room for a frame that takes up `rect` around `held`; return its number among `rects`."""
        network = self.network
        nodes, inner = set(held.nodes), set(held.frames)
        for id_ in held.frames:
            nodes |= contents(network, id_).nodes
            inner |= contents(network, id_).frames
        outer = {id_ for holder in holders for id_ in around(network, holder)}
        entries = frames(network).items()
        framed = {id_: self._now(turned(box_at(f.position, f.size), network.flow)) for id_, f in entries}
        inside = [self._now(self.nodes[node]) for node in nodes] + [framed[id_] for id_ in inner]
        others = [self._now(box) for node, box in self.nodes.items() if node not in nodes]
        others += [box for id_, box in framed.items() if id_ not in inner | outer]
        more = clearing(rect, hull(inside), others) if inside else []
        self.strips += more
        step = shifted(hull(inside).start, more) - hull(inside).start if inside else 0.0
        self.rects = [box._replace(start=box.start + step, end=box.end + step) for box in (*self.rects, rect)]
        return len(self.rects) - 1

    def grow(self, id_: str) -> int:
        """Let the frame around the last one hold it; return its number among `rects`."""
        network, last = self.network, self.rects[-1]
        frame = frames(network)[id_]
        across, along = (0, HEAD) if network.flow == "down" else (HEAD, 0)
        margins = Box(last.left - MARGIN - across, last.right + MARGIN, last.start - MARGIN - along, last.end + MARGIN)
        now = self._now(turned(box_at(frame.position, frame.size), network.flow))
        held, above = contents(network, id_), frame.frame
        return self.enclose(held, hull([now, margins]), () if above is None else (above,))

    def entry(self, number: int) -> dict[str, Place]:
        """Return position and size of a frame as its entry has them."""
        box = self.rects[number]
        if self.network.flow == "down":
            return {"position": (box.left, box.start), "size": (box.right - box.left, box.end - box.start)}
        return {"position": (box.start, box.left), "size": (box.end - box.start, box.right - box.left)}

    def _now(self, box: Box) -> Box:
        return box._replace(start=shifted(box.start, self.strips), end=shifted(box.end, self.strips))
