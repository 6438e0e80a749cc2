"""Writes the forward pass of a class: one statement a node, and variables that are used again along a chain."""

import re
import string
from collections.abc import Callable
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

CHAIN = "x"


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of code and the nodes it stands for."""

    text: str
    nodes: tuple[str, ...]


class Wires(tuple[str, ...]):
    """The variables on a variadic port, as a format string sees them: all with commas, or one by its place."""

    def __format__(self, spec: str) -> str:
        return ", ".join(self) if len(self) > 1 else f"{self[0]},"


@dataclass
class Forward:
    """The forward pass in the making. `attributes` are values that it needs from the constructor: name -> code."""

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
        self._last = {r: at for at, node in enumerate(flow.nodes) for r in flow.sources(node)}
        self._last.update((r, len(flow.nodes)) for node in flow.outputs for r in flow.sources(node))

    def statements(self) -> list[Statement]:
        """Return the body of forward, its return last."""
        lines: list[Statement] = []
        for at, node in enumerate(self.blueprint.flow.nodes):
            lines += [Statement(text, (node,)) for text in self._node(at, node)]
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
        text = text_of(spec.call, call)
        code = string.Formatter().vformat(text, (), self._fields(node, spec, text))
        targets = self._targets(at, node, [port.name for port in spec.outputs])
        if not spec.targets:
            return [f"{next(iter(targets.values()))} = {code}"]
        left = string.Formatter().vformat(text_of(spec.targets, call), (), targets)
        return [f"{re.sub(r'[(]_(, _)*[)]', '_', left)} = {code}"]

    def _fields(self, node: str, spec: LayerSpec, text: str) -> dict[str, object]:
        """Return what the format string of a call asks for."""
        asked = {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}
        fields: dict[str, object] = {"self": self._module(node)}
        for port in spec.inputs:
            names = [self._variables[result] for result in self.blueprint.flow.feeds[node][port.name]]
            fields[port.name] = Wires(names) if port.variadic else names[0] if names else "None"
        for parameter in spec.parameters:
            if parameter.name in asked and parameter.name not in fields:
                fields[parameter.name] = self._kept(node, parameter.name, self.constructor.value(node, parameter))
        return fields

    def _kept(self, node: str, parameter: str, code: str) -> str:
        """Return code that forward may use: arguments of the constructor are kept as attributes."""
        known = {*self.blueprint.arguments.values(), *self.blueprint.inferred}
        if not known & set(re.findall(r"[A-Za-z_]\w*", code)):
            return code
        attribute = variable_name(f"{self.blueprint.network.name(node)}_{parameter}", self.blueprint.network.names())
        self.attributes[node] = (attribute, code)
        return f"self.{attribute}"

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
            wanted = self._chained(at, node, live) if place == 0 else ""
            variable = wanted or variable_name(name if port == "output" else f"{name}_{port}", live | {CHAIN})
            targets[port] = self._variables[Result(node, port)] = variable
            live.add(variable)
        return targets

    def _chained(self, at: int, node: str, live: set[str]) -> str:
        """Return the variable whose last use this is, or the usual one while it is free."""
        ended = [self._variables[r] for r in self.blueprint.flow.sources(node) if self._last[r] == at]
        again = [v for v in ended if v not in live and (v == CHAIN or v not in self.arguments)]
        if CHAIN in again or CHAIN not in live:
            return CHAIN
        return again[0] if again else ""

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


def text_of(rule: str | Callable[[Call], str], call: Call) -> str:
    """Return the format string of a layer's `call` or `targets`."""
    return rule if isinstance(rule, str) else rule(call)
