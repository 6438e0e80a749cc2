"""A canvas on the screen that nobody sees, with a small network in it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from graphs.project import Project
from tests.widgets.canvas.drawings import chain
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import ThemeSource


@pytest.fixture
def open_canvas(qtbot: QtBot) -> Callable[[Project], CanvasView]:
    """Show a project on a canvas of 1000 by 700, 1:1, without motion."""

    def show(project: Project) -> CanvasView:
        themes = ThemeSource("dark")
        themes.reduce_motion(True)
        view = CanvasView(Document(project), Selection(), themes)
        view.resize(1000, 700)
        qtbot.addWidget(view)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitExposed(view)
        view.set_zoom(1.0)
        return view

    return show


@pytest.fixture
def canvas(open_canvas: Callable[[Project], CanvasView]) -> CanvasView:
    """The chain of `drawings`, shown."""
    return open_canvas(chain())
