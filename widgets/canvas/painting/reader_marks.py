"""What a reader gave to layers: a colour, a band at the right edge, and a comment, marked by a folded corner."""

import math
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from graphs.edits import Group, SetAttributes
from widgets.canvas.lens import HALF, Lens
from widgets.canvas.painting.node_painter import stripe_path
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.node_table import NodeTable

if TYPE_CHECKING:
    from widgets.canvas.editor import Editor
    from widgets.canvas.stage import Stage

COLOURS = {
    "Red": "#d64545", "Orange": "#d9822b", "Yellow": "#c9a227", "Green": "#3f9b57",
    "Teal": "#2a9d8f", "Blue": "#3f7fd2", "Purple": "#8a5cd0", "Pink": "#c9549b",
}  # fmt: skip
_BAND, _FOLD = 4.0, 9.0


class ReaderMarks(QObject):
    """Paints the marks over the nodes."""

    def __init__(self, surface: "Editor") -> None:
        super().__init__(surface)
        self._surface = surface
        surface.over.append(self.paint)

    def set_colour(self, colour: str | None) -> None:
        """Colour the selected layers; None takes the colour off."""
        surface = self._surface
        values, reset = ({}, ("colour",)) if colour is None else ({"colour": colour}, ())
        name, nodes = surface.selection.network, sorted(surface.selection.nodes)
        if nodes:
            edits = tuple(SetAttributes(name, node, dict(values), reset) for node in nodes)
            surface.perform(Group(edits, "Colour"))

    def paint(self, painter: QPainter) -> None:
        """Paint the marks on view, with a painter whose units are px of the screen."""
        for stage in self._surface.root.all():
            if stage.scene.nodes.marks:
                self._paint(painter, stage)

    def _paint(self, painter: QPainter, stage: "Stage") -> None:
        surface, nodes = self._surface, stage.scene.nodes
        seen = nodes.inside(stage.lens.seen(surface.rect().toRectF(), 0.0))
        paint_marks(painter, surface.style_of_canvas, nodes, seen[nodes.marked[seen]].tolist(), stage.lens)


def paint_marks(painter: QPainter, style: CanvasStyle, nodes: NodeTable, rows: Iterable[int], lens: Lens) -> None:
    """Paint the marks of the nodes in `rows`, with a painter whose units are px of the screen or picture."""
    zoom, ratio = lens.zoom, painter.device().devicePixelRatioF()
    radius = float(style.theme.measures.radius.node)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row in rows:
        (colour, comment), (left, top, right, bottom) = nodes.marks[row], nodes.rect(row)
        corner, (wide, high) = lens.to_view(left, top), (right - left, bottom - top)
        painter.save()
        painter.translate(*(math.floor(side * ratio + HALF) / ratio for side in (corner.x(), corner.y())))
        painter.scale(zoom, zoom)
        if comment:
            painter.fillPath(_fold(high, max(_FOLD, float(math.ceil(5 / zoom))), radius), style.theme.text.link)
        if colour:  # as the stripe on the left, mirrored
            painter.translate(wide, 0)
            painter.scale(-1, 1)
            painter.fillPath(stripe_path(wide, high, max(_BAND, float(math.ceil(2 / zoom))), radius), QColor(colour))
        painter.restore()


@cache
def _fold(height: float, side: float, radius: float) -> QPainterPath:
    """Return the corner at the lower left of a node of that height, its top left corner at the origin."""
    whole, corner = QPainterPath(), QPainterPath()
    whole.addRoundedRect(QRectF(0, 0, 4 * radius + 2 * side, height), radius, radius)
    corner.addPolygon(QPolygonF([QPointF(0, height), QPointF(side, height), QPointF(0, height - side)]))
    corner.closeSubpath()
    return whole.intersected(corner)
