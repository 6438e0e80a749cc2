"""Writes the forward pass of a class: one statement a node, and variables that are used again along a chain."""

import re
import string
from dataclasses import dataclass, field

from builder.generating.blueprint import Blueprint
from builder.generating.construct import Constructor
from builder.generating.flow import Result, owner_of
from builder.generating.names import argument_name, variable_name
from builder.generating.uses import Use
from graphs import catalogue
from graphs.ports import BLOCK, ports
from graphs.project import Project
from graphs.spec import Call, LayerSpec

CHAIN, SECOND = "x", "y"


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of code and the nodes it stands for."""

    text: str
    nodes: tuple[str, ...]


class Code(str):
    """Code where a layer's declaration expects the value of a parameter."""

    def __repr__(self) -> str:
        return str(self)


@dataclass
class Forward:
    """The forward pass in the making. `attributes` are what the constructor keeps for it: name -> node and code."""

    project: Project
    blueprint: Blueprint
    constructor: Constructor
    attributes: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        flow = self.blueprint.flow
        self._variables: dict[Result, str] = {}
        self.arguments: list[str] = []
        for node in flow.inputs:
            argument = argument_name(self.blueprint.network.name(node), self.arguments)
            self.arguments.append(argument)
            self._variables[Result(node, "output")] = argument
        self._takers: dict[Result, list[str]] = {}
        for node in (*flow.nodes, *flow.outputs):
            for result in flow.sources(node):
                self._takers.setdefault(result, []).append(node)
        self._last = {r: at for at, node in enumerate(flow.nodes) for r in flow.sources(node)}
        self._last.update((r, len(flow.nodes)) for node in flow.outputs for r in flow.sources(node))

    def statements(self) -> list[Statement]:
        """Return the body of forward, its return last."""
        lines: list[Statement] = []
        for at, node in enumerate(self.blueprint.flow.nodes):
            lines += [Statement(text, (node,)) for text in self._node(at, node)]
            for used in set(self.blueprint.flow.sources(node)):
                if self._last[used] == at:
                    del self._variables[used]
        result = self._returned()
        outputs = tuple(self.blueprint.flow.outputs)
        if lines and lines[-1].text.startswith(f"{result} = ") and "\n" not in lines[-1].text:
            last = lines.pop()
            return [*lines, Statement(f"return {last.text.removeprefix(f'{result} = ')}", (*last.nodes, *outputs))]
        return [*lines, Statement(f"return {result}", outputs)]

    def _returned(self) -> str:
        network, outputs = self.blueprint.network, self.blueprint.flow.outputs
        given = {network.name(node): self._variables[self.blueprint.flow.first(node)] for node in outputs}
        if len(given) == 1:
            return next(iter(given.values()))
        if network.kind(outputs[0]) == "Outlet":
            return ", ".join(given.values())
        return "{" + ", ".join(f'"{name}": {variable}' for name, variable in given.items()) + "}"

    def _node(self, at: int, node: str) -> list[str]:
        network = self.blueprint.network
        if network.kind(node) == BLOCK:
            return self._block(at, node)
        spec = catalogue.get(network.kind(node))
        call = call_of(self.blueprint.uses[0], node)
        if isinstance(spec.call, str):
            call.parameters |= self._kept(node, spec)
        inputs: dict[str, str | tuple[str, ...]] = {}
        for port in spec.inputs:
            names = tuple(self._variables[result] for result in self.blueprint.flow.feeds[node][port.name])
            if names:
                inputs[port.name] = names if port.variadic else names[0]
        targets = self._targets(at, node, [port.name for port in spec.outputs])
        return tidied(spec.statements(call, self._module(node), inputs, targets))

    def _kept(self, node: str, spec: LayerSpec) -> dict[str, Code]:
        """Return the parameters in a call that depend on the constructor's arguments, kept by it as attributes."""
        assert isinstance(spec.call, str)
        asked = {name for _, name, _, _ in string.Formatter().parse(spec.call) if name}
        known = {*self.blueprint.arguments.values(), *self.blueprint.inferred}
        found = {}
        for parameter in spec.parameters:
            code = self.constructor.value(node, parameter) if parameter.name in asked else ""
            if known & set(re.findall(r"[A-Za-z_]\w*", code)):
                wanted = f"{self.blueprint.network.name(node)}_{parameter.name}"
                attribute = variable_name(wanted, self.blueprint.network.names() | set(self.attributes))
                self.attributes[attribute] = (node, code)
                found[parameter.name] = Code(f"self.{attribute}")
        return found

    def _module(self, node: str) -> str:
        name = self.blueprint.network.name(owner_of(self.blueprint.network, node))
        return f'getattr(self, "{name}")' if name.isdigit() else f"self.{name}"

    def _targets(self, at: int, node: str, outputs: list[str]) -> dict[str, str]:
        """Return a variable for each output port that something takes, _ for the others."""
        used = [port for port in outputs if Result(node, port) in self._last]
        live = {variable for result, variable in self._variables.items() if self._last.get(result, -1) > at}
        targets = dict.fromkeys(outputs, "_")
        for place, port in enumerate(used):
            name = self.blueprint.network.name(node)
            wanted = self._chained(at, Result(node, port), live) if place == 0 else ""
            variable = wanted or variable_name(name if port == "output" else f"{name}_{port}", live | {CHAIN, SECOND})
            targets[port] = self._variables[Result(node, port)] = variable
            live.add(variable)
        return targets

    def _chained(self, at: int, made: Result, live: set[str]) -> str:
        """Return the variable whose last use this is, or the usual ones while they are free; empty for a new one."""
        ended = [self._variables[r] for r in self.blueprint.flow.sources(made.node) if self._last[r] == at]
        again = [v for v in ended if v not in live and (v == CHAIN or v not in self.arguments)]
        if CHAIN in again or CHAIN not in live:
            return CHAIN
        if again:
            return again[0]
        return SECOND if SECOND not in live and self._goes_on(made) else ""

    def _goes_on(self, made: Result) -> bool:
        """Tell whether a tensor goes into one layer alone which takes nothing else, so that a chain begins with it."""
        takers = self._takers[made]
        return len(takers) == 1 and len(self.blueprint.flow.sources(takers[0])) == 1

    def _block(self, at: int, node: str) -> list[str]:
        flow = self.blueprint.flow
        outlets = [port.name for port in ports(self.project, self.blueprint.network, node)[1]]
        given = [self._variables[feed[0]] for feed in flow.feeds[node].values()]
        targets = self._targets(at, node, outlets)
        module = self._module(node)
        if not self.constructor.loops(node):
            return [f"{', '.join(targets.values())} = {module}({', '.join(given)})"]
        return self._loop(node, module, given, targets)

    def _loop(self, node: str, module: str, given: list[str], targets: dict[str, str]) -> list[str]:
        """Return the loop over copies that take or give several tensors: the first inlets take what comes out."""
        carried, constant = given[: len(targets)], given[len(targets) :]
        for port, variable in targets.items():
            if variable == "_" or variable in constant:
                targets[port] = variable_name(f"{port}_", {*given, *targets.values()})
                self._variables[Result(node, port)] = targets[port]
        left = ", ".join(targets.values())
        start = [f"{left} = {', '.join(carried)}"] if carried != [*targets.values()] else []
        copy = variable_name("layer", {*given, *targets.values(), *self._variables.values()})
        call = f"{copy}({', '.join([*targets.values(), *constant])})"
        return [*start, f"for {copy} in {module}:\n    {left} = {call}"]


def call_of(use: Use, node: str) -> Call:
    """Return what the rules of a layer read, as one use of its network has it."""
    told = use.report.nodes[node]
    return Call(catalogue.get(use.flow.network.kind(node)), dict(told.values), told.inputs, told.outputs)


def tidied(statements: list[str]) -> list[str]:
    """Return statements without those that make nothing but what is thrown away, and `_` once for several in a row."""
    run, *more = statements
    left, _, right = run.partition(" = ")
    left = re.sub(r"[(]_(, _)*[)]", "_", left)
    return [f"{left} = {right}", *(line for line in more if not line.startswith("_ = "))]
