"""Puts classes together into the text of a module, and remembers which lines stand for which node."""

import ast
from dataclasses import dataclass, field
from itertools import pairwise

from builder.generating.blueprint import Blueprint
from builder.generating.construct import Classes, Constructor
from builder.generating.forward import Forward
from builder.generating.layout import STEP, fold
from builder.generating.names import class_name
from builder.generating.structure import groups
from builder.generating.uses import Use
from graphs import catalogue
from graphs.ports import BLOCK, ports
from graphs.project import Project

PLAIN_CALL = "{self}({input})"
_IMPORTS = {
    "math": "import math",
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "from torch.nn import functional as F",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of code; `part` is `init` or `forward` where it stands for nodes of a network."""

    text: str
    network: str = ""
    part: str = ""
    nodes: tuple[str, ...] = ()


@dataclass
class Writer:
    """Writes classes, inner ones first. `top` is the network that all is for, `docstring` goes into its class."""

    project: Project
    top: str
    top_class: str
    docstring: list[str]
    classes: Classes = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def network(self, name: str, uses: list[Use]) -> None:
        """Write the classes of one network, one for each group of uses that one class can serve."""
        for served in groups(uses, self.classes):
            blueprint = Blueprint(self._class_name(name), served)
            self._taken.add(blueprint.name)
            self._class(name, blueprint)
            self.classes |= {use: (blueprint, place) for place, use in enumerate(served)}

    def finished(self) -> list[Line]:
        """Return all lines, those that import what the code uses first."""
        tree = ast.parse("\n".join(line.text for line in self.lines))
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        standard = [Line(_IMPORTS["math"]), Line("")] if "math" in used else []
        return [*standard, *(Line(_IMPORTS[name]) for name in ("torch", "nn", "F") if name in used), *self.lines]

    def _class_name(self, name: str) -> str:
        return self.top_class if name == self.top else class_name(name, self._taken | {self.top_class}, "Block")

    def _class(self, name: str, blueprint: Blueprint) -> None:
        constructor = Constructor(self.project, blueprint, self.classes)
        forward = Forward(self.project, blueprint, constructor)
        made = self._modules(blueprint, constructor)
        body = forward.statements()
        made += [(node, f"self.{attribute} = {code}") for attribute, (node, code) in forward.attributes.items()]
        chained = name != self.top and is_sequential(self.project, blueprint)
        base = "nn.Sequential" if chained else "nn.Module"
        self.lines += [Line(""), Line(""), Line(f"class {blueprint.name}({base}):", name)]
        if name == self.top:
            self.lines += [Line(f"{STEP}{line}" if line else "", name) for line in self.docstring]
            self.lines += [Line("")]
        if chained:
            self._sequence(name, blueprint, [(node, constructor.module(node)) for node in blueprint.flow.nodes])
            return
        if made:
            self._add(1, f"def __init__({blueprint.signature()}):", name)
            self._add(2, "super().__init__()", name)
            for node, code in made:
                self._add(2, code, name, "init", (node,))
            self.lines.append(Line(""))
        self._add(1, f"def forward({', '.join(['self', *forward.arguments])}):", name)
        for statement in body:
            self._add(2, statement.text, name, "forward", statement.nodes)

    def _sequence(self, network: str, blueprint: Blueprint, made: list[tuple[str, str]]) -> None:
        """Write a class that runs its layers one after another, as nn.Sequential does, numbers being their names."""
        self._add(1, f"def __init__({blueprint.signature()}):", network)
        self._add(2, "super().__init__(", network)
        for node, code in made:
            self._add(3, f"{code},", network, "init", (node,))
        self._add(2, ")", network)

    def _modules(self, blueprint: Blueprint, constructor: Constructor) -> list[tuple[str, str]]:
        """Return the statement that makes the module of each node which has one."""
        made = []
        for node in blueprint.flow.owners():
            code, name = constructor.module(node), blueprint.network.name(node)
            if code:
                made.append((node, f'self.add_module("{name}", {code})' if name.isdigit() else f"self.{name} = {code}"))
        return made

    def _add(self, depth: int, code: str, network: str, part: str = "", nodes: tuple[str, ...] = ()) -> None:
        for statement in code.split("\n"):
            bare = statement.lstrip(" ")
            indent = STEP * depth + " " * (len(statement) - len(bare))
            self.lines += [Line(line, network, part, nodes) for line in fold(bare, indent)]


def is_sequential(project: Project, blueprint: Blueprint) -> bool:
    """Tell whether a network is a chain of modules called 0, 1, 2..., each with one tensor in and one out."""
    flow, network = blueprint.flow, blueprint.network
    if len(flow.inputs) != 1 or len(flow.outputs) != 1 or flow.owners() != flow.nodes or not flow.nodes:
        return False
    chain = [flow.inputs[0], *flow.nodes, flow.outputs[0]]
    linked = all([r.node for r in flow.sources(after)] == [before] for before, after in pairwise(chain))
    numbered = [network.name(node) for node in flow.nodes] == [str(place) for place in range(len(flow.nodes))]
    return linked and numbered and all(_is_plain(project, blueprint, node) for node in flow.nodes)


def _is_plain(project: Project, blueprint: Blueprint, node: str) -> bool:
    network = blueprint.network
    if network.kind(node) == BLOCK:
        return all(len(side) == 1 for side in ports(project, network, node))
    spec = catalogue.get(network.kind(node))
    return bool(spec.module) and spec.call == PLAIN_CALL and not spec.targets and len(spec.outputs) == 1
