"""Writes the constructor's side of nodes: which module, with which arguments."""

from collections.abc import Mapping
from itertools import groupby

from builder.generating.blueprint import Blueprint
from builder.generating.literals import has_expression, literal, shortest, written
from builder.generating.signatures import Signature, signature
from builder.generating.uses import Use, whole
from graphs import catalogue
from graphs.parameters import Integer, Parameter, Real, Sized, Value
from graphs.ports import BLOCK, ports
from graphs.project import Project
from graphs.spec import LayerSpec

Classes = dict[Use, tuple[Blueprint, int]]
"""For each use of a block: the class that serves it, and which of the class's uses it is."""


class Constructor:
    """Writes the modules of one class. `classes` holds those of the blocks in it, which come before it."""

    def __init__(self, project: Project, blueprint: Blueprint, classes: Classes) -> None:
        self.project = project
        self.blueprint = blueprint
        self.classes = classes

    def module(self, node: str) -> str:
        """Return the expression that makes the module of a node, empty for a layer that has none."""
        network = self.blueprint.network
        kind = network.kind(node)
        made = self._block(node) if kind == BLOCK else self._layer(node, catalogue.get(kind))
        weights = self.blueprint.uses[0].report.nodes[node].weights
        return f"{made}.requires_grad_(False)" if weights and network[node].get("frozen") else made

    def value(self, node: str, parameter: Parameter) -> str:
        """Return one parameter of a layer as the constructor's code says it."""
        if isinstance(parameter, Sized):
            values = tuple(literal(_one(use.report.nodes[node].values[parameter.name])) for use in self.blueprint.uses)
            return self.blueprint.said(node, parameter.name, values)
        return written(parameter, self._drawn(node, parameter), self.blueprint.scope)

    def _drawn(self, node: str, parameter: Parameter) -> Value:
        network = self.blueprint.network
        spec = catalogue.get(network.kind(node))
        drawn = network.parameters(node)
        return parameter.check(drawn[parameter.name]) if parameter.name in drawn else spec.default(parameter)

    def _layer(self, node: str, spec: LayerSpec) -> str:
        if not spec.module:
            return ""
        known = signature(spec.module)
        code = {
            parameter.name: self.value(node, parameter)
            for parameter in spec.parameters
            if parameter.argument and not self._is_default(node, parameter, known)
        }
        code |= {name: literal(value) for name, value in spec.fixed.items() if not known.is_default(name, value)}
        for parameter in spec.parameters:
            self._offer(node, parameter)
        leading = next((p.name for p in spec.parameters if isinstance(p, Real | Sized)), "")
        return f"{class_of(spec.module)}({', '.join(_passed(code, known, leading))})"

    def _is_default(self, node: str, parameter: Parameter, known: Signature) -> bool:
        if isinstance(parameter, Sized):
            spec, uses = catalogue.get(self.blueprint.network.kind(node)), self.blueprint.uses
            values = [use.report.nodes[node].values[parameter.name] for use in uses]
            first = next(other.name for other in spec.parameters if isinstance(other, Sized))
            if known.defaults.get(parameter.name, first) is None:  # torch: as many as the first size says
                return all(use.report.nodes[node].values[first] == v for use, v in zip(uses, values, strict=True))
            return all(known.is_default(parameter.name, value) for value in values)
        value = self._drawn(node, parameter)
        if has_expression(parameter, value):
            return False
        short = shortest(parameter, value)
        return known.is_default(parameter.name, value) or known.is_default(parameter.name, short)

    def _offer(self, node: str, parameter: Parameter) -> None:
        value = None if isinstance(parameter, Sized) else self._drawn(node, parameter)
        if isinstance(parameter, Integer) and isinstance(value, str):
            self.blueprint.offer(node, value)

    def _block(self, node: str) -> str:
        uses = [use.inner[node] for use in self.blueprint.uses]
        form, runs = repetition(uses[0], self.classes)
        starts = [next(place for place, _ in run) for run in runs]
        calls = [self._call(node, [repetitions[start] for repetitions in uses]) for start in starts]
        if len(uses[0]) == 1:
            return calls[0]
        if form == "each":
            return self._chain(node, calls)
        count = self._count(node)
        if form == "same":
            return self._chain(node, [f"*({calls[0]} for _ in range({count}))"])
        rest = f"{count} - 1" if not count.isdigit() else str(int(count) - 1)
        return self._chain(node, [calls[0], calls[1] if rest == "1" else f"*({calls[1]} for _ in range({rest}))"])

    def loops(self, node: str) -> bool:
        """Tell whether the copies of a block need a loop in forward, as each takes or gives several tensors."""
        if len(self.blueprint.uses[0].inner[node]) == 1:
            return False
        inlets, outlets = ports(self.project, self.blueprint.network, node)
        return len(inlets) != 1 or len(outlets) != 1

    def _chain(self, node: str, calls: list[str]) -> str:
        if not self.loops(node):
            return f"nn.Sequential({', '.join(calls)})"
        if len(calls) == 1:
            return f"nn.ModuleList({calls[0].removeprefix('*(').removesuffix(')')})"
        return f"nn.ModuleList([{', '.join(calls)}])"

    def _count(self, node: str) -> str:
        repeat = catalogue.get(BLOCK).parameter("repeat")
        return written(repeat, self._drawn(node, repeat), self.blueprint.scope)

    def _call(self, node: str, uses: list[Use]) -> str:
        blueprint, _ = self.classes[uses[0]]
        places = [self.classes[use][1] for use in uses]
        sizes = [
            self.blueprint.said(node, name, tuple(values[place] for place in places))
            for name, values in blueprint.inferred.items()
        ]
        given = self.blueprint.network.parameters(node).get("arguments", {})
        return f"{blueprint.name}({', '.join(sizes + self._arguments(blueprint, uses, given))})"

    def _arguments(self, blueprint: Blueprint, uses: list[Use], given: dict[str, Value]) -> list[str]:
        """Return the arguments of a block that differ from the defaults of its network."""
        written_out = []
        for name, default in blueprint.network.arguments.items():
            value = given.get(name, default)
            integral = all(whole(use.arguments[name]) == int(use.arguments[name]) for use in uses)
            if isinstance(value, str):
                written_out.append(f"{blueprint.arguments[name]}={self.blueprint.scope.written(value, integral)}")
            elif value != default:
                written_out.append(f"{blueprint.arguments[name]}={literal(whole(value))}")
        return written_out


def repetition(copies: tuple[Use, ...], classes: Classes) -> tuple[str, list[list[tuple[int, Use]]]]:
    """Return how a block's copies differ (`same`, the `first` from the rest, `each`) and the runs of like ones."""
    numbered = list(enumerate(copies))
    runs = [list(run) for _, run in groupby(numbered, key=lambda entry: _sizes(entry[1], classes))]
    if len(runs) == 1:
        return "same", runs
    if len(runs) == 2 and len(runs[0]) == 1:
        return "first", runs
    return "each", [[entry] for entry in numbered]


def _sizes(use: Use, classes: Classes) -> tuple[int, tuple[str, ...]]:
    blueprint, place = classes[use]
    return id(blueprint), tuple(values[place] for values in blueprint.inferred.values())


def class_of(module: str) -> str:
    """Return how the code names a module's class: `nn.Linear`, or the bare name of one that is written out with it."""
    return "nn." + module.removeprefix("torch.nn.") if module.startswith("torch.nn.") else module.rpartition(".")[2]


def _one(value: Value) -> Value:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _passed(code: Mapping[str, str], known: Signature, leading: str) -> list[str]:
    """Return arguments in the constructor's order, those that people write without a name first and so.

    These are the required ones, and a single size or real number (`leading`) that comes first.
    """
    place = {name: at for at, name in enumerate(known.names)}
    passed: list[str] = []
    for name in sorted(code, key=lambda name: place.get(name, len(place))):
        positional = place.get(name, -1) == len(passed) and (name in known.required or (not passed and name == leading))
        passed.append(code[name] if positional else f"{name}={code[name]}")
    return passed
