"""What every gesture is: something that begins with a press, follows the hand and ends with a release."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

Modifiers = Qt.KeyboardModifier


class Gesture:
    """Follows the hand from a press at `start`, px of the view. Wheel and pinch go on working meanwhile.

    hint: a line for the status bar. cursor: the shape of the pointer. threshold: how far the hand moves before it
    counts, px. pans_at_edges: whether the view moves on when the hand comes near its edge. stage: where it works.
    """

    hint = ""
    cursor = Qt.CursorShape.ArrowCursor
    threshold = 4.0
    pans_at_edges = True

    def __init__(self, view: "CanvasView", start: QPointF) -> None:
        self.view, self.stage = view, view.stage
        self.start = start

    def begin(self) -> None:
        """The hand has moved far enough."""

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """The hand is at a point of the view, or the canvas moved below it."""

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """The hand let go after it moved."""

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """The hand let go without having moved."""

    def cancel(self) -> None:
        """Leave everything as it was before the press."""

    def paint(self, painter: QPainter) -> None:
        """Draw over the canvas, px of the view, once the hand has moved."""

    def paint_pressed(self, painter: QPainter) -> None:
        """Draw what is pressed until then."""
