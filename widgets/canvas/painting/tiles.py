"""Pictures of nodes kept from frame to frame, the least recently used dropped first."""

import math
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets.canvas import states
from widgets.canvas.painting.node_painter import NodePainter
from widgets.canvas.states import level_of
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.node_face import NodeFace

MARGIN = 16.0
"""Room round a node, px at 100 %, that is enough for all that sticks out of it, but for the names of ports."""
_MOST_BYTES = 64 * 2**20

Key = tuple[int, int, int]
"""Revision of the face, passing state, problem."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture; `margins`, left and right and above and below, are in device pixels.

    scale: in device pixels a px at 100 %. source: all of the picture.
    """

    picture: QPixmap
    margins: tuple[int, int]
    scale: float
    source: QRectF


class TileCache:
    """Tiles by key and scale. One of another scale, or of the face as it stood before, stands in until it is drawn."""

    def __init__(self, style: CanvasStyle, flow: str, most_bytes: int = _MOST_BYTES) -> None:
        self._style = style
        self._node_painter = NodePainter(style, flow)
        self._most = most_bytes
        self._held: OrderedDict[tuple[Key, float], Tile] = OrderedDict()
        self._latest: dict[Key, float] = {}
        self._of_face: dict[int, Key] = {}
        self._bytes = 0

    @property
    def held_bytes(self) -> int:
        """The memory that the pictures take."""
        return self._bytes

    def find(self, key: Key, scale: float) -> Tile | None:
        """Return the tile at exactly this scale."""
        tile = self._held.get((key, scale))
        if tile is not None:
            self._held.move_to_end((key, scale))
        return tile

    def nearest(self, key: Key) -> Tile | None:
        """Return the tile drawn last for this key, at whatever scale; else that of the same face as it stood before."""
        for held in (key, self._of_face.get(key[0], key)):
            if (scale := self._latest.get(held)) is not None:
                return self._held.get((held, scale))
        return None

    def draw(self, key: Key, face: NodeFace, scale: float, ratio: float) -> Tile:
        """Draw and keep the tile of a face; `ratio` is in device pixels a px of the screen."""
        level = level_of(self._style.measures.name_px * scale / ratio)
        across, along = (math.ceil(side * scale) for side in self._node_painter.room(face, level, key[1]))
        edge = self._style.measures.block_edge if face.marks & states.BLOCK else 0
        width, height = math.ceil(face.width * scale), math.ceil((face.height + edge) * scale)
        picture = QPixmap(width + 2 * across, height + 2 * along)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(across, along)
        painter.scale(scale, scale)
        self._node_painter.draw(painter, face, level, key[1], key[2])
        painter.end()
        tile = Tile(picture, (across, along), scale, QRectF(picture.rect()))
        self._keep(key, scale, tile)
        return tile

    def _keep(self, key: Key, scale: float, tile: Tile) -> None:
        self._held[key, scale] = tile
        self._latest[key] = scale
        self._of_face[key[0]] = key
        self._bytes += _size(tile)
        while self._bytes > self._most and len(self._held) > 1:
            (old, at), gone = self._held.popitem(last=False)
            self._bytes -= _size(gone)
            if self._latest.get(old) == at:
                del self._latest[old]

    def clear(self) -> None:
        """Drop all tiles."""
        self._held.clear()
        self._latest.clear()
        self._of_face.clear()
        self._bytes = 0


def _size(tile: Tile) -> int:
    return tile.picture.width() * tile.picture.height() * 4
