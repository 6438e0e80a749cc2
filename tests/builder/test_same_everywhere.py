"""What is drawn is what runs: every layer and template gives the same bits compiled, exported and built by hand."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import Phase, given, settings
from torch import Tensor, nn

from builder.generator import source
from graphs import catalogue, templates
from graphs.catalogue import LAYERS
from graphs.project import Project
from graphs.reporting import report
from graphs.spec import Call, LayerSpec
from tests.builder.sameness import Clean, check, clean
from tests.graphs.layer_cases import SAMPLES, Case, cases
from tests.graphs.sketch import Sketch

TESTED = [spec.name for spec in LAYERS if spec.category not in ("data", "objective", "block")]
ENOUGH = 5


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clean]:
    """A Python without our packages, for the whole module."""
    with clean(tmp_path_factory.mktemp("exported")) as running:
        yield running


def drawn(spec: LayerSpec, case: Case) -> Project:
    """Return a network of one layer between an input for each wire and an output for each port."""
    sketch = Sketch()
    chosen = {name: value for name, value in case.parameters.items() if value is not None}
    sketch.add("layer", spec.name, after="", **chosen)
    for port, specs in case.inputs.items():
        for place, came in enumerate(specs):
            name = f"{port}_{place}"
            sketch.add(name, "Input", after="", shape=list(came.shape), dtype=came.dtype, kind=came.kind)
            variadic = any(p.name == port and p.variadic for p in spec.inputs)
            sketch.wire(name, "layer", f"{port}.{place}" if variadic else port)
    for port in spec.outputs:
        sketch.add(f"out_{port.name}", "Output", after="")
        sketch.wire("layer", f"out_{port.name}", out=port.name)
    return sketch.project


class ByHand(nn.Module):
    """A layer called as its declaration says, on a torch module made with every argument written out."""

    def __init__(self, spec: LayerSpec, call: Call) -> None:
        super().__init__()
        self.spec, self.drawn = spec, call
        if spec.module:
            folder, _, name = spec.module.rpartition(".")
            self.layer = getattr(importlib.import_module(folder), name)(**spec.arguments(call))

    def forward(self, **inputs: Tensor) -> Tensor | dict[str, Tensor]:
        """Run the declaration's own statements."""
        wires: dict[str, Any] = {}
        for port in self.spec.inputs:
            names = tuple(name for name in inputs if name.rpartition("_")[0] == port.name)
            if names:
                wires[port.name] = names if port.variadic else names[0]
        scope: dict[str, Any] = {"torch": torch, "module": getattr(self, "layer", None), **inputs}
        outputs = {port.name: f"result_{port.name}" for port in self.spec.outputs}
        exec("\n".join(self.spec.statements(self.drawn, "module", wires, outputs)), scope)
        results = {f"out_{port}": scope[name] for port, name in outputs.items()}
        return results if len(results) > 1 else next(iter(results.values()))


def usable(case: Case) -> Case:
    """Return the case without recurrent states, which no input of a network can bring."""
    kept = {port: specs for port, specs in case.inputs.items() if not any(spec.batch_axis for spec in specs)}
    return Case(case.parameters, kept)


# Torch says once that this is slower than it could be; the numbers are the same.
@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.filterwarnings("ignore:LSTM with projections is not supported with oneDNN")
@pytest.mark.parametrize("name", TESTED)
def test_each_layer(name: str, alone: Clean) -> None:
    spec = catalogue.get(name)
    ran = 0

    @settings(max_examples=60, phases=[Phase.generate])
    @given(cases(spec))
    def same(case: Case) -> None:
        nonlocal ran
        if ran == ENOUGH:  # most of what is drawn for some layers does not fit them
            return
        case = usable(case)
        project = drawn(spec, case)
        told = report(project)
        if told.errors:
            return
        call = Call(spec, dict(told.nodes["layer"].values), case.inputs, told.nodes["layer"].outputs)
        check(project, alone, lambda: ByHand(spec, call), SAMPLES)
        ran += 1

    same()
    assert ran, f"no drawn case of {name} could run"


@pytest.mark.parametrize("name", templates.names())
def test_each_template(name: str, alone: Clean) -> None:
    project = templates.create(name)
    module = check(project, alone)
    told = report(project)
    parameters = {key: tuple(weight.shape) for key, weight in module.named_parameters()}
    assert parameters == told.weights
    assert sum(weight.numel() for weight in module.parameters()) == told.parameters
    assert source(project) == source(project)


@pytest.mark.parametrize("name", templates.names())
def test_the_code_of_each_template_is_tidy(name: str, tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text(source(templates.create(name)), "utf-8")
    rules = ["--isolated", "--line-length", "100", "--select", "E,F,W,I,N,B,C4,UP,SIM,PIE,RET"]
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", *rules, str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
