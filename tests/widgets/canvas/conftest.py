"""A canvas on the screen that nobody sees, with a small network in it."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from graphs.project import Project
from tests.widgets.canvas.drawings import DOWN, RIGHT, chain
from widgets.canvas.view import CanvasView
from widgets.commands.actions import CommandActions
from widgets.commands.canvas import canvas_commands
from widgets.commands.problems import problem_commands
from widgets.commands.registry import CommandRegistry
from widgets.commands.structure import structure_commands
from widgets.document import Document
from widgets.problem_acts import ProblemActs
from widgets.problem_list import ProblemList
from widgets.selection import Selection
from widgets.theme import ThemeSource

SIZES = {DOWN: (1000, 700), RIGHT: (1400, 700)}


def _size(project: Project) -> tuple[int, int]:
    """Return the size of a canvas on which the drawings of the tests have room."""
    return SIZES[str(project.main.attributes.get("flow", DOWN))]


@pytest.fixture
def flow() -> str:
    """Which way the drawing runs, unless a test asks for both by `FLOWS`."""
    return DOWN


@pytest.fixture
def open_canvas(qtbot: QtBot) -> Callable[[Project], CanvasView]:
    """Show a project on a canvas, 1:1, without motion."""

    def show(project: Project) -> CanvasView:
        themes = ThemeSource("dark")
        themes.reduce_motion(True)
        view = CanvasView(Document(project), Selection(), themes)
        view.resize(*_size(project))
        qtbot.addWidget(view)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitExposed(view)
        view.set_zoom(1.0)
        return view

    return show


@pytest.fixture
def commanded(qtbot: QtBot) -> Callable[[Project], CanvasView]:
    """Show a project on a canvas in a window that has the canvas's commands, so that shortcuts reach them."""
    windows: list[QWidget] = []  # a window that nobody holds is gone at once

    def show(project: Project) -> CanvasView:
        themes = ThemeSource("dark")
        themes.reduce_motion(True)
        window = QWidget()
        view = CanvasView(Document(project), Selection(), themes, window)
        registry = CommandRegistry()
        registry.add(*canvas_commands(lambda: view, view.document, view.selection, lambda: True))
        registry.add(*structure_commands(lambda: view, view.document, view.selection, lambda: True))
        acts = ProblemActs(view.document, view.selection, ProblemList(view.document, view), view)
        registry.add(*problem_commands(lambda: acts, lambda: True))
        actions = CommandActions(registry, window, themes)
        for changed in (view.selection.changed, view.document.history_changed):
            changed.connect(actions.refresh)
        window.resize(*_size(project))
        view.setGeometry(0, 0, *_size(project))
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        view.setFocus()
        view.set_zoom(1.0)
        return view

    return show


@pytest.fixture
def canvas(open_canvas: Callable[[Project], CanvasView], flow: str) -> CanvasView:
    """The chain of `drawings`, shown."""
    return open_canvas(chain(flow))
