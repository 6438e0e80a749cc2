"""Writes the shape that a node puts out beside its first wire."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from widgets.canvas import states
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.canvas.wire_geometry import STRAIGHT

_ASIDE = 14.0
_BASELINE = 18.0
_HEIGHT = 11.0


class LabelPainter:
    """Paints shape labels with a painter whose units are px at 100 %."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style

    def paint(self, painter: QPainter, scene: Scene, rows: npt.NDArray[np.intp], standing: Standing) -> None:
        """Write the labels of the nodes in `rows` that have something to say and room to say it."""
        lifted = {*standing.selected, -1 if standing.hovered is None else standing.hovered}
        painter.setFont(self._style.fonts["mono"])
        metrics = self._style.metrics["mono"]
        rects = scene.nodes.rects[rows]
        for row in rows.tolist():
            face = scene.nodes.face(row)
            if not face.shape or not face.outputs:
                continue
            if not (standing.all_shapes or row in lifted or self._changes(scene, row)):
                continue
            width = metrics.horizontalAdvance(face.shape)
            x, y = scene.nodes.port(row, face.outputs[0].name, output=True)
            left, baseline = self._place(scene, row, x, y, width)
            covering = (rects[:, 0] < left + width) & (rects[:, 2] > left)
            covering &= (rects[:, 1] < baseline + 1) & (rects[:, 3] > baseline - _HEIGHT + 3)
            if not covering.any():
                painter.setPen(self._style.label_pens[self._faulty(scene, row)])
                painter.drawText(QPointF(left, baseline), face.shape)

    @staticmethod
    def _changes(scene: Scene, row: int) -> bool:
        """Tell whether the shape changed at this node, or above it in a stack too tight for a label."""
        if int(scene.nodes.passing[row]) & states.TIGHT_OUT:
            return False
        while not scene.nodes.labelled[row]:
            into = [wire for wire in scene.wires.of_node(row) if scene.wires.own[wire, 1] == row]
            if len(into) != 1 or not int(scene.nodes.passing[row]) & states.TIGHT_IN:
                return False
            row = int(scene.wires.own[into[0], 0])
        return True

    @staticmethod
    def _place(scene: Scene, row: int, x: float, y: float, width: float) -> tuple[float, float]:
        """Return left end and baseline: right of the wire, or left of it where another wire leaves to the right."""
        if scene.flow == "right":
            return x + _ASIDE / 2, y - 6
        own = [wire for wire in scene.wires.of_node(row) if scene.wires.own[wire, 0] == row]
        crowded = len(scene.nodes.face(row).outputs) > 1
        for wire in own:
            leaves = scene.wires.styles[wire] != STRAIGHT
            crowded |= bool(leaves and (scene.wires.lanes[wire] > x or scene.wires.ends[wire, 2] > x))
        return (x - _ASIDE - width if crowded else x + _ASIDE), y + _BASELINE

    @staticmethod
    def _faulty(scene: Scene, row: int) -> bool:
        own = [wire for wire in scene.wires.of_node(row) if scene.wires.own[wire, 0] == row]
        return bool((scene.wires.states[own] == states.FAULTY).any()) if own else False
