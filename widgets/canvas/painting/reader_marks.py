"""What a reader gave to layers: a colour, a band at the right edge, and a comment, marked by a folded corner."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from graphs.edits import Group, SetAttributes
from widgets.canvas.lens import Lens
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
    zoom = lens.zoom
    painter.setPen(style.no_pen)
    for row in rows:
        colour, comment = nodes.marks[row]
        left, top, right, bottom = nodes.rect(row)
        rect = QRectF(lens.to_view(left, top), lens.to_view(right, bottom))
        if colour:
            band = max(_BAND * zoom, 2.0)
            inset = 2 * zoom
            at = QRectF(rect.right() - band, rect.top() + inset, band, rect.height() - 2 * inset)
            painter.fillRect(at, QColor(colour))
        if comment:
            fold, corner = max(_FOLD * zoom, 5.0), rect.bottomLeft()
            painter.setBrush(style.theme.text.link)
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(fold, 0), corner - QPointF(0, fold)]))
