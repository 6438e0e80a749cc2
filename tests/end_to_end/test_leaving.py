"""Closing the window: unsaved work and a run under way are asked about, and every answer is kept to."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.states import State
from graphs import files
from tests.builder.waiting import until
from tests.end_to_end.hands import Hands
from widgets.files_flow import unsaved_question
from widgets.frame.leaving import run_question

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def training(hands: Hands) -> Hands:
    """The window in the middle of a long run, with nothing unsaved."""
    hands.press("Train")
    hands.wait(lambda: hands.session.active is not None and hands.session.active.epoch >= 1)
    return hands


def test_cancel_keeps_window_and_run_and_stop_ends_both(training: Hands) -> None:
    watch = training.session.active
    assert watch is not None
    training.answers.answers[:] = ["cancel"]
    assert not training.window.close()
    assert training.window.isVisible()
    assert [asked.title for asked in training.answers.asked] == [run_question(watch).title]
    epoch = watch.epoch
    training.wait(lambda: watch.epoch > epoch)

    training.answers.answers[:] = ["stop"]
    assert training.window.close()
    until(lambda: not watch.run.alive)
    assert watch.run.state is State.STOPPED
    assert watch.run.last is not None


def test_a_run_that_goes_on_is_joined_at_the_next_start(training: Hands, start: Callable[[], Hands]) -> None:
    left = training.session.active
    assert left is not None
    training.answers.answers[:] = ["go_on"]
    assert training.window.close()
    trained = len(left.run.history)
    until(lambda: len(left.run.history) > trained)

    again = start()
    again.wait(lambda: again.session.active is not None and again.session.active.ready)
    watch = again.session.active
    assert watch is not None
    assert watch.run.folder == left.run.folder
    assert watch.curves["validation.loss"].count > trained  # its past is there too
    epoch = watch.epoch
    again.wait(lambda: watch.epoch > epoch)

    again.window.parts.settings.set("run_at_close", "stop")
    assert again.window.close()
    assert again.answers.asked == []
    until(lambda: not watch.run.alive)
    assert watch.run.state is State.STOPPED


@pytest.mark.parametrize("answer", ["cancel", "discard", "save"])
def test_unsaved_work_is_asked_about_first(hands: Hands, answer: str) -> None:
    path = hands.document.path
    assert path is not None
    before = path.read_bytes()
    hands.canvas.setFocus()
    hands.write("relu")
    hands.enter()
    assert hands.document.dirty
    hands.answers.answers[:] = [answer]
    assert hands.window.close() is (answer != "cancel")
    (asked,) = hands.answers.asked
    assert asked.title == unsaved_question(hands.document.project.title).title
    assert (path.read_bytes() == before) is (answer != "save")
    if answer == "save":
        assert files.load(path) == hands.document.project


def test_nothing_is_asked_when_nothing_would_be_lost(hands: Hands) -> None:
    assert hands.window.close()
    assert hands.answers.asked == []


COPY_AND_CLOSE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from widgets import app
made = app.open_window

def open_window(*given):
    window = made(*given)

    def act():
        window.commands.run("edit.select_all")
        window.commands.run("edit.copy")
        QTimer.singleShot(0, window.close)

    window.ready.connect(act)
    return window

app.open_window = open_window
sys.exit(app.main(Path(sys.argv[1])))
"""


def test_the_program_ends_well_with_layers_on_the_clipboard(small: Path) -> None:
    command = [sys.executable, "-c", COPY_AND_CLOSE, str(small)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
