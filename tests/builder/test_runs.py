"""Run folders: numbered, honest about where they stand, readable however they are damaged."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder import events, processes, runs
from builder.events import EpochEnded, Failed, Finished, Started, Stop
from builder.jobs import Job
from builder.lines import append
from builder.processes import Identity
from builder.runs import BEST, LAST, Run
from builder.session import Session
from builder.states import State
from graphs.errors import UserError

JOB = Job("train", {"format": "netwright", "version": 1, "training": {"seed": 7}})


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run that nothing works on yet."""
    return Run.create(tmp_path / "runs", JOB)


def test_runs_are_numbered_and_listed_in_order(tmp_path: Path) -> None:
    made = [Run.create(tmp_path, JOB) for _ in range(12)]
    assert [run.title for run in made] == [f"Run {n}" for n in range(1, 13)]
    made[3].delete()
    (tmp_path / "run-0099").mkdir()  # no run: it holds no job
    (tmp_path / "notes.txt").write_text("mine")
    assert [run.number for run in runs.list(tmp_path)] == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12]
    assert Run.create(tmp_path, JOB).number == 100
    assert runs.list(tmp_path / "nowhere") == ()


def test_what_is_kept_is_read_back(run: Run) -> None:
    again = Run.open(run.folder)
    assert again.job == JOB
    assert again.status.seed == 7
    assert "torch" in again.status.versions
    assert again.project_file.is_file()
    again.rename(" Best one ")
    assert run.title == "Best one"
    with pytest.raises(UserError, match="name"):
        run.rename("  ")


def test_a_folder_that_is_no_run_and_a_damaged_job_are_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no run"):
        Run.open(tmp_path)
    (run.folder / "job.json").write_text('{"kind": "tr')
    with pytest.raises(UserError, match=r"job\.json: this is no job"):
        _ = Run.open(run.folder).job


def test_a_root_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="Choose another folder"):
        Run.create(tmp_path / "file", JOB)


def test_states_follow_the_work(run: Run) -> None:
    assert run.state is State.WAITING
    with run.claim():
        run.write_process(processes.identify())
    session = Session(run)
    session.emit(Started("cpu"))
    assert run.state is State.RUNNING
    session.emit(events.ControlApplied("Pause", 1))
    assert run.state is State.PAUSED
    session.emit(events.ControlApplied("Resume", 1))
    run.control(Stop())
    assert run.state is State.STOPPING
    session.emit(Finished("stopped", {"loss": 0.5}))
    assert run.state is State.STOPPED
    assert run.metrics == {"loss": 0.5}
    assert run.failure is None


def test_a_run_whose_process_is_gone_has_failed_and_says_how(run: Run) -> None:
    Session(run).emit(Started("cpu"))
    gone = Identity(processes.identify().pid, "another birth", processes.identify().host)
    run.write_process(gone)
    (run.checkpoints / LAST).write_bytes(b"weights")
    run.write_exit(-9, asked=False)
    assert run.state is State.FAILED
    failure = run.failure
    assert failure is not None
    assert "SIGKILL" in failure.what
    assert "memory" in failure.advice
    assert failure.last_checkpoint == str(Path("checkpoints") / LAST)


def test_an_earlier_failure_is_not_taken_for_the_reason_of_a_later_loss(run: Run) -> None:
    session = Session(run)
    session.emit(Failed("Old", "old"))
    assert run.failure is not None
    assert run.failure.title == "Old"
    with run.claim():
        run.prepare()
        run.write_process(Identity(1, "another birth", processes.identify().host))
    session.emit(Started("cpu"))
    assert run.state is State.FAILED
    assert run.failure.title == "The run was lost"


def test_a_run_of_another_machine_is_judged_by_its_heartbeat(run: Run) -> None:
    session = Session(run)
    session.emit(Started("cpu"))
    run.write_process(Identity(1, "birth", "elsewhere"))
    assert run.state is State.FAILED
    session.controls()
    assert run.silence < 60
    assert run.state is State.RUNNING


def test_history_keeps_one_row_an_epoch_the_later_one(run: Run) -> None:
    session = Session(run)
    for epoch, loss in ((1, 0.9), (2, 0.8), (3, 0.7), (2, 0.75)):
        session.emit(EpochEnded(epoch, epoch * 10, {"loss": loss}, time=5.0, seconds=2.0))
    append(run.metrics_file, {"epoch": "x"})
    assert [(row["epoch"], row["loss"]) for row in run.history] == [(1, 0.9), (2, 0.75), (3, 0.7)]
    assert run.history[0] == {"epoch": 1, "step": 10, "seconds": 2.0, "time": 5.0, "loss": 0.9}
    assert run.metrics == {"loss": 0.7}


def test_checkpoints_best_falls_back_to_last(run: Run) -> None:
    assert run.best is run.last is None
    (run.checkpoints / LAST).write_bytes(b"")
    assert run.best == run.last == run.checkpoints / LAST
    (run.checkpoints / BEST).write_bytes(b"")
    assert run.best == run.checkpoints / BEST


@pytest.mark.parametrize(
    "name", ["run.json", "process.json", "exit.json", "title.json", "events.jsonl", "metrics.jsonl"]
)
@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b"\xff\xff", b'{"state": "dreaming", "title": "x", "pid": "x"}\n'])
def test_a_damaged_file_never_raises(run: Run, name: str, junk: bytes) -> None:
    (run.folder / name).write_bytes(junk)
    listed = runs.list(run.folder.parent)
    assert [(one.number, one.state in tuple(State)) for one in listed] == [(1, True)]
    assert isinstance(listed[0].title, str)
    assert listed[0].metrics == {}
    _ = listed[0].failure


def test_a_run_under_way_is_neither_deleted_nor_started_again(run: Run) -> None:
    Session(run).emit(Started("cpu"))
    run.write_process(replace(processes.identify(), pid=processes.identify().pid))
    with pytest.raises(UserError, match="Stop it"):
        run.delete()
    other = processes.identify(processes.identify().pid)
    assert run.process is not None
    assert run.process.identity == other
    run.release()
    run.delete()
    assert not run.folder.exists()
    assert list(run.folder.parent.iterdir()) == []
