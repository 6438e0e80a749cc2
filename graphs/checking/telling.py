"""Problems told from what a walk found: root causes first, each followed by what only waits for it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graphs.checking.measure import Fault
from graphs.checking.remedies import fixes
from graphs.checking.wiring import disabled_before
from graphs.network import node_order
from graphs.ports import INLET, OUTLET
from graphs.problems import Problem

if TYPE_CHECKING:
    from graphs.checking.walk import Walk

_ORDER = {"error": 0, "warning": 1, "": 2}
_LEAST = Problem("", "", "", "", "")


def tell(walk: "Walk") -> tuple[Problem, ...]:
    """Return the problems of a walk: errors before warnings, along the network, knock-ons beneath their cause."""
    rank = walk.order.rank
    roots: list[tuple[int, int, Problem]] = []
    knock_ons: dict[str, list[Problem]] = {}
    causes: dict[str, Problem] = {}
    inside: dict[str, Problem] = {}
    for problem in _of_network(walk):
        place = len(rank) if problem.kind == "missing-output" else -1
        roots.append((_ORDER[problem.severity], place, problem))
    # By id, as ranks go by history where wires leave them free: the same use of a block speaks for all, come what may.
    for node in sorted({*walk.faulty, *walk.advice, *_dead_ends(walk)}, key=node_order):
        for problem in _of_node(walk, node):
            root = problem if problem.cause is None else problem.cause
            first = inside.setdefault(_key(root, path=False), root) if root.path else root
            if problem.cause is None and _ORDER[problem.severity] < _ORDER[causes.get(node, _LEAST).severity]:
                causes[node] = first
            if first.path != root.path:
                continue  # every use of a block has what is wrong inside it: the first one says so
            if problem.cause is None:
                roots.append((_ORDER[problem.severity], rank[node], problem))
            else:
                knock_ons.setdefault(_key(root), []).append(problem)
    beneath = {node: (cause, knock_ons.setdefault(_key(cause), [])) for node, cause in causes.items()}
    for node in sorted(walk.waiting, key=rank.__getitem__):
        told = walk.nodes[node]
        if told.waits in beneath and not any(fault.severity == "error" for fault in told.faults):
            cause, others = beneath[told.waits]
            others.append(_waiting(walk, node, cause))
    roots.sort(key=lambda entry: entry[:2])
    return tuple(told for *_, root in roots for told in (root, *knock_ons.get(_key(root), ())))


def _key(problem: Problem, path: bool = True) -> str:
    where = f"{problem.path if path else ''} {problem.network} {problem.node}"
    return f"{where} {problem.kind} {problem.port} {problem.title} {problem.came}"


def _of_node(walk: "Walk", node: str) -> Iterator[Problem]:
    """Yield the root causes at a node: its own first, then those inside a block, with their knock-ons."""
    for fault in (*walk.nodes[node].faults, *walk.advice.get(node, ()), *_dead_end(walk, node)):
        yield _problem(walk, node, _in_full(walk, node, fault))
    inner = walk.nodes[node].inner
    for problem in inner.problems if inner is not None else ():
        cause = problem.cause
        yield replace(
            problem,
            path=(node, *problem.path),
            cause=None if cause is None else replace(cause, path=(node, *cause.path)),
        )


def _in_full(walk: "Walk", node: str, fault: Fault) -> Fault:
    """Say of an input that has nothing where the wire that is drawn to it comes from a disabled layer.

    Only told here: what lies before a disabled layer's wire may change without the walk coming by.
    """
    if fault.kind == "unconnected-input" and not fault.came and disabled_before(walk, node, fault.port):
        title = fault.title.replace("has nothing", "gets nothing") + ": the layer before it is disabled"
        return replace(fault, title=title, expected="a layer that is not")
    return fault


def _problem(walk: "Walk", node: str, fault: Fault) -> Problem:
    return Problem(
        kind=fault.kind,
        severity=fault.severity,
        network=walk.name,
        node=node,
        title=fault.title,
        name=walk.network.name(node) if node else "",
        port=fault.port,
        came=fault.came,
        expected=fault.expected,
        fixes=tuple(fixes(walk, node, fault)),
    )


def _waiting(walk: "Walk", node: str, cause: Problem) -> Problem:
    root = walk.nodes[node].waits
    title = f"waits for {walk.network.name(root)}"
    return Problem("waits", "error", walk.name, node, title, name=walk.network.name(node), cause=cause)


def _dead_ends(walk: "Walk") -> list[str]:
    return [node for node in walk.dead if _dead_end(walk, node)] if walk.ends else []


def _dead_end(walk: "Walk", node: str) -> tuple[Fault, ...]:
    """The last layer of a branch that leads nowhere speaks for the branch."""
    if not walk.ends or node not in walk.dead or walk.order.targets[node]:
        return ()
    found = walk.nodes[node]
    if not found.known or walk.network[node].get("disabled") or any(f.severity == "error" for f in found.faults):
        return ()
    what = "an outlet" if OUTLET in {walk.network.kind(end) for end in walk.ends} else "an output"
    return (Fault("unreachable", "leads to no output, so it does nothing", "warning", expected=f"a way to {what}"),)


def _of_network(walk: "Walk") -> Iterator[Problem]:
    """Yield what is wrong with the network as a whole, and names given twice."""
    block = len(walk.stack) > 1 or INLET in {walk.network.kind(node) for node in walk.begins}
    if not walk.begins and not block:
        title = f"{walk.name} has no input" if len(walk.network) else f"{walk.name} is empty"
        yield _problem(walk, "", Fault("missing-input", title, expected="an Input layer that brings the data in"))
    if not walk.ends and (len(walk.network) or block):
        expected = "an Outlet" if block else "an output layer such as Classification"
        yield _problem(walk, "", Fault("missing-output", f"{walk.name} has no output", expected=expected))
    for name in sorted(walk.repeated_names):
        for node in sorted(walk.holders[name], key=node_order)[1:]:
            title = "has the name of another layer: names become attributes of one module"
            yield _problem(walk, node, Fault("duplicate-name", title, about=(name,)))
