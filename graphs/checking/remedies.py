"""Fixes: for each kind of fault, the edits that would mend it."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graphs import catalogue
from graphs.checking.measure import Fault
from graphs.checking.remedies_ends import add_input, add_output
from graphs.checking.remedies_rules import fits_wires, mend_shape
from graphs.checking.remedies_wires import connect, cut, cut_circle, delete_branch, join, reconnect, take_part
from graphs.edits import Disconnect, RemoveNode, Rename, ReplaceLayer, SetAttributes, SetParameters
from graphs.naming import free_name
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.problems import Fix
from graphs.splices import remove_and_heal

if TYPE_CHECKING:
    from graphs.checking.walk import Walk

_PLACES = (BLOCK, INLET, OUTLET)  # which stand for something by where they are
Remedies = Callable[["Walk", str, Fault], Iterator[Fix]]


def fixes(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Yield what would mend a fault, the likeliest first."""
    for remedy in _REMEDIES.get(fault.kind, ()):
        yield from remedy(walk, node, fault)


def _delete(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    yield Fix(f"Delete {walk.network.name(node)}", RemoveNode(walk.name, node), safe=False)


def _heal(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    yield Fix(f"Delete {walk.network.name(node)}", remove_and_heal(walk.name, walk.network, [node]))


def _near_kind(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer the layer whose name is nearly that of one that is not known: what was probably meant."""
    wanted = walk.network.kind(node).rpartition(".")[2].lower()
    known = {kind.lower(): kind for kind in catalogue.names() if kind not in _PLACES}
    for near in difflib.get_close_matches(wanted, known, n=1, cutoff=0.8):
        if fits_wires(walk, node, known[near]):
            yield Fix(f"Use {known[near]}", ReplaceLayer(walk.name, node, known[near]), safe=False)


def _heal_unknown(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    for fix in _heal(walk, node, fault):
        yield replace(fix, safe=False)  # what it does here nobody knows


def _reset(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    (name,) = fault.about
    spec = walk.spec(node)
    known = {parameter.name: parameter for parameter in spec.choices} if spec is not None else {}
    if name in known and spec is not None:
        title = f"Use {known[name].show(spec.default(known[name]))}"
    else:
        title = f"Drop {name}"
    yield Fix(title, SetParameters(walk.name, node, {}, (name,)), safe=False)


def _bias_off(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    yield Fix("Turn bias off", SetParameters(walk.name, node, {"bias": False}))


def _rename(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    free = free_name(walk.network.name(node), walk.holders)
    yield Fix(f"Call it {free}", Rename(walk.name, node, free))


def _end_bypass(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    yield Fix("End the bypass", SetAttributes(walk.name, node, {}, ("bypassed",)), safe=False)


def _own_weights(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    yield Fix("Give it weights of its own", SetAttributes(walk.name, node, {}, ("shares",)), safe=False)


def _other_network(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    networks = walk.shared.project.networks
    for name in [n for n in networks if n not in walk.stack and not _contains(walk, n)][:3]:
        yield Fix(f"Use {name}", SetParameters(walk.name, node, {"network": name}), safe=False)


def _contains(walk: "Walk", outer: str) -> bool:
    """Tell whether a network leads back, through blocks, to one that is being walked."""
    networks, seen, stack = walk.shared.project.networks, {outer}, [outer]
    while stack:
        network = networks.get(stack.pop())
        for node in network.of_kind(BLOCK) if network is not None else ():
            name = str(network.parameters(node).get("network")) if network is not None else ""
            if name in walk.stack:
                return True
            if name not in seen:
                seen.add(name)
                stack.append(name)
    return False


def _drop_argument(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    (name,) = fault.about
    kept = {key: value for key, value in walk.network.parameters(node)["arguments"].items() if key != name}
    yield Fix(f"Drop {name}", SetParameters(walk.name, node, {"arguments": kept}))


def _once(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    yield Fix("Do not repeat", SetParameters(walk.name, node, {}, ("repeat",)), safe=False)


def _fewer(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    for fits in fault.about:
        if fits > 0:
            yield Fix(f"Repeat {fits:,} times", SetParameters(walk.name, node, {"repeat": fits}), safe=False)


def _newer_wire(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    older, newer = fault.about
    title = f"Replace the wire from {walk.network.name(older.source)}"
    yield Fix(title, Disconnect.wire(walk.name, older), safe=False)
    title = f"Keep the wire from {walk.network.name(older.source)}"
    yield Fix(title, Disconnect.wire(walk.name, newer), safe=False)


_REMEDIES: dict[str, tuple[Remedies, ...]] = {
    "shape": (mend_shape,),
    "unconnected-input": (take_part, connect, add_input),
    "two-wires": (join, _newer_wire),
    "no-port": (reconnect, cut),
    "cycle": (cut_circle,),
    "unreachable": (add_output, delete_branch),
    "missing-input": (add_input,),
    "missing-output": (add_output,),
    "bad-value": (_reset,),
    "unknown-layer": (_near_kind, _heal_unknown),
    "no-network": (_other_network, _delete),
    "recursion": (_delete,),
    "argument": (_drop_argument,),
    "repeat": (_once,),
    "too-large": (_fewer, _delete),
    "shares": (_own_weights,),
    "bypassed-shape": (_end_bypass,),
    "duplicate-name": (_rename,),
    "bias-before-norm": (_bias_off,),
    "activation-before-loss": (_heal,),
}

KINDS = (*_REMEDIES, "waits")
