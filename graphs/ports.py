"""The ports of a node as it stands: declared, drawn inside a block, or taken from the wires."""

from collections.abc import Iterable

from graphs import catalogue
from graphs.network import Network, port_order
from graphs.project import Project
from graphs.spec import Port

BLOCK, INLET, OUTLET = "Block", "Inlet", "Outlet"


def ports(project: Project, network: Network, node: str) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
    """Return the input and output ports of a node."""
    kind = network.kind(node)
    if kind == BLOCK:
        inner = project.networks.get(str(network.parameters(node).get("network", "")))
        return block_ports(inner) if inner is not None else wired_ports(network, node)
    spec = catalogue.find(kind)
    return (spec.inputs, spec.outputs) if spec is not None else wired_ports(network, node)


def block_ports(inner: Network) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
    """Return the ports that a network offers as a block: its inlets and outlets, in canvas order."""
    inlets = tuple(Port(inner.name(node)) for node in inner.of_kind(INLET))
    return inlets, tuple(Port(inner.name(node)) for node in inner.of_kind(OUTLET))


def wired_ports(network: Network, node: str) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
    """Return the ports of a node that nothing is known about: those its wires name."""
    into = sorted({w.target_port for w in network.wires_into(node)}, key=port_order)
    out = sorted({w.source_port for w in network.wires_from(node)}, key=port_order)
    return named_ports(into), tuple(Port(name) for name in out)


def named_ports(names: Iterable[str]) -> tuple[Port, ...]:
    """Return the input ports that wires name: `inputs.0` and `inputs.1` are one that takes several."""
    found: dict[str, Port] = {}
    for name in names:
        base, _, place = name.partition(".")
        port = Port(base, variadic=True) if place.isdecimal() else Port(name)
        found.setdefault(port.name, port)
    return tuple(found.values())
