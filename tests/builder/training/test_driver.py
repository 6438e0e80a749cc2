"""Whole runs: they learn, they can be told things, and a resumed one is the run that never stopped."""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

import builder
from builder import jobs, worker, workers
from builder.data.batches import batches
from builder.events import (
    AddEpochs,
    Checkpointed,
    ControlApplied,
    Finished,
    Message,
    Pause,
    Resume,
    SetLearningRate,
    Snapshot,
    Started,
    Step,
    Stop,
)
from builder.recipes.supervised import Supervised
from builder.runs import Run
from builder.session import Session
from builder.states import State
from builder.training import circumstances, driver, keeping
from builder.training.driver import COLUMNS, Driver
from builder.training.metrics import Errors
from builder.training.objectives import Goal, Objectives
from builder.training.setup import Setup, prepare
from graphs import edits, files
from graphs.errors import UserError
from graphs.project import Project
from tests.builder.training.drawn import Layers, chain, classifier
from tests.builder.waiting import until


def made(project: Project, folder: Path) -> Run:
    return Run.create(folder, jobs.Job("train", files.to_json(project), "cpu", base=str(folder)))


def weights(run: Run) -> dict[str, torch.Tensor]:
    assert run.last is not None
    return load_file(run.last)


class StopAfter(Supervised):
    """Supervised learning in which the user stops the run once some steps are done."""

    def __init__(self, session: Session, setup: Setup, steps: int) -> None:
        super().__init__(setup.module, setup.optimizer, setup.objectives, setup.choices["clip_norm"])
        self.session, self.left = session, steps

    def step(self, inputs: Sequence[Tensor], targets: Mapping[str, Tensor]) -> Tensor:
        self.left -= 1
        if self.left == 0:
            self.session.ask_to_stop()
        return super().step(inputs, targets)


class DieAfter(StopAfter):
    """Supervised learning that is cut off, without a chance to save, once some steps are done."""

    def step(self, inputs: Sequence[Tensor], targets: Mapping[str, Tensor]) -> Tensor:
        if self.left == 0:
            raise MemoryError
        self.left -= 1
        return Supervised.step(self, inputs, targets)


def stopping_after(steps: int, kind: type[StopAfter] = StopAfter) -> Callable[[Session], Finished]:
    """Return the entry of a run that is stopped, as a user would, in its step of that number."""

    def entry(session: Session) -> Finished:
        setup = prepare(session)
        setup.recipe = kind(session, setup, steps)
        return Driver(session, setup).run()

    return entry


def test_a_run_learns_and_leaves_its_results_behind(tmp_path: Path) -> None:
    fast = {"kind": "AdamW", "lr": 0.01}
    run = builder.train(classifier(epochs=30, optimizer=fast), device="cpu", folder=tmp_path)
    assert run.state is State.DONE
    assert run.metrics["validation.accuracy"] > 0.85
    assert len(run.history) == 30
    assert run.history[-1]["loss"] < run.history[0]["loss"] / 2
    finished = run.finished
    assert finished is not None
    confusion = finished.results["confusion"]["species"]  # type: ignore[index, call-overload]  # JSON
    assert sum(map(sum, confusion["matrix"])) == 30
    assert confusion["classes"] == ["setosa", "versicolor", "virginica"]
    rows = run.ring().read().rows
    assert len(rows) == 30 * 8
    assert rows[:, 0].tolist() == list(range(1, 241))


def test_the_same_seed_gives_the_same_weights_and_another_seed_others(tmp_path: Path) -> None:
    first, second, third = (
        weights(builder.train(classifier(), device="cpu", folder=tmp_path, seed=seed)) for seed in (3, 3, 4)
    )
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert not torch.equal(first["fc1.weight"], third["fc1.weight"])


@pytest.mark.parametrize("schedule", ["constant", "cosine", "step", "plateau"])
def test_a_run_stopped_at_any_step_and_resumed_is_bit_for_bit_the_run_that_never_stopped(
    schedule: str, tmp_path: Path
) -> None:
    project = classifier(schedule={"kind": schedule}, warmup=0.5, clip_norm=1.0)
    whole = builder.train(project, device="cpu", folder=tmp_path / "whole")
    run = made(project, tmp_path / "parts")
    for stop in (3, 11):  # in the middle of an epoch, both times
        worker.run_here(run, stopping_after(stop))
        assert run.state is State.STOPPED
    worker.run_here(run)
    assert run.state is State.DONE
    assert {name: value.tolist() for name, value in weights(run).items()} == {
        name: value.tolist() for name, value in weights(whole).items()
    }
    times = ("time", "seconds")
    mine = [{k: v for k, v in row.items() if k not in times} for row in run.history]
    assert mine == [{k: v for k, v in row.items() if k not in times} for row in whole.history]


def test_a_run_cut_off_in_a_long_epoch_goes_on_in_its_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BRING_EVERY", 0.0)
    monkeypatch.setattr(keeping, "LONGEST_UNSAVED", 0.0)  # all epochs are long
    project = classifier(epochs=3)
    whole = builder.train(project, device="cpu", folder=tmp_path / "whole")
    run = made(project, tmp_path / "parts")
    worker.run_here(run, stopping_after(11, DieAfter))  # an epoch has 8 steps
    assert run.state is State.FAILED
    worker.run_here(run)
    assert [event.first_step for event in run.events() if isinstance(event, Started)] == [0, 11]
    assert all(torch.equal(value, weights(whole)[name]) for name, value in weights(run).items())
    assert not [event for event in run.events() if isinstance(event, Message)]


def test_a_run_resumed_on_other_data_says_so(tmp_path: Path) -> None:
    project = classifier(epochs=1)
    project.data = {"source": {"kind": "csv", "path": "rows.csv"}}
    rows = "".join(f"{n * 7 % 11},{n % 4},{n % 5},{n % 3},{'abc'[n % 3]}\n" for n in range(60))
    (tmp_path / "rows.csv").write_text("p,q,r,s,species\n" + rows)
    run = made(project, tmp_path)
    worker.run_here(run)
    (tmp_path / "rows.csv").write_text("p,q,r,s,species\n" + rows + "1,2,3,4,a\n")
    run.extend(2)
    worker.run_here(run)
    assert run.state is State.DONE
    assert [event.text for event in run.events() if isinstance(event, Message)] == [
        "The data has changed since this run began: it goes on with what is there now."
    ]


def test_other_circumstances_are_told_and_the_same_ones_are_not() -> None:
    before = {"torch": "2.13.0", "device": "cuda:0", "data": "1"}
    now = {"torch": "2.14.0", "device": "cpu", "data": "1", "threads": "4"}
    told = circumstances.changes(before, now)
    assert [text.partition(":")[0] for text in told] == [
        "This run began with torch 2.13.0 and goes on with 2.14.0",
        "This run began with device cuda",
    ]
    assert circumstances.changes(now, now) == circumstances.changes({}, now) == []


def test_a_killed_worker_is_known_as_lost_and_its_run_goes_on_from_the_checkpoint(tmp_path: Path) -> None:
    run = made(classifier(epochs=100_000), tmp_path)
    held = workers.start(run)
    until(lambda: held.poll() is State.RUNNING and len(run.history) > 2)
    held.control(Stop())
    assert held.wait(60) is State.STOPPED
    held = workers.start(run)
    until(lambda: held.poll() is State.RUNNING and any(isinstance(event, Started) for event in held.events()))
    process = run.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    assert held.wait(60) is State.FAILED
    assert run.failure is not None
    assert "can be resumed" in run.failure.advice
    held = workers.start(run)
    until(lambda: held.poll() is State.RUNNING)
    held.terminate()
    assert held.wait(60) is State.STOPPED
    started = [event for event in run.events() if isinstance(event, Started)]
    assert started[1].first_step == started[2].first_step > 0


def said(run: Run) -> list[str]:
    """Return the controls that took effect, in order."""
    return [event.kind for event in run.events() if isinstance(event, ControlApplied)]


def test_controls_take_effect_and_are_said(tmp_path: Path) -> None:
    run = made(classifier(epochs=100_000), tmp_path)
    held = workers.start(run)
    until(lambda: held.poll() is State.RUNNING and run.history)
    held.control(Pause())
    until(lambda: held.poll() is State.PAUSED)
    before = run.ring().read().cursor
    for control in (Step(), SetLearningRate(0.5), Snapshot(), AddEpochs(7)):
        held.control(control)
    until(lambda: said(run)[-1:] == ["AddEpochs"])
    held.control(Resume())
    until(lambda: held.poll() is State.RUNNING and run.ring().read().cursor > before + 20)
    held.terminate()
    assert held.wait(60) is State.STOPPED
    assert [kind for kind in said(run) if kind != "Stop"] == [
        "Pause",
        "Step",
        "SetLearningRate",
        "Snapshot",
        "AddEpochs",
        "Resume",
    ]
    assert run.ring().read().rows[-1, COLUMNS.index("lr")] == 0.5
    assert any(isinstance(event, Checkpointed) and event.name.startswith("step-") for event in run.events())


def test_early_stopping_ends_a_run_that_does_not_get_better(tmp_path: Path) -> None:
    project = classifier(epochs=200, early_stopping=2, optimizer={"kind": "SGD", "lr": 1e-12})
    run = builder.train(project, device="cpu", folder=tmp_path)
    assert run.finished is not None
    assert run.finished.reason == "early stopping"
    assert len(run.history) < 200


def test_a_loss_that_is_no_number_ends_the_run_and_names_the_layer(tmp_path: Path) -> None:
    project = exploding()
    run = made(project, tmp_path)
    worker.run_here(run)
    failure = run.failure
    assert failure is not None
    assert "not-a-number at step" in failure.what
    # Its square is no number where all weights and outputs still are; a few steps later, when it is seen, none is.
    assert "first in the loss of progress" in failure.what
    assert failure.node == project.main.find("progress")


def test_the_layer_that_gives_no_number_is_named_and_not_those_it_spoils(tmp_path: Path) -> None:
    project = exploding()
    run = made(project, tmp_path)
    worker.run_here(run, spoiling("fc2", after=3))
    failure = run.failure
    assert failure is not None
    assert "at step 4, first in fc2." in failure.what
    assert failure.node == project.main.find("fc2")


def spoiling(layer: str, after: int) -> Callable[[Session], Finished]:
    """Return the entry of a run in which a layer gives infinity for the batch of one step, whenever that is done."""

    def entry(session: Session) -> Finished:
        setup = prepare(session)
        setup.schedule.base = 1e-6
        seed, size = setup.choices["seed"], setup.choices["batch_size"]
        chosen = list(batches(setup.data.training, size, seed))[after][0][0]
        hit: list[bool] = []
        setup.module.register_forward_pre_hook(lambda _, given: hit.append(torch.equal(given[0], chosen)))
        spoilt = setup.module.get_submodule(layer)
        spoilt.register_forward_hook(lambda _, given, output: output / 0 if hit[-1] else output)
        return Driver(session, setup).run()

    return entry


def exploding() -> Project:
    """Return a regression that diverges at once."""
    layers: Layers = [
        ("features", "Input", {"shape": (10,)}),
        ("fc1", "Linear", {"out_features": 8}),
        ("fc2", "Linear", {"out_features": 1}),
        ("progress", "Regression", {}),
    ]
    return chain(layers, {"kind": "diabetes"}, epochs=50, optimizer={"kind": "SGD", "lr": 100.0})


def test_a_drawing_with_an_error_is_refused_before_a_step_is_done(tmp_path: Path) -> None:
    project = classifier()
    edits.Disconnect("main", "n0", "output", "n1", "input").apply(project)
    with pytest.raises(UserError, match="fc1"):
        builder.train(project, device="cpu", folder=tmp_path)


def test_a_device_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no device xpu:7 here"):
        builder.train(classifier(), device="xpu:7", folder=tmp_path)


@pytest.mark.parametrize(
    ("layers", "source", "metric", "least"),
    [
        (["Regression"], {"kind": "diabetes"}, "validation.r2", 0.2),
        (["Reconstruction"], {"kind": "iris"}, "validation.mae", 0.0),
        (["BinaryClassification"], {"kind": "breast_cancer"}, "validation.accuracy", 0.9),
    ],
)
def test_every_kind_of_output_learns(
    layers: list[str], source: dict[str, object], metric: str, least: float, tmp_path: Path
) -> None:
    width = {"diabetes": 10, "iris": 4, "breast_cancer": 30}[str(source["kind"])]
    out = width if layers == ["Reconstruction"] else 1
    project = chain(
        [
            ("features", "Input", {"shape": (width,)}),
            ("fc1", "Linear", {"out_features": 16}),
            ("relu", "ReLU", {}),
            ("fc2", "Linear", {"out_features": out}),
            ("goal", layers[0], {}),
        ],
        source,
        epochs=30,
        optimizer={"kind": "AdamW", "lr": 0.01},
    )
    run = builder.train(project, device="cpu", folder=tmp_path)
    assert run.metrics[metric] > least
    assert run.history[-1]["loss"] < run.history[0]["loss"]


def test_what_is_left_out_of_the_data_is_said(tmp_path: Path) -> None:
    rows = "".join(f"{n * 7 % 11},{n % 4},{n % 5},{n % 3},{('a', 'b', '', 'c')[n % 4]}\n" for n in range(60))
    (tmp_path / "gaps.csv").write_text("p,q,r,s,species\n" + rows)
    project = classifier(epochs=1)
    project.data = {"source": {"kind": "csv", "path": "gaps.csv"}}
    run = builder.train(project, device="cpu", folder=tmp_path, base=tmp_path)
    said = [(event.level, event.text) for event in run.events() if isinstance(event, Message)]
    assert said == [("warning", "15 rows left out: species has no target.")]


def test_data_that_does_not_fit_comes_with_its_remedy(tmp_path: Path) -> None:
    project = classifier()
    project.data = {"source": {"kind": "wine"}}
    with pytest.raises(UserError, match=r"Came 13 a sample .*, expected 4\. Give features the data's shape 13\."):
        builder.train(project, device="cpu", folder=tmp_path)


def test_gradients_are_clipped_on_devices_without_a_fast_way_for_it() -> None:
    network = torch.nn.Linear(3, 1, device="meta")  # as on an Apple graphics processor, several tensors at once fail
    objective = Goal("y", "n1", torch.nn.functional.mse_loss, 1.0, "number", (), Errors(1, "meta"))
    recipe = Supervised(network, torch.optim.SGD(network.parameters()), Objectives([objective]), 1.0)
    loss = recipe.step([torch.zeros(4, 3, device="meta")], {"y": torch.zeros(4, 1, device="meta")})
    assert loss.device.type == "meta"
