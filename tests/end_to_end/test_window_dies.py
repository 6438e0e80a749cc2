"""The window's process is killed in the middle of work: nothing drawn is lost, and runs do as they were told."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import folders, runs
from builder.runs import Run
from builder.states import State
from graphs import files
from tests.builder.waiting import until
from tests.end_to_end.hands import Hands

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def kill_at_work(small: Path, tmp_path: Path) -> Callable[..., Path]:
    """A function that works on `small` in another process, kills that, and returns the file of what was drawn."""

    def work(*when_left: str) -> Path:
        edited = tmp_path / "edited.netwright"
        command = [sys.executable, "-m", "tests.end_to_end.window_process", str(small), str(edited), *when_left]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            process.kill()
            assert said == "ready\n"
        return edited

    return work


def _only_run() -> Run:
    (run,) = (run for run in runs.list(folders.runs()) if run.job.kind == "train")
    return run


def test_what_was_drawn_is_offered_and_comes_back_whole(
    small: Path, kill_at_work: Callable[..., Path], start: Callable[[], Hands]
) -> None:
    edited = kill_at_work()
    hands = start()
    assert not hands.window.in_project
    hands.press("Bring back")
    assert hands.window.in_project
    assert files.dumps(hands.document.project) == edited.read_bytes()
    assert edited.read_bytes() != small.read_bytes()
    assert hands.document.project.main.find("last_relu") is not None
    assert hands.document.path == small
    assert hands.document.dirty


def test_work_that_is_let_go_is_not_offered_again(
    kill_at_work: Callable[..., Path], start: Callable[[], Hands]
) -> None:
    kill_at_work()
    hands = start()
    hands.press("Discard")
    assert list(hands.window.recovery.found()) == []


def test_a_run_that_may_go_on_does_and_is_joined_at_the_next_start(
    kill_at_work: Callable[..., Path], start: Callable[[], Hands]
) -> None:
    kill_at_work("go_on")
    run = _only_run()
    trained = len(run.history)
    until(lambda: len(run.history) > trained)
    hands = start()
    hands.wait(lambda: hands.session.active is not None and hands.session.active.ready)
    watch = hands.session.active
    assert watch is not None
    assert watch.run.folder == run.folder
    epoch = watch.epoch
    hands.wait(lambda: watch.epoch > epoch)


def test_a_run_that_may_not_stops_with_a_checkpoint(
    kill_at_work: Callable[..., Path], start: Callable[[], Hands]
) -> None:
    kill_at_work("stop")
    run = _only_run()
    until(lambda: not run.alive)
    assert run.state is State.STOPPED
    assert run.last is not None
    hands = start()
    assert hands.session.active is None
