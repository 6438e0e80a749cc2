"""Where panels, canvas and session meet: what one of them tells, the others show; none of them knows another."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from builder.runs import Run
from graphs.problems import Problem
from widgets.figures import clock
from widgets.panels.library import LibraryPanel
from widgets.run_words import flowing_text
from widgets.watch import Watch

if TYPE_CHECKING:
    from widgets.window import MainWindow


class Meetings(QObject):
    """Connects panels as they are made, and keeps counts, notes and the run's line current."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        parts = window.parts
        window.regions.made.connect(self._meet)
        window.regions.rail.add_requested.connect(self._add_layer)
        window.canvas.zoom_changed.connect(window.strip.show_zoom)
        window.canvas.wheel_chosen.connect(lambda meaning: parts.settings.set("wheel", meaning))
        window.canvas.menu_requested.connect(self._open_menu)
        window.canvas.values_asked.connect(self._write_values)
        window.canvas.status_hint.connect(window.workshop.status.show_hint)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._count_problems)
        window.workshop.problems.changed.connect(self._soon.start)
        parts.document.edited.connect(window.toasts.withdraw)
        parts.document.replaced.connect(window.toasts.withdraw)
        acts = window.workshop.acts
        acts.fixed.connect(self._tell_fix)
        acts.shown.connect(self._see_problem)
        acts.data_asked.connect(lambda: window.show_view("data"))
        parts.session.changed.connect(self._follow_run)
        parts.document.replaced.connect(self._follow_run)
        parts.session.runs.changed.connect(self._count_runs)
        window.toasts.told.connect(self._log)
        window.canvas.pointer.hovering.flowing = self._flowing
        self._unlogged: list[str] = []
        self._count_problems()
        self._count_runs()

    def _meet(self, name: str, panel: QWidget) -> None:
        # Imported once the panel is made, as everywhere: the first window does not wait for them.
        if name == "library":
            assert isinstance(panel, LibraryPanel)
            panel.add_requested.connect(self._add_layer)
        elif name == "source":
            from widgets.panels.source import SourcePanel

            assert isinstance(panel, SourcePanel)
            panel.save_requested.connect(lambda: self._window.commands.run("file.export"))
        elif name == "runs":
            from widgets.panels.runs import RunsPanel

            assert isinstance(panel, RunsPanel)
            panel.shown.connect(lambda _run: self._window.show_panel("training"))
            panel.drawing_requested.connect(self._open_drawing)
        elif name == "log":
            self._log_waiting()

    def _see_problem(self, problem: Problem) -> None:
        if problem.node:
            self._window.show_view("network")
            self._window.canvas.reveal(problem.node)

    def _tell_fix(self, title: str) -> None:
        """Name the remedy that was applied, and keep the layer in view that it was for: it may have been pushed on."""
        self._window.toasts.show(title, "Undo", self._window.parts.document.undo)
        if (node := self._window.parts.selection.current) is not None:
            self._window.canvas.reveal(node)

    def _flowing(self, path: tuple[str, ...], node: str, port: str) -> str:
        """Return what flows out of a port in the run that trains the drawing, which is asked to look for some time."""
        session = self._window.parts.session
        active = session.active
        if active is None or not trains(active, self._window.parts.document.project.title):
            return ""
        session.look_at_wires()
        return flowing_text(active.flowing, path, node, port)

    def _open_drawing(self, run: Run) -> None:
        self._window.commands.attempt(lambda: self._window.files.open_copy(run.project_file))

    def _log(self, text: str) -> None:
        self._unlogged.append(text)
        self._log_waiting()

    def _log_waiting(self) -> None:
        page = self._window.regions.page("log")
        if page is None or page.panel is None:
            return
        from widgets.panels.log import LogPanel

        assert isinstance(page.panel, LogPanel)
        for text in self._unlogged:
            page.panel.add_line("info", text)
        self._unlogged.clear()

    def _add_layer(self, kind: str) -> None:
        self._window.commands.attempt(lambda: self._window.canvas.add_layer(kind))
        self._window.canvas.setFocus()

    def _write_values(self) -> None:
        """Let the first choice of what is selected be written."""
        from widgets.panels.properties import PropertiesPanel

        self._window.show_panel("properties")
        if (page := self._window.regions.page("properties")) is not None:
            panel = page.make()
            assert isinstance(panel, PropertiesPanel)
            panel.write()

    def _open_menu(self, what: object, at: QPointF) -> None:
        """Offer what can be done with the node, wire, frame or note under the pointer, or with the canvas."""
        place = {str: "node", tuple: "frame", type(None): "canvas"}.get(type(what), "wire")
        commands = self._window.commands
        commands.refresh()
        menu = QMenu(self._window)
        menu.setObjectName("canvas_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        commands.fill(menu, commands.registry.of_context(place))
        menu.popup(at.toPoint())

    def _count_problems(self) -> None:
        found = self._window.workshop.problems
        role = "error mono" if found.errors else "warning mono" if found.problems else "secondary mono"
        lower = self._window.regions.docks.get("lower")
        if lower is not None:
            lower.show_count("problems", str(len(found.causes)), role)

    def _count_runs(self) -> None:
        runs = len(self._window.parts.session.runs.summaries)
        lower = self._window.regions.docks.get("lower")
        if lower is not None:
            lower.show_count("runs", str(runs) if runs else "")
        self._follow_run(self._window.parts.session.active)

    def _follow_run(self, _watch: Watch | None = None) -> None:
        active = self._window.parts.session.active
        title = self._window.parts.document.project.title
        self._window.strip.show_note(run_note(active, title) if active is not None else "")
        lower = self._window.regions.docks.get("lower")
        if lower is not None:
            lower.head.show_line(self._window.parts.session.strip_text)


def trains(watch: Watch, title: str) -> bool:
    """Tell whether a run trains the project of that title, as far as can be told."""
    return watch.project in ("", title)


def run_note(watch: Watch, title: str) -> str:
    """Return what the canvas strip says while a run trains, over the project of that title."""
    if not trains(watch, title):
        return f"{watch.title} trains {watch.project}"
    since = f" as it was at {clock(watch.started.time)}" if watch.started is not None else ""
    return f"{watch.title} trains this drawing{since}; edits go to the next run"
