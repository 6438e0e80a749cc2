"""A plot of curves that grow: decimated to the pixels there are, read out under the cursor, zoomed by a drag."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.drawings import EMPTY, Curve, CurveView, Drawing
from widgets.elided import ElidedLabel
from widgets.plots.ink import Ink
from widgets.plots.ticks import Ticks, log_ticks, ticks
from widgets.theme import Theme, ThemeSource
from widgets.theme_style import mark

_AXIS = 38  # px left of the plot: six digits
_FOOT = 18  # px under the plot
_LINES = 4  # horizontal lines at most
_NUMBERS_APART = 52  # px between two numbers under the plot
_MARGIN = 0.06  # of the height, above and below the curves
_EDGE = 5  # px beyond the last point, so that its ring is whole


class CurvePlot(CurveView):
    """A plot with a title. A drag zooms, a double click goes back to the whole."""

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self.drawing = Drawing()
        self.zoomed = False
        self.numbers: Ticks = []
        self.heading = QLabel()
        self.detail = ElidedLabel()
        mark(self.heading, role="heading")
        mark(self.detail, role="secondary")
        self.view = pg.PlotWidget(background=None)
        for part in (self.view, self.view.viewport()):  # no key does anything in it, and it would keep Tab
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot = self.view.getPlotItem()
        self.box = self.plot.getViewBox()
        self.ink = Ink(self.plot)
        self.empty = QLabel(EMPTY, self.view)
        self._set_up_plot()
        self._lay_out()
        self.view.scene().sigMouseMoved.connect(self._moved)
        self.view.viewport().installEventFilter(self)
        self.box.sigRangeChangedManually.connect(self._zoom)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

    @property
    def log(self) -> bool:
        """Whether the scale is logarithmic."""
        return self.ink.log

    def show_title(self, title: str, detail: str = "") -> None:
        self.heading.setText(title)
        self.detail.setText(detail)
        self.setAccessibleName(title)
        self.view.setAccessibleName(title)

    def add_control(self, control: QWidget) -> None:
        self.head.insertWidget(1, control)

    def show_drawing(self, drawing: Drawing, empty: str = EMPTY) -> None:
        self.drawing = drawing
        self.empty.setText(empty)
        self.empty.setVisible(not filled(drawing))
        if QAccessible.isActive():
            self.setAccessibleDescription("; ".join(map(_last, filled(drawing))) or empty)
        self.redraw()

    def set_log(self, log: bool) -> None:
        if log != self.ink.log:
            self.ink.log = log
            self.zoomed = False
            self.redraw()

    def set_smoothing(self, weight: float) -> None:
        self.ink.smoothing = weight
        self.redraw()

    def point_at(self, x: float | None) -> None:
        self.ink.point_at(x)

    def picture(self) -> QPixmap:
        return self.grab()

    def show_all(self) -> None:
        """Take the zoom back."""
        self.zoomed = False
        self.redraw()

    def redraw(self) -> None:
        """Bring the items of the plot up to date with the drawing, the zoom and the size."""
        window = tuple(self.box.viewRange()[0]) if self.zoomed else None
        extent = self.ink.draw(self.drawing, max(64, int(self.box.width())), window)
        if not self.zoomed:
            left, right, low, high = extent
            margin = (high - low) * _MARGIN or abs(high) * _MARGIN or 0.5
            right = max(right, left + 1.0)
            span = (left, right + (right - left) * _EDGE / max(self.box.width(), 64.0))
            self.box.setRange(xRange=span, yRange=(low - margin, high + margin), padding=0, disableAutoRange=True)
        self._number()

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * _NUMBERS_APART, 3 * self.themes.theme.measures.size.row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size, take the cursor line away on leaving, and go back to the whole on a double click."""
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.show_all()
        elif event.type() == QEvent.Type.Resize:
            self.empty.setGeometry(self.view.rect().adjusted(_AXIS, 0, 0, -_FOOT))
            self.redraw()
        return False

    def _set_up_plot(self) -> None:
        self.plot.hideButtons()
        self.plot.setMenuEnabled(False)
        # Never shown, but a window without a parent else, which would outlive this one.
        self.plot.ctrlMenu.setParent(self, self.plot.ctrlMenu.windowFlags())
        self.plot.setContentsMargins(0, 4, 12, 0)
        self.box.setMouseMode(pg.ViewBox.RectMode)
        self.box.disableAutoRange()
        self.plot.getAxis("left").setWidth(_AXIS)
        self.plot.getAxis("bottom").setHeight(_FOOT)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setStyle(tickLength=0, maxTickLevel=0, hideOverlappingLabels=False)
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        mark(self.empty, role="tertiary")

    def _lay_out(self) -> None:
        space = self.themes.theme.measures.space
        self.head = QHBoxLayout()
        self.head.setSpacing(space.small)
        self.heading.setMinimumHeight(self.themes.theme.measures.size.control)
        self.head.addWidget(self.heading)
        self.head.addWidget(self.detail, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self.view, 1)

    def _zoom(self, *_: object) -> None:
        self.zoomed = True
        self.redraw()

    def _moved(self, place: QPointF) -> None:
        if self.box.sceneBoundingRect().contains(place) and len(self.drawing.curves):
            self.pointed.emit(float(self.box.mapSceneToView(place).x()))
        else:
            self.pointed.emit(None)

    def _number(self) -> None:
        (left, right), (low, high) = self.box.viewRange()
        most = max(2, int(self.box.width()) // _NUMBERS_APART)
        below: Ticks = []
        self.numbers = below
        if filled(self.drawing):
            below = ticks(left, right, most, whole=right - left >= 2)
            self.numbers = log_ticks(low, high, _LINES) if self.ink.log else ticks(low, high, _LINES)
        self.plot.getAxis("bottom").setTicks([below])
        self.plot.getAxis("left").setTicks([self.numbers])

    def _dress(self, theme: Theme) -> None:
        self.view.setBackground(theme.surface.panel)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(theme.border.subtle))
            axis.setTextPen(pg.mkPen(theme.text.secondary))
            axis.setTickFont(theme.font("caption", mono=True))
        self.plot.showGrid(x=False, y=True, alpha=1.0)
        band = QColor(theme.accent.line)
        self.box.rbScaleBox.setPen(pg.mkPen(band))
        band.setAlphaF(0.2)
        self.box.rbScaleBox.setBrush(band)
        self.ink.dress(theme)
        self.redraw()


def filled(drawing: Drawing) -> list[Curve]:
    """Return the curves that have points."""
    return [curve for curve in drawing.curves if len(curve.x)]


def _last(curve: Curve) -> str:
    """Say where a curve has got to, for those who cannot see it."""
    return f"{curve.name} {curve.y[-1]:.4g} at {curve.x[-1]:g}"
