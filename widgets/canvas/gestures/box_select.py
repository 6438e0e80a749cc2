"""Box select: a rectangle over empty canvas takes in the nodes that it touches, and the dots in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.hands.picking import pick

if TYPE_CHECKING:
    from widgets.canvas.tables.hit import Hit
    from widgets.canvas.view import CanvasView
    from widgets.selection import Dot


class BoxSelect(Gesture):
    """Selects what the box touches; Shift adds to the selection, Ctrl toggles."""

    hint = "Shift adds, Ctrl toggles, both together cut wires"

    def __init__(self, view: "CanvasView", start: QPointF) -> None:
        super().__init__(view, start)
        self._origin = self.stage.lens.to_scene(start)
        self._before, self._dots = view.selection.nodes, view.selection.dots
        self._end = self._origin

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select what the box touches now."""
        self._end = self.stage.lens.to_scene(at)
        box = QRectF(self._origin, self._end).normalized()
        nodes = self.stage.scene.nodes
        rows = nodes.inside((box.left(), box.top(), box.right(), box.bottom())).tolist()
        touched = frozenset(nodes.ids[row] for row in rows)
        dots = self._within(box)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            touched, dots = touched | self._before, dots | self._dots
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            touched, dots = touched ^ self._before, dots ^ self._dots
        self.view.selection.select(sorted(touched), dots=dots)

    def _within(self, box: QRectF) -> "frozenset[Dot]":
        """Return the dots in a box."""
        wires = self.stage.scene.wires
        dots = ((wires.wires[row], index, place) for row, way in wires.dots.items() for index, place in enumerate(way))
        return frozenset((wire, index) for wire, index, place in dots if box.contains(*place))

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select nothing, or the open block on whose ground it was, unless more was to be added."""
        if modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            return
        if self.stage.blocks:
            self.view.leave()
        else:
            self.view.selection.select()

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.view.selection.select(sorted(self._before), dots=self._dots)

    def paint(self, painter: QPainter) -> None:
        """Draw the box."""
        camera, style = self.stage.lens, self.view.style_of_canvas
        corner = camera.to_view(self._origin.x(), self._origin.y())
        painter.setPen(style.guide)
        painter.setBrush(style.band)
        painter.drawRect(QRectF(corner, camera.to_view(self._end.x(), self._end.y())).normalized())


class Look(BoxSelect):
    """On a locked canvas: a click selects what lies there, and a drag selects in a box wherever it begins."""

    hint = "The canvas is locked: pan, zoom and select"

    def __init__(self, view: "CanvasView", start: QPointF, hit: "Hit") -> None:
        super().__init__(view, start)
        self._hit = hit

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select the node or dot, or nothing."""
        if self._hit.node is not None:
            pick(self.view.selection, self._hit.node, modifiers)
        elif self._hit.wire is not None and self._hit.dot is not None:
            pick(self.view.selection, (self._hit.wire, self._hit.dot), modifiers)
        else:
            super().click(at, modifiers)
