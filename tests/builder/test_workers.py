"""Workers as real processes: controlled, killed, abandoned, attached to, started too often."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from builder import devices, jobs, processes, runs, workers
from builder.events import AddEpochs, ControlApplied, EpochEnded, Failed, Finished, Pause, Resume, Started, Stop
from builder.jobs import Job
from builder.runs import LAST, Run
from builder.states import State
from builder.workers import Worker
from graphs import files
from graphs.errors import UserError
from tests.builder.training.drawn import classifier
from tests.builder.waiting import until

ROOT = Path(__file__).parent.parent.parent
WORKLOAD = str(Path(__file__).parent / "workload.py")
JOB = Job("train", {"format": "netwright", "version": 1}, "cpu")
SHORT = Job("train", files.to_json(classifier(epochs=1)), "cpu")
ENDLESS = replace(JOB, overrides={"epochs": 10**9})
Launch = Callable[..., Worker]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Starts `workload.py NAME` on a new run; whatever still runs afterwards is killed."""
    started: list[Worker] = []

    def start(name: str, job: Job = JOB, run: Run | None = None) -> Worker:
        worker = workers.start(run or Run.create(tmp_path / "runs", job), program=(WORKLOAD, name))
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.terminate(grace=0.0)
        worker.wait(30)


def reached(worker: Worker, state: State) -> None:
    until(lambda: worker.poll() is state)


def pid(worker: Worker) -> int:
    process = worker.run.process
    assert process is not None
    return process.pid


def test_a_run_from_start_to_end(launch: Launch) -> None:
    worker = launch("count")
    assert worker.wait(30) is State.DONE
    kinds = [type(event) for event in worker.events()]
    assert kinds == [Started, EpochEnded, EpochEnded, EpochEnded, Finished]
    assert worker.events() == []
    batch = worker.metrics()
    assert batch is not None
    assert worker.columns == ("step", "loss")
    assert batch.rows[:, 0].tolist() == list(range(1, 31))
    assert [row["epoch"] for row in worker.run.history] == [1, 2, 3]
    assert worker.run.metrics == {"loss": 1 / 30}
    assert worker.run.exit is not None
    assert worker.run.exit.code == 0
    assert worker.run.status.started is not None


def test_pause_resume_add_and_stop_during_work(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    reached(worker, State.RUNNING)
    worker.control(Pause())
    reached(worker, State.PAUSED)
    (pause,) = (event for event in worker.events() if isinstance(event, ControlApplied))
    assert worker.run.ring().read().cursor == pause.step
    worker.control(AddEpochs(2))
    worker.control(Resume())
    reached(worker, State.RUNNING)
    worker.control(Stop())
    assert worker.wait(30) is State.STOPPED
    applied = [event.kind for event in worker.events() if isinstance(event, ControlApplied)]
    assert [pause.kind, *applied] == ["Pause", "AddEpochs", "Resume", "Stop"]
    assert worker.run.last == worker.run.checkpoints / LAST


def test_a_stop_that_comes_before_the_worker_is_ready_is_heard(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    worker.control(Stop())
    assert worker.wait(30) is State.STOPPED


def test_a_stopped_run_starts_again_without_hearing_the_old_stop(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    reached(worker, State.RUNNING)
    worker.control(Stop())
    worker.wait(30)
    again = launch("count", run=worker.run)
    reached(again, State.RUNNING)
    assert isinstance(again.events()[0], Started)
    assert again.run.exit is None
    again.control(Stop())
    assert again.wait(30) is State.STOPPED


@pytest.mark.skipif(sys.platform != "linux", reason="a process without its first thread is Linux's own")
def test_one_that_is_still_being_ended_has_not_failed_before_it_is_known_how(launch: Launch) -> None:
    worker = launch("linger")
    until(lambda: worker.run.status.known_state is State.RUNNING and not worker.run.alive)
    assert worker.poll() is State.RUNNING
    os.kill(pid(worker), signal.SIGKILL)
    assert worker.wait(30) is State.FAILED
    assert worker.run.failure is not None
    assert "SIGKILL" in worker.run.failure.what


def test_killed(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    reached(worker, State.RUNNING)
    os.kill(pid(worker), signal.SIGKILL)
    assert worker.wait(30) is State.FAILED
    failure = worker.run.failure
    assert failure is not None
    assert "SIGKILL" in failure.what
    assert "memory" in failure.advice


@pytest.mark.parametrize("times", [6, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_and_resumed_many_times(times: int, launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    for _ in range(times):
        reached(worker, State.RUNNING)
        os.kill(pid(worker), signal.SIGKILL)
        assert worker.wait(30) is State.FAILED
        worker = launch("count", run=worker.run)
    worker.control(Stop())
    assert worker.wait(30) in (State.STOPPED, State.DONE)
    assert not any(type(event).__name__ == "UnknownEvent" for event in worker.run.events())


@pytest.mark.parametrize(
    ("name", "code", "words"), [("crash", -signal.SIGSEGV, "SIGSEGV"), ("vanish", 0, "without a word (exit code 0)")]
)
def test_an_end_without_a_word_is_a_failure_whatever_the_exit_code(
    launch: Launch, name: str, code: int, words: str
) -> None:
    worker = launch(name)
    assert worker.wait(30) is State.FAILED
    assert worker.run.exit is not None
    assert worker.run.exit.code == code
    assert worker.run.failure is not None
    assert words in worker.run.failure.what


def test_a_crash_leaves_its_place_in_the_log(launch: Launch) -> None:
    worker = launch("crash")
    worker.wait(30)
    assert "string_at" in worker.run.log()


@pytest.mark.parametrize(
    ("name", "title", "words", "node", "logged"),
    [
        ("mistake", "This cannot run as it is", "conv1 has no input", None, "error: conv1 has no input"),
        ("burst", "Out of memory", "20 GB", "n7", "Traceback"),
    ],
)
def test_errors_become_words(launch: Launch, name: str, title: str, words: str, node: str | None, logged: str) -> None:
    worker = launch(name)
    assert worker.wait(30) is State.FAILED
    (failed,) = (event for event in worker.events() if isinstance(event, Failed))
    assert (failed.title, failed.node) == (title, node)
    assert words in failed.what
    assert logged in worker.run.log()
    assert ("Traceback" in worker.run.log()) is (logged == "Traceback")
    assert "Traceback" not in failed.what
    assert worker.run.exit is not None
    assert worker.run.exit.code == 1


def test_sigterm_is_a_stop(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    reached(worker, State.RUNNING)
    os.kill(pid(worker), signal.SIGTERM)
    assert worker.wait(30) is State.STOPPED, (worker.run.failure, worker.run.log())


def test_one_that_hears_nothing_is_killed(launch: Launch) -> None:
    worker = launch("deaf")
    reached(worker, State.RUNNING)
    worker.terminate(grace=0.3)
    reached(worker, State.STOPPING)
    assert worker.wait(30) is State.FAILED
    assert worker.run.exit is not None
    assert worker.run.exit.asked
    assert worker.run.failure is not None
    assert "memory" not in worker.run.failure.advice


def test_twenty_quick_starts_make_one_worker(tmp_path: Path, launch: Launch) -> None:
    run = Run.create(tmp_path / "runs", ENDLESS)
    worker = launch("count", run=run)
    for _ in range(19):
        with pytest.raises(UserError, match="running already"):
            launch("count", run=run)
    reached(worker, State.RUNNING)
    mine = [one for one in psutil.process_iter(["cmdline"]) if str(run.folder) in (one.info["cmdline"] or [])]
    assert len(mine) == 1


def test_two_windows_starting_at_once_make_one_worker(tmp_path: Path, launch: Launch) -> None:
    run = Run.create(tmp_path / "runs", replace(ENDLESS, when_left=jobs.GO_ON))
    program = f"""
        from pathlib import Path
        from builder import workers
        from builder.runs import Run
        from graphs.errors import UserError
        try:
            workers.start(Run(Path({str(run.folder)!r})), program=({WORKLOAD!r}, "count"))
        except UserError as error:
            print(error)
        else:
            print("started")
    """
    command = [sys.executable, "-W", "ignore", "-c", textwrap.dedent(program)]
    windows = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [window.communicate()[0].strip() for window in windows]
    assert sorted(text == "started" for text in said) == [False, False, False, True]
    worker = workers.attach(run)
    reached(worker, State.RUNNING)
    worker.terminate()
    assert worker.wait(30) is State.STOPPED


def start_and_die(run: Run, *, detach: bool = False) -> None:
    """Start a run from a process that is killed as soon as the run is under way."""
    program = f"""
        import os, signal
        from pathlib import Path
        from builder import workers
        from builder.events import Detach
        from builder.runs import Run
        from builder.states import State
        from tests.builder.waiting import until
        worker = workers.start(Run(Path({str(run.folder)!r})), program=({WORKLOAD!r}, "count"))
        until(lambda: worker.poll() is State.RUNNING)
        if {detach}:
            worker.control(Detach())
        os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL


def test_a_run_whose_window_is_killed_stops_with_a_checkpoint(tmp_path: Path) -> None:
    run = Run.create(tmp_path / "runs", ENDLESS)
    start_and_die(run)
    until(lambda: run.state is State.STOPPED)
    assert run.last is not None
    until(lambda: not run.alive)


@pytest.mark.parametrize("detach", [True, False])
def test_a_run_that_is_to_go_on_does_and_is_attached_to(tmp_path: Path, detach: bool) -> None:
    job = ENDLESS if detach else replace(ENDLESS, when_left=jobs.GO_ON)
    run = Run.create(tmp_path / "runs", job)
    start_and_die(run, detach=detach)
    (found,) = runs.list(tmp_path / "runs")
    worker = workers.attach(found)
    assert worker.poll() is State.RUNNING
    assert isinstance(worker.events()[0], Started)
    before = worker.metrics()
    assert before is not None
    until(lambda: (worker.metrics() or before).cursor > before.cursor + 10_000)
    worker.control(Stop())
    assert worker.wait(30) is State.STOPPED


def test_a_worker_that_prints_without_end_never_waits_for_a_reader(launch: Launch) -> None:
    worker = launch("chatter")
    assert worker.wait(30) is State.DONE
    assert worker.run.log().endswith("line 19999\n")


def test_files_named_like_libraries_beside_the_drawing_are_left_alone(
    tmp_path: Path, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch.py").write_text("raise SystemExit('this must not run')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "."]))
    worker = launch("torch_from")
    assert worker.wait(30) is State.DONE, worker.run.log()
    assert worker.run.finished is not None
    assert str(tmp_path) not in str(worker.run.finished.results["origin"])


def test_the_command_itself_leaves_such_files_alone(tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text("raise SystemExit('this must not run')")
    run = Run.create(tmp_path / "runs", SHORT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)])}
    command = [sys.executable, "-m", "builder.worker", str(run.folder)]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, run.state) == (0, State.DONE), ended.stderr


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "builder.worker", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.strip() == f"{tmp_path}: this is no run: it holds no job.json."


def test_a_damaged_job_is_refused_before_a_process_is_started(tmp_path: Path) -> None:
    run = Run.create(tmp_path / "runs", JOB)
    (run.folder / "job.json").write_text("{}")
    with pytest.raises(UserError, match="no job"):
        workers.start(run)
    assert run.process is None


def test_training_on_the_processor_gives_way(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    reached(worker, State.RUNNING)
    until(lambda: psutil.Process(pid(worker)).nice() >= 5)


def test_a_process_of_its_own_session(launch: Launch) -> None:
    worker = launch("count", ENDLESS)
    reached(worker, State.RUNNING)
    assert os.getsid(pid(worker)) == pid(worker) != os.getsid(0)


def test_a_spare_worker_tells_the_devices_and_does_the_run_that_it_is_given(tmp_path: Path) -> None:
    spare = workers.Spare()
    assert spare.alive
    assert spare.told() is None
    run = Run.create(tmp_path / "runs", SHORT)
    worker = workers.start(run, spare)
    assert not spare.alive
    assert pid(worker) == spare.child.pid
    until(lambda: spare.told() is not None)
    told = spare.told()
    assert told == devices.document()
    assert worker.wait(60) is State.DONE, run.log()


def test_a_spare_worker_that_died_is_not_missed(tmp_path: Path) -> None:
    spare = workers.Spare()
    processes.end(processes.identify(spare.child.pid), kill=True)
    until(lambda: not spare.alive)
    spare.close()
    assert spare.told() == {}
    worker = workers.start(Run.create(tmp_path / "runs", SHORT), spare)
    assert worker.wait(60) is State.DONE


def test_a_spare_worker_ends_with_its_window(tmp_path: Path) -> None:
    program = (
        "import os, signal\nfrom builder import workers\nprint(workers.Spare().child.pid, flush=True)\nos.kill(0, 9)"
    )
    window = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True, check=False
    )
    spare = int(window.stdout)
    until(lambda: not psutil.pid_exists(spare) or psutil.Process(spare).status() == psutil.STATUS_ZOMBIE)
