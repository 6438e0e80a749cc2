"""Which panels the window has, where each stands, and how each is made: late, when it is first on show."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.panels.data_watch import DataWatch
from widgets.parts import Parts
from widgets.problem_acts import ProblemActs
from widgets.problem_list import ProblemList
from widgets.starting import Starting

if TYPE_CHECKING:
    from widgets.plots.maker import PlotMaker


class PanelMaker:
    """Makes panels, each with what it needs.

    A panel's module is imported when the panel is made, so that the first window does not wait for plots and tables.
    """

    def __init__(
        self, parts: Parts, problems: ProblemList, acts: ProblemActs, starting: Starting, data: DataWatch
    ) -> None:
        self._parts = parts
        self._problems = problems
        self._acts = acts
        self._starting = starting
        self._data = data

    @cached_property
    def plots(self) -> "PlotMaker":
        """Where panels get their plots from."""
        from widgets.plots.maker import PlotMaker

        return PlotMaker(self._parts.themes)

    def library(self) -> QWidget:
        """Return the layers to choose from."""
        from widgets.panels.library import LibraryPanel

        return LibraryPanel(self._parts.document, self._parts.selection, self._parts.themes)

    def outline(self) -> QWidget:
        """Return the project as a tree."""
        from widgets.panels.outline import OutlinePanel

        return OutlinePanel(self._parts.document, self._parts.selection, self._parts.themes)

    def properties(self) -> QWidget:
        """Return the form of what is selected."""
        from widgets.panels.properties import PropertiesPanel

        return PropertiesPanel(self._parts.document, self._parts.selection, self._parts.themes)

    def training(self) -> QWidget:
        """Return the choices for a run, and its curves."""
        from widgets.panels.training import TrainingPanel

        parts = self._parts
        return TrainingPanel(
            parts.document,
            parts.session,
            parts.selection,
            parts.themes,
            self.plots,
            self._starting,
            parts.ask,
        )

    def problems(self) -> QWidget:
        """Return the list of problems."""
        from widgets.panels.problems import ProblemsPanel

        return ProblemsPanel(self._parts.themes, self._problems, self._acts)

    def runs(self) -> QWidget:
        """Return the list of runs."""
        from widgets.panels.runs import RunsPanel

        return RunsPanel(self._parts.document, self._parts.session, self._parts.themes, self._parts.ask)

    def log(self) -> QWidget:
        """Return what was said."""
        from widgets.panels.log import LogPanel

        return LogPanel(self._parts.session, self._parts.themes)

    def source(self) -> QWidget:
        """Return the code of the network."""
        from widgets.panels.source import SourcePanel

        return SourcePanel(self._parts.document, self._parts.selection, self._parts.themes)

    def data(self) -> QWidget:
        """Return the project's data."""
        from widgets.panels.data import DataPanel

        return DataPanel(self._parts.document, self._parts.themes, self._data)


@dataclass(frozen=True, slots=True)
class PanelPlan:
    """A panel: `place` is a dock's name, or `view` for one that fills the middle."""

    place: str
    name: str
    title: str
    make: Callable[[PanelMaker], QWidget]


PANELS = (
    PanelPlan("library", "library", "Library", PanelMaker.library),
    PanelPlan("library", "outline", "Outline", PanelMaker.outline),
    PanelPlan("properties", "properties", "Properties", PanelMaker.properties),
    PanelPlan("lower", "training", "Training", PanelMaker.training),
    PanelPlan("lower", "problems", "Problems", PanelMaker.problems),
    PanelPlan("lower", "runs", "Runs", PanelMaker.runs),
    PanelPlan("lower", "log", "Log", PanelMaker.log),
    PanelPlan("lower", "source", "Source", PanelMaker.source),
    PanelPlan("view", "data", "Data", PanelMaker.data),
    PanelPlan("view", "source", "Source", PanelMaker.source),
)


class LatePanel(QWidget):
    """Stands for a panel until it is first seen; `head_extra` is where the panel's own head then goes."""

    made = Signal(object)

    def __init__(self, plan: PanelPlan, maker: PanelMaker) -> None:
        super().__init__()
        self.plan = plan
        self._maker = maker
        self.panel: QWidget | None = None
        self.head_extra = QWidget(self)
        head = QHBoxLayout(self.head_extra)
        head.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.head_extra.hide()  # until a dock takes it into its head

    def make(self) -> QWidget:
        """Return the panel, made now if it was not yet."""
        if self.panel is None:
            self.panel = self.plan.make(self._maker)
            layout, head = self.layout(), self.head_extra.layout()
            assert layout is not None
            assert head is not None
            layout.addWidget(self.panel)
            extra = getattr(self.panel, "head_extra", None)
            if isinstance(extra, QWidget):
                head.addWidget(extra)
            self.made.emit(self.panel)
        return self.panel

    def paintEvent(self, event: QPaintEvent) -> None:
        """The panel is made once all else that is on show is painted: the drawing comes first."""
        if self.panel is None:
            QTimer.singleShot(0, self, self.make)
