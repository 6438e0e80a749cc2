"""Where the cost of a network lies: the share of each layer, and how hot it is drawn."""

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from graphs.checking.node_report import NodeReport
from graphs.dimensions import Dim, evaluate, symbols

if TYPE_CHECKING:
    from graphs.reporting import Report

# What may be looked at, by name: the words for it, and how it is read off the report of a node.
COSTS: Mapping[str, tuple[str, Callable[[NodeReport], Dim]]] = {
    "parameters": ("Parameters", lambda node: node.parameters),
    "macs": ("Multiply-accumulates", lambda node: node.macs),
    "activation_bytes": ("Activation memory", lambda node: node.activation_bytes),
}
# A length that no wire fixes, such as that of a sequence, is taken to be this for comparing layers.
USUAL_LENGTH = 128


def costs(report: "Report", cost: str, lengths: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return a cost of each node, by id. lengths: those of symbolic axes, USUAL_LENGTH where not given."""
    read = COSTS[cost][1]
    return {node: _number(read(found), lengths or {}) for node, found in report.nodes.items()}


def shares(report: "Report", cost: str, lengths: Mapping[str, int] | None = None) -> dict[str, float]:
    """Return the share of each node in the cost of its network, from 0 to 1; all 0 where there is no cost."""
    found = costs(report, cost, lengths)
    total = sum(found.values())
    return {node: number / total if total else 0.0 for node, number in found.items()}


def heat(shares: Mapping[str, float], decades: float = 3, most: float | None = None) -> dict[str, float]:
    """Return how hot each node is drawn, from 0 to 1, on a log scale: the costliest has 1, nothing has 0.

    Of what costs anything, the least heat is 0.05, at 1 / 10 ** `decades` of the costliest and below.
    most: the share of the costliest, where that is not among `shares`.
    """
    hottest = max(shares.values(), default=0.0) if most is None else most
    return {node: _heat(share / hottest, decades) if share > 0 else 0.0 for node, share in shares.items()}


def _heat(part: float, decades: float) -> float:
    return max(0.05, 1 + math.log10(part) / decades)


def _number(length: Dim, lengths: Mapping[str, int]) -> int:
    return max(0, evaluate(length, {name: lengths.get(name, USUAL_LENGTH) for name in symbols(length)}))
