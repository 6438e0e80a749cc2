"""Whether a wire may end at a port, asked of the layer's own rules without changing the drawing."""

from dataclasses import dataclass, replace

import networkx as nx

from graphs import catalogue
from graphs.checking import measure
from graphs.checking.node_report import NOTHING
from graphs.checking.shared import Shared
from graphs.edits import AddNode, Connect, Disconnect, Edit, Group, ReplaceLayer, SetParameters
from graphs.feeding import fault_of
from graphs.naming import free_name, stem_of
from graphs.network import Network, Wire
from graphs.ports import BLOCK, INLET, OUTLET, block_ports, ports
from graphs.problems import Fix
from graphs.spec import Port, Remedy
from graphs.splices import first_place, fresh_ids
from graphs.tensors import TensorSpec
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_geometry import node_measures, snapped

JOIN = "Concat"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a wire may not end there: who refuses what, one sentence, and what would make it fit."""

    title: str
    reason: str
    bridges: tuple[Fix, ...] = ()


class Fitting:
    """Judges the ends that a wire from one port may have; `without` is the wire that is being led elsewhere."""

    def __init__(self, scene: Scene, node: str, port: str, *, output: bool, without: Wire | None = None) -> None:
        self._scene = scene
        self._node, self._port, self._output = node, port, output
        self._without = without
        graph: nx.MultiDiGraph[str] = scene.network.graph
        self._beyond = nx.ancestors(graph, node) if output else nx.descendants(graph, node)
        self._shared = Shared(scene.project)
        self._known: dict[tuple[str, str], Refused | None] = {}

    def wire(self, node: str, port: str) -> Wire:
        """Return the wire to a port of another node, written the right way round."""
        if self._output:
            return Wire(self._node, self._port, node, port)
        return Wire(node, port, self._node, self._port)

    def refusal(self, node: str, port: str) -> Refused | None:
        """Return why the wire may not end at this port; None when it may."""
        key = (node, port)
        if key not in self._known:
            self._known[key] = self._judge(self.wire(node, port))
        return self._known[key]

    def open_ports(self, node: str) -> list[str]:
        """Return the ports of a node at which the wire may end."""
        into, out = ports(self._scene.project, self._scene.network, node)
        if not self._output:
            return [port.name for port in out if self.refusal(node, port.name) is None]
        names = [next_place(self._scene.network, node, port) for port in into]
        return [name for name in names if self.refusal(node, name) is None]

    def _judge(self, wire: Wire) -> Refused | None:
        network = self._scene.network
        source, target = network.name(wire.source), network.name(wire.target)
        far = wire.target if self._output else wire.source
        if wire.source == wire.target or far in self._beyond:
            return Refused(
                f"{target} cannot feed itself", f"A wire from {source} would close a circle; data flows one way only."
            )
        if network.has(wire) and wire != self._without:
            return Refused("They are joined already", f"{source} feeds {target} at this port.")
        held = [w for w in network.wires_into(wire.target) if w.target_port == wire.target_port]
        held = [w for w in held if w != self._without]
        if held:
            return self._taken(wire, held[0])
        return self._shape(wire)

    def _taken(self, wire: Wire, held: Wire) -> Refused:
        name, network = self._scene.name, self._scene.network
        source, target, before = (network.name(n) for n in (wire.source, wire.target, held.source))
        removed = (Disconnect.wire(name, self._without),) if self._without is not None else ()
        joined = Group((*removed, *_joined(self._scene, wire, held)), f"Join {before} and {source}")
        swapped = Group((*removed, Disconnect.wire(name, held), Connect.wire(name, wire)), "Replace wire")
        return Refused(
            f"{target} cannot take {source} as well",
            f"Its input already has a wire from {before}, and one input takes one wire. To use both, join them first.",
            (Fix(f"Join with {JOIN}", joined), Fix("Replace wire", swapped)),
        )

    def _shape(self, wire: Wire) -> Refused | None:
        scene = self._scene
        assert scene.report is not None
        came = scene.report.specs.get(wire.source, {}).get(wire.source_port)
        spec = catalogue.find(scene.network.kind(wire.target))
        if came is None or spec is None or spec.name in (INLET, OUTLET):
            return None
        if spec.name == BLOCK:
            return self._inside(wire, came)
        inputs = dict(scene.report.nodes.get(wire.target, NOTHING).inputs)
        base = wire.target_port.partition(".")[0]
        port = spec.input_port(wire.target_port)
        inputs[base] = (*inputs.get(base, ()), came) if port is not None and port.variadic else (came,)
        resolved = measure.resolve(spec, scene.network.parameters(wire.target), scene.report.arguments)
        fault = fault_of(spec, resolved.values, inputs)
        if fault is None:
            return None
        source, target = scene.network.name(wire.source), scene.network.name(wire.target)
        expected = f", expected {fault.expected}" if fault.expected else ""
        reason = f"Came {fault.came or came} from {source}{expected}."
        fixes = tuple(self._bridge(wire, remedy) for remedy in fault.remedies)
        return Refused(f"{target} {fault.title}", reason, fixes)

    def _inside(self, wire: Wire, came: TensorSpec) -> Refused | None:
        """Ask the layers inside a block, once everything that its inlets need is there."""
        scene, name = self._scene, str(self._scene.network.parameters(wire.target).get("network", ""))
        inner = scene.project.networks.get(name)
        if inner is None or scene.report is None:
            return None
        here = scene.report.nodes.get(wire.target, NOTHING)
        inlets = {port: specs[0] for port, specs in here.inputs.items()} | {wire.target_port: came}
        if not {port.name for port in block_ports(inner)[0]} <= inlets.keys():
            return None
        given = dict(here.values.get("arguments") or {})
        arguments = {**inner.arguments, **{k: v for k, v in given.items() if not isinstance(v, str)}}
        told = self._shared.use(name, arguments, inlets, ())
        fault = next((p for p in told.errors if p.cause is None and p.kind == "shape"), None)
        if fault is None:
            return None
        source, target = scene.network.name(wire.source), scene.network.name(wire.target)
        removed = (Disconnect.wire(scene.name, self._without),) if self._without is not None else ()
        anyway = Fix("Connect anyway", Group((*removed, Connect.wire(scene.name, wire)), "Connect"))
        return Refused(f"{target} cannot use {came} from {source}", f"Inside it, {fault.message}", (anyway,))

    def _bridge(self, wire: Wire, remedy: Remedy) -> Fix:
        name = self._scene.name
        removed = (Disconnect.wire(name, self._without),) if self._without is not None else ()
        if remedy.action == "insert":
            edits: tuple[Edit, ...] = _inserted(self._scene, wire, remedy)
        elif remedy.action == "replace":
            edits = (ReplaceLayer(name, wire.target, remedy.layer), Connect.wire(name, wire))
        else:
            edits = (SetParameters(name, wire.target, dict(remedy.parameters)), Connect.wire(name, wire))
        return Fix(remedy.title, Group((*removed, *edits), remedy.title))


def next_place(network: Network, node: str, port: Port) -> str:
    """Return how the next wire into a port is written: a variadic port has a place for each."""
    if not port.variadic:
        return port.name
    taken = {w.target_port for w in network.wires_into(node, port.name)}
    return next(name for place in range(len(taken) + 1) if (name := f"{port.name}.{place}") not in taken)


def _middle(scene: Scene, wire: Wire) -> tuple[float, float]:
    """Return a place for one more layer, just before the target of a wire."""
    x, y = scene.position(wire.target)
    step = node_measures().full + node_measures().gap_label
    return snapped((x - 3 * step, y) if scene.flow == "right" else (x, y - step))


def _inserted(scene: Scene, wire: Wire, remedy: Remedy) -> tuple[Edit, ...]:
    name, spec = scene.name, catalogue.get(remedy.layer)
    node = next(fresh_ids(scene.network))
    label = free_name(stem_of(spec.name), scene.network.names())
    add = AddNode(name, node, label, spec.name, dict(remedy.parameters), _middle(scene, wire))
    into = replace(wire, target=node, target_port=first_place(spec.inputs[0]))
    out = replace(wire, source=node, source_port=spec.outputs[0].name)
    return add, Connect.wire(name, into), Connect.wire(name, out)


def _joined(scene: Scene, wire: Wire, held: Wire) -> tuple[Edit, ...]:
    name, node = scene.name, next(fresh_ids(scene.network))
    label = free_name(stem_of(JOIN), scene.network.names())
    port = catalogue.get(JOIN).inputs[0].name
    return (
        Disconnect.wire(name, held),
        AddNode(name, node, label, JOIN, {}, _middle(scene, wire)),
        Connect.wire(name, replace(held, target=node, target_port=f"{port}.0")),
        Connect.wire(name, replace(wire, target=node, target_port=f"{port}.1")),
        Connect.wire(name, Wire(node, "output", wire.target, wire.target_port)),
    )
