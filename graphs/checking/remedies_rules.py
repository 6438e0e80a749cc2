"""Fixes that a layer's own rule proposes, each tried out on the shapes before it is offered."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphs import catalogue
from graphs.checking.measure import Fault, Inputs, measure, resolve
from graphs.edits import Edit, ReplaceLayer, SetParameters, fitting
from graphs.errors import UserError
from graphs.problems import Fix
from graphs.spec import LayerSpec, Remedy
from graphs.splices import insert_on_wire

if TYPE_CHECKING:
    from graphs.checking.walk import Walk


def mend_shape(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Yield the remedies of a refusal that would work."""
    for remedy in fault.remedies:
        edit = _edit(walk, node, fault, remedy)
        if edit is not None:
            yield Fix(remedy.title, edit)


def _edit(walk: "Walk", node: str, fault: Fault, remedy: Remedy) -> Edit | None:
    spec, inputs = walk.spec(node), walk.nodes[node].inputs
    if spec is None or (remedy.layer and catalogue.find(remedy.layer) is None):
        return None
    drawn = walk.network.parameters(node)
    if remedy.action == "set":
        works = _works(walk, spec, {**drawn, **remedy.parameters}, inputs)
        return SetParameters(walk.name, node, dict(remedy.parameters)) if works else None
    if remedy.action == "replace":
        parameters = {**fitting(remedy.layer, drawn), **remedy.parameters}
        works = fits_wires(walk, node, remedy.layer) and _works(walk, catalogue.get(remedy.layer), parameters, inputs)
        return ReplaceLayer(walk.name, node, remedy.layer, parameters) if works else None
    return _insert(walk, node, fault, remedy, spec)


def _works(walk: "Walk", spec: LayerSpec, drawn: dict[str, object], inputs: Inputs) -> bool:
    """Tell whether a layer takes its inputs with these parameters."""
    try:
        choices = resolve(spec, spec.check(drawn), walk.arguments)
    except UserError:
        return False
    return not choices.faults and measure(spec, choices.values, inputs).fault is None


def fits_wires(walk: "Walk", node: str, kind: str) -> bool:
    """Tell whether a layer of another kind has all the ports that a node's wires lead to."""
    spec = catalogue.get(kind)
    return all(spec.input_port(w.target_port) for w in walk.into[node]) and all(
        spec.output_port(w.source_port) for w in walk.network.wires_from(node)
    )


def _insert(walk: "Walk", node: str, fault: Fault, remedy: Remedy, spec: LayerSpec) -> Edit | None:
    """Put the layer on the wire into the refusing port; of several, on the first where that mends it."""
    layer, port = catalogue.get(remedy.layer), fault.port.partition(".")[0]
    wires = [w for w in walk.into[node] if w.target_port.partition(".")[0] == port]
    inputs = walk.nodes[node].inputs
    for place, (wire, given) in enumerate(zip(wires, inputs.get(port, ()), strict=False)):
        if fault.port not in (port, wire.target_port):
            continue
        made = measure(layer, layer.complete(remedy.parameters), {layer.inputs[0].name: (given,)})
        if made.fault is not None:
            continue
        specs = (*inputs[port][:place], made.outputs[layer.outputs[0].name], *inputs[port][place + 1 :])
        if measure(spec, walk.resolved(node, spec).values, {**inputs, port: specs}).fault is None:
            return insert_on_wire(walk.name, walk.network, wire, remedy.layer, remedy.parameters)
    return None
