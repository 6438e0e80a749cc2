"""Wires as arrays: ends, way, kind and state, a row each."""

from collections.abc import Collection, Iterable
from copy import copy

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath

from graphs.network import Wire
from graphs.tensors import KINDS
from widgets.canvas.tables import dotted, wire_geometry
from widgets.canvas.tables.grid import Grid, touched
from widgets.canvas.tables.node_geometry import Point, Rect, port_points
from widgets.canvas.tables.node_table import NodeTable, grown
from widgets.canvas.tables.wire_geometry import AROUND, THROUGH, Floats

_MOST_DOTS = 256
_PIECES = 6
_COPIED = (np.ndarray, dict, list, set, Grid)
_ROOM = np.array([-40.0, 0.0, 40.0, 0.0])  # a wire goes round a node at this distance at most
KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class WireTable:
    """The wires of one network between the rows of its node table.

    ends: x0, y0, x1, y1 on the canvas; lanes: where a wire that goes round does so, across the flow. boxes: what holds
    each wire, NaN in a row that none holds. dots: the places through which a wire is led, by its row. astray: the rows
    of wires that are new or led elsewhere since ways were found.
    """

    def __init__(self, nodes: NodeTable) -> None:
        self._nodes = nodes
        self.ends: Floats = np.zeros((64, 4))
        self.boxes: Floats = np.full((64, 4), np.nan)
        self.lanes: Floats = np.zeros(64)
        self.own: npt.NDArray[np.int64] = np.zeros((64, 2), dtype=np.int64)
        self.styles: npt.NDArray[np.int8] = np.zeros(64, dtype=np.int8)
        self.kinds: npt.NDArray[np.int8] = np.zeros(64, dtype=np.int8)
        self.states: npt.NDArray[np.int8] = np.zeros(64, dtype=np.int8)
        self.wires: list[Wire] = []
        self.rows: dict[Wire, int] = {}
        self.at_node: dict[int, set[int]] = {}
        self.dots: dict[int, tuple[Point, ...]] = {}
        self.astray: set[int] = set()
        self._dot_grid = Grid()
        self._paths: dict[int, QPainterPath] = {}
        self._free: list[int] = []

    @property
    def shares_ports(self) -> bool:
        """Whether there are wires that come into the same port, or the same place of one."""
        return len({(wire.target, wire.target_port) for wire in self.rows}) < len(self)

    def copy(self, nodes: NodeTable) -> "WireTable":
        """Return a table with the same wires, each in its row, between the same rows of `nodes`."""
        found = copy(self)
        vars(found).update({name: held.copy() for name, held in vars(self).items() if isinstance(held, _COPIED)})
        found.at_node = {node: set(rows) for node, rows in self.at_node.items()}
        found._nodes, found._paths = nodes, {}
        return found

    def __len__(self) -> int:
        return len(self.rows)

    def put(self, wire: Wire, dots: tuple[Point, ...] = ()) -> int:
        """Add a wire, if it is not there; it has no way until `route`."""
        row = self.rows.get(wire)
        if row is None:
            row = self._new_row(wire)
        if dots != self.dots.get(row, ()):
            self.lead(row, dots)
        return row

    def _new_row(self, wire: Wire) -> int:
        if self._free:
            row = self._free.pop()
            self.wires[row] = wire
        else:
            row = len(self.wires)
            self.wires.append(wire)
            self._grow(row + 1)
        self.rows[wire] = row
        self.astray.add(row)
        ends = self.own[row] = self._nodes.rows[wire.source], self._nodes.rows[wire.target]
        for node in ends:
            self.at_node.setdefault(node, set()).add(row)
        return row

    def lead(self, row: int, dots: tuple[Point, ...]) -> None:
        """Lead the wire in a row through other places; its way follows with `route`."""
        self.astray.add(row)
        for index in range(len(self.dots.pop(row, ()))):
            self._dot_grid.drop(row * _MOST_DOTS + index)
        for index, (x, y) in enumerate(dots):
            self._dot_grid.put(row * _MOST_DOTS + index, (x, y, x, y))
        if dots:
            self.dots[row] = dots

    def points(self, row: int) -> list[Point]:
        """Return where the wire in a row starts, its dots, and where it ends."""
        x0, y0, x1, y1 = self.ends[row].tolist()
        return [(x0, y0), *self.dots.get(row, ()), (x1, y1)]

    def ways(self, rows: list[int]) -> bytes:
        """Return all that decides on where the wires in `rows` are, to be compared."""
        dots = repr([self.dots.get(row) for row in rows]).encode()
        tables = (self.own, self.ends, self.styles, self.lanes, self.boxes)
        return b"".join([*(table[rows].tobytes() for table in tables), dots])

    def dot_near(self, x: float, y: float, reach: float) -> tuple[int, int] | None:
        """Return row and index of the dot nearest to a point, within `reach`."""
        best, closest = None, reach
        for number in self._dot_grid.near(x, y, reach):
            row, index = divmod(number, _MOST_DOTS)
            dot = self.dots[row][index]
            away = ((dot[0] - x) ** 2 + (dot[1] - y) ** 2) ** 0.5
            if away <= closest:
                best, closest = (row, index), away
        return best

    def _grow(self, size: int) -> None:
        if size <= len(self.lanes):
            return
        self.ends = np.asarray(grown(self.ends, size, 0.0), dtype=np.float64)
        self.boxes = np.asarray(grown(self.boxes, size, np.nan), dtype=np.float64)
        self.lanes = np.asarray(grown(self.lanes, size, 0.0), dtype=np.float64)
        self.own = np.asarray(grown(self.own, size, 0), dtype=np.int64)
        self.styles = np.asarray(grown(self.styles, size, 0), dtype=np.int8)
        self.kinds = np.asarray(grown(self.kinds, size, 0), dtype=np.int8)
        self.states = np.asarray(grown(self.states, size, 0), dtype=np.int8)

    def drop(self, rows: Collection[int]) -> None:
        """Forget the wires in `rows`."""
        chosen = [*rows]
        for row, ends in zip(chosen, self.own[chosen].tolist(), strict=True):
            del self.rows[self.wires[row]]
            if row in self.dots:
                self.lead(row, ())
            for node in ends:
                self.at_node[node].discard(row)
            self._paths.pop(row, None)
        self.boxes[chosen] = np.nan
        self.styles[chosen] = 0
        self.astray.difference_update(chosen)
        self._free += chosen

    def of_node(self, row: int) -> set[int]:
        """Return the rows of the wires at the node in a row."""
        return self.at_node.get(row, set())

    def crossing(self, rects: Iterable[Rect]) -> set[int]:
        """Return the wires whose box touches one of the rects: those that may have to find another way."""
        held = np.flatnonzero(~np.isnan(self.boxes[:, 0]))
        touching = touched(self.boxes[held], np.array([*rects]).reshape(-1, 4) + _ROOM)
        return set(held[touching].tolist())

    def route(self, rows: Iterable[int]) -> None:
        """Work out ends and way of the wires in `rows`."""
        chosen = np.fromiter(rows, dtype=np.int64)
        if not len(chosen):
            return
        self.astray.difference_update(chosen.tolist())
        self._find_ends(chosen)
        right = self._nodes.flow == "right"
        ends, rects = self.ends[chosen], self._nodes.rects
        if right:
            ends, rects = wire_geometry.turned(ends), wire_geometry.turned(rects)
        styles = wire_geometry.styles(ends, self.own[chosen], rects)
        through = [place for place, row in enumerate(chosen.tolist()) if row in self.dots]
        styles[through] = THROUGH
        self.styles[chosen] = styles
        self._find_lanes(chosen[styles == AROUND], ends[styles == AROUND], rects)
        boxes = wire_geometry.boxes(ends, styles, self.lanes[chosen])
        self.boxes[chosen] = wire_geometry.turned(boxes) if right else boxes
        for row in chosen[through].tolist():
            self.boxes[row] = dotted.box(self.points(row))

    def _find_ends(self, rows: "npt.NDArray[np.int64]") -> None:
        nodes, wires, own = self._nodes, [self.wires[row] for row in rows.tolist()], self.own[rows]
        leaving, arriving = own[:, 0].tolist(), own[:, 1].tolist()
        out = [nodes.place(row, wire.source_port, output=True) for row, wire in zip(leaving, wires, strict=True)]
        into = [nodes.place(row, wire.target_port, output=False) for row, wire in zip(arriving, wires, strict=True)]
        self.ends[rows, :2] = port_points(nodes.rects[own[:, 0]], np.array(out), nodes.flow, output=True)
        self.ends[rows, 2:] = port_points(nodes.rects[own[:, 1]], np.array(into), nodes.flow, output=False)
        if self._paths:
            for row in rows.tolist():
                self._paths.pop(row, None)

    def shift(self, rows: Iterable[int], step: Point) -> None:
        """Move wires whose two nodes moved by the same step; their ways stay as they are."""
        chosen = np.fromiter(rows, dtype=np.int64)
        both = np.array([*step, *step])
        self.ends[chosen] += both
        self.boxes[chosen] += both
        self.lanes[chosen] += step[1 if self._nodes.flow == "right" else 0]
        for row in chosen.tolist():
            if row in self._paths:
                self._paths[row].translate(*step)
            if row in self.dots:
                self.lead(row, tuple((x + step[0], y + step[1]) for x, y in self.dots[row]))

    def _find_lanes(self, rows: "npt.NDArray[np.int64]", ends: Floats, rects: Floats) -> None:
        """Give the wires that go round their lanes, the shortest first, so that long ones enclose short ones."""
        if not len(rows):
            return
        around = (self.styles == AROUND) & ~np.isnan(self.boxes[:, 0])
        around[rows] = False
        others = np.flatnonzero(around)
        lanes = wire_geometry.Lanes(rects, self._taken(others), ends)
        for place in np.argsort(np.abs(ends[:, 3] - ends[:, 1]), kind="stable").tolist():
            self.lanes[rows[place]] = lanes.take(*ends[place].tolist())

    def _taken(self, rows: "npt.NDArray[np.int64]") -> Floats:
        ends = self.ends[rows]
        if self._nodes.flow == "right":
            ends = wire_geometry.turned(ends)
        low, high = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
        return np.stack([self.lanes[rows], low, high], axis=1)

    def path(self, row: int) -> QPainterPath:
        """Return the path of the wire in a row."""
        if row not in self._paths and row in self.dots:
            self._paths[row] = dotted.path(self.points(row), self._nodes.flow)
        elif row not in self._paths:
            x0, y0, x1, y1 = self.ends[row].tolist()
            way = (int(self.styles[row]), float(self.lanes[row]), self._nodes.flow)
            self._paths[row] = wire_geometry.wire_path((x0, y0, x1, y1), *way)
        return self._paths[row]

    def round_lines(self, rows: "npt.NDArray[np.intp]", zoom: float, *, sharp: bool = False) -> Floats:
        """Return wires as straight lines that look round at a zoom; those with dots in few pieces."""
        right = self._nodes.flow == "right"
        ends = wire_geometry.turned(self.ends[rows]) if right else self.ends[rows]
        found = wire_geometry.round_segments(ends, self.styles[rows], self.lanes[rows], zoom, sharp=sharp)
        return np.concatenate([wire_geometry.turned(found) if right else found, *self._through(rows, _PIECES)])

    def lines(self, rows: "npt.NDArray[np.intp]", pieces: int) -> Floats:
        """Return wires as straight lines, rows of x0, y0, x1, y1, curves in so many pieces."""
        right = self._nodes.flow == "right"
        ends = wire_geometry.turned(self.ends[rows]) if right else self.ends[rows]
        found = wire_geometry.segments(ends, self.styles[rows], self.lanes[rows], pieces)
        return np.concatenate([wire_geometry.turned(found) if right else found, *self._through(rows, pieces)])

    def _through(self, rows: "npt.NDArray[np.intp]", pieces: int) -> list[Floats]:
        """Return the ways of those of `rows` that have dots as straight lines."""
        through = rows[self.styles[rows] == THROUGH].tolist()
        return [dotted.lines(self.points(row), self._nodes.flow, pieces) for row in through]

    def inside(self, rect: Rect) -> "npt.NDArray[np.intp]":
        """Return the rows of the wires that may touch a rect."""
        left, top, right, bottom = rect
        boxes = self.boxes
        return np.flatnonzero(
            (boxes[:, 0] <= right) & (boxes[:, 2] >= left) & (boxes[:, 1] <= bottom) & (boxes[:, 3] >= top)
        )

    def near(self, x: float, y: float, reach: float) -> int | None:
        """Return the row of the wire nearest to a point, within `reach`."""
        found = self.inside((x - reach, y - reach, x + reach, y + reach))
        best, closest = None, reach
        for row in found.tolist():
            lines = self.lines(np.array([row]), 12)
            away = float(wire_geometry.distances((x, y), lines).min())
            if away <= closest:
                best, closest = row, away
        return best

    def set_states(self, rows: list[int], kinds: list[str], conditions: list[int]) -> None:
        """Say what travels on wires, and whether problems do."""
        unknown = KIND_NUMBERS["unknown"]
        self.kinds[rows] = [KIND_NUMBERS.get(kind, unknown) for kind in kinds]
        self.states[rows] = conditions
