"""The items of a plot, kept and moved as the drawing changes: lines, marks, the best point and the cursor."""

from typing import Any

import numpy
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from widgets.drawings import OTHER, TRAINING, VALIDATION, Curve, Drawing, Numbers
from widgets.plots.decimate import SMOOTHED, decimate, smoothed
from widgets.theme import Theme

Extent = tuple[float, float, float, float]

_LINE = 1.5  # px
_LEAST = 16  # stretches of a curve, however short it is
_DASH = (5, 3)  # px
_RING = 6  # px
_FAINT = 0.75
_LABELS_AT = (0.9, 0.74, 0.58)  # of the height: where marks have their words in turn, to keep off one another
_EARLY = 0.25  # of the width


class Ink:
    """Draws into a pyqtgraph plot. Lines live as long as their curve, so that a tick only hands over new points."""

    def __init__(self, plot: Any) -> None:
        self.log = False
        self.smoothing = 0.0
        self._plot = plot
        self._theme: Theme | None = None
        self._lines: dict[tuple[str, str], Any] = {}
        self._points: dict[tuple[str, str], tuple[Numbers, Numbers]] = {}
        self._marks: dict[tuple[float, str], Any] = {}
        self._cursor = pg.InfiniteLine(angle=90)
        self._cursor.hide()
        self._dots = pg.ScatterPlotItem(pxMode=True)
        self._best = pg.ScatterPlotItem(pxMode=True)
        for depth, item in enumerate((self._cursor, self._best, self._dots), 10):
            item.setZValue(depth)
            plot.addItem(item, ignoreBounds=True)

    def dress(self, theme: Theme) -> None:
        """Take on a theme's colours."""
        self._theme = theme
        for (_, role), line in self._lines.items():
            line.setPen(self._pen(role))
        for line in self._marks.values():
            self._dress_mark(line)
        self._cursor.setPen(pg.mkPen(theme.text.primary))

    def draw(self, drawing: Drawing, bins: int, window: tuple[float, float] | None) -> Extent:
        """Draw as much of the drawing as lies in `window` (all without one); returns what it extends over."""
        curves = {(curve.name, curve.role): curve for curve in drawing.curves}
        for gone in set(self._lines) - set(curves):
            self._plot.removeItem(self._lines.pop(gone))
            del self._points[gone]
        for key, curve in curves.items():
            self._points[key] = points = self._reduced(curve, bins, window, drawing.span)
            self._line(key).setData(*points, skipFiniteCheck=True)
        self._mark(drawing)
        self._ring(drawing.best)
        self.point_at(float(self._cursor.value()) if self._cursor.isVisible() else None)
        return self._extent(drawing.span)

    def point_at(self, x: float | None) -> None:
        """Put the cursor line at x with a dot on each curve of the run, or take both away."""
        self._cursor.setVisible(x is not None)
        self._dots.setVisible(x is not None)
        if x is None or self._theme is None:
            return
        self._cursor.setValue(x)
        size, series = self._theme.measures.space.small - 1, self._theme.series
        spots = []
        for (_, role), (xs, ys) in self._points.items():
            if role != OTHER and len(xs) and xs[0] <= x <= xs[-1]:
                colour = series[role == VALIDATION]
                place = (x, float(numpy.interp(x, xs, ys)))
                spots.append({"pos": place, "size": size, "pen": pg.mkPen(colour), "brush": pg.mkBrush(colour)})
        self._dots.setData(spots)

    def _reduced(
        self, curve: Curve, bins: int, window: tuple[float, float] | None, span: float
    ) -> tuple[Numbers, Numbers]:
        """Return the points to draw: as many as the share of the width that the curve takes up has pixels."""
        x, y = curve.x, curve.y
        length = span if window is None else window[1] - window[0]
        if window is not None:  # with one point more on either side, so that lines run on to the edge
            first = max(0, int(numpy.searchsorted(x, window[0])) - 1)
            last = int(numpy.searchsorted(x, window[1], side="right")) + 1
            x, y = x[first:last], y[first:last]
        share = min(1.0, float(x[-1] - x[0]) / length) if len(x) and length > 0 else 1.0
        if curve.role != VALIDATION and self.smoothing:
            x, y = smoothed(x, y, self.smoothing, max(_LEAST, int(SMOOTHED * share)))
        x, y = decimate(x, y, max(_LEAST, int(bins * share)))
        if self.log:
            x, y = x[y > 0], numpy.log10(y[y > 0])
        return x, y

    def _line(self, key: tuple[str, str]) -> Any:
        if key not in self._lines:
            line = pg.PlotCurveItem(pen=self._pen(key[1]), antialias=True)
            line.setZValue({OTHER: 0, TRAINING: 1, VALIDATION: 2}[key[1]])
            self._lines[key] = line
            self._plot.addItem(line, ignoreBounds=True)
        return self._lines[key]

    def _extent(self, span: float) -> Extent:
        drawn = [points for points in self._points.values() if len(points[0])]
        if not drawn:
            return 0.0, max(span, 1.0), 0.0, 1.0
        right = max(span, max(float(x[-1]) for x, _ in drawn))
        low, high = min(float(y.min()) for _, y in drawn), max(float(y.max()) for _, y in drawn)
        return min(0.0, min(float(x[0]) for x, _ in drawn)), right, low, high

    def _mark(self, drawing: Drawing) -> None:
        wanted = dict.fromkeys(drawing.marks)
        for gone in set(self._marks) - set(wanted):
            self._plot.removeItem(self._marks.pop(gone))
        for number, (place, word) in enumerate(wanted):
            if (place, word) not in self._marks:
                side = int(place > drawing.span * _EARLY)  # left of its line, or right where it would be cut off
                anchors = [(side, 0.5), (side, 0.5)]
                label = {"position": _LABELS_AT[number % len(_LABELS_AT)], "anchors": anchors}
                line = pg.InfiniteLine(place, 90, label=word or None, labelOpts=label)
                self._dress_mark(line)
                self._marks[place, word] = line
                self._plot.addItem(line, ignoreBounds=True)

    def _dress_mark(self, line: Any) -> None:
        if self._theme is not None:
            line.setPen(pg.mkPen(self._theme.text.tertiary, style=Qt.PenStyle.DashLine))
            if hasattr(line, "label"):
                line.label.setColor(self._theme.text.secondary)
                line.label.setFont(self._theme.font("caption"))

    def _ring(self, best: float | None) -> None:
        found = [points for (_, role), points in self._points.items() if role == VALIDATION and len(points[0])]
        if best is None or not found or self._theme is None:
            self._best.setData([])
            return
        xs, ys = found[0]
        place = int(numpy.argmin(numpy.abs(xs - best)))
        pen = pg.mkPen(self._theme.series[1], width=_LINE)
        self._best.setData([float(xs[place])], [float(ys[place])], symbol="o", size=_RING, pen=pen, brush=None)

    def _pen(self, role: str) -> Any:
        if self._theme is None:
            return pg.mkPen(None)
        if role == OTHER:
            faint = QColor(self._theme.text.tertiary)
            faint.setAlphaF(_FAINT)
            return pg.mkPen(faint, width=1)
        pen = pg.mkPen(self._theme.series[role == VALIDATION], width=_LINE)
        if role == VALIDATION:
            pen.setDashPattern([part / _LINE for part in _DASH])  # Qt counts dashes in widths of the pen
        return pen
