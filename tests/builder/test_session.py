"""Sessions: what a worker says is kept, what it is asked is heard, and neither costs a step anything."""

import os
import signal
import time
from pathlib import Path

import pytest

from builder import worker
from builder.events import EpochEnded, Finished, Message, SetLearningRate, Started, Stop
from builder.jobs import Job
from builder.runs import Run
from builder.session import Session
from builder.states import State
from graphs.errors import UserError
from tests.builder.waiting import until


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run that nothing works on yet."""
    return Run.create(tmp_path, Job("train", {"title": "Nothing"}))


def test_a_control_is_heard_once(run: Run) -> None:
    session = Session(run)
    run.control(SetLearningRate(0.5, time=1.0))
    heard = [*session.controls(), *session.wait(), *session.wait()]
    assert heard == [SetLearningRate(0.5, time=1.0)]
    assert not session.stopping
    run.control(Stop())
    until(lambda: session.controls())
    assert session.stopping


def test_asking_twice_to_stop_is_one_stop_heard_at_once(run: Run) -> None:
    session = Session(run)
    session.controls()
    session.ask_to_stop()
    session.ask_to_stop()
    assert session.stopping
    assert [type(control) for control in session.controls()] == [Stop]


def test_a_log_line_is_a_message_too(run: Run) -> None:
    Session(run).log("batch size halved", "warning", node="n3")
    (event,) = run.events()
    assert isinstance(event, Message)
    assert (event.level, event.text, event.node) == ("warning", "batch size halved", "n3")
    assert "warning: batch size halved" in run.log()


def test_a_flood_of_messages_goes_to_the_log(run: Run) -> None:
    session = Session(run)
    for number in range(2000):
        session.log(f"line {number} ends")
    assert run.log_file.read_text("utf-8").count(" ends\n") == 2000
    assert 20 < len(run.events()) < 1000


def test_what_cannot_be_written_now_is_said_later(run: Run) -> None:
    session = Session(run)
    run.events_file.mkdir()  # stands for a disk that takes nothing
    session.emit(Started("cpu"))
    session.emit(EpochEnded(1, 10, {"loss": 0.5}))
    assert run.state is State.WAITING
    run.events_file.rmdir()
    session.emit(Finished())
    assert run.state is State.DONE
    assert [type(event) for event in run.events()] == [Started, EpochEnded, Finished]
    assert len(run.history) == 1
    session.close()


def test_work_in_this_process(run: Run) -> None:
    assert worker.run_here(run, lambda _session: Finished()) == 0
    assert run.state is State.DONE
    assert not run.alive
    run.delete()


def test_work_in_this_process_that_fails(run: Run) -> None:
    def work(session: Session) -> Finished:
        raise UserError("no such column: age")

    assert worker.run_here(run, work) == 1
    assert run.failure is not None
    assert run.failure.what == "no such column: age"


def test_an_interrupt_stops_work_in_this_process_and_nothing_after_it(run: Run) -> None:
    def work(session: Session) -> Finished:
        os.kill(os.getpid(), signal.SIGINT)
        until(lambda: session.stopping)
        return Finished("stopped")

    before = signal.getsignal(signal.SIGINT)
    assert worker.run_here(run, work) == 0
    assert run.state is State.STOPPED
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_interrupt_does_not_wait(run: Run) -> None:
    def work(session: Session) -> Finished:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGINT)
            until(lambda: session.stopping)
        return Finished()

    assert worker.run_here(run, work) == 1
    assert run.failure is not None
    assert run.failure.title == "Interrupted"


def test_asking_for_controls_costs_a_step_next_to_nothing(run: Run) -> None:
    session = Session(run)
    start = time.perf_counter()
    for _ in range(100_000):
        session.controls()
    assert time.perf_counter() - start < 1.0  # ten microseconds each, many times what it takes
