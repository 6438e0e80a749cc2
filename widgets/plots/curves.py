"""A plot of curves that grow: decimated to the pixels there are, read out under the cursor, exported as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from widgets.plots.decimate import Numbers, decimate, smooth
from widgets.theme import Theme, ThemeSource
from widgets.theme_style import mark

TRAINING, VALIDATION, OTHER = "training", "validation", "other"
SMOOTHED = 400  # points beyond which smoothing works on a decimated curve, so that it stays cheap


@dataclass(frozen=True)
class Curve:
    """One line: its name, its points (n,), and the role that gives it its look."""

    name: str
    x: Numbers
    y: Numbers
    role: str = TRAINING


@dataclass
class Drawing:
    """What a plot shows: curves, vertical marks with a word each, and the x of the best point, if any."""

    curves: Sequence[Curve] = ()
    marks: Sequence[tuple[float, str]] = ()
    best: float | None = None
    span: float | None = None
    words: dict[str, str] = field(default_factory=dict)


class CurvePlot(QWidget):
    """One plot with a title. `pointed` carries the x under the cursor, None when it leaves."""

    pointed = Signal(object)

    def __init__(self, title: str, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self.drawing = Drawing()
        self.log = False
        self.smoothing = 0.0
        self._items: list[Any] = []
        self.heading = QLabel(title)
        mark(self.heading, role="heading")
        self.view = pg.PlotWidget(background=None)
        self.plot = self.view.getPlotItem()
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        self.plot.getViewBox().setMouseMode(pg.ViewBox.RectMode)
        self.cursor_line = pg.InfiniteLine(angle=90)
        self.cursor_line.hide()
        self.plot.addItem(self.cursor_line, ignoreBounds=True)
        self.empty = QLabel("Curves appear here after Train (Ctrl+R)", self.view)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark(self.empty, role="tertiary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.view, 1)
        self.view.scene().sigMouseMoved.connect(self._moved)
        self.view.viewport().installEventFilter(self)
        self.plot.getViewBox().sigXRangeChanged.connect(self._redraw)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

    def show_drawing(self, drawing: Drawing) -> None:
        """Show other curves, keeping what the user zoomed to."""
        self.drawing = drawing
        self.empty.setVisible(not any(len(curve.x) for curve in drawing.curves))
        self._redraw()

    def set_log(self, log: bool) -> None:
        """Draw the values on a logarithmic scale, or not."""
        self.log = log
        self.plot.setLogMode(y=log)
        self._redraw()

    def set_smoothing(self, weight: float) -> None:
        """Smooth the training curves: 0 not at all, towards 1 more and more."""
        self.smoothing = weight
        self._redraw()

    def point_at(self, x: float | None) -> None:
        """Put the cursor line at x, or take it away."""
        self.cursor_line.setVisible(x is not None)
        if x is not None:
            self.cursor_line.setPos(x)

    def picture(self) -> QPixmap:
        """Return the plot as it stands."""
        return self.grab()

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Follow the size, take the cursor line away on leaving, and go back to the whole on a double click."""
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.plot.enableAutoRange()
        elif event.type() == QEvent.Type.Resize:
            self.empty.setGeometry(self.view.rect())
            self._redraw()
        return False

    def _moved(self, place: QPointF) -> None:
        if self.plot.sceneBoundingRect().contains(place) and len(self.drawing.curves):
            self.pointed.emit(float(self.plot.getViewBox().mapSceneToView(place).x()))
        else:
            self.pointed.emit(None)

    def _dress(self, theme: Theme) -> None:
        self.view.setBackground(theme.surface.panel)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(_pen(theme.border.subtle))
            axis.setTextPen(_pen(theme.text.tertiary))
            axis.setTickFont(theme.font("caption", mono=True))
            axis.setStyle(maxTickLevel=0, tickLength=0)
        self.plot.getAxis("left").setWidth(theme.measures.space.page)
        self.plot.showGrid(x=False, y=True, alpha=0.5)
        self.cursor_line.setPen(_pen(theme.text.secondary))
        self._redraw()

    def _redraw(self) -> None:
        for item in self._items:
            self.plot.removeItem(item)
        self._items = []
        theme, bins = self.themes.theme, max(64, int(self.plot.getViewBox().width()))
        for curve in sorted(self.drawing.curves, key=lambda entry: entry.role != OTHER):
            x, y = self._points(curve, bins)
            self._items.append(pg.PlotDataItem(x, y, pen=_curve_pen(theme, curve.role), antialias=True))
        self._items += self._marks(theme)
        for item in self._items:
            self.plot.addItem(item)

    def _points(self, curve: Curve, bins: int) -> tuple[Numbers, Numbers]:
        x, y = curve.x, curve.y
        if self.plot.getViewBox().autoRangeEnabled()[0] is False:
            (low, high), _ = self.plot.getViewBox().viewRange()
            inside = (x >= low) & (x <= high)
            x, y = x[inside], y[inside]
        if curve.role != VALIDATION and self.smoothing:
            y = smooth(y, self.smoothing ** (SMOOTHED / max(SMOOTHED, len(y))))
        x, y = decimate(x, y, bins)
        return x, numpy.maximum(y, 1e-12) if self.log else y

    def _marks(self, theme: Theme) -> list[Any]:
        items = []
        for place, word in self.drawing.marks:
            label = {"position": 0.92, "color": theme.text.secondary, "anchors": [(1, 0), (1, 0)]}
            pen = _pen(theme.text.tertiary, Qt.PenStyle.DashLine)
            items.append(pg.InfiniteLine(place, 90, pen, label=word, labelOpts=label))
        best = self._best()
        if best is not None:
            pen, size = _pen(theme.series[1], width=1.5), theme.measures.space.small - 1
            items.append(pg.ScatterPlotItem([best[0]], [best[1]], symbol="o", size=size, pen=pen, brush=None))
        return items

    def _best(self) -> tuple[float, float] | None:
        if self.drawing.best is None:
            return None
        for curve in self.drawing.curves:
            if curve.role == VALIDATION and len(curve.x):
                place = int(numpy.argmin(numpy.abs(curve.x - self.drawing.best)))
                value = float(curve.y[place])
                return float(curve.x[place]), numpy.log10(max(value, 1e-12)) if self.log else value
        return None


def value_at(curve: Curve, x: float) -> float | None:
    """Return the value of the last point of a curve that is not beyond x; the first one's before it."""
    if not len(curve.x):
        return None
    place = int(numpy.searchsorted(curve.x, x, side="right")) - 1
    return float(curve.y[max(0, place)])


def csv_text(curves: Sequence[Curve]) -> str:
    """Return curves as CSV: a line a point, with the curve's name, x and value."""
    lines = ["curve,epoch,value"]
    for curve in curves:
        lines += [f"{curve.name},{x!r},{y!r}" for x, y in zip(curve.x.tolist(), curve.y.tolist(), strict=True)]
    return "\n".join(lines) + "\n"


def _pen(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: float = 1) -> Any:
    return pg.mkPen(colour, width=width, style=style)


def _curve_pen(theme: Theme, role: str) -> Any:
    if role == OTHER:
        faint = QColor(theme.text.tertiary)
        faint.setAlphaF(0.75)
        return _pen(faint)
    if role == VALIDATION:
        pen = _pen(theme.series[1], width=1.5)
        pen.setDashPattern([5, 3])
        return pen
    return _pen(theme.series[0], width=1.5)
