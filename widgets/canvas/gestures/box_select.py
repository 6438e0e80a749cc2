"""Box select: a rectangle over empty canvas takes in the nodes that it touches."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.canvas.gestures.gesture import Gesture, Modifiers

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


class BoxSelect(Gesture):
    """Selects what the box touches; Shift adds to the selection, Ctrl toggles. A click selects nothing."""

    hint = "Shift adds, Ctrl toggles, both together cut wires"

    def __init__(self, view: "CanvasView", start: QPointF) -> None:
        super().__init__(view, start)
        self._origin = view.camera.to_scene(start)
        self._before = view.selection.nodes
        self._end = self._origin

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select what the box touches now."""
        self._end = self.view.camera.to_scene(at)
        box = QRectF(self._origin, self._end).normalized()
        nodes = self.view.scene.nodes
        rows = nodes.inside((box.left(), box.top(), box.right(), box.bottom())).tolist()
        touched = frozenset(nodes.ids[row] for row in rows)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            touched |= self._before
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            touched ^= self._before
        self.view.selection.select(sorted(touched))

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select nothing, unless more was to be added."""
        if not modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            self.view.selection.select()

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.view.selection.select(sorted(self._before))

    def paint(self, painter: QPainter) -> None:
        """Draw the box."""
        camera, style = self.view.camera, self.view.style_of_canvas
        corner = camera.to_view(self._origin.x(), self._origin.y())
        painter.setPen(style.guide)
        painter.setBrush(style.band)
        painter.drawRect(QRectF(corner, camera.to_view(self._end.x(), self._end.y())).normalized())
