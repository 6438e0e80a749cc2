"""Nodes as arrays: a row each, kept where it is until the node goes."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy

import numpy as np
import numpy.typing as npt

from graphs.spec import CATEGORIES
from widgets.canvas.tables.grid import Grid
from widgets.canvas.tables.node_face import NodeFace, PortFace
from widgets.canvas.tables.node_geometry import Point, Rect, node_measures, node_rect, node_rects, port_point

_NOT_TOLD = -1
_COPIED = (np.ndarray, dict, list, Grid)
CATEGORY_NUMBERS = {category: number for number, category in enumerate(CATEGORIES)}


def grown(array: npt.NDArray[np.generic], size: int, fill: float) -> npt.NDArray[np.generic]:
    """Return the array with at least `size` rows, the new ones filled."""
    if len(array) >= size:
        return array
    more = np.full((max(size, 2 * len(array)) - len(array), *array.shape[1:]), fill, dtype=array.dtype)
    return np.concatenate([array, more])


class NodeTable:
    """Rects, categories, problems, faces and readers' marks of the nodes of one network.

    rects: left, top, right, bottom, NaN in a row that no node holds. marks: colour and comment of the nodes that have
    one, by their row; `marked` tells which rows these are. numbers: the revisions of faces; tables share them whose
    pictures are kept in one place.
    """

    def __init__(self, flow: str = "down", numbers: dict[NodeFace, int] | None = None) -> None:
        self.flow = flow
        self.rects: npt.NDArray[np.float64] = np.full((64, 4), np.nan)
        self.categories: npt.NDArray[np.int8] = np.zeros(64, dtype=np.int8)
        self.problems: npt.NDArray[np.int8] = np.zeros(64, dtype=np.int8)
        self.passing: npt.NDArray[np.int32] = np.zeros(64, dtype=np.int32)
        self.labelled: npt.NDArray[np.bool_] = np.zeros(64, dtype=bool)
        self.marked: npt.NDArray[np.bool_] = np.zeros(64, dtype=bool)
        self.marks: dict[int, tuple[str, str]] = {}
        self.faces: list[NodeFace | None] = []
        self._revisions: list[int] = []
        self.ids: list[str] = []
        self.rows: dict[str, int] = {}
        self.grid = Grid()
        self.boxes: dict[int, Rect] = {}
        self._free: list[int] = []
        self._numbers: dict[NodeFace, int] = {} if numbers is None else numbers

    def copy(self) -> "NodeTable":
        """Return a table with the same nodes, each in its row."""
        found = copy(self)
        vars(found).update({name: held.copy() for name, held in vars(self).items() if isinstance(held, _COPIED)})
        found._numbers = self._numbers
        return found

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, node: object) -> bool:
        return node in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def put(self, node: str, face: NodeFace) -> int:
        """Add a node, which is nowhere until `lay`, or show what it is now; return its row."""
        row = self.rows.get(node)
        if row is None:
            row = self._new_row(node)
        if self.faces[row] != face:
            self.faces[row] = face
            self._revisions[row] = _NOT_TOLD
            self.categories[row] = CATEGORY_NUMBERS[face.category]
            self.labelled[row] = face.reshapes and bool(face.shape)
        return row

    def _new_row(self, node: str) -> int:
        if self._free:
            row = self._free.pop()
        else:
            row = len(self.ids)
            self.ids.append("")
            self.faces.append(None)
            self._revisions.append(_NOT_TOLD)
            self._grow(row + 1)
        self.ids[row] = node
        self.rows[node] = row
        return row

    def _grow(self, size: int) -> None:
        if size <= len(self.rects):
            return
        self.rects = np.asarray(grown(self.rects, size, np.nan), dtype=np.float64)
        self.categories = np.asarray(grown(self.categories, size, 0), dtype=np.int8)
        self.problems = np.asarray(grown(self.problems, size, 0), dtype=np.int8)
        self.passing = np.asarray(grown(self.passing, size, 0), dtype=np.int32)
        self.labelled = np.asarray(grown(self.labelled, size, 0), dtype=bool)
        self.marked = np.asarray(grown(self.marked, size, 0), dtype=bool)

    def move(self, row: int, position: Point) -> None:
        """Put a node elsewhere; `position` is the middle of its edge of inputs."""
        if row in self.boxes:  # it stands for nothing but the ends of its wires, at the edges of the box
            self.rects[row] = self.boxes[row]
            self.grid.drop(row)
            return
        face = self.face(row)
        rect = node_rect(position, face.width, face.height, self.flow)
        self.rects[row] = rect
        self.grid.put(row, rect)

    def lay(self, rows: Sequence[int], positions: Sequence[Point]) -> None:
        """Put many nodes where they are now, as `move` does each."""
        if not rows:
            return
        sizes = [(face.width, face.height) for face in map(self.face, rows)]
        self.rects[rows] = rects = node_rects(np.array(positions, np.float64), np.array(sizes), self.flow)
        self.grid.lay(rows, rects)
        for row, position in zip(rows, positions, strict=True) if self.boxes else ():
            if row in self.boxes:
                self.move(row, position)

    def mark(self, row: int, colour: str, comment: str) -> None:
        """Note what a reader gave to the node in a row; both may be empty."""
        self.marked[row] = bool(colour or comment)
        if colour or comment:
            self.marks[row] = (colour, comment)
        else:
            self.marks.pop(row, None)

    def drop(self, nodes: Iterable[str]) -> None:
        """Forget nodes."""
        rows = [self.rows.pop(node) for node in nodes]
        for row in rows:
            self.faces[row] = None
            self.marks.pop(row, None)
            self.boxes.pop(row, None)
            self.grid.drop(row)
        self.rects[rows] = np.nan
        self.problems[rows] = self.passing[rows] = 0
        self.labelled[rows] = self.marked[rows] = False
        self._free += rows

    def face(self, row: int) -> NodeFace:
        """Return the face of the node in a row that one holds."""
        face = self.faces[row]
        assert face is not None, f"no node in row {row}"
        return face

    def revision(self, row: int) -> int:
        """Return a number for the face in a row, equal only for equal faces, so that pictures can be kept by it."""
        if self._revisions[row] == _NOT_TOLD:
            self._revisions[row] = self._numbers.setdefault(self.face(row), len(self._numbers))
        return self._revisions[row]

    def rect(self, row: int) -> Rect:
        """Return left, top, right, bottom of the node in a row."""
        left, top, right, bottom = self.rects[row].tolist()
        return left, top, right, bottom

    def position(self, row: int) -> Point:
        """Return the middle of the edge of inputs of the node in a row."""
        return port_point(self.rect(row), 0.0, self.flow, output=False)

    def port(self, row: int, name: str, *, output: bool) -> Point:
        """Return where a port is, as `place` says."""
        return port_point(self.rect(row), self.place(row, name, output=output), self.flow, output=output)

    def place(self, row: int, name: str, *, output: bool) -> float:
        """Return how far from the middle of its edge a port is, or would be: the next place of a variadic input lies
        beyond the others. 0 for one that is not there."""
        face = self.face(row)
        for port in face.outputs if output else face.inputs:
            if port.name == name:
                return port.place
        if not output and face.slot is not None and name.partition(".")[0] == face.variadic:
            return face.slot[1] + node_measures().slot_step
        return 0.0

    def outline(self, row: int) -> tuple[object, ...]:
        """Return all that decides on where the wires at the node in a row end, to be compared."""
        face = self.face(row)
        ports = tuple((port.name, port.place) for port in (*face.inputs, *face.outputs))
        return self.rect(row), ports, len(face.inputs), face.slot, face.variadic

    def bounds(self, nodes: Iterable[str] | None = None) -> Rect | None:
        """Return the rect that holds these nodes, or all; None without any."""
        rows = [self.rows[node] for node in nodes if node in self.rows] if nodes is not None else slice(len(self.ids))
        rects = self.rects[rows]
        if not len(self.rows) or not len(rects):
            return None
        left, top = np.nanmin(rects[:, :2], axis=0).tolist()
        right, bottom = np.nanmax(rects[:, 2:], axis=0).tolist()
        return left, top, right, bottom

    def inside(self, rect: Rect) -> "npt.NDArray[np.intp]":
        """Return the rows of the nodes that touch a rect."""
        left, top, right, bottom = rect
        rects = self.rects
        found = np.flatnonzero(
            (rects[:, 0] < right) & (rects[:, 2] > left) & (rects[:, 1] < bottom) & (rects[:, 3] > top)
        )
        return found[~np.isin(found, list(self.boxes))] if self.boxes else found


def find_port(ports: tuple[PortFace, ...], name: str) -> PortFace | None:
    """Return the port called `name`."""
    return next((port for port in ports if port.name == name), None)
