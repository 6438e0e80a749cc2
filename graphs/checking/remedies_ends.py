"""Fixes at the ends of a network: bring an input in, let an output out."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from graphs import catalogue
from graphs.arranging.measures import snap
from graphs.checking.measure import Fault, measure
from graphs.checking.remedies_wires import free_port
from graphs.edits import AddNode, Connect, Edit, Group
from graphs.naming import free_name
from graphs.parameters import Value
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.problems import Fix
from graphs.splices import fresh_ids
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.checking.walk import Walk

# What a network may begin with: a picture, a vector, a sequence, a volume, words by number.
STARTS: tuple[Mapping[str, Value], ...] = (
    {},
    {"shape": (16,)},
    {"shape": (32, 16)},
    {"shape": (1, 16, 28, 28)},
    {"shape": (32,), "dtype": "int64"},
)
STEP = {"down": (0, 112), "right": (272, 0)}


def _beside(walk: "Walk", node: str, way: int) -> tuple[float, float]:
    (x, y), (across, along) = walk.network.position(node), STEP[walk.network.flow]
    return snap(x + way * across), snap(y + way * along)


def add_input(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer a new input before a layer whose port is empty; without a node given, before the first such layer."""
    block = len(walk.stack) > 1 or (bool(walk.begins) and INLET in {walk.network.kind(n) for n in walk.begins})
    kind = INLET if block else "Input"
    if catalogue.find(kind) is None:
        return
    port, before = fault.port, node
    if not before:
        before, port = next(_open_ports(walk), ("", ""))
    new = next(fresh_ids(walk.network))
    name = free_name("input", walk.holders)
    if not before:
        place = (0.0, 0.0) if not len(walk.network) else _beside(walk, min(walk.network, key=walk.canvas_order), -1)
        yield Fix(f"Add an {kind}", Group((AddNode(walk.name, new, name, kind, {}, place),), f"Add {kind}"), safe=False)
        return
    brings = {} if block else dict(_taken(walk, before, port))
    edits: list[Edit] = [AddNode(walk.name, new, name, kind, brings, _beside(walk, before, -1))]
    declared = next(p for p in walk.ports(before)[0] if p.name == port)
    free = free_port(walk, before, port)
    if free is None or (declared.variadic and len(walk.network.wires_into(before, port)) + 1 < declared.least):
        return  # one wire would not do
    edits.append(Connect(walk.name, new, "output", before, free))
    yield Fix(f"Add an {kind}", Group(tuple(edits), f"Add {kind}"), safe=False)


def _taken(walk: "Walk", node: str, port: str) -> Mapping[str, Value]:
    """Return what makes an Input bring something that a layer takes; nothing where the default is as good as any."""
    spec, source = walk.spec(node), catalogue.get("Input")
    if spec is None or spec.name == BLOCK:
        return {}
    values, inputs = walk.resolved(node, spec).values, walk.nodes[node].inputs
    if any(not p.optional and p.name != port and len(inputs.get(p.name, ())) < p.least for p in spec.inputs):
        return {}  # another port waits too: nobody can tell yet what this one takes
    for brings in STARTS:
        (made,) = measure(source, source.complete(brings), {}).outputs.values()
        if measure(spec, values, {**inputs, port: (*inputs.get(port, ()), made)}).fault is None:
            return brings
    return {}


def _open_ports(walk: "Walk") -> Iterator[tuple[str, str]]:
    for node in sorted(walk.faulty, key=walk.canvas_order):
        for fault in walk.nodes[node].faults:
            if fault.kind == "unconnected-input" and walk.spec(node) is not None:
                yield node, fault.port


def add_output(walk: "Walk", node: str, fault: Fault) -> Iterator[Fix]:
    """Offer an output after a layer; without one given, after the last one whose result nothing reads."""
    last = node or _last(walk)
    if not last:
        return
    given = next(iter(walk.nodes[last].outputs.values()), None)
    block = OUTLET in {walk.network.kind(n) for n in walk.ends} or (
        len(walk.stack) > 1 or INLET in {walk.network.kind(n) for n in walk.begins}
    )
    for kind in [OUTLET] if block else ["Classification", "Output"]:
        if catalogue.find(kind) is None or not _takes(kind, given):
            continue
        new, name = next(fresh_ids(walk.network)), free_name("output", walk.holders)
        out = walk.ports(last)[1][0].name
        steps = (
            AddNode(walk.name, new, name, kind, {}, _beside(walk, last, 1)),
            Connect(walk.name, last, out, new, "input"),
        )
        yield Fix(f"Add {kind}", Group(steps, f"Add {kind}"), safe=False)


def _takes(kind: str, given: TensorSpec | None) -> bool:
    spec = catalogue.get(kind)
    return given is None or measure(spec, spec.complete({}), {"input": (given,)}).fault is None


def _last(walk: "Walk") -> str:
    """Return the last open end whose shape is known, or the last there is."""
    ends = [n for n in walk.order.leaves if walk.ports(n)[1] and not walk.network[n].get("disabled")]
    return max(ends, key=lambda n: (walk.nodes[n].known, walk.canvas_order(n)), default="")
