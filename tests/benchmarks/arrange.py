"""Time and crossings of automatic layout by kind and size of network: `python -m tests.benchmarks.arrange`.

With `--before COMMIT` also as ratios to the layout of that commit. Times are CPU milliseconds, the best of a few runs.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from graphs.arrange import arrange
from graphs.edits import Move
from graphs.network import Network
from graphs.project import Project
from tests.graphs.drawn_graphs import crossings, residual, strewn, transformer

NETWORKS: dict[str, Callable[[], Project]] = {
    "residual, 997 layers": lambda: residual(249),
    "transformer, 993 layers": lambda: transformer(32),
    "strewn, 1,000 layers": lambda: strewn(1000, 1500, window=12),
    "strewn, 3,000 layers": lambda: strewn(3000, 4500, window=6),
    "residual, 9,997 layers": lambda: residual(2499),
    "transformer, 9,921 layers": lambda: transformer(320),
    "strewn, 10,000 layers": lambda: strewn(10_000, 15_000, window=12),
}
GOALS = {"1,000 layers, ms": 100.0, "10,000 layers, ms": 2000.0, "crossings": [0, 256, 1268, 1196]}

Arrange = Callable[[Network, dict[str, tuple[float, float]]], dict[str, tuple[float, float]]]


def measured(lay_out: Arrange, draw: Callable[[], Project], runs: int) -> tuple[float, int]:
    """CPU milliseconds of a layout, and the crossings that it leaves."""
    project = draw()
    best, places = float("inf"), {}
    for _ in range(runs):
        start = time.process_time()
        places = lay_out(project.main, {})
        best = min(best, (time.process_time() - start) * 1e3)
    Move("main", places).apply(project)
    return best, crossings(project.main)


def module_of(commit: str) -> ModuleType:
    """The module `graphs.arrange` as it was in a commit, while it was one file."""
    text = subprocess.run(["git", "show", f"{commit}:graphs/arrange.py"], check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arrange_before.py"
        path.write_bytes(text)
        spec = importlib.util.spec_from_file_location("arrange_before", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return module


def figures(name: str, runs: int, before: ModuleType | None) -> dict[str, Any]:
    """Time and crossings for one network."""
    took, crossed = measured(arrange, NETWORKS[name], runs)
    found: dict[str, Any] = {"ms": round(took, 1), "crossings": crossed}
    if before is not None:
        then, crossed_then = measured(before.arrange, NETWORKS[name], 1)
        found["before"] = {"ms": round(then, 1), "crossings": crossed_then}
        found["ratio"] = {"ms": round(took / then, 2), "crossings": round(crossed / max(crossed_then, 1), 2)}
    return found


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", metavar="COMMIT", help="compare with the layout of a commit")
    parser.add_argument("--runs", type=int, default=3)
    choices = parser.parse_args()
    before = module_of(choices.before) if choices.before else None
    found = {name: figures(name, choices.runs, before) for name in NETWORKS}
    print(json.dumps({"goals": GOALS, "load": os.getloadavg()[0], "networks": found}, indent=1))


if __name__ == "__main__":
    main()
