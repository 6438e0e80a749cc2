"""Pan: the canvas follows the hand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from widgets.canvas.gestures.gesture import Gesture, Modifiers

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


class Pan(Gesture):
    """Moves what is seen, whatever lies under the press; it changes nothing in the drawing."""

    cursor = Qt.CursorShape.ClosedHandCursor
    threshold = 0.0
    pans_at_edges = False

    def __init__(self, view: "CanvasView", start: QPointF) -> None:
        super().__init__(view, start)
        self._last = start

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Carry the canvas along."""
        self.view.camera.pan(at - self._last)
        self._last = at
