"""What of a picture an edit spoils: a few rects, as long as layers stay where they are and wires keep their ways."""

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from graphs.edits import Edit, Rename, ReplaceLayer, SetParameters
from widgets.canvas.tables.node_geometry import Rect

if TYPE_CHECKING:
    from widgets.canvas.scene import Scene

_MOST = 16
"""Layers up to which it is worth telling what of the picture is spoilt."""
_IN_PLACE = (SetParameters, Rename, ReplaceLayer)


def in_place(edit: Edit) -> bool:
    """Tell whether an edit can leave everything where it is."""
    return all(isinstance(part, _IN_PLACE) for part in edit.parts)


class Spoiling:
    """Knows how a few layers, and the wires at them, look before they are told anew, and which look different then.

    Labels keep clear of wires and stand for whole stacks of layers, so any that moves may spoil the picture anywhere.
    """

    def __init__(self, scene: "Scene", nodes: Collection[str]) -> None:
        self._scene, self._few = scene, 0 < len(nodes) <= _MOST and not scene.insides
        self._rows = [scene.nodes.rows[node] for node in nodes if node in scene.nodes] if self._few else []
        self._few &= len(self._rows) == len(nodes)
        self._wires, self._ways = self._places() if self._few else ([], b"")
        self._looks, self._problems = self._wire_looks(), scene.nodes.problems.copy()

    def rects(self) -> list[Rect] | None:
        """Return what of the canvas looks different now, but for what sticks out of it; None for anything."""
        nodes, wires = self._scene.nodes, self._scene.wires
        if not self._few or len(nodes.problems) != len(self._problems) or (self._wires, self._ways) != self._places():
            return None
        told = np.flatnonzero(nodes.problems != self._problems).tolist()
        if len(told) > _MOST:
            return None
        others = [wire for wire, differs in zip(self._wires, self._wire_looks() != self._looks, strict=True) if differs]
        rows = {*self._rows, *told, *wires.own[others, 0].tolist()}
        return [nodes.rect(row) for row in sorted(rows)] + [_rect(box) for box in wires.boxes[others].tolist()]

    def _places(self) -> tuple[list[int], bytes]:
        """Return the wires at the layers, and all that decides on where these, their wires and their labels are."""
        nodes, wires = self._scene.nodes, self._scene.wires
        rows = sorted({wire for row in self._rows for wire in wires.of_node(row)})
        ends = np.union1d(self._rows, wires.own[rows])
        tables = (nodes.rects[ends], nodes.passing[ends], nodes.labelled[ends])
        return rows, b"".join([*(table.tobytes() for table in tables), wires.ways(rows)])

    def _wire_looks(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        wires = self._scene.wires
        return wires.kinds[self._wires] * np.int64(256) + wires.states[self._wires]


def _rect(box: list[float]) -> Rect:
    left, top, right, bottom = box
    return left, top, right, bottom
