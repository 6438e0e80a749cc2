"""What a run keeps: its best weights over a restart, and its life on a disk that takes nothing."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

import builder
from builder import jobs, workers
from builder.events import Checkpointed, Message, Snapshot, Stop
from builder.runs import Run
from builder.states import State
from builder.training.metrics import Losses
from graphs import files
from graphs.errors import UserError
from graphs.project import Project
from tests.builder.training.drawn import chain, classifier
from tests.builder.waiting import until


def started(project: Project, folder: Path) -> workers.Worker:
    run = Run.create(folder, jobs.Job("train", files.to_json(project), "cpu", base=str(folder)))
    held = workers.start(run)
    until(lambda: held.poll() is State.RUNNING and run.history)
    return held


def test_a_checkpoint_that_cannot_be_written_makes_the_run_wait_until_it_can(tmp_path: Path) -> None:
    held = started(classifier(epochs=100_000), tmp_path)
    folder, away = held.run.checkpoints, tmp_path / "away"
    folder.rename(away)
    folder.write_bytes(b"")  # a file in its place: nothing can be written there
    held.control(Snapshot())
    until(lambda: any(isinstance(e, Message) and "Training waits" in e.text for e in held.events()))
    assert held.poll() is State.RUNNING
    folder.unlink()
    away.rename(folder)
    until(lambda: any(isinstance(e, Checkpointed) and e.name.startswith("step-") for e in held.events()))
    held.control(Stop())
    assert held.wait(60) is State.STOPPED


def test_a_folder_of_checkpoints_that_is_deleted_is_made_again(tmp_path: Path) -> None:
    held = started(classifier(epochs=100_000), tmp_path)
    held.run.checkpoints.rename(tmp_path / "away")
    held.control(Stop())
    assert held.wait(60) is State.STOPPED
    assert held.run.best is not None


def test_a_run_that_is_stopped_while_nothing_can_be_written_has_failed(tmp_path: Path) -> None:
    held = started(classifier(epochs=100_000), tmp_path)
    held.run.checkpoints.rename(tmp_path / "away")
    held.run.checkpoints.write_bytes(b"")
    held.control(Stop())
    assert held.wait(60) is State.FAILED
    assert held.run.failure is not None
    assert "not saved" in held.run.failure.what


def test_a_resumed_run_that_gets_no_better_still_ends_with_its_best_weights(tmp_path: Path) -> None:
    run = builder.train(classifier(epochs=3), device="cpu", folder=tmp_path)
    best, figures = weights_of(run), run.metrics
    held = workers.start(run)  # all its epochs are done
    assert held.wait(60) is State.DONE
    assert run.metrics == figures
    assert all(torch.equal(value, best[name]) for name, value in weights_of(run).items())


def weights_of(run: Run) -> Mapping[str, Tensor]:
    assert run.best is not None
    found: Mapping[str, Tensor] = load_file(run.best)
    return found


def test_without_validation_the_final_metrics_are_those_of_training(tmp_path: Path) -> None:
    project = classifier(epochs=2)
    project.data["split"] = {"validation": 0.0}
    run = builder.train(project, device="cpu", folder=tmp_path)
    assert {"loss", "accuracy", "f1"} <= set(run.metrics)


def test_metrics_that_are_no_numbers_are_said_and_left_out(tmp_path: Path) -> None:
    layers: list[tuple[str, str, dict[str, object]]] = [
        ("x", "Input", {"shape": (2,)}),
        ("fc", "Linear", {"out_features": 1}),
        ("y", "Regression", {"loss": "l1"}),
    ]
    # What the last row holds is far from all that the scaling was fitted on: its square is no number any more.
    rows = "".join(f"{n * 7 % 11},{n % 3},{n % 5}\n" for n in range(1, 40)) + "1,1,1e37\n"
    (tmp_path / "far.csv").write_text("a,b,y\n" + rows)
    project = chain(layers, {"kind": "csv", "path": "far.csv"}, epochs=1)
    project.data |= {"split": {"shuffle": False, "validation": 0.1}, "target_scale": "none"}
    run = builder.train(project, device="cpu", folder=tmp_path, base=tmp_path, overrides={"main.y.weight": 1e4})
    assert run.state is State.DONE
    assert "validation.loss" not in run.metrics
    said = [event.text for event in run.events() if isinstance(event, Message)]
    assert any("validation.loss" in text for text in said)


def test_numbers_too_far_apart_to_be_scaled_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{n * 7 % 11},{n}e300\n" for n in range(1, 40))
    (tmp_path / "far.csv").write_text("a,y\n" + rows)
    layers: list[tuple[str, str, dict[str, object]]] = [
        ("x", "Input", {"shape": (1,)}),
        ("fc", "Linear", {"out_features": 1}),
        ("y", "Regression", {}),
    ]
    with pytest.raises(UserError, match="too far apart"):
        builder.train(chain(layers, {"kind": "csv", "path": "far.csv"}), device="cpu", folder=tmp_path, base=tmp_path)


def test_the_mean_loss_does_not_depend_on_when_losses_are_brought_over() -> None:
    values = [torch.tensor(0.1 * n + 1e9 * (n % 7)) for n in range(100)]
    means = set()
    for every in (1, 7, 100):
        losses = Losses()
        for number, value in enumerate(values, 1):
            losses.add(value, 3)
            if number % every == 0:
                losses.bring()
        means.add(losses.mean())
    assert len(means) == 1


@pytest.mark.parametrize("training", [{"batch_size": 1}, {"batch_size": 16, "epochs": 1}])
def test_batches_of_one_sample_are_refused_before_batch_normalization_meets_them(
    training: dict[str, object], tmp_path: Path
) -> None:
    project = classifier(**training)
    if training["batch_size"] != 1:
        project.data["split"] = {"validation": 0.9, "test": 0.0933}  # one row is left to train on
    with pytest.raises(UserError, match="norm cannot learn from batches of 1 sample"):
        builder.train(project, device="cpu", folder=tmp_path)
