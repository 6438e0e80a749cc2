"""Alignment: where a moved node lines up with others, or a wire of its becomes straight."""

from dataclasses import dataclass

import numpy as np

from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_geometry import Point, Rect
from widgets.canvas.tables.wire_geometry import Floats

REACH = 6.0


@dataclass(frozen=True, slots=True)
class Guide:
    """A line on the canvas along which things line up: `axis` 0 is vertical (one x), 1 horizontal (one y)."""

    axis: int
    at: float
    low: float
    high: float


class Aligner:
    """Finds, for nodes in hand, the step that lines them up with what stays where it is."""

    def __init__(self, scene: Scene, moving: set[str], zoom: float) -> None:
        self._scene = scene
        self.zoom = zoom
        rows = [scene.nodes.rows[node] for node in moving]
        self._box: Rect = scene.nodes.bounds(moving) or (0.0, 0.0, 0.0, 0.0)
        keep = ~np.isnan(scene.nodes.rects[:, 0])
        keep[rows] = False
        self._others: Floats = scene.nodes.rects[keep]
        self._across = 1 if scene.flow == "right" else 0
        self._ports = self._wire_ends(set(rows))

    @property
    def _reach(self) -> float:
        return REACH / self.zoom

    def _wire_ends(self, rows: set[int]) -> list[tuple[float, Point]]:
        """Return, for each wire between what moves and what stays, where its end that moves was across the flow, and
        where the other is, across and along it."""
        found, wires = [], self._scene.wires
        for row in rows:
            for wire in wires.of_node(row):
                source, target = wires.own[wire].tolist()
                ends = wires.ends[wire].tolist()
                if (source in rows) != (target in rows):
                    across, along = self._across, 1 - self._across
                    leaves, arrives = (ends[across], ends[along]), (ends[2 + across], ends[2 + along])
                    moving, other = (leaves, arrives) if source in rows else (arrives, leaves)
                    found.append((moving[0], other))
        return found

    def aligned(self, step: Point) -> tuple[float | None, float | None]:
        """Return the step along x and y that lines things up exactly, None where nothing is within reach."""
        shifts = [self._best(axis, step[axis]) for axis in (0, 1)]
        x, y = (step[axis] + shift if shift is not None else None for axis, shift in enumerate(shifts))
        return x, y

    def guides(self, step: Point, aligned: tuple[float | None, float | None]) -> list[Guide]:
        """Return the lines along which things line up after a step."""
        return [guide for axis in (0, 1) if aligned[axis] is not None for guide in self._guides(axis, step)]

    def _best(self, axis: int, step: float) -> float | None:
        own = self._lines(np.array([self._box]), axis)[0] + step
        beside = self._beside(axis, step)
        edges = (beside[:, [0, 2], None] - own[None, None, [0, 2]]).ravel()
        away = np.concatenate([edges, beside[:, 1] - own[1]])  # edges go with edges, middles with middles
        if axis == self._across and self._ports:  # a straight wire comes before everything else
            straight = np.array([other - (end + step) for end, (other, _) in self._ports])
            best = straight[np.abs(straight).argmin()]
            if abs(best) <= self._reach:
                return float(best)
        if not len(away):
            return None
        best = away[np.abs(away).argmin()]
        return float(best) if abs(best) <= self._reach else None

    def _beside(self, axis: int, step: float) -> Floats:
        """Return left, middle, right (or top, middle, bottom) of the nodes that are not too far to line up with."""
        near = self._others
        if len(near) > 64:
            middle = (self._box[axis] + self._box[axis + 2]) / 2 + step
            away = np.abs((near[:, axis] + near[:, axis + 2]) / 2 - middle)
            near = near[away < 400]
        return self._lines(near, axis)

    @staticmethod
    def _lines(rects: Floats, axis: int) -> Floats:
        low, high = rects[:, axis], rects[:, axis + 2]
        lines: Floats = np.stack([low, (low + high) / 2, high], axis=1)
        return lines

    def _guides(self, axis: int, step: Point) -> list[Guide]:
        own = self._lines(np.array([self._box]), axis)[0] + step[axis]
        other = 1 - axis
        low, high = self._box[other] + step[other], self._box[other + 2] + step[other]
        lines, guides = self._lines(self._others, axis), self._straight(axis, step)
        for place, at in enumerate(own.tolist()):
            same = lines[:, [1]] if place == 1 else lines[:, [0, 2]]
            match = np.flatnonzero((np.abs(same - at) < 0.01).any(axis=1))
            if len(match):
                spans = self._others[match]
                reach = min(low, float(spans[:, other].min())), max(high, float(spans[:, other + 2].max()))
                guides.append(Guide(axis, at, *reach))
        return guides[:1]

    def _straight(self, axis: int, step: Point) -> list[Guide]:
        """Return the line of a wire that is straight after a step."""
        if axis != self._across:
            return []
        own = self._box[1 - axis] + step[1 - axis], self._box[3 - axis] + step[1 - axis]
        return [
            Guide(axis, other, min(*own, far), max(*own, far))
            for end, (other, far) in self._ports
            if abs(end + step[axis] - other) < 0.01
        ]
