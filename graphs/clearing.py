"""Room for the layers that an edit adds: where one would stand on another, what stands behind it moves on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from graphs.annotations import Place
from graphs.arranging.ground import Box
from graphs.arranging.measures import GAPS, USUAL_SIZE
from graphs.edits import AddNode, Connect, Edit, Group, Move, RemoveNode
from graphs.network import Network
from graphs.room import Strip, boxes_of, onto_grid, put_in, shifted

Size = Callable[[AddNode], Place]


def cleared(
    network: Network, name: str, edit: Edit, sizes: Mapping[str, Place], size: Size = lambda _: USUAL_SIZE
) -> Edit:
    """Return an edit that adds layers to a network with room made for these; itself where there is enough.

    sizes: those of the nodes that are there, px. size: says what a node that is added takes up.
    """
    added = [part for part in edit.parts if isinstance(part, AddNode) and part.network == name]
    clearing = _Clearing(network, name, edit, sizes)
    places = {part.node: clearing.place(part, size(part)) for part in added}
    if not clearing.strips and all(tuple(part.position) == places[part.node] for part in added):
        return edit
    moved = {node for part in clearing.moves for node in part.positions}
    room = put_in(name, network, clearing.strips, stay=moved)
    return Group((*room, *(clearing.led_on(part, places) for part in edit.parts)), edit.title)


@dataclass(frozen=True, slots=True)
class _Ends:
    """The nodes that feed one that is added, and those that it feeds."""

    before: frozenset[str]
    behind: frozenset[str]


class _Clearing:
    """Finds places for layers, one after the other, and the strips of empty canvas that have to be put in."""

    def __init__(self, network: Network, name: str, edit: Edit, sizes: Mapping[str, Place]) -> None:
        self._network, self._name, self._edit = network, name, edit
        self.moves = [part for part in edit.parts if isinstance(part, Move) and part.network == name]
        self.strips: list[Strip] = []
        self._along = 1 if network.flow == "down" else 0
        gone = {part.node for part in edit.parts if isinstance(part, RemoveNode) and part.network == name}
        moved = {node: place for part in self.moves for node, place in part.positions.items()}
        self._boxes = {node: box for node, box in boxes_of(network, sizes, USUAL_SIZE).items() if node not in gone}
        for node, place in moved.items():
            if node in self._boxes:
                self._boxes[node] = _moved(self._boxes[node], network.position(node), place, self._along)

    def place(self, new: AddNode, size: Place) -> Place:
        """Return where a new layer goes, where nothing else stands; note what has to move on."""
        wide, long = size if self._along else (size[1], size[0])
        across, start = new.position[1 - self._along], new.position[self._along]
        left, right = across - wide / 2, across + wide / 2
        column = {node: box for node, box in self._boxes.items() if box.left < right and box.right > left}
        if any(box.start < start + long and box.end > start for box in column.values()):
            start = self._make_room(column, self._ends(new.node), start, long)
        self._boxes[new.node] = Box(left, right, start, start + long)
        return (new.position[0], start) if self._along else (start, new.position[1])

    def _make_room(self, column: Mapping[str, Box], ends: _Ends, start: float, long: float) -> float:
        """Return where something goes among what stands in its column: behind all that stands before what it feeds."""
        fed = min((box.start for node, box in column.items() if node in ends.behind), default=start)
        before = [box for node, box in column.items() if node not in ends.behind and box.start < fed]
        lead = start
        for box in sorted(before, key=lambda one: one.start):
            if box.end + GAPS.stack > lead and box.start < lead + long:
                lead = onto_grid(box.end + GAPS.label)
        ahead = [box.start for box in column.values() if box.start >= lead or box.end > lead]
        if ahead and (short := lead + long + GAPS.label - min(ahead)) > 0:
            self.strips.append(Strip(min(ahead), onto_grid(short)))
            self._boxes = {node: _behind(box, self.strips[-1]) for node, box in self._boxes.items()}
        return lead

    def _ends(self, node: str) -> _Ends:
        wires = [part for part in self._edit.parts if isinstance(part, Connect) and part.network == self._name]
        return _Ends(
            frozenset(wire.source for wire in wires if wire.target == node),
            frozenset(wire.target for wire in wires if wire.source == node),
        )

    def led_on(self, part: Edit, places: Mapping[str, Place]) -> Edit:
        """Return a part of the edit with its places where they come to lie once the strips are put in."""
        if isinstance(part, AddNode) and part.network == self._name:
            return replace(part, position=places[part.node])
        if isinstance(part, Move) and part.network == self._name:
            return replace(part, positions={node: self._onward(place) for node, place in part.positions.items()})
        return part

    def _onward(self, place: Place) -> Place:
        at = shifted(place[self._along], self.strips)
        return (place[0], at) if self._along else (at, place[1])


def _behind(box: Box, strip: Strip) -> Box:
    return Box(box.left, box.right, box.start + strip.length, box.end + strip.length) if box.start >= strip.at else box


def _moved(box: Box, before: Place, after: Place, along: int) -> Box:
    on, aside = after[along] - before[along], after[1 - along] - before[1 - along]
    return Box(box.left + aside, box.right + aside, box.start + on, box.end + on)
