"""What of a network is computed: from its inputs to its results, past bypassed and without disabled nodes."""

from dataclasses import dataclass, field

from graphs import catalogue
from graphs.network import Network
from graphs.ports import INLET, OUTLET, ports
from graphs.project import Project
from graphs.spec import Port

INPUT = "Input"


@dataclass(frozen=True, slots=True)
class Result:
    """A tensor on its way: which output port of which node it comes from."""

    node: str
    port: str


@dataclass
class Flow:
    """The live nodes of a network, each branch in one piece, and the tensors on their input ports.

    inputs and outputs are in canvas order; `nodes` are those between them.
    """

    network: Network
    inputs: list[str]
    outputs: list[str]
    nodes: list[str] = field(default_factory=list)
    feeds: dict[str, dict[str, tuple[Result, ...]]] = field(default_factory=dict)

    def first(self, node: str) -> Result:
        """Return the tensor on the first input port of a node."""
        return next(feed[0] for feed in self.feeds[node].values() if feed)

    def sources(self, node: str) -> list[Result]:
        """Return all tensors that go into a node, in the order of its ports; none into an input."""
        return [result for feed in self.feeds.get(node, {}).values() for result in feed]

    def owners(self) -> list[str]:
        """Return the nodes whose modules the live nodes run, in their order."""
        return list(dict.fromkeys(owner_of(self.network, node) for node in self.nodes))


def owner_of(network: Network, node: str) -> str:
    """Return the node whose module `node` runs: itself, or the one whose weights it shares."""
    shared: str = network[node].get("shares") or node
    return shared


def flow_of(project: Project, network: Network) -> Flow:
    """Return the flow of a network without errors."""
    inputs = [node for node in network.of_kind(INPUT, INLET) if _active(network, node)]
    outlets = [node for node in network.of_kind(OUTLET) if _active(network, node)]
    flow = Flow(network, inputs, outlets or _objectives(network))
    walk = _Walk(project, flow)
    for node in flow.outputs:
        walk.visit(node)
    flow.nodes = [node for node in walk.order if node not in flow.outputs]
    return flow


def _objectives(network: Network) -> list[str]:
    kinds = {network.kind(node) for node in network}
    specs = [spec for spec in map(catalogue.find, kinds) if spec is not None]
    return [n for n in network.of_kind(*(s.name for s in specs if s.category == "objective")) if _active(network, n)]


def _active(network: Network, node: str) -> bool:
    return not network[node].get("disabled")


class _Walk:
    """Depth first from the outputs, so that the code of a branch stays together."""

    def __init__(self, project: Project, flow: Flow) -> None:
        self.project = project
        self.flow = flow
        self.order: dict[str, None] = {}
        self._inputs = frozenset(flow.inputs)

    def visit(self, node: str) -> None:
        """Append what `node` needs, then the node."""
        stack = [node]
        while stack:
            current = stack[-1]
            if current not in self.flow.feeds:
                self.flow.feeds[current] = self._feeds(current)
                waiting = [r.node for r in self.flow.sources(current)]
                stack += [n for n in reversed(waiting) if n not in self.flow.feeds and n not in self._inputs]
            else:
                self.order[stack.pop()] = None

    def _feeds(self, node: str) -> dict[str, tuple[Result, ...]]:
        network = self.flow.network
        found: dict[str, tuple[Result, ...]] = {}
        for port in ports(self.project, network, node)[0]:
            wires = network.wires_into(node, port.name)
            sources = (self._source(w.source, w.source_port) for w in wires)
            found[port.name] = tuple(source for source in sources if source is not None)
        return found

    def _source(self, node: str, port: str) -> Result | None:
        """Follow bypassed nodes up to the one that computes; None where a disabled node feeds the wire."""
        network = self.flow.network
        while network[node].get("bypassed"):
            first = _first_wired(self.project, network, node)
            wires = network.wires_into(node, first.name) if first else []
            if not wires:
                return None
            node, port = wires[0].source, wires[0].source_port
        return Result(node, port) if _active(network, node) else None


def _first_wired(project: Project, network: Network, node: str) -> Port | None:
    entries = ports(project, network, node)[0]
    return next((port for port in entries if network.wires_into(node, port.name)), None)
