"""Where panels, canvas and session meet: what one of them tells, the others show; none of them knows another."""

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, QTimer, SignalInstance

from widgets.figures import clock
from widgets.watch import Watch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from widgets.window import MainWindow


class AddsLayers(Protocol):
    """A panel from which layers are picked."""

    add_requested: SignalInstance


class Meetings(QObject):
    """Connects panels as they are made, and keeps counts, notes and the run's line current."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        parts = window.parts
        window.regions.made.connect(self._meet)
        window.regions.rail.add_requested.connect(self._add_layer)
        window.canvas.zoom_changed.connect(window.strip.show_zoom)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count_problems)
        parts.document.edited.connect(self._soon.start)
        parts.document.replaced.connect(self._soon.start)
        parts.session.changed.connect(self._follow_run)
        parts.session.runs.changed.connect(self._count_runs)
        self._count_problems()
        self._count_runs()

    def _meet(self, name: str, panel: "QWidget") -> None:
        if name == "library":
            cast("AddsLayers", panel).add_requested.connect(self._add_layer)

    def _add_layer(self, kind: str) -> None:
        self._window.commands.attempt(lambda: self._window.canvas.add_layer(kind))
        self._window.canvas.setFocus()

    def _count_problems(self) -> None:
        problems = [problem for problem in self._window.parts.document.report().problems if problem.cause is None]
        errors = any(problem.severity == "error" for problem in problems)
        role = "error mono" if errors else "warning mono" if problems else "secondary mono"
        lower = self._window.regions.docks.get("lower")
        if lower is not None:
            lower.show_count("problems", str(len(problems)), role)

    def _count_runs(self) -> None:
        runs = len(self._window.parts.session.runs.summaries)
        lower = self._window.regions.docks.get("lower")
        if lower is not None:
            lower.show_count("runs", str(runs) if runs else "")
        self._follow_run(self._window.parts.session.active)

    def _follow_run(self, _watch: Watch | None) -> None:
        active = self._window.parts.session.active
        self._window.strip.show_note(run_note(active) if active is not None else "")
        lower = self._window.regions.docks.get("lower")
        if lower is not None:
            lower.head.show_line(self._window.parts.session.strip_text)


def run_note(watch: Watch) -> str:
    """Return what the canvas strip says while a run trains."""
    since = f" as it was at {clock(watch.started.time)}" if watch.started is not None else ""
    return f"{watch.title} trains this drawing{since}; edits go to the next run"
