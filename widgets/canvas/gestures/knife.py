"""Knife: a line drawn across wires takes them away."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Disconnect, Group
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.hands.picking import pick
from widgets.canvas.tables.wire_geometry import Floats

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

KNIFE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_PIECES = 16


class Knife(Gesture):
    """Follows the hand freely, and cuts exactly the wires that its line crosses as one undo step."""

    hint = "Let go to cut the wires that the line crosses"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: "CanvasView", start: QPointF, node: str | None = None) -> None:
        super().__init__(view, start)
        self._node = node
        self._line = [self.stage.lens.to_scene(start)]
        self._cut: set[int] = set()

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw the line on, and mark what it crosses."""
        before, here = self._line[-1], self.stage.lens.to_scene(at)
        if here == before:
            return
        self._line.append(here)
        wires = self.stage.scene.wires
        left, right = sorted((before.x(), here.x()))
        top, bottom = sorted((before.y(), here.y()))
        stroke = (before.x(), before.y(), here.x(), here.y())
        for row in wires.inside((left, top, right, bottom)).tolist():
            if row not in self._cut and crossed(stroke, wires.lines(np.array([row]), _PIECES)):
                self._cut.add(row)
        self.stage.standing.cut_wires = frozenset(self._cut)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Cut."""
        wires = [self.stage.scene.wires.wires[row] for row in sorted(self._cut)]
        self.cancel()
        if wires:
            cuts = tuple(Disconnect.wire(self.stage.scene.name, wire) for wire in wires)
            self.view.perform(Group(cuts, "Cut wire" if len(cuts) == 1 else f"Cut {len(cuts)} wires"))

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select the node under it, as any click with these keys does."""
        if self._node is not None:
            pick(self.view.selection, self._node, modifiers)

    def cancel(self) -> None:
        """Put the knife away."""
        self.stage.standing.cut_wires = frozenset()

    def paint(self, painter: QPainter) -> None:
        """Draw the line."""
        painter.setPen(self.view.style_of_canvas.knife)
        painter.drawPolyline([self.stage.lens.to_view(point.x(), point.y()) for point in self._line])


def crossed(stroke: tuple[float, float, float, float], lines: Floats) -> bool:
    """Tell whether a straight stroke crosses one of the rows of x0, y0, x1, y1."""
    start, way = np.array(stroke[:2]), np.array(stroke[2:]) - np.array(stroke[:2])
    other, along = lines[:, :2], lines[:, 2:] - lines[:, :2]
    off = other - start
    area = way[0] * along[:, 1] - way[1] * along[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):  # parallel ones give no number, which is within no bounds
        on_stroke = (off[:, 0] * along[:, 1] - off[:, 1] * along[:, 0]) / area
        on_line = (off[:, 0] * way[1] - off[:, 1] * way[0]) / area
    return bool(((on_stroke >= 0) & (on_stroke <= 1) & (on_line >= 0) & (on_line <= 1)).any())
