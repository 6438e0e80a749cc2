"""Wiring several nodes one after another, as they stand along the flow."""

from collections.abc import Iterable
from itertools import pairwise

from graphs.edits import Connect, Edit, Group
from graphs.network import Wire, node_order
from graphs.ports import ports
from widgets.canvas.acts.fitness import Fitting, Refused, next_place
from widgets.canvas.scene import Scene


def chained(scene: Scene, nodes: Iterable[str]) -> Edit | Refused:
    """Return the edit that feeds each node from the one before it, or why one of them refuses that."""
    along = 1 if scene.flow == "down" else 0
    ordered = sorted(nodes, key=lambda n: (scene.position(n)[along], scene.position(n)[1 - along], node_order(n)))
    wires: list[Wire] = []
    for before, after in pairwise(ordered):
        made = _between(scene, before, after)
        if isinstance(made, Refused):
            return made
        wires.append(made)
    edits = tuple(Connect.wire(scene.name, wire) for wire in wires)
    return edits[0] if len(edits) == 1 else Group(edits, f"Connect {len(ordered)} layers")


def _between(scene: Scene, before: str, after: str) -> Wire | Refused:
    """Return the first wire from one node to another that fits, or why the first that could be drawn does not."""
    _, out = ports(scene.project, scene.network, before)
    into, _ = ports(scene.project, scene.network, after)
    refused: Refused | None = None
    for port in out:
        fitting = Fitting(scene, before, port.name, output=True)
        free = fitting.open_ports(after)
        if free:
            return Wire(before, port.name, after, free[0])
        if into and refused is None:
            refused = fitting.refusal(after, next_place(scene.network, after, into[0]))
    if refused is not None:
        return refused
    source, target = scene.network.name(before), scene.network.name(after)
    lacks = f"{source} has no output" if not out else f"{target} has no input"
    return Refused(f"{source} cannot feed {target}", f"{lacks}, so no wire leads there.")
