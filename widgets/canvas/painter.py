"""Paints a frame of the canvas from the tables of a scene: ground, wires, labels, nodes, rings and badges."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.canvas import states
from widgets.canvas.lens import HALF, Lens
from widgets.canvas.painting.badges import BadgePainter
from widgets.canvas.painting.blitter import Blitter
from widgets.canvas.painting.block_titles import paint_block_titles
from widgets.canvas.painting.frames import FramePainter
from widgets.canvas.painting.ground import Ground
from widgets.canvas.painting.kept import RIM, Kept, Spoilt
from widgets.canvas.painting.label_painter import LABEL_ROOM, LabelPainter
from widgets.canvas.painting.node_painter import NAMES_ROOM
from widgets.canvas.painting.notes import NotePainter
from widgets.canvas.painting.open_painter import OpenPainter
from widgets.canvas.painting.port_painter import paint_ports_at_hand
from widgets.canvas.painting.tiles import MARGIN, TileCache
from widgets.canvas.painting.wire_painter import WirePainter
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.states import level_of
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.batches import draw_rects
from widgets.canvas.tables.inside import looks_inside
from widgets.canvas.tables.node_geometry import Rect, node_measures

_FEW = 16
"""Nodes in hand up to which these are painted anew in every frame."""
_APART = 3.0
"""How high a node without a row is on the screen, px, from which on there is a gap between it and its ring."""
_OFF = 1e-6
Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]


class CanvasPainter:
    """Paints scenes in one theme; keeps the tiles of the scene that it painted last."""

    def __init__(self, style: CanvasStyle, flow: str = "down") -> None:
        self.style = style
        self.tiles = TileCache(style, flow)
        self._blitter = Blitter(style, self.tiles)
        self._flow = flow
        self._turned: CanvasPainter | None = None
        self._open = OpenPainter(style, flow)
        self._ground = Ground(style)
        self._wires = WirePainter(style)
        self._labels = LabelPainter(style)
        self._badges = BadgePainter(style)
        self._frames, self._notes = FramePainter(style), NotePainter(style)
        self._rest, self._carried = Kept(), Kept(Qt.GlobalColor.transparent)

    def paint(
        self,
        painter: QPainter,
        scene: Scene,
        camera: Lens,
        size: QRectF,
        standing: Standing,
        ratio: float = 1.0,
    ) -> bool:
        """Paint one frame; tell whether every node is drawn at the exact zoom, or another frame should follow."""
        level, held = level_of(self.style.measures.name_px * camera.zoom), bool(scene.held.nodes)
        resting = replace(standing, part=scene.held.rest)

        def rest(painter: QPainter, area: QRectF) -> bool:
            self._ground.paint(painter, camera, size.adjusted(-2 * RIM, 0, 2 * RIM, 0), ratio, area)
            self._behind(painter, scene, camera, area, resting, ratio)
            self._blitter.ahead = not area.intersects(size)
            return self._drawing(painter, scene, camera, area, resting, ratio)

        if standing.settling or (level < states.NEAR and scene.insides):  # titles in them go by how many are on view
            complete = rest(painter, size)
        else:
            look = (scene, scene.rest, camera.zoom, size, ratio, resting, dict(scene.board.held), looks_inside(scene))
            spoilt = Spoilt(scene.spoilt, lambda rect: self._around(rect, camera))
            complete = self._rest.paint(painter, look, camera.offset, size, ratio, rest, keep=held, spoilt=spoilt)
        if held:
            complete &= self._in_hand(painter, scene, camera, size, standing, ratio)
        else:
            self._carried.drop()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)  # whatever was painted last, or not, as it was kept
        self._frames.paint_over(painter, scene.board, camera, size, standing)
        self._titles(painter, scene, camera, size, level, standing)
        return complete

    def _behind(
        self, painter: QPainter, scene: Scene, camera: Lens, area: QRectF, standing: Standing, ratio: float
    ) -> None:
        """Paint the frames and notes that lie behind the wires."""
        self._frames.paint_behind(painter, scene.board, camera, area, standing)
        self._notes.paint(painter, scene.board, camera, area, standing, ratio)

    def _in_hand(
        self, painter: QPainter, scene: Scene, camera: Lens, size: QRectF, standing: Standing, ratio: float
    ) -> bool:
        """Paint what is in hand above all that rests; tell whether all is drawn at the exact zoom."""
        joining, carried = (replace(standing, part=part) for part in (scene.held.joining, scene.held.carried))
        self._lines(painter, scene, camera, size, joining)
        if len(scene.held.nodes) <= _FEW or standing.settling:
            complete = self._drawing(painter, scene, camera, size, carried, ratio)
        else:
            corner = camera.to_view(*scene.nodes.rect(min(scene.held.nodes))[:2])
            lens = Lens()  # through which the first node lies on whole device pixels, and so all do always or never
            whole = QPointF(*(math.floor(side * ratio + HALF) / ratio for side in (corner.x(), corner.y())))
            lens.zoom, lens.offset = camera.zoom, camera.offset + whole - corner

            def draw(painter: QPainter, area: QRectF) -> bool:
                self._blitter.ahead = not area.intersects(size)
                return self._drawing(painter, scene, lens, area, carried, ratio)

            look = (scene, scene.carried, camera.zoom, size, ratio, carried, looks_inside(scene))
            extent = _on_pixels(self._extent(scene, lens).translated(-whole), ratio).translated(whole)
            view, rims = _no_more_than(extent, size)
            complete = self._carried.paint(painter, look, whole, view, ratio, draw, keep=True, rims=rims, extent=extent)
        self._sockets(painter, scene, camera, size, joining)
        return complete

    def _extent(self, scene: Scene, camera: Lens) -> QRectF:
        """Return the rect of the view that holds all that is carried, with what sticks out of it."""
        nodes, inner = [*scene.held.nodes], [*scene.held.inner]
        rects = np.concatenate([scene.nodes.rects[nodes], scene.wires.boxes[inner]])
        left, top = np.nanmin(rects[:, :2], axis=0).tolist()
        right, bottom = np.nanmax(rects[:, 2:], axis=0).tolist()
        return self._around((left, top, right, bottom), camera)

    def _around(self, rect: Rect, camera: Lens) -> QRectF:
        """Return the rect of the view that holds what lies in a rect of the canvas, with what sticks out of it."""
        near = level_of(self.style.measures.name_px * camera.zoom) >= states.NEAR
        wide, high = LABEL_ROOM if near else (2 * MARGIN / camera.zoom, 2 * MARGIN / camera.zoom)
        left, top, right, bottom = rect
        return QRectF(camera.to_view(left - wide, top - high), camera.to_view(right + wide, bottom + high))

    def _titles(
        self, painter: QPainter, scene: Scene, camera: Lens, size: QRectF, level: int, standing: Standing
    ) -> None:
        """Write the names of blocks where those in the nodes would be too small, for as many as are on view."""
        if level < states.NEAR:
            rows = scene.nodes.inside(camera.seen(size, MARGIN * camera.zoom))
            paint_block_titles(painter, self.style, scene, rows, camera, level, standing.selected)

    def _drawing(
        self, painter: QPainter, scene: Scene, camera: Lens, size: QRectF, standing: Standing, ratio: float
    ) -> bool:
        """Paint wires and nodes, those in open blocks too; tell whether all are drawn at the exact zoom."""
        level = level_of(self.style.measures.name_px * camera.zoom)
        rows = standing.part.nodes(scene.nodes.inside(_seen(camera, size)))
        everything, opened = rows, self._opened(scene, rows)
        with _through(camera, painter):
            for row in opened:
                hover = states.HOVER if row == standing.hovered else 0
                self._open.body(painter, scene, row, level, hover)
        rows = rows[~np.isin(rows, opened)] if opened else rows
        self._lines(painter, scene, camera, size, standing)
        if level == states.FAR:
            with _through(camera, painter):
                self._flat(painter, scene, rows, standing, camera.zoom)
        exact = level == states.FAR or self._blitter.paint(painter, scene, rows, camera, standing, ratio)
        self._sockets(painter, scene, camera, size, standing)
        hovered = standing.hovered
        if level == states.MIDDLE and hovered is not None and not standing.bare and standing.part.has_node(hovered):
            paint_ports_at_hand(painter, self.style, scene, hovered, camera)
        for row in opened:
            exact &= self._inside(painter, scene, row, camera, size, standing, ratio)
        self._badges.paint(painter, scene, everything, camera, level, standing)
        return exact

    def _lines(self, painter: QPainter, scene: Scene, camera: Lens, size: QRectF, standing: Standing) -> None:
        """Paint wires and, where they can be read, labels."""
        with _through(camera, painter):
            self._wires.paint(painter, scene, _seen(camera, size), camera.zoom, standing)
            if level_of(self.style.measures.name_px * camera.zoom) >= states.NEAR:
                self._labels.paint(painter, scene, self._labelled(scene, camera, size), standing)

    def _sockets(self, painter: QPainter, scene: Scene, camera: Lens, size: QRectF, standing: Standing) -> None:
        if level_of(self.style.measures.name_px * camera.zoom) >= states.NEAR and not standing.bare:
            with _through(camera, painter):
                self._wires.sockets(painter, scene, _seen(camera, size), standing)

    @staticmethod
    def _labelled(scene: Scene, camera: Lens, size: QRectF) -> Rows:
        """Return the rows of the nodes whose labels may reach into the view, but for those of open blocks."""
        wide, high = LABEL_ROOM[0] * camera.zoom, LABEL_ROOM[1] * camera.zoom
        rows = scene.nodes.inside(camera.seen(size.adjusted(-wide, -high, wide, high)))
        opened = [scene.nodes.rows[node] for node in scene.insides]
        return rows[~np.isin(rows, opened)] if opened else rows

    @staticmethod
    def _opened(scene: Scene, rows: Rows) -> list[int]:
        """Return the rows of the open blocks among `rows`."""
        here = set(rows.tolist()) if scene.insides else set()
        return [row for node in scene.insides if (row := scene.nodes.rows[node]) in here]

    def _inside(
        self,
        painter: QPainter,
        scene: Scene,
        row: int,
        camera: Lens,
        size: QRectF,
        standing: Standing,
        ratio: float,
    ) -> bool:
        """Paint what is in the open block in a row; tell whether all is drawn at the exact zoom."""
        inside, rect = scene.insides[scene.nodes.ids[row]], scene.nodes.rect(row)
        inside.stand(rect, camera)
        view = QRectF(camera.to_view(*rect[:2]), camera.to_view(*rect[2:])).intersected(size)
        painter.save()
        dim = standing.traced is not None and row not in standing.traced
        painter.setOpacity(self.style.wire_measures.dimmed_opacity if dim else 1.0)
        painter.save()
        painter.translate(camera.offset)
        painter.scale(camera.zoom, camera.zoom)
        if level_of(self.style.measures.name_px * camera.zoom) != states.FAR:
            self._open.ways(painter, scene, row, inside)
        self._open.ports(painter, scene, row)
        painter.restore()
        painter.setClipRect(view, Qt.ClipOperation.IntersectClip)
        within = inside.standing
        within.settling, within.all_shapes = standing.settling, standing.all_shapes
        painter_inside, level = self._of_flow(inside.scene.flow), level_of(self.style.measures.name_px * camera.zoom)
        painter_inside._behind(painter, inside.scene, inside.camera, view, within, ratio)
        exact = painter_inside._drawing(painter, inside.scene, inside.camera, view, within, ratio)
        painter_inside._frames.paint_over(painter, inside.scene.board, inside.camera, view, within)
        painter_inside._titles(painter, inside.scene, inside.camera, view, level, within)
        painter.restore()
        return exact

    def _of_flow(self, flow: str) -> "CanvasPainter":
        """Return the painter for drawings of a flow: pictures of nodes differ in where their ports are."""
        if flow == self._flow:
            return self
        if self._turned is None:
            self._turned = CanvasPainter(self.style, flow)
        return self._turned

    def _flat(self, painter: QPainter, scene: Scene, rows: Rows, standing: Standing, zoom: float) -> None:
        """Draw each node as one rectangle in the colour of its category."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.style.no_pen)
        rects = scene.nodes.rects[rows].copy()
        rects[:, 2:] -= rects[:, :2]
        categories = scene.nodes.categories[rows]
        dim = standing.traced is not None
        traced = np.isin(rows, list(standing.traced or ()))
        for number in np.unique(categories).tolist():
            painter.setBrush(self.style.categories[number])
            chosen = categories == number
            if dim:
                painter.setOpacity(self.style.wire_measures.dimmed_opacity)
                draw_rects(painter, rects[chosen & ~traced])
                painter.setOpacity(1.0)
                chosen &= traced
            draw_rects(painter, rects[chosen])
        if standing.selected:
            self._rings(painter, rects[np.isin(rows, list(standing.selected))], zoom)

    def _rings(self, painter: QPainter, rects: Floats, zoom: float) -> None:
        """Draw the rings of selected far nodes, beside a gap: one shows on a node of its own colour too."""
        painter.setBrush(self.style.none)
        apart, gap = node_measures().header * zoom >= _APART, self.style.measures.ring_gap
        beside = gap + self.style.measures.selection_ring / 2
        for pen, away in ((self.style.gap_far, gap / 2), (self.style.selection_far, beside)) if apart else ():
            painter.setPen(pen)
            draw_rects(painter, rects + np.array([-away, -away, 2 * away, 2 * away]) / zoom)
        if not apart:
            painter.setPen(self.style.selection_far)
            draw_rects(painter, rects)


def _no_more_than(extent: QRectF, view: QRectF) -> tuple[QRectF, tuple[int, int]]:
    """Return what a picture must show of an extent, in a view, that moves about, and how far it reaches beyond that.

    Across and along it shows all of the extent, and keeps up with it, where that is less than the view.
    """
    part, rims = QRectF(view), [RIM, RIM]
    if extent.width() < view.width():
        part.moveLeft(extent.left())
        part.setWidth(extent.width())
        rims[0] = 0
    if extent.height() < view.height():
        part.moveTop(extent.top())
        part.setHeight(extent.height())
        rims[1] = 0
    return part, (rims[0], rims[1])


def _on_pixels(rect: QRectF, ratio: float) -> QRectF:
    """Return the rect grown to whole device pixels, but for what sums of floats are off."""
    pixels = QRectF(rect.topLeft() * ratio, rect.size() * ratio)
    whole = pixels.adjusted(_OFF, _OFF, -_OFF, -_OFF).toAlignedRect()
    return QRectF(QPointF(whole.topLeft()) / ratio, whole.size().toSizeF() / ratio)


def _seen(camera: Lens, size: QRectF) -> Rect:
    """Return what of the canvas lies in the view, with what sticks out of nodes and wires."""
    close = level_of(node_measures().name_px * camera.zoom) >= states.CLOSE
    return camera.seen(size, max((NAMES_ROOM[0] if close else MARGIN) * camera.zoom, MARGIN))


@contextmanager
def _through(camera: Lens, painter: QPainter) -> Iterator[None]:
    """Let a painter draw in px at 100 % for a while."""
    painter.save()
    painter.translate(camera.offset)
    painter.scale(camera.zoom, camera.zoom)
    yield
    painter.restore()
