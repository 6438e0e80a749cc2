"""A block's node: the network it stands for, reported with the arguments and tensors of this use."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graphs.checking.measure import Fault
from graphs.checking.node_report import NodeReport
from graphs.checking.wiring import Arrived
from graphs.network import Network
from graphs.ports import OUTLET, block_ports
from graphs.spec import LayerSpec
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.checking.walk import Walk
    from graphs.dimensions import Dim
    from graphs.reporting import Report

# More than any network that runs has: a file of a few lines must not unfold into one that fills the memory.
MOST_PARTS = 100_000
DEEPEST = 24


def evaluate_block(walk: "Walk", node: str, spec: LayerSpec, arrived: Arrived) -> NodeReport:
    """Return the report of a block: its network's, repeated as often as it says."""
    choices = walk.resolved(node, spec)
    name = str(choices.values["network"])
    inner = walk.shared.project.networks.get(name)
    faults = [*choices.faults, *arrived.faults]
    broken = _broken(walk, name, inner)
    if inner is None or broken is not None:
        faults += [broken] if broken is not None else []
        return NodeReport(inputs=arrived.inputs, values=choices.values, faults=tuple(faults), waits=node)
    arguments, wrong = _arguments(inner, choices.values["arguments"], walk.arguments)
    faults += wrong
    repeat = int(choices.values["repeat"])
    inlets, outlets = block_ports(inner)
    if repeat > 1 and len(outlets) > len(inlets):
        came, expected = f"{len(outlets)} outlets", f"at most {len(inlets)}, one for each inlet"
        faults.append(Fault("repeat", "cannot repeat: each copy feeds the next", came=came, expected=expected))
    if not arrived.complete:
        waits = arrived.waits
        return NodeReport(inputs=arrived.inputs, values=choices.values, faults=tuple(faults), waits=waits)
    given = {port.name: arrived.inputs[port.name][0] for port in inlets}
    chain = Chain(walk, name, arguments, repeat)
    chain.run(given, [port.name for port in outlets])
    faults += [chain.excess] if chain.excess is not None else []
    return chain.told(node, arrived, dict(choices.values) | {"arguments": arguments}, tuple(faults))


def _broken(walk: "Walk", name: str, inner: Network | None) -> Fault | None:
    if inner is None:
        return Fault("no-network", "stands for a network that is not there", came=name or "no name",
                     expected="a network of this project")  # fmt: skip
    if name in walk.stack:
        way = " in ".join([name, *reversed(walk.stack[walk.stack.index(name) :])])
        return Fault("recursion", f"would contain itself: {way}", expected="a block of other layers")
    if len(walk.stack) > DEEPEST:
        return Fault("too-large", "lies too deep", came=f"a block in {DEEPEST} others", expected="fewer")
    return None


def _arguments(
    inner: Network, given: Mapping[str, int | float | str], outer: Mapping[str, int | float]
) -> tuple[dict[str, int | float], list[Fault]]:
    """Return the arguments of a use, defaults filled in, and what is wrong with them."""
    arguments, faults = dict(inner.arguments), []
    for name, value in given.items():
        if name not in inner.arguments:
            expected = ", ".join(inner.arguments) or "none: the network declares no arguments"
            faults.append(Fault("argument", f"gives the argument {name}, which its network has not", "error", "", "",
                                expected, about=(name,)))  # fmt: skip
        elif not isinstance(value, str):
            arguments[name] = int(value) if value == int(value) else value
    return arguments, faults


class Chain:
    """The copies of a repeated block, each fed by the one before: outlets feed inlets in canvas order."""

    def __init__(self, walk: "Walk", network: str, arguments: Mapping[str, int | float], repeat: int) -> None:
        self.walk = walk
        self.network = network
        self.arguments = arguments
        self.repeat = repeat
        self.copies: list[Report] = []
        self.outputs: dict[str, TensorSpec] = {}

    @property
    def excess(self) -> Fault | None:
        """The fault of a block that stands for too much, None for all others."""
        parts = self.copies[0].parts
        if parts * self.repeat <= MOST_PARTS:
            return None
        came, fits = f"{parts * self.repeat:,} layers and weights", MOST_PARTS // parts
        return Fault("too-large", "stands for too much", came=came, expected=f"at most {MOST_PARTS:,}", about=(fits,))

    def run(self, given: Mapping[str, TensorSpec], outlets: list[str]) -> None:
        """Report copy after copy until all are there, or one does not tell its outputs."""
        while len(self.copies) < self.repeat:
            report = self.walk.shared.use(self.network, self.arguments, given, self.walk.stack)
            self.outputs = outlet_specs(self.walk.shared.project.networks[self.network], report)
            self.copies.append(report)
            if any(name not in self.outputs for name in outlets) or report.errors or self.excess is not None:
                return
            fed = dict(zip(given, (self.outputs[name] for name in outlets), strict=False))
            following = {**given, **fed}
            if following == given:  # nothing changes from here on: the rest are copies of this one
                self.copies += [report] * (self.repeat - len(self.copies))
            given = following

    def told(self, node: str, arrived: Arrived, values: Mapping[str, object], faults: tuple[Fault, ...]) -> NodeReport:
        """Return the report of the node: sums over all copies, the first one's report inside."""
        macs: Dim = 0
        activations: Dim = 0
        for copy in self.copies:
            macs, activations = macs + copy.macs, activations + copy.activation_bytes
        small = self.excess is None
        known = small and len(self.copies) == self.repeat and not self.copies[-1].errors
        failed = next((copy for copy in self.copies if copy.errors), self.copies[0])
        return NodeReport(
            inputs=arrived.inputs,
            outputs=self.outputs if known else {},
            values=values,
            weights=self._weights() if small else {},
            parameters=sum(copy.parameters for copy in self.copies),
            macs=macs,
            activation_bytes=activations,
            parts=1 + self.repeat * self.copies[0].parts if small else 1,
            inner=failed,
            known=known,
            waits="" if known else node,
            faults=faults,
        )

    def _weights(self) -> dict[str, tuple[int, ...]]:
        return {
            f"{place}.{state}" if self.repeat > 1 else state: shape
            for place, copy in enumerate(self.copies)
            for state, shape in copy.weights.items()
        }


def outlet_specs(inner: Network, report: "Report") -> dict[str, TensorSpec]:
    """Return what arrives at the outlets of a reported network, by their name."""
    return {
        inner.name(node): report.nodes[node].inputs["input"][0]
        for node in inner.of_kind(OUTLET)
        if report.nodes[node].known
    }
