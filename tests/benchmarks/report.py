"""The report after one edit, in networks of 500 and 10,000 layers: `python -m tests.benchmarks.report`."""

import gc
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from graphs.arrange import arrange
from graphs.edits import (
    AddNode,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    RemoveNode,
    Rename,
    SetAttributes,
    SetParameters,
)
from graphs.network import Network
from graphs.project import Project
from graphs.reporting import Reporter
from graphs.splices import insert_on_wire

STEP = 88


def chain(length: int) -> Project:
    """A chain of `length` layers: linear ones of 32 features, each with a ReLU after it."""
    project = Project()
    AddNode("main", "n0", "features", "Input", {"shape": [32]}).apply(project)
    for number in range(1, length - 1):
        kind, parameters = ("Linear", {"out_features": 32}) if number % 2 else ("ReLU", {})
        AddNode("main", f"n{number}", f"layer{number}", kind, parameters, (0, STEP * number)).apply(project)
        Connect("main", f"n{number - 1}", "output", f"n{number}", "input").apply(project)
    AddNode("main", f"n{length - 1}", "digit", "Classification", {}, (0, STEP * length)).apply(project)
    Connect("main", f"n{length - 2}", "output", f"n{length - 1}", "input").apply(project)
    return project


def local_edits(network: Network, random: Random, count: int) -> Iterator[tuple[str, Edit]]:
    """Edits as a user makes them, spread over the network, each naming its kind."""
    for turn in range(count):
        number = 2 * random.randrange(len(network) // 2 - 2) + 1
        node, after = f"n{number}", f"n{number + 1}"
        yield "parameter", SetParameters("main", node, {"out_features": 8 + turn % 50})
        yield "bias", SetParameters("main", node, {"bias": bool(turn % 2)})
        yield "rename", Rename("main", node, f"renamed{turn}")
        yield "move", Move("main", {node: (8 * turn, 0)})
        yield "comment", SetAttributes("main", node, {"comment": str(turn)})
        wire = Connect("main", node, "output", after, "input")
        cut = Disconnect("main", node, "output", after, "input")
        yield "cut and join", Group((cut, wire), "Re-plug")


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds that some work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def edit_times(length: int, count: int) -> dict[str, Any]:
    """Milliseconds from an edit to the report with its problems, by kind of edit and over all."""
    project = chain(length)
    reporter = Reporter(project)
    times: dict[str, list[float]] = {}

    def follow(kind: str, edit: Edit) -> None:
        edit.apply(project)
        times.setdefault(kind, []).append(timed(lambda: (reporter.update(edit), reporter.report.problems)))

    for kind, edit in local_edits(project.main, Random(1), count):
        follow(kind, edit)
    for turn in range(6):
        follow("first layer", SetParameters("main", "n1", {"out_features": 64 + turn % 2}))
    follow("insert", insert_on_wire("main", project.main, project.main.wires_into("n9")[0], "ReLU"))
    inserted = f"n{length + 1}"
    follow("delete", Group((RemoveNode("main", inserted), Connect("main", "n8", "output", "n9", "input")), "Heal"))
    everything = [value for values in times.values() for value in values]
    ripple: dict[str, list[float]] = {"all shapes change": [], "wire cut": [], "wire drawn": []}
    times.update(ripple)
    for turn in range(3):
        follow("all shapes change", SetParameters("main", "n0", {"shape": ["T", 32] if turn % 2 else [5 + turn, 32]}))
        follow("wire cut", Disconnect("main", "n0", "output", "n1", "input"))
        follow("wire drawn", Connect("main", "n0", "output", "n1", "input"))
    return {
        "nodes": length,
        "median_ms": statistics.median(everything),
        "p95_ms": sorted(everything)[int(len(everything) * 0.95)],
        "by_edit_median_ms": {kind: round(statistics.median(values), 3) for kind, values in times.items()},
        "from_nothing_ms": timed(lambda: Reporter(project)),
    }


def arrange_time(length: int) -> float:
    """Milliseconds to arrange a network of chains that branch and join."""
    project, random = Project(), Random(1)
    for number in range(length):
        AddNode("main", f"n{number}", f"layer{number}", "Add" if number % 5 == 4 else "Linear").apply(project)
        for wire, back in enumerate((1, random.randrange(2, 9)) if number % 5 == 4 else (1,)):
            if number >= back:
                Connect("main", f"n{number - back}", "output", f"n{number}", f"inputs.{wire}").apply(project)
    return min(timed(lambda: arrange(project.main, {})) for _ in range(3))


def main() -> None:
    """Print the figures as JSON."""
    gc.collect()
    figures = {
        "goal": {"500 nodes, median_ms": 2.0, "10,000 nodes, median_ms": 8.0, "arrange 1,000 nodes, ms": 100.0},
        "reports": [edit_times(500, 40), edit_times(10_000, 10)],
        "arrange_1000_ms": arrange_time(1000),
        "load": os.getloadavg(),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
