"""Dots of wires in hand: those selected, and those of wires whose two layers are in hand."""

from collections.abc import Collection, Iterable

from graphs.annotations import dots
from graphs.edits import Edit, MoveDot
from graphs.network import Wire
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_geometry import Point
from widgets.selection import Dot


class HeldDots:
    """Moves dots by a step from where the network has them. What a wire carries along is drawn by the scene itself."""

    def __init__(self, scene: Scene, nodes: Collection[str], chosen: Iterable[Dot]) -> None:
        self._scene = scene
        inner = {w for row in scene.wires.dots if {(w := scene.wires.wires[row]).source, w.target} <= {*nodes}}
        self._carried = inner
        self._free: dict[Wire, set[int]] = {}
        for wire, index in chosen:
            if wire in scene.wires.rows and wire not in inner and index < len(dots(scene.network, wire)):
                self._free.setdefault(wire, set()).add(index)

    def place(self, step: Point) -> None:
        """Draw the free ones a step away from where they were."""
        if self._free:
            self._scene.bend({wire: self._way(wire, chosen, step) for wire, chosen in self._free.items()})

    def _way(self, wire: Wire, chosen: set[int], step: Point) -> tuple[Point, ...]:
        return tuple(
            (x + step[0], y + step[1]) if index in chosen else (x, y)
            for index, (x, y) in enumerate(dots(self._scene.network, wire))
        )

    def edits(self, step: Point) -> list[Edit]:
        """Return the edits that leave them there."""
        name, network = self._scene.name, self._scene.network
        moved = self._free | {wire: set(range(len(dots(network, wire)))) for wire in self._carried}
        return [
            MoveDot(name, w.source, w.source_port, w.target, w.target_port, index, self._way(w, chosen, step)[index])
            for w, chosen in moved.items()
            for index in sorted(chosen)
        ]

    def aligned(self, step: Point, reach: float) -> tuple[float | None, float | None]:
        """Return the step along x and y that puts a single free dot in line with its neighbours on the wire."""
        if len(self._free) != 1 or len(next(iter(self._free.values()))) != 1:
            return None, None
        ((wire, chosen),) = self._free.items()
        index = next(iter(chosen))
        ends = self._scene.wires.points(self._scene.wires.rows[wire])
        here = dots(self._scene.network, wire)[index]
        found: list[float | None] = []
        for axis in (0, 1):
            shifts = [neighbour[axis] - here[axis] - step[axis] for neighbour in (ends[index], ends[index + 2])]
            least = min(shifts, key=abs)
            found.append(step[axis] + least if abs(least) <= reach else None)
        return found[0], found[1]
