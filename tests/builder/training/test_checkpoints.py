"""Checkpoints: what is put back is what was there, bit for bit, and nothing else is taken for one."""

from pathlib import Path

import pytest
import torch

from builder import weights
from builder.training import optimizers
from builder.training.checkpoints import Position, load_resume, save_resume
from graphs.errors import FileProblem

KINDS = optimizers.OPTIMIZERS.names()


def network() -> torch.nn.Module:
    return torch.nn.Sequential(
        torch.nn.Linear(4, 8), torch.nn.BatchNorm1d(8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 2)
    )


def learn(module: torch.nn.Module, optimizer: torch.optim.Optimizer, steps: int) -> None:
    for _ in range(steps):
        loss = module(torch.randn(16, 4)).square().mean()
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()


def made(kind: str) -> tuple[torch.nn.Module, torch.optim.Optimizer]:
    module = network()
    return module, optimizers.build({"kind": kind, "lr": 0.05}, module.parameters(), "cpu")


@pytest.mark.parametrize("kind", KINDS)
def test_a_resumed_run_is_bit_for_bit_the_run_that_never_stopped(kind: str, tmp_path: Path) -> None:
    torch.manual_seed(1)
    module, optimizer = made(kind)
    learn(module, optimizer, 5)
    counts = {"counts": torch.tensor([3, 4])}
    position = Position(epoch=2, batch=3, step=5, best=0.25, best_epoch=1, total_epochs=9)
    save_resume(tmp_path / "resume.safetensors", module, optimizer, counts, position, {"base": 0.05}, {"torch": "9.9"})
    learn(module, optimizer, 5)

    torch.manual_seed(99)  # another process starts from other random numbers and weights
    again, other = made(kind)
    empty = {"counts": torch.zeros(2, dtype=torch.int64)}
    found = Position()
    schedule, circumstances = load_resume(tmp_path / "resume.safetensors", again, other, empty, found)
    learn(again, other, 5)

    assert found == position
    assert schedule == {"base": 0.05}
    assert circumstances == {"torch": "9.9"}
    assert torch.equal(empty["counts"], counts["counts"])
    for name, value in module.state_dict().items():
        assert torch.equal(value, again.state_dict()[name]), name


def test_a_checkpoint_of_another_network_is_refused_by_name(tmp_path: Path) -> None:
    module, optimizer = made("SGD")
    save_resume(tmp_path / "resume.safetensors", module, optimizer, {}, Position(), {}, {})
    wider = torch.nn.Sequential(torch.nn.Linear(5, 8))
    with pytest.raises(FileProblem, match="another network"):
        load_resume(tmp_path / "resume.safetensors", wider, optimizer, {}, Position())


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"\xff" * 64])
def test_a_damaged_checkpoint_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "resume.safetensors"
    path.write_bytes(content)
    module, optimizer = made("SGD")
    with pytest.raises(FileProblem, match="no checkpoint"):
        load_resume(path, module, optimizer, {}, Position())


def test_weights_alone_are_no_place_to_resume_from(tmp_path: Path) -> None:
    module, optimizer = made("SGD")
    weights.write(tmp_path / "last.safetensors", module.state_dict(), more={"title": "x"})
    with pytest.raises(FileProblem, match="no checkpoint"):
        load_resume(tmp_path / "last.safetensors", module, optimizer, {}, Position())
