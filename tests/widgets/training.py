"""A session with runs of real workers, for tests: waits for conditions, ends everything afterwards."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import builder
from builder import jobs, runs, workers
from builder.runs import Run
from graphs import files
from graphs.project import Project
from tests.builder.training.drawn import classifier
from tests.patience import PATIENCE
from widgets.session import Session
from widgets.watch import Watch


def endless() -> Project:
    """A project whose run goes on until it is told to stop."""
    return classifier(epochs=100_000)


def short(epochs: int = 3) -> Project:
    """A project whose run is over at once."""
    return classifier(epochs=epochs)


def made(root: Path, project: Project, title: str = "") -> Run:
    """A run that nobody has started yet."""
    return Run.create(root, jobs.Job("train", files.to_json(project), "cpu"), title)


def until_ended(qtbot: QtBot, watch: Watch) -> None:
    """Wait for the end of a run and of its process."""
    qtbot.waitUntil(lambda: not watch.active)
    watch.worker.wait(PATIENCE)


def kill(watch: Watch) -> None:
    """Take a run's process away, as a system without memory does."""
    process = watch.run.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A session over an empty folder; whatever it started is over afterwards."""
    opened = Session(tmp_path / "runs")
    yield opened
    opened.close()
    for run in runs.list(opened.root):
        with suppress(TimeoutError):
            held = opened.watches[run.folder].worker if run.folder in opened.watches else workers.attach(run)
            held.terminate(0.0)
            held.wait(30.0)
    opened.deleteLater()


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that ended, made once; to be copied."""
    root = tmp_path_factory.mktemp("trained")
    return builder.train(short(6), device="cpu", folder=root).folder


@pytest.fixture
def ended(session: Session, trained: Path) -> Run:
    """A run in the session's folder that ended as it should."""
    folder = session.root / trained.name
    shutil.copytree(trained, folder)
    return Run.open(folder)
