"""The lens: how points of the canvas and of a view go together."""

from PySide6.QtCore import QPointF, QRectF

from widgets.canvas.tables.node_geometry import Rect

HALF = 0.5 + 1e-6
"""What is added before lengths in device pixels are rounded down to whole ones, so that things that a view moved by
whole pixels shows all move by as many: those at half a pixel too, give or take what sums of floats are off."""


class Lens:
    """Zoom and offset: a point of the canvas times `zoom`, plus `offset`, is its place in the view, px."""

    zoom: float = 1.0
    offset: QPointF = QPointF(0, 0)

    def to_scene(self, at: QPointF) -> QPointF:
        """Return the point of the canvas that is at a place in the view."""
        return (at - self.offset) / self.zoom

    def to_view(self, x: float, y: float) -> QPointF:
        """Return where in the view a point of the canvas is."""
        return QPointF(x * self.zoom, y * self.zoom) + self.offset

    def seen(self, size: QRectF, margin: float = 0.0) -> Rect:
        """Return the rect of the canvas in a view of that size, with `margin` px of the screen around."""
        corner = self.to_scene(size.topLeft() - QPointF(margin, margin))
        other = self.to_scene(size.bottomRight() + QPointF(margin, margin))
        return corner.x(), corner.y(), other.x(), other.y()
