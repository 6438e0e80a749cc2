"""Putting a node into a wire: which port takes it, where it stands, and what moves to make room."""

import math
from collections.abc import Iterable, Mapping

import networkx as nx

from graphs import catalogue
from graphs.edits import Edit, Group, Move
from graphs.network import Wire
from graphs.ports import ports
from graphs.splices import splice
from widgets.canvas.fitness import Fitting, next_place
from widgets.canvas.node_geometry import Point, node_measures, snapped
from widgets.canvas.scene import Scene


class Splicing:
    """Leads wires through a node that is there but has no wires yet."""

    def __init__(self, scene: Scene, node: str) -> None:
        self._scene, self.node = scene, node
        self._into, self._out = ports(scene.project, scene.network, node)
        wired = scene.wires.of_node(scene.nodes.rows[node])
        self.possible = bool(self._into and self._out) and not wired
        self._takers: dict[Wire, str] = {}

    def wire_below(self, rect: tuple[float, float, float, float]) -> Wire | None:
        """Return the wire that runs behind the middle of a rect where the node is held."""
        left, top, right, bottom = rect
        row = self._scene.wires.near((left + right) / 2, (top + bottom) / 2, min(right - left, bottom - top) / 2)
        return self._scene.wires.wires[row] if row is not None else None

    def room(self, wire: Wire, place: Point) -> tuple[Point, dict[str, Point]]:
        """Return where the node will stand on a wire, and where the nodes after it have to go."""
        scene = self._scene
        face = scene.nodes.face(scene.nodes.rows[self.node])
        before = gap_before(scene.network.kind(self.node))
        return room_on(scene, wire, (face.width, face.height), before, place)

    def edit(self, wire: Wire, place: Point) -> Edit:
        """Return the edit that leads the wire through the node and makes room for it."""
        name, network = self._scene.name, self._scene.network
        at, moves = self.room(wire, place)
        edits = (
            Move(name, {**moves, self.node: at}),
            *splice(name, wire, self.node, self._taker(wire), self._out[0].name),
        )
        return Group(edits, f"Insert {network.name(self.node)}")

    def _taker(self, wire: Wire) -> str:
        """Return the input for what the wire carries: one that takes it, else the first, and the report complains."""
        fitting = Fitting(self._scene, wire.source, wire.source_port, output=True).open_ports(self.node)
        return fitting[0] if fitting else next_place(self._scene.network, self.node, self._into[0])


def gap_before(kind: str) -> float:
    """Return the room that a layer of a kind keeps from the one before it: what goes on with it stands close."""
    spec = catalogue.find(kind)
    tight = spec is not None and (spec.pointwise or spec.category == "normalization")
    return float(node_measures().gap_tight if tight else node_measures().gap_label)


def room_on(
    scene: Scene, wire: Wire, size: tuple[float, float], before: float, place: Point | None
) -> tuple[Point, dict[str, Point]]:
    """Return where a node of that width and height stands on a wire, and where the nodes after it have to go."""
    along = 0 if scene.flow == "right" else 1
    start, end = scene.rect(wire.source), scene.rect(wire.target)
    gap, long = end[along] - start[along + 2], size[along]
    after = min(max(gap, node_measures().gap_tight), node_measures().gap_label)
    across = scene.position(wire.source)[1 - along]
    lead = start[along + 2] + before
    if gap >= before + long + after and place is not None:  # there is room: stay where it was dropped
        lead = min(max(place[along], lead), end[along] - after - long)
    at = snapped((lead, across) if along == 0 else (across, lead))
    shift = at[along] + long + after - end[along]
    if shift <= 0:
        return at, {}
    shift = math.ceil(shift / node_measures().grid) * node_measures().grid
    step = (shift, 0.0) if along == 0 else (0.0, shift)
    later = {wire.target, *nx.descendants(scene.network.graph, wire.target)} - {wire.source}
    return at, moved(scene, (n for n in later if not scene.network[n].get("pinned")), step)


def moved(scene: Scene, nodes: Iterable[str], step: Point) -> dict[str, Point]:
    """Return where nodes go that move by a step."""
    places: Mapping[str, Point] = {node: scene.network.position(node) for node in nodes}
    return {node: (x + step[0], y + step[1]) for node, (x, y) in places.items()}
