"""What all walks of one report have in common: the project, and what was measured before."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graphs.checking.measure import Arguments, Inputs, Measured, Resolved, measure, resolve
from graphs.checking.node_report import NodeReport
from graphs.parameters import Value
from graphs.ports import BLOCK
from graphs.project import Project
from graphs.spec import LayerSpec
from graphs.tensors import TensorSpec

if TYPE_CHECKING:
    from graphs.reporting import Report

MOST_MEASURED = 20_000


class Shared:
    """Measured layers by kind, parameters and inputs, and block networks by name, arguments and inputs.

    edition: counts the edits, any of which can change what a fix would do, be it a move.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.edition = 0
        self._resolved: dict[tuple[str, str, str], Resolved] = {}
        self._measured: dict[object, NodeReport] = {}
        self._uses: dict[str, dict[object, Report]] = {}

    def resolve(self, spec: LayerSpec, drawn: Mapping[str, Value], arguments: Arguments) -> Resolved:
        """Work out the parameters of a layer, once for all that are drawn alike: most layers have few forms."""
        key = (spec.name, repr(drawn), repr(arguments))
        known = self._resolved.get(key)
        if known is None:
            if len(self._resolved) >= MOST_MEASURED:
                self._resolved.clear()
            known = self._resolved[key] = resolve(spec, drawn, arguments)
        return known

    def measure(self, spec: LayerSpec, choices: Resolved, inputs: Inputs) -> NodeReport:
        """Measure a layer, once for the same parameters and inputs; its faults are at most what its rule refuses."""
        if choices.key is None:
            return _reported(spec, inputs, measure(spec, choices.values, inputs))
        key = (choices.key, *inputs.items())
        known = self._measured.get(key)
        if known is None:
            if len(self._measured) >= MOST_MEASURED:
                self._measured.clear()
            known = self._measured[key] = _reported(spec, inputs, measure(spec, choices.values, inputs))
        return known

    def use(
        self,
        network: str,
        arguments: Mapping[str, int | float],
        inlets: Mapping[str, TensorSpec],
        stack: tuple[str, ...],
    ) -> "Report":
        """Report a network as one use of a block has it."""
        from graphs.checking.walk import Walk
        from graphs.reporting import Report  # a report holds the reports of its blocks

        uses = self._uses.setdefault(network, {})
        key = (tuple(sorted(arguments.items())), tuple(inlets.items()), stack)
        if key not in uses:
            uses[key] = Report(Walk(self, network, arguments, inlets, stack))
        return uses[key]

    def forget(self, networks: Iterable[str]) -> set[str]:
        """Forget the uses of changed networks, and of all that contain them; return the names of all these."""
        found, stack = set(networks), [*networks]
        while stack:
            for owner in self._owners(stack.pop()) - found:
                found.add(owner)
                stack.append(owner)
        for name in found:
            self._uses.pop(name, None)
        return found

    def _owners(self, block: str) -> set[str]:
        return {
            name
            for name, network in self.project.networks.items()
            if any(
                at["layer"] == BLOCK and at["parameters"].get("network") == block
                for _, at in network.graph.nodes(data=True)
            )
        }


def _reported(spec: LayerSpec, inputs: Inputs, measured: Measured) -> NodeReport:
    if measured.fault is not None:
        return NodeReport(inputs=inputs, values=measured.values, faults=(measured.fault,))
    return NodeReport(
        inputs=inputs,
        outputs=measured.outputs,
        values=measured.values,
        weights=measured.weights,
        parameters=measured.parameters,
        macs=measured.macs,
        activation_bytes=measured.activation_bytes if spec.outputs else 0,  # an output node hands on what it was given
        parts=1 + len(measured.weights),
        known=True,
    )
