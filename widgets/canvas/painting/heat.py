"""The heat overlay: layers tinted by their share in a cost of the network, with a bar for it, and a legend."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QPainter

from graphs.heat import COSTS, heat, shares
from widgets.canvas import states
from widgets.canvas.cards.heat_legend import HeatLegend
from widgets.canvas.scene import Scene
from widgets.canvas.stage import Stage
from widgets.canvas.states import level_of
from widgets.canvas.tables.batches import draw_rects
from widgets.theme import Theme

if TYPE_CHECKING:
    from widgets.canvas.surface import Surface

OFF = ""
MODES = (OFF, *COSTS)
STEPS = 12
_BAR = 3.0
_STRENGTH = {True: 0.5, False: 0.62}
"""How strongly a tint stands on a node, in dark themes and in light ones, so that text stays legible on it."""

Rows = npt.NDArray[np.intp]


def ramp(theme: Theme) -> list[QColor]:
    """Return the colours from cold to hot: towards the colour of warnings, and from there to that of errors."""
    cold, warm, hot = theme.surface.hover, theme.status.warning, theme.status.error
    found = []
    for step in range(STEPS):
        share = step / (STEPS - 1)
        found.append(_mixed(cold, warm, share / 0.6) if share < 0.6 else _mixed(warm, hot, (share - 0.6) / 0.4))
    return found


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    def between(start: float, end: float) -> float:
        return start + (end - start) * share

    return QColor.fromRgbF(
        between(one.redF(), other.redF()),
        between(one.greenF(), other.greenF()),
        between(one.blueF(), other.blueF()),
    )


class Heat(QObject):
    """Paints the heat of the network on view. Nothing is drawn anew but a rectangle a node on view."""

    changed = Signal()

    def __init__(self, surface: "Surface") -> None:
        super().__init__(surface)
        self._surface = surface
        self.mode = OFF
        self.shares: dict[str, float] = {}
        self.legend = HeatLegend(surface)
        self._warmth: dict[tuple[str, ...], tuple[npt.NDArray[np.int8], npt.NDArray[np.float64]]] = {}
        self._known: object = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(surface.theme.measures.duration.settle_after_zoom)
        self._soon.timeout.connect(self.refresh)
        surface.document.edited.connect(self._later)
        surface.document.replaced.connect(self._later)
        surface.selection.view_changed.connect(self._later)
        surface.over.append(self.paint)

    def show_mode(self, mode: str) -> None:
        """Show a cost, one of MODES; an empty name shows none."""
        assert mode in MODES, f"there is no cost {mode}"
        self.mode = mode
        self.refresh()
        self.changed.emit()

    def next(self) -> None:
        """Show the next cost, none after the last."""
        self.show_mode(MODES[(MODES.index(self.mode) + 1) % len(MODES)])

    def _later(self, *_: object) -> None:
        """Work out the costs once the edits pause: they concern the whole network."""
        if self.mode:
            self._soon.start()

    def refresh(self) -> None:
        """Work out the shares of the network on view."""
        surface, report = self._surface, self._surface.scene.report
        self.shares = shares(report, self.mode) if self.mode and report is not None else {}
        most = max(self.shares.values(), default=0.0)
        self._warmth.clear()
        if self.mode:
            self._warm(surface.root, self.shares, most)
        title = COSTS[self.mode][0] if self.mode else ""
        self.legend.show_heat(title, most, ramp(surface.theme), surface.theme)
        surface.update()

    def _warm(self, stage: Stage, found: Mapping[str, float], most: float) -> None:
        """Note how warm the layers of a stage are, from their shares in the cost of the network on view."""
        nodes = stage.scene.nodes
        steps, bars = np.full(len(nodes.ids), -1, dtype=np.int8), np.zeros(len(nodes.ids))
        for node, warmth in heat(found, most=most).items():
            row = nodes.rows.get(node)
            if row is not None and warmth > 0:
                steps[row], bars[row] = round(warmth * (STEPS - 1)), found[node] / most
        self._warmth[stage.blocks] = steps, bars
        for block in stage.scene.insides:
            inner = stage.within(block)
            if inner is not None and inner.scene.report is not None:
                own = shares(inner.scene.report, self.mode)  # of one pass through it; the block has that of all
                self._warm(inner, {node: share * found.get(block, 0.0) for node, share in own.items()}, most)

    def step(self, node: str, blocks: tuple[str, ...] = ()) -> int:
        """Return how hot a node is drawn, in open blocks if any, 0 to STEPS - 1; -1 for one that costs nothing."""
        row, (steps, _) = self._surface.root.reached(blocks).scene.nodes.rows.get(node, -1), self._warmth[blocks]
        return int(steps[row]) if 0 <= row < len(steps) else -1

    def paint(self, painter: QPainter) -> None:
        """Tint the nodes on view, with a painter whose units are px of the screen."""
        for stage in self._surface.root.all() if self.mode else ():
            if stage.blocks in self._warmth:
                self._paint(painter, stage)

    def _paint(self, painter: QPainter, stage: Stage) -> None:
        surface, lens, nodes = self._surface, stage.lens, stage.scene.nodes
        steps, bars = self._warmth[stage.blocks]
        rows = nodes.inside(lens.seen(surface.rect().toRectF()))
        rows = rows[rows < len(steps)]
        far = level_of(surface.style_of_canvas.measures.name_px * lens.zoom) == states.FAR
        own = self._tinted(stage.scene, rows)
        rects = own * lens.zoom + np.array([lens.offset.x(), lens.offset.y()] * 2)
        rects[:, 2:] -= rects[:, :2]
        painter.save()
        painter.setPen(surface.style_of_canvas.no_pen)
        (self._flat if far else self._tints)(painter, rects, steps[rows], bars[rows])
        painter.restore()

    def _tinted(self, scene: Scene, rows: Rows) -> npt.NDArray[np.float64]:
        """Return what of the nodes in `rows` shows their heat: all of a node, of an open block its head."""
        rects = np.array(scene.nodes.rects[rows])
        opened = {scene.nodes.rows[node] for node in scene.insides}
        for place in np.flatnonzero(np.isin(rows, list(opened))).tolist() if opened else ():
            rects[place, 3] = rects[place, 1] + self._surface.style_of_canvas.measures.header
        return rects

    def _flat(
        self,
        painter: QPainter,
        rects: npt.NDArray[np.float64],
        steps: npt.NDArray[np.int8],
        _bars: npt.NDArray[np.float64],
    ) -> None:
        painter.setBrush(QBrush(self._surface.theme.surface.hover))
        draw_rects(painter, rects[steps < 0])
        for step, colour in enumerate(ramp(self._surface.theme)):
            painter.setBrush(QBrush(colour))
            draw_rects(painter, rects[steps == step])

    def _tints(
        self,
        painter: QPainter,
        rects: npt.NDArray[np.float64],
        steps: npt.NDArray[np.int8],
        bars: npt.NDArray[np.float64],
    ) -> None:
        theme, zoom = self._surface.theme, self._surface.camera.zoom
        radius = theme.measures.radius.node * zoom
        mode, ground = QPainter.CompositionMode, QColor("black" if theme.dark else "white")
        painter.setCompositionMode(mode.CompositionMode_Screen if theme.dark else mode.CompositionMode_Multiply)
        colours = ramp(theme)
        hot = np.flatnonzero(steps >= 0).tolist()
        for place in hot:
            painter.setBrush(_mixed(ground, colours[steps[place]], _STRENGTH[theme.dark]))
            painter.drawRoundedRect(QRectF(*rects[place].tolist()), radius, radius)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
        for place in hot:
            x, y, wide, high = rects[place].tolist()
            painter.setBrush(colours[steps[place]])
            bar = max(_BAR * zoom, 1.5)
            painter.drawRect(QRectF(x + radius, y + high - bar, max((wide - 2 * radius) * bars[place], bar), bar))
