"""The session with real workers: starting, steering, losing, leaving and joining runs; devices; the list of runs."""

from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from builder import runs
from builder.events import AddEpochs, Pause, Resume, SetLearningRate, Snapshot
from builder.runs import Run
from builder.states import State
from graphs import edits
from graphs.errors import UserError
from tests.widgets.training import endless, kill, made, session, short, until_ended
from widgets.session import Session
from widgets.watch import LOSS, RATE

__all__ = ["session"]


def test_a_run_is_followed_to_its_end(session: Session, qtbot: QtBot) -> None:
    heard: list[object] = []
    session.changed.connect(heard.append)
    watch = session.start(short(), None)
    assert session.active is watch is session.shown
    until_ended(qtbot, watch)
    assert watch.state is State.DONE
    assert session.active is None
    assert heard.count(watch) >= 2
    assert watch.epoch == watch.total_epochs == 3
    assert watch.fraction == 1.0
    assert watch.curves[LOSS].count == 3 * 8
    assert watch.curves["validation.accuracy"].x.tolist() == [1.0, 2.0, 3.0]
    assert watch.metric_names == ("accuracy", "f1")
    assert watch.finished is not None
    assert 1 <= watch.best_epoch <= 3


def test_a_run_trains_the_drawing_as_it_stood_when_it_began(session: Session, qtbot: QtBot) -> None:
    project = short()
    edits.SetSection("training", {"epochs": 2}).apply(project)
    watch = session.start(project, None)
    edits.SetSection("training", {"epochs": 9}).apply(project)
    until_ended(qtbot, watch)
    assert watch.total_epochs == 2


def test_a_second_run_is_refused_while_one_is_under_way(session: Session, qtbot: QtBot) -> None:
    watch = session.start(endless(), None)
    with pytest.raises(UserError, match=f"{watch.title} is training already"):
        session.start(short(), None)
    with pytest.raises(UserError, match="training already"):
        session.resume(watch.run)
    session.stop()
    until_ended(qtbot, watch)
    assert len(runs.list(session.root)) == 1


def test_controls_are_heard_and_seen(session: Session, qtbot: QtBot) -> None:
    watch = session.start(endless(), None)
    qtbot.waitUntil(lambda: watch.epoch > 2)
    session.control(Pause())
    qtbot.waitUntil(lambda: watch.state is State.PAUSED)
    for control in (SetLearningRate(0.25), Snapshot(), AddEpochs(7), Resume()):
        session.control(control)
    qtbot.waitUntil(lambda: watch.state is State.RUNNING and len(watch.marks) == 2)
    qtbot.waitUntil(lambda: watch.curves[RATE].y[-1] == 0.25)
    assert [held.text for held in watch.marks] == ["lr 0.25", "snapshot"]
    assert watch.total_epochs == 100_007
    assert watch.seconds_left is not None
    qtbot.waitUntil(lambda: (watch.samples_per_second or 0.0) > 0)
    session.stop()
    until_ended(qtbot, watch)
    assert watch.state is State.STOPPED


def test_a_worker_that_is_killed_leaves_a_failed_run_that_can_go_on(session: Session, qtbot: QtBot) -> None:
    watch = session.start(endless(), None)
    qtbot.waitUntil(lambda: watch.epoch > 3)
    session.stop()
    until_ended(qtbot, watch)
    before = watch.curves["loss"].count
    again = session.resume(watch.run)
    qtbot.waitUntil(lambda: again.ready and again.epoch > before + 2)
    assert again.curves["loss"].x.tolist() == [float(place + 1) for place in range(again.epoch)]
    kill(again)
    until_ended(qtbot, again)
    assert again.state is State.FAILED
    assert again.failed is not None
    assert "SIGKILL" in again.failed.what


def test_a_run_goes_on_when_the_window_leaves_it_and_the_next_one_joins_it(session: Session, qtbot: QtBot) -> None:
    watch = session.start(endless(), None)
    qtbot.waitUntil(lambda: watch.epoch > 1)
    session.detach()
    qtbot.waitUntil(lambda: any("Detach" in line for line in watch.run.events_file.read_text().splitlines()))
    session.close()
    later = Session(session.root)
    later.attach_all()
    joined = later.active
    assert joined is not None
    assert joined.run.folder == watch.run.folder
    assert later.shown is joined
    epoch = watch.epoch
    qtbot.waitUntil(lambda: joined.ready and joined.epoch > epoch)
    assert joined.curves["loss"].x[0] == 1.0
    later.stop()
    qtbot.waitUntil(lambda: not joined.active)
    assert joined.state is State.STOPPED
    later.close()
    later.deleteLater()


def test_the_past_of_a_run_is_read_apart(session: Session, qtbot: QtBot) -> None:
    watch = session.start(short(), None)
    until_ended(qtbot, watch)
    other = Session(session.root)
    found = other.watch(watch.run)
    assert not found.active
    with qtbot.waitSignal(other.changed, check_params_cb=lambda told: told is found):
        pass
    assert found.ready
    assert found.curves[LOSS].y.tolist() == watch.curves[LOSS].y.tolist()
    assert found.seconds_so_far == pytest.approx(watch.seconds_so_far, abs=1.0)
    assert other.watch(watch.run) is found
    other.close()
    other.deleteLater()


def test_the_devices_are_told_by_the_worker_that_is_got_ready(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.devices_found):
        session.warm_up()
    assert session.devices[0]["id"] == "cpu"
    assert session.automatic["device"] in {found["id"] for found in session.devices}
    watch = session.start(short(), None)  # given to the worker that was got ready meanwhile
    until_ended(qtbot, watch)
    assert watch.state is State.DONE


def test_the_devices_are_told_by_a_worker_that_has_its_run_already(session: Session, qtbot: QtBot) -> None:
    session.warm_up()
    qtbot.waitUntil(lambda: bool(psutil.Process().children()))
    with qtbot.waitSignal(session.devices_found):
        watch = session.start(short(), None)
    assert session.devices[0]["id"] == "cpu"
    until_ended(qtbot, watch)
    assert watch.state is State.DONE


def test_closing_while_a_worker_is_got_ready_leaves_nothing(session: Session, qtbot: QtBot) -> None:
    session.warm_up()
    qtbot.waitUntil(lambda: bool(psutil.Process().children()))
    session.close()
    assert not psutil.Process().children()


def test_the_choice_of_a_device_is_told_once(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.device_changed):
        session.device = "cpu"
    with qtbot.assertNotEmitted(session.device_changed):
        session.device = "cpu"


def test_runs_are_listed_in_short_and_kept_current(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    run = made(session.root, short(), "By hand")
    watch = session.start(short(2), None)
    until_ended(qtbot, watch)
    qtbot.waitUntil(lambda: len(session.runs.summaries) == 2)
    qtbot.waitUntil(lambda: session.runs.summaries[watch.run.folder].state is State.DONE)
    summary = session.runs.summaries[watch.run.folder]
    assert (summary.epochs, summary.device, summary.project) == (2, "cpu", "Test")
    assert "validation.accuracy" in summary.metrics
    session.rename(run, "Named")
    qtbot.waitUntil(lambda: session.runs.summaries[run.folder].title == "Named")
    session.overlay(run.folder, True)
    session.delete(run)
    assert session.overlaid == ()
    qtbot.waitUntil(lambda: set(session.runs.summaries) == {watch.run.folder})


def test_a_run_whose_files_are_damaged_is_passed_over(session: Session, qtbot: QtBot) -> None:
    good, bad = made(session.root, short()), made(session.root, short())
    (bad.folder / "job.json").write_text("{")
    for _ in range(2):  # what could not be read is looked at again without harm
        session.runs.refresh()
        qtbot.waitUntil(lambda: good.folder in session.runs.summaries)
    assert bad.folder not in session.runs.summaries


def test_hundreds_of_runs_do_not_hold_the_window_up(session: Session, qtbot: QtBot) -> None:
    for number in range(200):
        made(session.root, short(), f"Run {number}")
    seen: list[int] = []
    session.runs.changed.connect(lambda: seen.append(len(session.runs.summaries)))
    session.runs.refresh()
    qtbot.waitUntil(lambda: len(session.runs.summaries) == 200)
    assert seen[0] < 200  # they came in parts, while the event loop went on


def test_a_run_under_way_cannot_be_deleted(session: Session, qtbot: QtBot) -> None:
    watch = session.start(endless(), None)
    with pytest.raises(UserError, match="Stop it before deleting it"):
        session.delete(watch.run)
    session.stop()
    until_ended(qtbot, watch)
    session.delete(watch.run)
    assert session.shown is None
    assert not watch.run.folder.exists()


def test_a_run_that_cannot_be_kept_is_refused_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    session = Session(tmp_path / "file")
    with pytest.raises(UserError, match="a run cannot be kept here"):
        session.start(short(), None)
    assert session.active is None
    session.close()
    session.deleteLater()


def test_the_strip_says_how_far_the_run_is(session: Session, qtbot: QtBot) -> None:
    assert session.strip_text == ""
    watch = session.start(endless(), None)
    qtbot.waitUntil(lambda: watch.epoch > 2 and watch.seconds_left is not None)
    assert session.strip_text.startswith(f"{watch.title}, epoch ")
    assert " of 100000, 0 %, about " in session.strip_text
    assert session.strip_text.endswith(" left")
    session.stop()
    until_ended(qtbot, watch)
    assert session.strip_text == ""


def test_a_run_is_found_again_by_its_folder(session: Session, qtbot: QtBot) -> None:
    watch = session.start(short(), None)
    until_ended(qtbot, watch)
    assert session.watch(Run.open(watch.run.folder)) is watch
