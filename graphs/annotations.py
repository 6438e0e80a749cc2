"""What a reader adds to a drawing: frames around layers, notes, dots on wires and bookmarks of views.

Frames and notes stand in the attributes of their network, by id, without what is at its default. What a frame holds
names it in turn: a node, a note or an inner frame has an entry `frame`. Dots are an attribute of their wire's edge.
Nothing of this reaches a compiled module.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphs.declarations import Declaration
from graphs.network import Network, Wire, node_order
from graphs.parameters import FARTHEST, Boolean, Pair, Pairs, Real, Text, Value

Place = tuple[float, float]

_COLOUR = Text(name="colour", default=None, pattern="#[0-9a-fA-F]{6}", form="a colour such as #3366cc", optional=True)
_HOLDER = Text(name="frame", default=None, pattern=r"[\s\S]+", form="the id of a frame", optional=True)

FRAME = Declaration(
    name="frame",
    summary="A titled rectangle that carries what it holds.",
    parameters=(
        Text(name="title", pattern=r"[^\n]{0,256}", form="one line of at most 256 characters"),
        _COLOUR,
        Pair(name="position", default=(0, 0), doc="The top left corner.", unit="px"),
        Pair(name="size", default=(320, 240), low=1, high=2 * FARTHEST, doc="Width and height.", unit="px"),
        Boolean(name="collapsed", default=False, doc="Whether it is drawn as a small box, what it holds hidden."),
        _HOLDER,
    ),
)
NOTE = Declaration(
    name="note",
    summary="Text beside the layers.",
    parameters=(
        Text(name="text", multiline=True, form="text of at most 65,536 characters", doc="Markdown."),
        _COLOUR,
        Pair(name="position", default=(0, 0), doc="The top left corner.", unit="px"),
        Pair(name="size", default=(240, 120), low=1, high=2 * FARTHEST, doc="Width and height.", unit="px"),
        _HOLDER,
    ),
)
BOOKMARK = Declaration(
    name="bookmark",
    summary="A view to come back to.",
    parameters=(
        Pair(name="centre", default=(0, 0), doc="What is in the middle of the view.", unit="px"),
        Real(name="zoom", default=1.0, low=0.001, high=100, doc="1 is 100 %."),
    ),
)
DOTS = Pairs(name="dots", longest=256, doc="Places through which the wire is led, from its source on.")
DEEPEST = 32
SLOTS = tuple("123456789")

# The attributes of a network that hold entries by id, with the declaration of an entry.
ENTRIES: Mapping[str, Declaration] = {"frames": FRAME, "notes": NOTE, "bookmarks": BOOKMARK}


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame with its defaults filled in; `frame` is the one around it."""

    id: str
    title: str
    colour: str | None
    position: Place
    size: Place
    collapsed: bool
    frame: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its defaults filled in; `frame` is the one that holds it."""

    id: str
    text: str
    colour: str | None
    position: Place
    size: Place
    frame: str | None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A view: the place in its middle, and the zoom, 1 being 100 %."""

    centre: Place
    zoom: float


@dataclass(frozen=True, slots=True)
class Contents:
    """Ids of what a frame holds."""

    nodes: frozenset[str]
    frames: frozenset[str]
    notes: frozenset[str]


def frames(network: Network) -> dict[str, Frame]:
    """Return the frames by id, every one after the frame around it, as they are painted."""
    held = _completed(network, "frames")
    found = {id_: Frame(id=id_, **values) for id_, values in held.items()}
    return dict(sorted(found.items(), key=lambda entry: (_depth(found, entry[0]), node_order(entry[0]))))


def notes(network: Network) -> dict[str, Note]:
    """Return the notes by id."""
    return {id_: Note(id=id_, **values) for id_, values in _completed(network, "notes").items()}


def bookmarks(network: Network) -> dict[str, Bookmark]:
    """Return the bookmarks by slot, `1` to `9`."""
    return {slot: Bookmark(**values) for slot, values in sorted(_completed(network, "bookmarks").items())}


def dots(network: Network, wire: Wire) -> tuple[Place, ...]:
    """Return the dots on a wire, from its source on."""
    found: tuple[Place, ...] = network.attributes_of(wire).get("dots", ())
    return found


def contents(network: Network, frame: str) -> Contents:
    """Return all that a frame holds, and what the frames in it hold."""
    entries = network.attributes.get("frames", {})
    inner = {id_ for id_ in entries if id_ != frame and frame in around(network, id_)}
    holders = inner | {frame}
    nodes = frozenset(node for node, at in network.graph.nodes(data=True) if at.get("frame") in holders)
    held = network.attributes.get("notes", {}).items()
    return Contents(nodes, frozenset(inner), frozenset(id_ for id_, note in held if note.get("frame") in holders))


def layer_counts(network: Network) -> dict[str, int]:
    """Return how many layers each frame holds, with those in the frames in it."""
    counts = dict.fromkeys(network.attributes.get("frames", {}), 0)
    held = Counter(at["frame"] for _, at in network.graph.nodes(data=True) if "frame" in at) if counts else Counter()
    for frame, count in held.items():
        for holder in around(network, frame):
            counts[holder] += count
    return counts


def folded(network: Network) -> dict[str, str]:
    """Return the layers in collapsed frames, each with the outermost such frame around it."""
    entries, outermost = network.attributes.get("frames", {}), {}
    for frame in entries:
        collapsed = [holder for holder in around(network, frame) if entries[holder].get("collapsed")]
        if collapsed:
            outermost[frame] = collapsed[-1]
    nodes = network.graph.nodes(data=True) if outermost else ()
    return {node: outermost[at["frame"]] for node, at in nodes if at.get("frame") in outermost}


def around(network: Network, frame: str) -> list[str]:
    """Return the frame and all frames around it, the innermost first."""
    return lineage(network.attributes.get("frames", {}), frame)


def lineage(entries: Mapping[str, Mapping[str, Value]], frame: str) -> list[str]:
    """Return `frame` and those around it, from entries by id, as many as DEEPEST; the last of a ring has a frame."""
    found: list[str] = []
    at: Any = frame
    while at in entries and len(found) < DEEPEST:
        found.append(at)
        at = entries[at].get("frame")
    return found


def fresh_id(network: Network, attribute: str) -> str:
    """Return an id that no frame (or note) of the network has."""
    taken = network.attributes.get(attribute, {})
    noun, number = ENTRIES[attribute].name, len(taken) + 1
    while f"{noun}{number}" in taken:
        number += 1
    return f"{noun}{number}"


def place_on_wire(points: Sequence[Place], at: Place) -> int:
    """Return the index that a new dot `at` takes among the dots of a wire.

    points: where the wire starts, its dots, where it ends. The dot goes where it lengthens the wire least.
    """
    detours = []
    for index in range(len(points) - 1):
        start, end = complex(*points[index]), complex(*points[index + 1])
        place = complex(*at)
        detours.append(abs(place - start) + abs(end - place) - abs(end - start))
    return detours.index(min(detours))


def part_dots(network: Network, wire: Wire, at: Place) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return the dots of a wire before and behind a node that comes to stand on it `at` some place."""
    held = dots(network, wire)
    index = place_on_wire((network.position(wire.source), *held, network.position(wire.target)), at)
    return held[:index], held[index:]


def _completed(network: Network, attribute: str) -> dict[str, dict[str, Value]]:
    declared = ENTRIES[attribute]
    names = {choice.name for choice in declared.choices}
    return {
        id_: declared.complete({key: value for key, value in entry.items() if key in names})
        for id_, entry in network.attributes.get(attribute, {}).items()
    }


def _depth(found: Mapping[str, Frame], frame: str) -> int:
    depth, at = 0, found[frame].frame
    while at is not None and at in found:
        depth, at = depth + 1, found[at].frame
    return depth
