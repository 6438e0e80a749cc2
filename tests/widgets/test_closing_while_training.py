"""Closing the window while a real worker trains: it asks, and what is answered happens."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from builder.events import Stop
from builder.states import State
from graphs.edits import SetSection
from tests.widgets.opening import Opened
from widgets.frame.meetings import run_note
from widgets.session import Session


def _train(project: Opened, qtbot: QtBot) -> None:
    """Start a run that would last, and wait until it runs."""
    document = project.parts.document
    document.perform(SetSection("training", {"epochs": 100_000}))
    document.save(document.path)
    project.window.commands.refresh()
    qtbot.keyClick(project.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    session = project.parts.session
    qtbot.waitUntil(lambda: session.active is not None and session.active.state is State.RUNNING)


def test_a_run_may_go_on_without_the_window(project: Opened, qtbot: QtBot) -> None:
    _train(project, qtbot)
    window, session = project.window, project.parts.session
    active = session.active
    assert active is not None
    assert not window.commands["run.train"].isEnabled()
    assert window.commands["run.stop"].isEnabled()
    assert run_note(active, active.project).startswith(f"{active.title} trains this drawing")
    assert run_note(active, "Another") == f"{active.title} trains {active.project}"
    project.answers.answers[:] = ["cancel"]
    assert not window.close()
    assert active.run.alive
    project.answers.answers[:] = ["go_on"]
    assert window.close()
    assert active.run.alive
    later = Session()
    later.attach_all()
    qtbot.waitUntil(lambda: later.active is not None)
    active.run.control(Stop())
    qtbot.waitUntil(lambda: not active.worker.alive)
    assert active.run.state is State.STOPPED
    later.close()


@pytest.mark.parametrize("by", ["question", "setting"])
def test_a_run_is_stopped_with_the_window(project: Opened, qtbot: QtBot, by: str) -> None:
    if by == "setting":
        project.parts.settings.set("run_at_close", "stop")
    _train(project, qtbot)
    active = project.parts.session.active
    assert active is not None
    project.answers.answers[:] = ["stop"]
    assert project.window.close()
    assert bool(project.answers.asked) is (by == "question")
    qtbot.waitUntil(lambda: not active.worker.alive)
    assert active.run.state is State.STOPPED
    assert active.run.last is not None
