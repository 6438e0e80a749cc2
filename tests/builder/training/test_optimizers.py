"""Optimizers step as torch's own do, and bring in no compiler where nothing is compiled."""

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from builder.training import optimizers

ROOT = Path(__file__).parent.parent.parent.parent
KINDS = optimizers.OPTIMIZERS.names()

USED = """
import sys, torch
from builder.training import optimizers
for kind in optimizers.OPTIMIZERS.names():
    layer = torch.nn.Linear(3, 2)
    optimizer = optimizers.build({"kind": kind}, layer.parameters(), "cpu")
    for _ in range(2):
        optimizer.zero_grad(set_to_none=True)
        layer(torch.ones(4, 3)).sum().backward()
        with torch.no_grad():
            optimizers.stepping(optimizer)()
    optimizer.load_state_dict(optimizer.state_dict())
print(*sorted({"torch._dynamo", "sympy"} & set(sys.modules)))
"""


def trained(kind: str, *, bare: bool) -> list[torch.Tensor]:
    torch.manual_seed(3)
    layer, inputs = nn.Linear(5, 4), torch.rand(8, 5)
    optimizer = optimizers.build({"kind": kind}, layer.parameters(), "cpu")
    step = optimizers.stepping(optimizer)
    for _ in range(4):
        optimizer.zero_grad()
        layer(inputs).square().sum().backward()
        if bare:
            with torch.no_grad():
                step()
        else:
            optimizer.step()
    held = [value for state in optimizer.state_dict()["state"].values() for value in state.values()]
    return [*layer.parameters(), *(value for value in held if isinstance(value, torch.Tensor))]


@pytest.mark.parametrize("kind", KINDS)
def test_the_bare_rule_steps_as_the_optimizer_does(kind: str) -> None:
    pairs = zip(trained(kind, bare=True), trained(kind, bare=False), strict=True)
    assert all(torch.equal(one, other) for one, other in pairs)


def test_training_loads_no_compiler() -> None:
    done = subprocess.run([sys.executable, "-c", USED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("switch", ["", "momentum", "amsgrad"])
def test_an_optimizer_keeps_as_many_numbers_as_it_declares(kind: str, switch: str) -> None:
    spec, _ = optimizers.chosen({"kind": kind})
    value = {"kind": kind}
    if switch in {choice.name for choice in spec.choices}:
        value |= {switch: 0.5 if switch == "momentum" else True}
    layer = nn.Linear(5, 4)
    optimizer = optimizers.build(value, layer.parameters(), "cpu")
    layer(torch.rand(8, 5)).square().sum().backward()
    optimizer.step()
    held = [entry for state in optimizer.state.values() for entry in state.values()]
    numbers = sum(entry.numel() for entry in held if isinstance(entry, torch.Tensor) and entry.dim())
    assert numbers == spec.kept(optimizers.chosen(value)[1]) * sum(weight.numel() for weight in layer.parameters())
