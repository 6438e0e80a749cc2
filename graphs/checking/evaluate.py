"""One node's report from what arrives at it: layers by their declaration, and those that are special by rule."""

from dataclasses import replace
from typing import TYPE_CHECKING

from graphs.checking.block_use import evaluate_block
from graphs.checking.measure import Fault
from graphs.checking.node_report import NOTHING, NodeReport
from graphs.checking.wiring import Arrived, gather
from graphs.ports import BLOCK, INLET
from graphs.spec import LayerSpec
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.checking.walk import Walk

MOST_NAMED = 8  # of the layers on a circle, in the words about it


def evaluate(walk: "Walk", node: str) -> NodeReport:
    """Return the report of one node; the reports of all that feeds it are there already."""
    held = walk.network[node]
    if held.get("disabled"):
        return NOTHING
    if node in walk.order.cycles:
        return _on_circle(walk, node)
    spec = walk.spec(node)
    if spec is None:
        return _unknown(walk, node)
    if spec.name == INLET:
        return _inlet(walk, node, spec)
    inputs, outputs = walk.ports(node)
    arrived = gather(walk, node, inputs)
    if held.get("bypassed"):
        return _bypassed(walk, node, spec, arrived, outputs[0].name if outputs else "")
    measured = evaluate_block if spec.name == BLOCK else _layer
    found = measured(walk, node, spec, arrived)
    return _sharing(walk, node, found) if node in walk.sharers else found


def _layer(walk: "Walk", node: str, spec: LayerSpec, arrived: Arrived) -> NodeReport:
    choices = walk.resolved(node, spec)
    faults = (*choices.faults, *arrived.faults)
    if not arrived.complete:
        return NodeReport(inputs=arrived.inputs, values=choices.values, faults=faults, waits=arrived.waits)
    measured = walk.shared.measure(spec, choices, arrived.inputs)
    if measured.faults:
        told = (from_source(walk, node, fault, arrived) for fault in measured.faults)
        return replace(measured, faults=(*faults, *told), waits=node)
    return replace(measured, faults=faults) if faults else measured


def from_source(walk: "Walk", node: str, fault: Fault, arrived: Arrived) -> Fault:
    """Return the fault with the name of the layer from which the refused tensor came.

    A rule counts the wires of a variadic port; the fault names the place that the wire has.
    """
    base, _, count = fault.port.partition(".")
    specs, at = arrived.inputs.get(base, ()), int(count or 0)
    wires = [w for w in walk.into[node] if w.target_port.partition(".")[0] == base]
    if (not count and len(specs) != 1) or at >= len(specs) or len(specs) != len(wires):
        return fault
    source = f" from {walk.network.name(wires[at].source)}" if fault.came == str(specs[at]) else ""
    return replace(fault, came=fault.came + source, port=wires[at].target_port)


def _inlet(walk: "Walk", node: str, spec: LayerSpec) -> NodeReport:
    choices = walk.resolved(node, spec)
    faults = [*choices.faults, *gather(walk, node, ()).faults]
    given = (walk.inlets or {}).get(walk.network.name(node))
    if given is None:
        return NodeReport(values=choices.values, faults=tuple(faults))
    return NodeReport(
        {"input": (given,)}, {spec.outputs[0].name: given}, choices.values, known=True, faults=tuple(faults)
    )


def _bypassed(walk: "Walk", node: str, spec: LayerSpec, arrived: Arrived, output: str) -> NodeReport:
    """A bypassed node hands its first input to its first output and has no weights."""
    if spec.name == BLOCK:
        values, own = dict(walk.network.parameters(node)), None
    else:
        choices = walk.resolved(node, spec)
        values = choices.values
        own = walk.shared.measure(spec, choices, arrived.inputs) if arrived.complete else None
    first = next(iter(walk.ports(node)[0]), None)
    given = arrived.inputs.get(first.name, ()) if first is not None else ()
    faults = tuple(fault for fault in arrived.faults if first is not None and fault.port == first.name)
    if not given or not output:
        return NodeReport(inputs=arrived.inputs, values=values, faults=faults, waits=arrived.waits)
    changed = _changed_by_bypass(own, given[0], output)
    return NodeReport(
        arrived.inputs, {output: given[0]}, values, known=True, faults=(*faults, *([changed] if changed else []))
    )


def _changed_by_bypass(own: NodeReport | None, given: TensorSpec, output: str) -> Fault | None:
    made = own.outputs.get(output) if own is not None else None
    if made is None or made == given:
        return None
    return Fault(
        "bypassed-shape", "is bypassed but would change the shape", "warning", came=f"{given}", expected=f"{made}"
    )


def _unknown(walk: "Walk", node: str) -> NodeReport:
    kind = walk.network.kind(node)
    arrived = gather(walk, node, walk.ports(node)[0])
    title = f"is of a kind that is not known here, {kind}, so that this network cannot run"
    fault = Fault("unknown-layer", title, "warning", about=(kind,))
    values = walk.network.parameters(node)
    return NodeReport(inputs=arrived.inputs, values=values, faults=(fault, *arrived.faults), waits=node)


def _on_circle(walk: "Walk", node: str) -> NodeReport:
    members = walk.order.cycles[node]
    if node != members[0]:
        return NodeReport(waits=members[0])
    names = [walk.network.name(member) for member in _around(walk, members)]
    if len(names) > MOST_NAMED:
        names = [*names[: MOST_NAMED - 1], "…", names[-1]]
    title = f"feeds itself: {' → '.join([*names, names[0]])}"
    return NodeReport(waits=node, faults=(Fault("cycle", title, expected="wires that lead forward only"),))


def _around(walk: "Walk", members: tuple[str, ...]) -> list[str]:
    """Return one way round a circle, from its first member."""
    place = {member: at for at, member in enumerate(members)}
    way = dict.fromkeys(members[:1])
    last = members[0]
    while members[0] not in walk.order.targets[last]:
        ahead = [target for target in walk.order.targets[last] if target in place and target not in way]
        if not ahead:  # a circle within the circle: the members in their order say enough
            return list(members)
        last = min(ahead, key=place.__getitem__)
        way[last] = None
    return list(way)


def _sharing(walk: "Walk", node: str, found: NodeReport) -> NodeReport:
    """Weights that another node owns count there; the two must be of one kind and fit."""
    owner = walk.sharers[node]
    network = walk.network
    problem = ""
    if owner not in network or owner == node:
        problem = "shares weights with a layer that is not there"
    elif network.kind(owner) != network.kind(node):
        problem = f"cannot share weights with {network.name(owner)}, whose kind is {network.kind(owner)}"
    elif network[owner].get("disabled") or network[owner].get("bypassed") or owner in walk.sharers:
        problem = f"shares weights with {network.name(owner)}, which has none of its own"
    if problem:
        return replace(found, faults=(*found.faults, Fault("shares", problem)))
    there = walk.nodes.get(owner, NOTHING)
    if found.known and there.known and there.weights != found.weights:
        came = ", ".join(f"{name} {shape}" for name, shape in found.weights.items())
        expected = ", ".join(f"{name} {shape}" for name, shape in there.weights.items())
        title = f"needs other weights than {network.name(owner)}, whose it shares"
        found = replace(found, faults=(*found.faults, Fault("shares", title, came=came, expected=expected)))
    return replace(found, parameters=0)
