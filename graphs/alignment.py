"""New places for chosen nodes: lined up, spread evenly, and with straight wires; what a Move edit takes.

A position is the middle of the edge of a node where wires come in: the top edge in a network that flows down, the
left one in a network that flows right. Sizes are width and height in pixels.
"""

from collections.abc import Collection, Mapping

from graphs.arranging.measures import USUAL_SIZE
from graphs.errors import UserError
from graphs.framing import Box, box_of
from graphs.network import Network, Wire, node_order

Place = tuple[float, float]

# By side: which axis changes, and where on a box its line runs, from 0 (left, top) to 1 (right, bottom).
SIDES: Mapping[str, tuple[int, float]] = {
    "left": (0, 0),
    "centre": (0, 0.5),
    "right": (0, 1),
    "top": (1, 0),
    "middle": (1, 0.5),
    "bottom": (1, 1),
}
AXES = {"horizontally": 0, "vertically": 1}
STILL = 1e-9
ROW = 64


def align(positions: Mapping[str, Place], sizes: Mapping[str, Place], how: str, flow: str = "down") -> dict[str, Place]:
    """Return new positions of the nodes that have to move for one of their SIDES to line up.

    Left, right, top and bottom go by the outermost node, centre and middle by the middle of all.
    """
    if how not in SIDES:
        raise UserError(f"Nodes are aligned by one of {', '.join(SIDES)}, got {how!r}.")
    axis, part = SIDES[how]
    boxes = _boxes(positions, sizes, flow)
    start, end = _span(boxes.values(), axis)
    line = start + part * (end - start)
    by = {node: line - (box[axis] + part * (box[axis + 2] - box[axis])) for node, box in boxes.items()}
    return _moved(positions, by, axis)


def distribute(
    positions: Mapping[str, Place], sizes: Mapping[str, Place], how: str, flow: str = "down"
) -> dict[str, Place]:
    """Return new positions with equal gaps between neighbours, along one of AXES; the first and the last stay.

    Nodes that have no room between those two overlap evenly.
    """
    if how not in AXES:
        raise UserError(f"Nodes are spread {' or '.join(AXES)}, got {how!r}.")
    axis = AXES[how]
    boxes = _boxes(positions, sizes, flow)
    ordered = sorted(boxes, key=lambda node: (boxes[node][axis] + boxes[node][axis + 2], node_order(node)))
    if len(ordered) < 3:
        return {}
    start, end = boxes[ordered[0]][axis], boxes[ordered[-1]][axis + 2]
    lengths = {node: boxes[node][axis + 2] - boxes[node][axis] for node in ordered}
    gap = (end - start - sum(lengths.values())) / (len(ordered) - 1)
    by, at = {}, start
    for node in ordered:
        by[node] = at - boxes[node][axis]
        at += lengths[node] + gap
    return _moved(positions, {node: by[node] for node in ordered[1:-1]}, axis)


def straighten(
    network: Network,
    nodes: Collection[str],
    flow: str = "",
    sizes: Mapping[str, Place] | None = None,
    ports: Mapping[tuple[str, str, bool], float] | None = None,
) -> dict[str, Place]:
    """Return new positions of `nodes` for which the wires of their main ports run straight.

    A node lines up with the one that feeds its first port, the first of the selection with its reader if nothing
    feeds it. Of several readers the nearest lines up and the others stay, as do pinned nodes and any node that would
    come to lie on another. ports: how far a port (node, port, whether it is an output) is from the middle of its
    edge, px; 0 where not given.
    """
    work = _Straightening(network, {*nodes}, flow or network.flow, sizes or {}, ports or {})
    return work.places()


class _Straightening:
    """Places of all nodes, as those of the selection are lined up one after another."""

    def __init__(
        self,
        network: Network,
        nodes: set[str],
        flow: str,
        sizes: Mapping[str, Place],
        ports: Mapping[tuple[str, str, bool], float],
    ) -> None:
        self.network = network
        self.across = 0 if flow == "down" else 1
        self.flow = flow
        self.sizes = sizes
        self.ports = ports
        self.nodes = {node for node in nodes if not network[node].get("pinned")}
        self.at = {node: network.position(node) for node in network}
        self.boxes = _boxes(self.at, sizes, flow)
        self.rows: dict[int, list[str]] = {}  # nodes move only across the flow, so each stays in its rows
        for node, box in self.boxes.items():
            for row in self._rows_of(box):
                self.rows.setdefault(row, []).append(node)

    def _rows_of(self, box: Box) -> range:
        along = 1 - self.across
        return range(int(box[along] // ROW), int(box[along + 2] // ROW) + 1)

    def places(self) -> dict[str, Place]:
        """Return the new positions of the nodes that move."""
        mains = self._mains()
        begun = {wire.source for wire in mains} - {wire.target for wire in mains}
        for node in sorted(begun & self.nodes, key=node_order):
            self._follow_reader(mains, node)
        for wire in mains:
            if wire.target in self.nodes:
                self._line_up(wire.target, self._end(wire.source, wire.source_port, True) - self._offset(wire, False))
        old = {node: self.network.position(node) for node in self.nodes}
        return {node: self.at[node] for node, place in old.items() if abs(self._gap(node, place)) > STILL}

    def _gap(self, node: str, place: Place) -> float:
        return self.at[node][self.across] - place[self.across]

    def _mains(self) -> list[Wire]:
        """Return the wires that shall be straight, those nearer the start first, one for each of their ends."""
        along = 1 - self.across
        touching = [w for node in self.nodes for w in (*self.network.wires_into(node)[:1], *self._main_outs(node))]
        readers: dict[tuple[str, str], Wire] = {}
        for wire in sorted(dict.fromkeys(touching), key=lambda w: (self._bend(w), node_order(w.target))):
            readers.setdefault((wire.source, wire.source_port), wire)
        return sorted(readers.values(), key=lambda w: (self.at[w.source][along], node_order(w.source)))

    def _main_outs(self, node: str) -> list[Wire]:
        wires = self.network.wires_from(node)
        return [w for w in wires if self.network.wires_into(w.target)[:1] == [w]]

    def _bend(self, wire: Wire) -> float:
        return abs(self._end(wire.source, wire.source_port, True) - self._end(wire.target, wire.target_port, False))

    def _end(self, node: str, port: str, out: bool) -> float:
        return self.at[node][self.across] + self.ports.get((node, port, out), 0)

    def _offset(self, wire: Wire, out: bool) -> float:
        end = (wire.source, wire.source_port) if out else (wire.target, wire.target_port)
        return self.ports.get((*end, out), 0)

    def _follow_reader(self, mains: list[Wire], node: str) -> None:
        """Line a first node up with a reader that stays where it is."""
        wire = next(wire for wire in mains if wire.source == node)
        if wire.target not in self.nodes:
            self._line_up(node, self._end(wire.target, wire.target_port, False) - self._offset(wire, True))

    def _line_up(self, node: str, place: float) -> None:
        by = place - self.at[node][self.across]
        box = _shift(self.boxes[node], by, self.across)
        old = self.boxes[node]
        near = (self.boxes[other] for row in self._rows_of(box) for other in self.rows[row] if other != node)
        if not any(_overlap(box, other) and not _overlap(old, other) for other in near):
            self.boxes[node] = box
            self.at[node] = _put(self.at[node], place, self.across)


def _boxes(positions: Mapping[str, Place], sizes: Mapping[str, Place], flow: str) -> dict[str, Box]:
    return {node: box_of(place, sizes.get(node, USUAL_SIZE), flow) for node, place in positions.items()}


def _span(boxes: Collection[Box], axis: int) -> tuple[float, float]:
    return min((box[axis] for box in boxes), default=0), max((box[axis + 2] for box in boxes), default=0)


def _moved(positions: Mapping[str, Place], by: Mapping[str, float], axis: int) -> dict[str, Place]:
    return {node: _put(positions[node], positions[node][axis] + d, axis) for node, d in by.items() if abs(d) > STILL}


def _put(place: Place, coordinate: float, axis: int) -> Place:
    return (coordinate, place[1]) if axis == 0 else (place[0], coordinate)


def _shift(box: Box, by: float, axis: int) -> Box:
    left, top, right, bottom = box
    return (left + by, top, right + by, bottom) if axis == 0 else (left, top + by, right, bottom + by)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
