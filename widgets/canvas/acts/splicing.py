"""Putting a node into a wire: which port takes it, where it stands, and what moves to make room."""

import math
from collections.abc import Iterable, Mapping

import networkx as nx

from graphs import catalogue
from graphs.annotations import part_dots
from graphs.edits import Edit, Group, Move
from graphs.framing import move_dots
from graphs.network import Wire
from graphs.ports import ports
from graphs.splices import splice
from widgets.canvas.acts.fitness import Fitting, next_place
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_geometry import Point, node_measures, snapped


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
            *carried_dots(self._scene, moves),
            *splice(name, wire, self.node, self._taker(wire), self._out[0].name, part_dots(network, wire, at)),
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
    pushed = _pushed(scene, wire.target, wire.source, shift)
    places = {node: scene.network.position(node) for node in pushed}
    return at, {node: (x + pushed[node], y) if along == 0 else (x, y + pushed[node]) for node, (x, y) in places.items()}


def _pushed(scene: Scene, first: str, source: str, shift: float) -> dict[str, float]:
    """Return how far `first` and what follows it go so that `first` comes `shift` on.

    Where there is more room than a shape label needs, that is used up before what stands behind it has to go on.
    """
    along, grid = 0 if scene.flow == "right" else 1, node_measures().grid
    graph: nx.MultiDiGraph[str] = scene.network.graph
    later = {first, *nx.descendants(graph, first)} - {source}
    steps = {first: shift}
    for node in sorted(later, key=lambda held: scene.position(held)[along]):
        if scene.network[node].get("pinned"):
            steps.pop(node, None)
        elif node in steps:
            steps[node] = math.ceil(steps[node] / grid) * grid
            end = scene.rect(node)[along + 2]
            for after in later.intersection(graph.successors(node)):
                if scene.position(after)[along] < scene.position(node)[along]:
                    continue  # a wire that leads back
                spare = scene.rect(after)[along] - end - node_measures().gap_label
                if steps[node] > max(spare, 0):
                    steps[after] = max(steps.get(after, 0.0), steps[node] - max(spare, 0))
    return steps


def carried_dots(scene: Scene, places: Mapping[str, Point]) -> list[Edit]:
    """Return the edits that take along the dots of wires whose two nodes go to new places by the same step."""
    steps: dict[Point, set[str]] = {}
    for node, (x, y) in places.items():
        before = scene.network.position(node)
        steps.setdefault((x - before[0], y - before[1]), set()).add(node)
    return [edit for step, nodes in steps.items() for edit in move_dots(scene.name, scene.network, nodes, step)]


def moved(scene: Scene, nodes: Iterable[str], step: Point) -> dict[str, Point]:
    """Return where nodes go that move by a step."""
    places: Mapping[str, Point] = {node: scene.network.position(node) for node in nodes}
    return {node: (x + step[0], y + step[1]) for node, (x, y) in places.items()}
