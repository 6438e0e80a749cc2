"""Writes the shape that a node puts out beside its first wire."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.canvas import states
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.board import NOTES
from widgets.canvas.tables.wire_geometry import STRAIGHT, Floats

_ASIDE = 14.0
_BASELINE = 18.0
_HEIGHT = 11.0
_BELOW = 15.0
_DETOUR = 8.0
"""How much lower the label of a bypassed node stands, under the wire that is led round it."""
_PIECES = 16
_WIDEST = 160.0
LABEL_ROOM = (240.0, 40.0)
"""How far from its node, across and along, a label may be, px."""
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Label:
    """What is written for a node, and the left ends of the baselines where it may stand, the best first."""

    row: int
    text: str
    width: float
    places: tuple[Place, Place, Place]

    def box(self, place: Place) -> tuple[float, float, float, float]:
        left, baseline = place
        return left, baseline - _HEIGHT + 3, left + self.width, baseline + 1


class LabelPainter:
    """Paints shape labels with a painter whose units are px at 100 %."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style

    def paint(self, painter: QPainter, scene: Scene, rows: npt.NDArray[np.intp], standing: Standing) -> None:
        """Write the labels of the nodes in `rows` that have something to say and room to say it.

        A label stands on the side where no wire runs; where one runs on both, the wire is left out behind the text.
        """
        rows = standing.part.labels(rows)
        labels = [label for row in rows.tolist() if (label := self._label(scene, row, standing)) is not None]
        if not labels:
            return
        painter.setFont(self._style.fonts["mono"])
        boxes = np.array([[label.box(place) for place in label.places] for label in labels])
        covered, crossed = (_touching(boxes, others) for others in _about(scene, boxes, standing))
        for label, no_room, struck in zip(labels, covered.tolist(), crossed.tolist(), strict=True):
            free = [n for n in range(len(label.places)) if not (no_room[n] or struck[n])]
            if no_room[0] and not free:
                continue
            left, baseline = place = label.places[free[0] if free else 0]
            if not free:
                box = QRectF(QPointF(*label.box(place)[:2]), QPointF(*label.box(place)[2:]))
                painter.fillRect(box.adjusted(-3, -2, 3, 2), self._style.canvas)
            painter.setPen(self._style.label_pens[self._faulty(scene, label.row)])
            painter.drawText(QPointF(left, baseline), label.text)

    def _label(self, scene: Scene, row: int, standing: Standing) -> _Label | None:
        face = scene.nodes.face(row)
        if not face.shape or not face.outputs:
            return None
        lifted = row in standing.selected or row == standing.hovered
        if not (standing.all_shapes or lifted or self._changes(scene, row)):
            return None
        text, metrics = face.shape, self._style.metrics["mono"]
        width = float(metrics.horizontalAdvance(text))
        if width > _WIDEST:  # the wire tells the whole
            text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST)
            width = float(metrics.horizontalAdvance(text))
        x, y = scene.nodes.port(row, face.outputs[0].name, output=True)
        return _Label(row, text, width, self._places(scene, row, x, y, width))

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
    def _places(scene: Scene, row: int, x: float, y: float, width: float) -> tuple[Place, Place, Place]:
        """Return left ends and baselines: right of the wire, or left of it first where another leaves to the right.

        In a network that runs to the right: above the wire, below it unless names of ports are there, or under the node
        where the gap is too narrow.
        """
        if scene.flow == "right":
            _, _, right, bottom = scene.nodes.rect(row)
            beside, under = x + _ASIDE / 2, (right - width, bottom + _BELOW)
            return (beside, y - 6), (beside, y + _BELOW) if len(scene.nodes.face(row).outputs) == 1 else under, under
        lower = _DETOUR if scene.nodes.face(row).marks & states.BYPASSED else 0.0
        own = [wire for wire in scene.wires.of_node(row) if scene.wires.own[wire, 0] == row]
        crowded = len(scene.nodes.face(row).outputs) > 1
        for wire in own:
            leaves = scene.wires.styles[wire] != STRAIGHT
            crowded |= bool(leaves and (scene.wires.lanes[wire] > x or scene.wires.ends[wire, 2] > x))
        after, before = (x + _ASIDE, y + _BASELINE + lower), (x - _ASIDE - width, y + _BASELINE + lower)
        return (before, after, after) if crowded else (after, before, before)

    @staticmethod
    def _faulty(scene: Scene, row: int) -> bool:
        own = [wire for wire in scene.wires.of_node(row) if scene.wires.own[wire, 0] == row]
        return bool((scene.wires.states[own] == states.FAULTY).any()) if own else False


def _about(scene: Scene, boxes: Floats, standing: Standing) -> tuple[Floats, Floats]:
    """Return the rects of all nodes and notes, and the boxes of the pieces of all wires, that may come near labels."""
    low, high = boxes[:, :, :2].min(axis=(0, 1)).tolist(), boxes[:, :, 2:].max(axis=(0, 1)).tolist()
    nodes, wires = scene.nodes.inside((*low, *high)), scene.wires.inside((*low, *high))
    if standing.part.alone:
        nodes, wires = standing.part.nodes(nodes), standing.part.wires(wires)
    lines = scene.wires.lines(wires, _PIECES)
    pieces = np.hstack([np.minimum(lines[:, :2], lines[:, 2:]) - 1.0, np.maximum(lines[:, :2], lines[:, 2:]) + 1.0])
    notes = [scene.board.rect(item) for item in scene.board.shown() if item[0] == NOTES]
    return np.concatenate([scene.nodes.rects[nodes], np.array(notes).reshape(-1, 4)]), pieces


def _touching(boxes: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Tell for each box of each label whether it touches one of the others."""
    left, top, right, bottom = (boxes[:, :, None, side] for side in range(4))
    across = (left < others[:, 2]) & (right > others[:, 0])
    both = across & (top < others[:, 3]) & (bottom > others[:, 1])
    return np.asarray(both.any(axis=2), dtype=np.bool_)
