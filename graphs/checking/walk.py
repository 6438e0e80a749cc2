"""A walk over one network that keeps every node's report current, doing no more than a change asks for."""

from collections.abc import Iterable, Mapping
from copy import copy
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from graphs import catalogue
from graphs.checking.advice import advise
from graphs.checking.evaluate import evaluate
from graphs.checking.measure import Arguments, Fault, Resolved
from graphs.checking.node_report import NOTHING, NodeReport
from graphs.checking.order import Order
from graphs.checking.shared import Shared
from graphs.network import Network, Wire, node_order, port_order
from graphs.ports import BLOCK, INLET, OUTLET, named_ports, ports, wired_ports
from graphs.spec import LayerSpec, Port
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.dimensions import Dim
    from graphs.parameters import Value


class Walk:
    """The state of one network's report.

    arguments: of the block use that is walked, the defaults at the top. inlets: what arrives at the Inlet nodes, by
    their name; None when the network is looked at by itself, which leaves them unknown without that being wrong.
    stack: the networks that lead here, this one included, against blocks that contain themselves.
    """

    def __init__(
        self,
        shared: Shared,
        name: str,
        arguments: Arguments,
        inlets: Mapping[str, TensorSpec] | None = None,
        stack: tuple[str, ...] = (),
    ) -> None:
        self.shared = shared
        self.name = name
        self.arguments = arguments
        self.inlets = inlets
        self.stack = (*stack, name)
        self.network = Network()
        self.order = Order()
        self.nodes: dict[str, NodeReport] = {}
        self.into: dict[str, tuple[Wire, ...]] = {}
        self.blocks: set[str] = set()
        self.begins: set[str] = set()
        self.ends: set[str] = set()
        self.dead: set[str] = set()
        self.sharers: dict[str, str] = {}
        self.faulty: set[str] = set()
        self.waiting: set[str] = set()
        self.advice: dict[str, tuple[Fault, ...]] = {}
        self.holders: dict[str, set[str]] = {}
        self.repeated_names: set[str] = set()
        self.parameters = 0
        self.macs: Dim = 0
        self.activation_bytes: Dim = 0
        self.parts = 0
        self.version = 0
        self._resolved: dict[str, tuple[Mapping[str, Value], Resolved]] = {}
        self._open_ends: tuple[int, list[tuple[str, float, float]]] = (-1, [])
        self._seen: dict[str, tuple[str, str, bool]] = {}
        self.look_up()
        self.refresh(self.network)

    def look_up(self) -> None:
        """Find the network again, as edits may have put another object under its name; without one, it is empty."""
        found = self.shared.project.networks.get(self.name)
        self.network = Network() if found is None else found

    def called(self, node: str) -> str:
        """Return the name that a node had when it was last looked at."""
        return self._seen[node][0]

    def spec(self, node: str) -> LayerSpec | None:
        """Return the declaration of a node's kind, None where it is not known."""
        return catalogue.find(self.network.kind(node))

    def ports(self, node: str) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
        """Return the input and output ports of a node; of one that stands for nothing known, those that are wired."""
        network, kind = self.network, self.network.kind(node)
        spec = catalogue.find(kind)
        if kind != BLOCK and spec is not None:
            return spec.inputs, spec.outputs
        name = network.parameters(node).get("network") if kind == BLOCK else None
        if name in self.shared.project.networks and name not in self.stack:
            return ports(self.shared.project, network, node)
        # not those of the graph: a wire from a disabled node may go without a word
        into = sorted({w.target_port for w in self.into.get(node, ())}, key=port_order)
        return named_ports(into), wired_ports(network, node)[1]

    def open_ends(self) -> list[tuple[str, float, float]]:
        """Return the nodes whose result is known and that nothing reads, with their places; found once an edit."""
        edition, found = self._open_ends
        if edition != self.shared.edition:
            targets = self.order.targets
            ends = (n for n, told in self.nodes.items() if told.known and not targets[n] and self.ports(n)[1])
            found = [(node, *self.network.position(node)) for node in ends]
            self._open_ends = (self.shared.edition, found)
        return found

    def resolved(self, node: str, spec: LayerSpec) -> Resolved:
        """Return the parameters of a node, worked out once for as long as they hold.

        As edits replace the mapping that is drawn and never change it, its identity tells whether they do.
        """
        drawn = self.network.parameters(node)
        known = self._resolved.get(node)
        if known is None or known[0] is not drawn or known[1].kind != spec.name:
            known = self._resolved[node] = (drawn, self.shared.resolve(spec, drawn, self.arguments))
        return known[1]

    def refresh(self, touched: Iterable[str]) -> set[str]:
        """Bring the report up to date with `touched` nodes; return those whose report or problems may differ."""
        self.version += 1
        network, touched = self.network, [*touched]
        dirty: set[str] = set()
        rewired: set[str] = set()
        for node in touched:
            if node not in network:
                self._forget(node, dirty, rewired)
        for node in network.sources_first([node for node in touched if node in network]):
            self._look(node, dirty, rewired)
        dirty |= self.order.settle(self.canvas_order)
        dirty = {node for node in dirty if node in network}
        dirty |= {node for node, owner in self.sharers.items() if owner in dirty or owner in touched}
        changed = self._propagate(dirty)
        changed |= self._propagate({n for n, owner in self.sharers.items() if owner in changed and n not in changed})
        rewired = {node for node in rewired | dirty if node in network}
        changed |= self._find_dead(rewired)
        changed |= self._advise(rewired)
        return changed

    @property
    def shares_ports(self) -> bool:
        """Whether there are wires that come into the same port, or the same place of one."""
        return any(len({w.target_port for w in wires}) < len(wires) for wires in self.into.values() if len(wires) > 1)

    def copy(self) -> "Walk":
        """Return a walk of the same network, as it was when this one last looked, that goes its own way from here."""
        found = copy(self)
        tables = {name: held.copy() for name, held in vars(self).items() if isinstance(held, dict | set)}
        vars(found).update(tables, order=self.order.copy())
        found.holders = {name: set(nodes) for name, nodes in self.holders.items()}
        return found

    def differing(self, other: "Walk") -> frozenset[str]:
        """Return the nodes of which two walks of a network may tell different things."""
        return frozenset(
            self.dead ^ other.dead
            | _differing(self.nodes, other.nodes)
            | _differing(self.into, other.into)
            | _differing(self.advice, other.advice)
        )

    def rename(self, name: str) -> None:
        """Follow the network to its new name."""
        self.name = name
        self.stack = (*self.stack[:-1], name)

    def forget_arguments(self, arguments: Arguments) -> None:
        """Take other arguments; a refresh of all nodes has to follow."""
        self.arguments = arguments
        self._resolved.clear()

    def canvas_order(self, node: str) -> Any:
        """Sort key along the flow first, then across it."""
        x, y = self.network.position(node)
        return (y, x, node_order(node)) if self.network.flow == "down" else (x, y, node_order(node))

    def _look(self, node: str, dirty: set[str], rewired: set[str]) -> None:
        """Take in what a node is and what feeds it."""
        network = self.network
        held = network[node]
        disabled = bool(held.get("disabled"))
        now, before = (held["name"], held["layer"], disabled), self._seen.get(node)
        self._seen[node] = now
        dirty.add(node)
        if before is not None and before[0] != now[0]:
            self._unname(before[0], node)
            dirty.update(self.order.targets[node], self.order.cycles.get(node, ()))
        self.holders.setdefault(now[0], set()).add(node)
        if len(self.holders[now[0]]) > 1:
            self.repeated_names.add(now[0])
        self._classify(node, held)
        reads = [] if disabled else [w for w in network.wires_into(node) if not network[w.source].get("disabled")]
        self.into[node] = tuple(reads)
        rewired |= self.order.place(node, [w.source for w in reads])
        rewired.update(self.order.sources[node])
        if now[1] == BLOCK:  # its ports are those of the network that it names
            dirty.update(wire.target for wire in network.wires_from(node))
        if before is not None and before[1:] != now[1:]:
            for wire in network.wires_from(node):
                dirty.add(wire.target)
                if before[2] != disabled and wire.target != node:
                    self._look_again(wire.target, rewired)

    def _look_again(self, node: str, rewired: set[str]) -> None:
        network = self.network
        if network[node].get("disabled"):
            return
        self.into[node] = tuple(w for w in network.wires_into(node) if not network[w.source].get("disabled"))
        rewired |= self.order.place(node, [w.source for w in self.into[node]])

    def _classify(self, node: str, held: Mapping[str, Any]) -> None:
        kind, on = held["layer"], not held.get("disabled")
        spec = catalogue.find(kind)
        begins = kind == INLET or (spec is not None and spec.category == "data" and not spec.inputs)
        ends = kind == OUTLET or (spec is not None and spec.category == "objective")
        for group, belongs in ((self.blocks, kind == BLOCK), (self.begins, begins), (self.ends, ends)):
            (group.add if belongs and on else group.discard)(node)
        if held.get("shares") and on:
            self.sharers[node] = held["shares"]
        else:
            self.sharers.pop(node, None)

    def _forget(self, node: str, dirty: set[str], rewired: set[str]) -> None:
        if node not in self._seen:
            return
        self._unname(self._seen.pop(node)[0], node)
        sources, targets = self.order.drop(node)
        rewired |= sources
        dirty |= targets
        for target in targets:
            self.into[target] = tuple(w for w in self.into[target] if w.source != node)
        self._store(node, NOTHING)
        for table in (self.nodes, self.into, self.sharers, self.advice, self._resolved):
            table.pop(node, None)
        for group in (self.blocks, self.begins, self.ends, self.dead):
            group.discard(node)

    def _unname(self, name: str, node: str) -> None:
        self.holders[name].discard(node)
        if len(self.holders[name]) < 2:
            self.repeated_names.discard(name)
        if not self.holders[name]:
            del self.holders[name]

    def _propagate(self, dirty: set[str]) -> set[str]:
        """Measure `dirty` nodes, sources first, and what follows for as long as outputs differ."""
        rank, targets, changed = self.order.rank, self.order.targets, set()
        queue = [(rank[node], node) for node in dirty]
        heapify(queue)
        done = ""
        while queue:
            node = heappop(queue)[1]
            if node == done:
                continue
            done, old = node, self.nodes.get(node, NOTHING)
            new = evaluate(self, node)
            self._store(node, new)
            if new == old:
                continue
            changed.add(node)
            if new.outputs != old.outputs or new.waits != old.waits or new.known != old.known:
                for target in targets[node]:
                    heappush(queue, (rank[target], target))
        return changed

    def _store(self, node: str, new: NodeReport) -> None:
        old = self.nodes.get(node, NOTHING)
        self.nodes[node] = new
        self.parameters += new.parameters - old.parameters
        self.parts += new.parts - old.parts
        self.macs = self.macs + new.macs - old.macs
        self.activation_bytes = self.activation_bytes + new.activation_bytes - old.activation_bytes
        (self.faulty.add if new.faults or new.inner is not None else self.faulty.discard)(node)
        (self.waiting.add if new.waits not in ("", node) else self.waiting.discard)(node)

    def _find_dead(self, nodes: set[str]) -> set[str]:
        """Find anew which nodes lead to no output, starting from `nodes` and going against the wires."""
        if self.order.cycles:
            return self._find_all_dead()
        rank, changed = self.order.rank, set()
        queue = [(-rank[node], node) for node in nodes]
        heapify(queue)
        done = ""
        while queue:
            node = heappop(queue)[1]
            if node == done:  # each of its targets may have asked for it
                continue
            done = node
            dead = node not in self.ends and all(target in self.dead for target in self.order.targets[node])
            if dead != (node in self.dead):
                (self.dead.add if dead else self.dead.discard)(node)
                changed.add(node)
                for source in self.order.sources[node]:
                    heappush(queue, (-rank[source], source))
        return changed

    def _find_all_dead(self) -> set[str]:
        alive, stack = set(self.ends), [*self.ends]
        while stack:
            for source in self.order.sources[stack.pop()]:
                if source not in alive:
                    alive.add(source)
                    stack.append(source)
        before, self.dead = self.dead, set(self.order.rank) - alive
        return before ^ self.dead

    def _advise(self, nodes: set[str]) -> set[str]:
        changed = set()
        for node in nodes:
            now, before = advise(self, node), self.advice.get(node, ())
            if now != before:
                changed.add(node)
            if now:
                self.advice[node] = now
            else:
                self.advice.pop(node, None)
        return changed


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """Return the keys under which two tables do not hold the very same."""
    return {key for key, held in one.items() if other.get(key) is not held} | (other.keys() - one.keys())
