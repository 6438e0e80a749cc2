"""A network's layers, shapes and cost as a table or as a JSON document."""

import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from graphs.reporting import Report, report

LONGEST_LINE = 1000


def document(project: Project, network: str = MAIN) -> dict[str, Any]:
    """Return the summary as JSON: one entry a layer in running order, then the totals."""
    found = report(project, network)
    return {
        "title": project.title,
        "network": network,
        "layers": _layers(project, found),
        "parameters": found.parameters,
        "macs": _number(found.macs),
        "weight_bytes": found.weight_bytes,
        "activation_bytes": _number(found.activation_bytes),
        "problems": [problem.message for problem in found.problems],
    }


def _layers(project: Project, found: Report) -> list[dict[str, Any]]:
    network = project.networks[found.network]
    rows = []
    for node in found.order:
        entry = found.nodes[node]
        rows.append(
            {
                "name": network.name(node),
                "layer": network.kind(node),
                **_stands_for(network.parameters(node), network.kind(node)),
                "outputs": {port: str(spec) for port, spec in entry.outputs.items()},
                "parameters": entry.parameters,
                "macs": _number(entry.macs),
                "activation_bytes": _number(entry.activation_bytes),
            }
        )
    return rows


def _stands_for(parameters: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {"network": parameters.get("network", ""), "repeat": parameters.get("repeat", 1)} if kind == BLOCK else {}


def _number(length: object) -> object:
    return length if isinstance(length, int) else str(length)


def print_table(project: Project, network: str = MAIN) -> None:
    """Print the summary for people."""
    found = document(project, network)
    table = Table(box=None, pad_edge=False)
    for heading in ("layer", "kind", "output", "parameters", "multiply-adds"):
        table.add_column(heading, justify="right" if heading in ("parameters", "multiply-adds") else "left")
    for row in found["layers"]:
        kind = row.get("network", row["layer"]) + (f" ×{row['repeat']}" if row.get("repeat", 1) != 1 else "")
        shapes = ", ".join(row["outputs"].values())
        table.add_row(row["name"], kind, shapes, thousands(row["parameters"]), thousands(row["macs"]))
    print(found["title"])
    terminal = sys.stdout.isatty()  # elsewhere no line is too long
    Console(highlight=False, markup=False, width=None if terminal else LONGEST_LINE).print(table)
    print(
        f"\n{thousands(found['parameters'])} parameters, {thousands(found['macs'])} multiply-adds, "
        f"{megabytes(found['weight_bytes'])} of weights, {megabytes(found['activation_bytes'])} of activations a sample"
    )
    for message in found["problems"]:
        print(f"problem: {message}")


def thousands(number: object) -> str:
    """Return a number with commas; a formula as it stands."""
    return f"{number:,}" if isinstance(number, int) else str(number)


def megabytes(count: object) -> str:
    """Return bytes as megabytes; a formula as it stands."""
    return f"{count / 1e6:,.2f} MB" if isinstance(count, int) else f"{count} bytes"
