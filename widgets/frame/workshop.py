"""The part of the window that works on a project: canvas, docks, strip and status bar; made when it is first needed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from widgets.canvas.acts.with_room import with_room
from widgets.canvas.view import CanvasView
from widgets.frame.canvas_strip import CanvasStrip
from widgets.frame.meetings import Meetings
from widgets.frame.panels import PANELS, LatePanel, PanelMaker
from widgets.frame.project_page import ProjectPage
from widgets.frame.regions import Regions
from widgets.frame.status_bar import StatusBar
from widgets.panels.data_watch import DataWatch
from widgets.problem_acts import ProblemActs
from widgets.problem_list import ProblemList
from widgets.starting import Starting

if TYPE_CHECKING:
    from widgets.window import MainWindow


class Workshop(QObject):
    """Holds the parts; `open` puts them into the window and lets them meet."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        parts = window.parts
        document, selection, themes = parts.document, parts.selection, parts.themes
        self.canvas = CanvasView(document, selection, themes, wheel=parts.settings["wheel"])
        self.problems = ProblemList(document, self)
        self.acts = ProblemActs(document, selection, self.problems, self)
        document.placing = lambda edit: with_room(self.canvas.root, edit)
        self.data = DataWatch(document, self)
        self.problems.add_data(self.data)
        self.starting = Starting(document, parts.session, parts.settings, self.problems, self)
        self.maker = PanelMaker(parts, self.problems, self.acts, self.starting, self.data)
        self.regions = Regions(window, parts, self.maker)
        self.strip = CanvasStrip(document, selection, window.commands, themes)
        self.status = StatusBar(document, selection, themes, self.problems, parts.session)
        self.project = ProjectPage()

    def open(self) -> None:
        """Take the places in the window."""
        window = self._window
        window.setStatusBar(self.status)
        self.project.add_canvas(self.strip, self.canvas)
        for plan in PANELS:
            if plan.place == "view":
                panel = LatePanel(plan, self.maker)
                panel.made.connect(lambda made, name=plan.name: self.regions.made.emit(name, made))
                self.project.add(plan.name, panel)
        window.stack.addWidget(self.project)
        for changed in (self.regions.changed, self.problems.changed, self.starting.changed):
            changed.connect(window.commands.refresh_soon)
        self.regions.left.connect(self.canvas.setFocus)
        self.starting.begun.connect(lambda: window.show_panel("training"))
        self.starting.refused.connect(lambda error: window.errors.tell("Training did not begin", str(error)))
        self.status.problems_asked.connect(lambda: window.show_panel("problems"))
        self.meetings = Meetings(window)

    def close(self) -> None:
        """Begin nothing more: the window is about to go."""
        self.starting.give_up()
        self.data.cancel()
