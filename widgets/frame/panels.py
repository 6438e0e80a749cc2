"""Which panels the window has, where each stands, and how each is made: late, when it is first on show."""

import importlib.util
import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable

if TYPE_CHECKING:
    from widgets.panels.data_watch import DataWatch
    from widgets.plots.maker import PlotMaker


@dataclass(frozen=True, slots=True)
class PanelPlan:
    """A panel: `place` is a dock's name, or `view` for one that fills the middle; `kind` is `module:class`.

    Panels take what they need of Parts by the names of its fields.
    """

    place: str
    name: str
    title: str
    kind: str


_PLANS = (
    PanelPlan("library", "library", "Library", "widgets.panels.library:LibraryPanel"),
    PanelPlan("library", "outline", "Outline", "widgets.panels.outline:OutlinePanel"),
    PanelPlan("properties", "properties", "Properties", "widgets.panels.properties:PropertiesPanel"),
    PanelPlan("lower", "training", "Training", "widgets.panels.training:TrainingPanel"),
    PanelPlan("lower", "problems", "Problems", "widgets.panels.problems:ProblemsPanel"),
    PanelPlan("lower", "runs", "Runs", "widgets.panels.runs:RunsPanel"),
    PanelPlan("lower", "log", "Log", "widgets.panels.log:LogPanel"),
    PanelPlan("lower", "source", "Source", "widgets.panels.source:SourcePanel"),
    PanelPlan("view", "data", "Data", "widgets.panels.data:DataPanel"),
    PanelPlan("view", "source", "Source", "widgets.panels.source:SourcePanel"),
)

PANELS = tuple(plan for plan in _PLANS if importlib.util.find_spec(plan.kind.partition(":")[0]) is not None)


class PanelMaker:
    """Makes panels, each given what its constructor names: parts of the window, the plots, the look at the data.

    Modules are imported when their panel is made, so that the first window does not wait for plots and tables.
    """

    def __init__(self, parts: Parts, owner: QObject) -> None:
        self._parts = parts
        self._owner = owner

    def make(self, plan: PanelPlan) -> QWidget:
        """Return a new panel."""
        module, _, name = plan.kind.partition(":")
        kind: Callable[..., QWidget] = getattr(importlib.import_module(module), name)
        wanted = inspect.signature(kind).parameters
        return kind(**{part: self._part(part) for part in wanted if self._has(part)})

    @cached_property
    def plots(self) -> "PlotMaker":
        """Where panels get their plots from."""
        from widgets.plots.maker import PlotMaker

        return PlotMaker(self._parts.themes)

    @cached_property
    def data(self) -> "DataWatch":
        """The look at the project's data that panels share."""
        from widgets.panels.data_watch import DataWatch

        return DataWatch(self._parts.document, self._owner)

    def _has(self, part: str) -> bool:
        return part in ("plots", "data") or hasattr(self._parts, part)

    def _part(self, part: str) -> object:
        return getattr(self, part) if part in ("plots", "data") else getattr(self._parts, part)


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
            self.panel = self._maker.make(self.plan)
            layout, head = self.layout(), self.head_extra.layout()
            assert layout is not None
            assert head is not None
            layout.addWidget(self.panel)
            extra = getattr(self.panel, "head_extra", None)
            if isinstance(extra, QWidget):
                head.addWidget(extra)
            self.made.emit(self.panel)
        return self.panel

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.make)
