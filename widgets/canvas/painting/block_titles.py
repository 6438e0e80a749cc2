"""Writes the names of blocks at a size that can be read, where those in the nodes would be too small."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.canvas import states
from widgets.canvas.lens import Lens
from widgets.canvas.scene import Scene
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.node_face import NodeFace
from widgets.canvas.tables.node_geometry import Rect
from widgets.canvas.tables.node_table import CATEGORY_NUMBERS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_LEAST_ROOM = 40.0
_MOST, _FEW = 200, 40
"""Blocks that are named at most, and those of which each may take more room than its node has."""
_PAD, _HIGH = 3.0, 14.0
_BLOCK = CATEGORY_NUMBERS["block"]


def paint_block_titles(
    painter: QPainter,
    style: CanvasStyle,
    scene: Scene,
    rows: "npt.NDArray[np.intp]",
    camera: Lens,
    level: int,
    selected: AbstractSet[int] = frozenset(),
) -> None:
    """Write the names of the blocks in `rows` with a painter in px of the screen, where there are not too many.

    selected: the rows that have a ring, which goes round the body that a far name gets.
    """
    wide = (scene.nodes.rects[rows, 2] - scene.nodes.rects[rows, 0]) * camera.zoom >= _LEAST_ROOM
    blocks = rows[wide & (scene.nodes.categories[rows] == _BLOCK)]
    if not len(blocks) or len(blocks) > _MOST:
        return
    painter.setFont(style.fonts["title"])
    for row in blocks.tolist():
        face = scene.nodes.face(row)
        if not face.marks & states.BLOCK:
            continue
        left, top, right, bottom = scene.nodes.rect(row)
        if face.marks & states.OPEN or level != states.FAR:
            bottom = top + style.measures.header
        if level == states.FAR and len(blocks) <= _FEW:
            right = _end_of_room(scene, (left, top, right, bottom), _wide(style, face) / camera.zoom)
        rect = QRectF(camera.to_view(left, top), camera.to_view(right, bottom))
        body = _title(painter, style, face, rect, camera.zoom if level != states.FAR else 0.0)
        if level == states.FAR and row in selected and not face.marks & states.OPEN:
            off = style.measures.ring_gap + style.measures.selection_ring / 2
            painter.setPen(style.selection_far)
            painter.setBrush(style.none)
            painter.drawRect(body.adjusted(-off, -off, off, off))


def _wide(style: CanvasStyle, face: NodeFace) -> float:
    """Return how wide a body must be, in px of the screen, for the whole name."""
    return style.metrics["title"].horizontalAdvance(face.name) + 3 * _PAD + 1


def _end_of_room(scene: Scene, rect: Rect, wanted: float) -> float:
    """Return the right edge of a body that is `wanted` wide, that of the node where another node lies in the way."""
    left, top, right, bottom = rect
    if left + wanted <= right or len(scene.nodes.inside((left, top, left + wanted, bottom))) > 1:
        return right
    return left + wanted


def _title(painter: QPainter, style: CanvasStyle, face: NodeFace, rect: QRectF, zoom: float) -> QRectF:
    """Write a name where the node has it; where nodes are flat, without a zoom, the block gets a body for it.

    Return what is covered.
    """
    body = rect
    metrics = style.metrics["title"]
    before = style.measures.name_x * zoom if zoom else 2 * _PAD
    if not zoom:
        body = QRectF(rect.left(), rect.center().y() - _HIGH / 2, rect.width(), _HIGH).united(rect)
        body = QRectF(body.toAlignedRect())  # so that the flat node does not show beside it in part of a pixel
        painter.fillRect(body, style.raised)
        painter.fillRect(QRectF(body.left(), body.top(), _PAD, body.height()), style.categories[_BLOCK])
    text = metrics.elidedText(face.name, Qt.TextElideMode.ElideMiddle, rect.width() - before - _PAD)
    dull = face.marks & (states.DISABLED | states.BYPASSED)
    painter.setPen(style.text["tertiary" if dull else "primary"])
    middle = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(rect.left() + before, middle), text)
    return body
