"""Loss and one metric side by side, drawn from the run on show and the runs laid over it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from graphs import catalogue, files
from graphs.errors import UserError
from widgets.drawings import EMPTY, OTHER, TRAINING, VALIDATION, Curve, Drawing
from widgets.icons import icon
from widgets.run_words import metric_title
from widgets.watch import EPOCH_LOSS, LOSS, Watch
from widgets.watch import VALIDATION as VALIDATED

if TYPE_CHECKING:
    from builder.runs import Run
    from widgets.drawings import CurveView, Plots
    from widgets.theme import Theme, ThemeSource

FIRST_ROOM = 50
"""Epochs for which the plots of a longer run have room at first."""

_ROOM_AHEAD = 1.2


class CurvesView(QWidget):
    """Two plots with one cursor. `pointed` carries the epoch under it, None without one.

    metric_chosen: the user wants another metric drawn.
    """

    pointed = Signal(object)
    metric_chosen = Signal()

    def __init__(self, themes: "ThemeSource", plots: "Plots") -> None:
        super().__init__()
        self._themes = themes
        self._watch: Watch | None = None
        self._losses = ""
        self.shown_metric = ""
        self.loss_plot, self.metric_plot = plots.curves(), plots.curves()
        self.loss_drawing, self.metric_drawing = Drawing(), Drawing()
        self.choose = QToolButton()
        self.choose.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choose.setToolTip("Choose the metric")
        self.choose.setAccessibleName("Choose the metric")
        self._menu = QMenu(self.choose)
        self._group = QActionGroup(self._menu)
        self.choose.setMenu(self._menu)
        self.choose.hide()
        self.metric_plot.add_control(self.choose)
        space = themes.theme.measures.space
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space.large)
        for plot in self.plots:
            row.addWidget(plot, 1)
            plot.pointed.connect(self._point)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)
        self.show_runs(None, ())

    @property
    def plots(self) -> "tuple[CurveView, CurveView]":
        """Both plots."""
        return self.loss_plot, self.metric_plot

    def show_runs(self, watch: Watch | None, others: Sequence[Watch]) -> None:
        """Draw a run, and others faintly behind it."""
        if watch is not self._watch:
            self._watch = watch
            self._losses = loss_names(watch.run) if watch is not None else ""
            self.shown_metric = ""
        self._follow_metrics(watch)
        self.loss_drawing = _drawing(watch, others, LOSS, EPOCH_LOSS)
        self.metric_drawing = _drawing(watch, others, self.shown_metric, self.shown_metric)
        self.loss_plot.show_title("Loss", self._losses)
        self.metric_plot.show_title(metric_title(self.shown_metric) if self.shown_metric else "Metric")
        self.loss_plot.show_drawing(self.loss_drawing, _without_points(watch, "step"))
        self.metric_plot.show_drawing(self.metric_drawing, _without_points(watch, "epoch"))

    def set_log(self, log: bool) -> None:
        """Draw the loss on a logarithmic scale, or not; shares and errors stay as they are."""
        self.loss_plot.set_log(log)

    def set_smoothing(self, weight: float) -> None:
        """Smooth both plots."""
        for plot in self.plots:
            plot.set_smoothing(weight)

    def point_at(self, epoch: float | None) -> None:
        """Put the cursor of both plots at an epoch, or take it away."""
        for plot in self.plots:
            plot.point_at(epoch)

    def _point(self, x: float | None) -> None:
        """Hold the cursor to whole epochs that are done: there all curves have a value."""
        watch = self._watch
        epoch = None if x is None or watch is None or not watch.epoch else float(min(max(1, round(x)), watch.epoch))
        self.point_at(epoch)
        self.pointed.emit(epoch)

    def _follow_metrics(self, watch: Watch | None) -> None:
        names = watch.metric_names if watch is not None and watch.ready else ()
        if self.shown_metric not in names:
            self.shown_metric = names[0] if names else ""
        if names != tuple(action.data() for action in self._menu.actions()):
            self._menu.clear()
            for name in names:
                action = self._menu.addAction(metric_title(name))
                action.setData(name)
                action.setCheckable(True)
                action.setChecked(name == self.shown_metric)
                action.setActionGroup(self._group)
                action.triggered.connect(lambda _checked=False, name=name: self.show_metric(name))
        self.choose.setVisible(len(names) > 1)

    def show_metric(self, name: str) -> None:
        """Draw another metric beside the loss."""
        self.shown_metric = name
        self.metric_chosen.emit()

    def _dress(self, theme: "Theme") -> None:
        self.choose.setIcon(icon("chevron-down", theme))


def _without_points(watch: Watch | None, first: str) -> str:
    """Return what stands in a plot whose first point comes with the run's first step or epoch."""
    if watch is None or not watch.ready:
        return EMPTY
    return f"Begins with the first {first}" if watch.active else f"This run ended before its first {first}"


def _drawing(watch: Watch | None, others: Sequence[Watch], dense: str, name: str) -> Drawing:
    """Return the drawing of a metric `name`; `dense` is its curve by steps where it has one."""
    curves = [curve for other in others if other.ready for curve in _other(other, name)]
    if watch is None or not watch.ready or not name:
        return Drawing(curves)
    for role, key in ((TRAINING, dense), (VALIDATION, f"{VALIDATED}{name}")):
        series = watch.curves.get(key)
        if series is not None:
            curves.append(Curve(role, series.x, series.y, role))
    marks = tuple((held.epoch, held.text if dense == LOSS else "") for held in watch.marks)  # words are said once
    return Drawing(curves, marks, float(watch.best_epoch) if watch.best_epoch else None, _span(watch))


def _span(watch: Watch) -> float:
    """Return how many epochs the plots have room for: all of a short run; of a long one twice as many, now and then."""
    if not watch.active:
        return float(watch.epoch)
    room = FIRST_ROOM
    while room < watch.epoch * _ROOM_AHEAD:
        room *= 2
    return float(max(min(room, watch.total_epochs), watch.epoch))


def _other(watch: Watch, name: str) -> list[Curve]:
    series = watch.curves.get(f"{VALIDATED}{name}") or watch.curves.get(name)
    return [Curve(watch.title, series.x, series.y, OTHER)] if series is not None and name else []


def loss_names(run: "Run") -> str:
    """Return which losses a run goes down, for people: `cross entropy`; empty where its job cannot be read."""
    try:
        network = files.from_json(run.job.project).main
    except UserError:
        return ""
    names: list[str] = []
    for node in network:
        spec = catalogue.find(network.kind(node))
        if spec is not None and spec.objective is not None and spec.objective.losses:
            chosen = network.parameters(node).get("loss") or next(iter(spec.objective.losses))
            names.append(str(chosen).replace("_", " "))
    return ", ".join(dict.fromkeys(names))
