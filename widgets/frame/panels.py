"""Which panels the window has, where each stands, and how each is made: late, when it is first on show."""

import importlib.util
import inspect
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.parts import Parts


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


def make_panel(plan: PanelPlan, parts: Parts) -> QWidget:
    """Make a panel. Its module is imported here, so that the first window does not wait for plots and tables."""
    module, _, name = plan.kind.partition(":")
    kind: Callable[..., QWidget] = getattr(importlib.import_module(module), name)
    wanted = inspect.signature(kind).parameters
    return kind(**{part: getattr(parts, part) for part in wanted if hasattr(parts, part)})


class LatePanel(QWidget):
    """Stands for a panel until it is first seen; `head_extra` is where the panel's own head then goes."""

    made = Signal(object)

    def __init__(self, plan: PanelPlan, parts: Parts) -> None:
        super().__init__()
        self.plan = plan
        self._parts = parts
        self.panel: QWidget | None = None
        self.head_extra = QWidget()
        head = QHBoxLayout(self.head_extra)
        head.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def make(self) -> QWidget:
        """Return the panel, made now if it was not yet."""
        if self.panel is None:
            self.panel = make_panel(self.plan, self._parts)
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
