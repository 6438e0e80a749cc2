"""The uses of every network in a project: the one drawn, and each repetition of each block inside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.generating.flow import Flow, flow_of
from graphs.checking.shared import Shared
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.project import Project
from graphs.reporting import Report
from graphs.tensors import TensorSpec

Number = int | float


@dataclass(eq=False)
class Use:
    """A network with the arguments and shapes that one place gives it; `inner` holds the repetitions of its blocks."""

    network: str
    flow: Flow
    report: Report
    arguments: Mapping[str, Number]
    inner: dict[str, tuple["Use", ...]] = field(default_factory=dict)


class Uses:
    """All uses below one network, by network, those inside others first."""

    def __init__(self, project: Project, network: str, report: Report) -> None:
        self.project = project
        self.by_network: dict[str, list[Use]] = {}
        self._shared = Shared(project)
        self._flows: dict[str, Flow] = {}
        self.root = self._use(network, report, project.networks[network].arguments)

    def _use(self, name: str, report: Report, arguments: Mapping[str, Number]) -> Use:
        network = self.project.networks[name]
        if name not in self._flows:
            self._flows[name] = flow_of(self.project, network)
        use = Use(name, self._flows[name], report, arguments)
        for node in dict.fromkeys([*use.flow.nodes, *use.flow.owners()]):
            if network.kind(node) == BLOCK:
                use.inner[node] = tuple(self._repetitions(use, node))
        self.by_network.setdefault(name, []).append(use)
        return use

    def _repetitions(self, use: Use, node: str) -> list[Use]:
        """Return the uses that a block node makes, each fed with what the one before puts out."""
        values, inputs = use.report.nodes[node].values, use.report.nodes[node].inputs
        name = str(values["network"])
        inner = self.project.networks[name]
        arguments = {**inner.arguments, **values["arguments"]}
        inlets = {port: specs[0] for port, specs in inputs.items() if specs}
        found: list[Use] = []
        for count in range(int(values["repeat"])):
            report = self._shared.use(name, arguments, inlets, ())
            if found and report is found[-1].report:  # from here on all are alike
                return found + found[-1:] * (int(values["repeat"]) - count)
            found.append(self._use(name, report, arguments))
            inlets = self._next(name, report, inlets)
        return found

    def _next(self, name: str, report: Report, inlets: dict[str, TensorSpec]) -> dict[str, TensorSpec]:
        network = self.project.networks[name]
        outlets = [report.nodes[node].inputs["input"][0] for node in network.of_kind(OUTLET)]
        names = [network.name(node) for node in network.of_kind(INLET)]
        return {**inlets, **dict(zip(names, outlets, strict=False))}


def whole(value: Number) -> Number:
    """Return an argument as a whole number, if it is one: the model holds all as real numbers."""
    return int(value) if float(value).is_integer() else value


def fractions(uses: list[Use]) -> frozenset[str]:
    """Return the arguments that some use gives a value which is no whole number."""
    return frozenset(name for use in uses for name, value in use.arguments.items() if whole(value) != int(value))
