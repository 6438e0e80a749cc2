"""Puts the pictures of nodes where these are: their tiles, and what stands in for a tile that is not drawn yet."""

import time

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.canvas import states
from widgets.canvas.lens import HALF, Lens
from widgets.canvas.painting.tiles import Key, Tile, TileCache
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.batches import Floats, draw_rects

_BUDGET, _AHEAD = 0.008, 0.0015
"""Seconds a frame that may go into drawing tiles anew: for what is on view, and for what is not yet."""
_INSERTED = 0.7
"""Opacity of a node in hand that will go into the wire behind it."""
Rows = npt.NDArray[np.intp]


class Blitter:
    """Blits with painters whose units are px of the screen. `ahead`: what it is asked for is not on view yet."""

    def __init__(self, style: CanvasStyle, tiles: TileCache) -> None:
        self._style, self._tiles = style, tiles
        self.ahead = False

    def paint(
        self, painter: QPainter, scene: Scene, rows: Rows, camera: Lens, standing: Standing, ratio: float
    ) -> bool:
        """Blit the tile of each node, drawing missing ones within the budget; tell whether none is missing."""
        scale = camera.zoom * ratio
        corners = scene.nodes.rects[rows, :2] * scale + np.array([camera.offset.x(), camera.offset.y()]) * ratio
        corners = np.floor(corners + HALF)
        tiles, complete = self._find(scene, rows, scale, standing, ratio)
        opacities = self._opacities(rows, standing)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # all lies on whole device pixels
        bare = np.array([tile is None for tile in tiles], dtype=bool)
        if bare.any():
            self._boxes(painter, scene, rows[bare], corners[bare], opacities[bare], scale, ratio)
        blit, before = painter.drawPixmap, 1.0
        for tile, (x, y), opacity in zip(tiles, corners.tolist(), opacities.tolist(), strict=True):
            if tile is not None:
                if opacity != before:
                    painter.setOpacity(opacity)
                    before = opacity
                blit(_place(tile, x, y, scale, ratio), tile.picture, tile.source)
        painter.setOpacity(1.0)
        return complete

    def _find(
        self, scene: Scene, rows: Rows, scale: float, standing: Standing, ratio: float
    ) -> tuple[list[Tile | None], bool]:
        """Return the tile of each node, or one of another zoom or another standing; tell whether all are right."""
        until = 0.0 if standing.settling else time.perf_counter() + (_AHEAD if self.ahead else _BUDGET)
        found, complete = list[Tile | None](), True
        for row, key in zip(rows.tolist(), self._keys(scene, rows, standing), strict=True):
            tile = self._tiles.find(key, scale)
            if tile is None and time.perf_counter() < until:
                tile = self._tiles.draw(key, scene.nodes.face(row), scale, ratio)
            elif tile is None:
                tile, complete = self._tiles.nearest(key), False
            found.append(tile)
        return found, complete

    @staticmethod
    def _keys(scene: Scene, rows: Rows, standing: Standing) -> list[Key]:
        """Return what decides on the picture of each node, as it stands at the moment."""
        passing, revision = scene.nodes.passing[rows], scene.nodes.revision
        if standing.hovered is not None:
            passing[rows == standing.hovered] |= states.HOVER
        if standing.bare:
            passing |= states.BARE
        faces = [revision(row) for row in rows.tolist()]
        return list(zip(faces, passing.tolist(), scene.nodes.problems[rows].tolist(), strict=True))

    def _opacities(self, rows: Rows, standing: Standing) -> Floats:
        found = np.ones(len(rows))
        if standing.traced is not None:
            found[~np.isin(rows, list(standing.traced))] = self._style.wire_measures.dimmed_opacity
        if standing.inserted is not None:
            found[rows == standing.inserted] = _INSERTED
        return found

    def _boxes(
        self,
        painter: QPainter,
        scene: Scene,
        rows: Rows,
        corners: Floats,
        opacities: Floats,
        scale: float,
        ratio: float,
    ) -> None:
        """Draw plain boxes for nodes of which there is no tile, with a stripe in the colour of the category."""
        rects = scene.nodes.rects[rows]
        boxes = np.hstack([corners, np.round((rects[:, 2:] - rects[:, :2]) * scale)]) / ratio
        stripes, categories = boxes.copy(), scene.nodes.categories[rows]
        stripes[:, 2] = max(round(self._style.measures.stripe * scale), 1) / ratio
        painter.setPen(self._style.no_pen)
        for opacity in np.unique(opacities).tolist():
            painter.setOpacity(opacity)
            alike = opacities == opacity
            painter.setBrush(self._style.raised)
            draw_rects(painter, boxes[alike])
            for category in np.unique(categories[alike]).tolist():
                painter.setBrush(self._style.categories[category])
                draw_rects(painter, stripes[alike & (categories == category)])


def _place(tile: Tile, x: float, y: float, scale: float, ratio: float) -> QRectF:
    """Return where a tile goes, in px of the screen, for a node whose corner is at x, y in device pixels.

    One of another zoom is stretched.
    """
    stretch, source, (across, along) = scale / tile.scale, tile.source, tile.margins
    share = stretch / ratio
    left, top = x / ratio - across * share, y / ratio - along * share
    return QRectF(left, top, source.width() * share, source.height() * share)
