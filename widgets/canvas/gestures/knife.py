"""Knife: a line drawn across wires takes them away."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Group
from widgets.canvas.fitness import disconnect
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.wire_geometry import crossed

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

KNIFE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_PIECES = 16


class Knife(Gesture):
    """Follows the hand freely, and cuts exactly the wires that its line crosses as one undo step."""

    hint = "Let go to cut the wires that the line crosses"
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: "CanvasView", start: QPointF) -> None:
        super().__init__(view, start)
        self._line = [view.camera.to_scene(start)]
        self._cut: set[int] = set()

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw the line on, and mark what it crosses."""
        before, here = self._line[-1], self.view.camera.to_scene(at)
        if here == before:
            return
        self._line.append(here)
        wires = self.view.scene.wires
        left, right = sorted((before.x(), here.x()))
        top, bottom = sorted((before.y(), here.y()))
        stroke = (before.x(), before.y(), here.x(), here.y())
        for row in wires.inside((left, top, right, bottom)).tolist():
            if row not in self._cut and crossed(stroke, wires.lines(np.array([row]), _PIECES)):
                self._cut.add(row)
        self.view.standing.cut_wires = frozenset(self._cut)

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Cut."""
        wires = [self.view.scene.wires.wires[row] for row in sorted(self._cut)]
        self.cancel()
        if wires:
            cuts = tuple(disconnect(self.view.scene.name, wire) for wire in wires)
            self.view.perform(Group(cuts, "Cut wire" if len(cuts) == 1 else f"Cut {len(cuts)} wires"))

    def cancel(self) -> None:
        """Put the knife away."""
        self.view.standing.cut_wires = frozenset()

    def paint(self, painter: QPainter) -> None:
        """Draw the line."""
        painter.setPen(self.view.style_of_canvas.knife)
        painter.drawPolyline([self.view.camera.to_view(point.x(), point.y()) for point in self._line])
