"""What arrives at a node: its wires sorted by port, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphs.checking.measure import Fault
from graphs.network import Wire
from graphs.ports import BLOCK
from graphs.spec import Port
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.checking.walk import Walk


@dataclass(slots=True)
class Arrived:
    """The specs on the input ports. `complete`: all that is needed is there and known; else `waits` says for whom."""

    inputs: dict[str, tuple[TensorSpec, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True
    waits: str = ""


def gather(walk: "Walk", node: str, ports: Iterable[Port]) -> Arrived:
    """Sort the wires into `node` by its input `ports`. Of two wires on one port, the older one counts."""
    arrived = Arrived()
    declared = {port.name: port for port in ports}
    taken: dict[str, list[Wire]] = {}
    for wire in walk.into[node]:
        base, _, place = wire.target_port.partition(".")
        if wire.target_port in declared:  # a layer that is not known may have dots in its ports
            base, place = wire.target_port, ""
        port = declared.get(base)
        if port is None or port.variadic != bool(place):
            arrived.faults.append(no_input(walk, wire, list(declared)))
            continue
        wires = taken.setdefault(base, [])
        wires.append(wire)
        if len(wires) == 1 or port.variadic:
            _take(walk, wire, base, arrived)
        else:
            arrived.faults.append(_second(walk, wires[0], wire, port))
    for port in declared.values():
        if not port.optional and len(taken.get(port.name, ())) < (port.least if port.variadic else 1):
            arrived.faults.append(_unconnected(port, len(taken.get(port.name, ()))))
            arrived.complete, arrived.waits = False, node
    return arrived


def _take(walk: "Walk", wire: Wire, port: str, arrived: Arrived) -> None:
    source = walk.nodes[wire.source]
    spec = source.outputs.get(wire.source_port)
    if spec is not None:
        arrived.inputs[port] = (*arrived.inputs.get(port, ()), spec)
        return
    arrived.complete = False
    offered = [p.name for p in walk.ports(wire.source)[1]]
    if walk.network.kind(wire.source) == BLOCK and not source.known:
        offered.append(wire.source_port)  # what a block offers is told once the block itself is right
    if wire.source_port not in offered or source.known:
        arrived.faults.append(_no_output(walk, wire, offered if wire.source_port not in offered else []))
        arrived.waits = arrived.waits or wire.target
    arrived.waits = arrived.waits or source.waits


def no_input(walk: "Walk", wire: Wire, known: list[str]) -> Fault:
    """Return the fault of a wire that leads to an input port that is not there."""
    return Fault(
        "no-port",
        f"has no input {wire.target_port} for the wire from {walk.network.name(wire.source)}",
        port=wire.target_port,
        expected=" or ".join(known) or "no wire: it takes none",
        about=(wire,),
    )


def _no_output(walk: "Walk", wire: Wire, known: list[str]) -> Fault:
    name = walk.network.name(wire.source)
    return Fault(
        "no-port",
        f"has a wire from {name}, which puts nothing out on {wire.source_port}",
        port=wire.target_port,
        expected=" or ".join(known),
        about=(wire,),
    )


def _second(walk: "Walk", first: Wire, second: Wire, port: Port) -> Fault:
    older, newer = walk.network.name(first.source), walk.network.name(second.source)
    if older == newer:
        older, newer = f"{older}.{first.source_port}", f"{newer}.{second.source_port}"
    where = "its input" if port.name == "input" else f"its input {port.name}"
    title = f"cannot take {newer} as well: {where} already has a wire from {older}"
    return Fault("two-wires", title, port=port.name, about=(first, second))


def disabled_before(walk: "Walk", node: str, port: str) -> tuple[str, ...]:
    """Return the disabled nodes from which a wire is drawn to a port."""
    network = walk.network
    return tuple(w.source for w in network.wires_into(node, port) if network[w.source].get("disabled"))


def _unconnected(port: Port, came: int) -> Fault:
    where = "its input" if port.name == "input" else f"its input {port.name}"
    if port.variadic and came:
        wires = "wire" if came == 1 else "wires"
        expected = f"at least {port.least}"
        return Fault("unconnected-input", f"needs more on {where}", "error", port.name, f"{came} {wires}", expected)
    expected = "a wire from another layer" if port.least < 2 or not port.variadic else f"at least {port.least} wires"
    return Fault("unconnected-input", f"has nothing on {where}", port=port.name, expected=expected)
