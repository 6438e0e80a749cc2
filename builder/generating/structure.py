"""Sorts the uses of a network into those that one class can serve: they differ in sizes alone, not in statements."""

from builder.generating.construct import Classes, repetition
from builder.generating.forward import call_of
from builder.generating.uses import Use
from graphs import catalogue
from graphs.ports import BLOCK


def groups(uses: list[Use], classes: Classes) -> list[list[Use]]:
    """Return the uses of one network in groups, in the order in which they come."""
    found: dict[tuple[object, ...], list[Use]] = {}
    for use in uses:
        found.setdefault(_shape_of_code(use, classes), []).append(use)
    return list(found.values())


def _shape_of_code(use: Use, classes: Classes) -> tuple[object, ...]:
    nodes = dict.fromkeys([*use.flow.nodes, *use.flow.owners()])
    return tuple(_block(use, node, classes) if node in use.inner else _layer(use, node) for node in nodes)


def _block(use: Use, node: str, classes: Classes) -> object:
    copies = use.inner[node]
    form, runs = repetition(copies, classes)
    count = len(copies) if form == "each" or not _counted(use, node) else min(len(copies), 2)
    return form, count, tuple(classes[run[0][1]][0] for run in runs)


def _counted(use: Use, node: str) -> bool:
    """Tell whether the number of copies is arithmetic, so that one class can make several numbers of them."""
    return isinstance(use.flow.network.parameters(node).get("repeat"), str)


def _layer(use: Use, node: str) -> object:
    network = use.flow.network
    assert network.kind(node) != BLOCK, "a block has uses"
    spec = catalogue.get(network.kind(node))
    if isinstance(spec.call, str):
        return None
    call = call_of(use, node)
    return spec.call(call), spec.targets if isinstance(spec.targets, str) else spec.targets(call)
