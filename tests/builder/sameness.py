"""One network run three ways: compiled, as exported code in a clean process, and by hand; all bit for bit alike."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from builder import compiler
from builder.generator import generate
from graphs.project import MAIN, Project
from graphs.reporting import report

Results = list[Any]
ALONE = Path(__file__).with_name("alone.py")


@dataclass
class Clean:
    """A running Python that has torch and none of our packages."""

    process: "subprocess.Popen[str]"
    folder: Path

    def run(self, project: Project, module: nn.Module, inputs: Mapping[str, Tensor]) -> Results:
        """Return what the exported file of a network gives in evaluation and in training mode."""
        source = generate(project)
        paths = {"file": "exported.py", "given": "given.pt", "results": "results.pt"}
        request = {key: str(self.folder / name) for key, name in paths.items()}
        Path(request["file"]).write_text(source.text, "utf-8")
        torch.save({"state": module.state_dict(), "inputs": dict(inputs)}, request["given"])
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({**request, "class": source.class_name}), file=self.process.stdin, flush=True)
        said = self.process.stdout.readline().strip()
        assert said == "done", f"{said}\n{source.text}"
        told = torch.load(request["results"], weights_only=True)
        assert told["keys"] == list(module.state_dict())
        return list(told["results"])


@contextmanager
def clean(folder: Path) -> Iterator[Clean]:
    """Start such a Python in a folder of its own."""
    command = [sys.executable, "-I", "-B", str(ALONE)]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Clean(process, folder)
        assert process.stdin is not None
        process.stdin.close()
        process.wait()


def run(module: nn.Module, inputs: Mapping[str, Tensor]) -> Results:
    """Return what a module gives in evaluation and in training mode, its state as before."""
    state = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    results = []
    for training in (False, True):
        module.train(training)
        torch.manual_seed(7)
        with torch.no_grad():
            results.append(module(**inputs))
    module.load_state_dict(state)
    return results


def assert_same(first: Any, second: Any) -> None:
    """Compare results bit for bit."""
    torch.testing.assert_close(first, second, rtol=0, atol=0, equal_nan=True)


def inputs_of(project: Project, samples: int = 3) -> dict[str, Tensor]:
    """Return random inputs for a project's main network, by name."""
    torch.manual_seed(3)
    network, told = project.main, report(project)
    specs = {network.name(node): told.specs[node]["output"] for node in network.of_kind("Input")}
    return {name: batch(spec.shape, spec.dtype, samples) for name, spec in specs.items()}


def batch(shape: tuple[Any, ...], dtype: str, samples: int) -> Tensor:
    """Return random samples; indices are 0, which every table has, and a free length becomes 5."""
    lengths = [samples, *(length if isinstance(length, int) else 5 for length in shape)]
    if dtype == "float32":
        return torch.randn(lengths)
    return torch.randint(0, 2 if dtype == "bool" else 1, lengths).to(getattr(torch, dtype))


def check(
    project: Project, clean: Clean, by_hand: Callable[[], nn.Module] | None = None, samples: int = 3
) -> nn.Module:
    """Compare compiled, exported and hand-built; return the compiled module."""
    module = compiler.compile(project, MAIN)
    inputs = inputs_of(project, samples)
    results = run(module, inputs)
    assert_same(results, clean.run(project, module, inputs))
    if by_hand is not None:
        other = by_hand()
        assert sorted(other.state_dict()) == sorted(module.state_dict())
        other.load_state_dict(module.state_dict())
        assert_same(results, run(other, inputs))
    return module
