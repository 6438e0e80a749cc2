"""Edits drawn at random that fit a project, of every kind there is."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from graphs.edits import (
    AddNetwork,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    RemoveNode,
    Rename,
    RenameNetwork,
    ReplaceLayer,
    SetAttributes,
    SetNetworkAttributes,
    SetParameters,
    SetSection,
    SetTitle,
)
from graphs.errors import UserError
from graphs.naming import free_name
from graphs.project import Project
from graphs.splices import fresh_ids
from tests.graphs.random_annotations import ANNOTATIONS

LAYERS: dict[str, list[dict[str, Any]]] = {
    "Input": [{}, {"shape": [16]}, {"shape": ["T", 4]}, {"shape": [3, 8, 8]}],
    "Linear": [{}, {"out_features": 16}, {"out_features": "2 * width"}, {"bias": False}],
    "Conv2d": [{"padding": 1}, {"out_channels": 3, "stride": 2}],
    "ReLU": [{}],
    "Flatten": [{}],
    "BatchNorm1d": [{}],
    "Softmax": [{}],
    "Add": [{}],
    "Concat": [{}],
    "LSTM": [{}],
    "Classification": [{}, {"loss": "nll"}],
    "Output": [{}],
    "Block": [{"network": "stage"}, {"network": "nowhere"}, {"network": "stage", "repeat": 2}, {"network": "main"}],
    "Inlet": [{}],
    "Outlet": [{}],
    "FromElsewhere": [{}, {"depth": 3}],
}
PORTS = ("input", "output", "inputs.0", "inputs.1", "inputs.2", "state", "nothing")


class Chance:
    """Draws edits for one project."""

    def __init__(self, random: Random, project: Project) -> None:
        self.random = random
        self.project = project

    def edits(self, count: int) -> Iterator[tuple[Edit, Edit]]:
        """Apply random edits one after another; yield each with its inverse."""
        applied = 0
        while applied < count:
            edit = self.draw()
            try:
                back = edit.apply(self.project)
            except UserError:
                continue
            applied += 1
            yield edit, back

    def draw(self) -> Edit:
        """Draw one edit, which may not fit."""
        makers: list[Callable[[str], Edit | None]] = [*[self._add] * 3, *[self._wire] * 8, self._remove]
        makers += [
            self._cut,
            *[self._set] * 3,
            self._attribute,
            self._attribute,
            self._rename,
            self._move,
            self._replace,
        ]
        makers += [self._network, self._arguments, self._section, self._group]
        makers += [self._annotation] * 2
        while True:
            network = self.random.choice([*self.project.networks])
            edit = self.random.choice(makers)(network)
            if edit is not None:
                return edit

    def _node(self, network: str) -> str | None:
        nodes = [*self.project.networks[network]]
        return self.random.choice(nodes) if nodes else None

    def _add(self, network: str) -> Edit:
        held = self.project.networks[network]
        kind = self.random.choice([*LAYERS])
        parameters = self.random.choice(LAYERS[kind])
        place = (8 * self.random.randrange(20), 8 * self.random.randrange(80))
        return AddNode(network, next(fresh_ids(held)), free_name("layer", held.names()), kind, parameters, place)

    def _remove(self, network: str) -> Edit | None:
        node = self._node(network)
        return RemoveNode(network, node) if node else None

    def _wire(self, network: str) -> Edit | None:
        source, target = self._node(network), self._node(network)
        if source is None or target is None:
            return None
        likely = self.random.random() < 0.7
        out = "output" if likely else self.random.choice(PORTS)
        into = "input" if likely else self.random.choice(PORTS)
        return Connect(network, source, out, target, into)

    def _cut(self, network: str) -> Edit | None:
        wires = [*self.project.networks[network].wires()]
        if not wires:
            return None
        w = self.random.choice(wires)
        return Disconnect(network, w.source, w.source_port, w.target, w.target_port)

    def _set(self, network: str) -> Edit | None:
        node = self._node(network)
        if node is None:
            return None
        kind = self.project.networks[network].kind(node)
        values = self.random.choice(LAYERS[kind])
        held = [*self.project.networks[network].parameters(node)]
        return SetParameters(network, node, values, tuple(name for name in held if name not in values)[:1])

    def _attribute(self, network: str) -> Edit | None:
        node = self._node(network)
        if node is None:
            return None
        name = self.random.choice(["bypassed", "disabled", "shares", "comment"])
        if name in self.project.networks[network][node]:
            return SetAttributes(network, node, {}, (name,))
        value: Any = {"shares": self._node(network), "comment": "as in the paper"}.get(name, True)
        return SetAttributes(network, node, {name: value})

    def _rename(self, network: str) -> Edit | None:
        node = self._node(network)
        return Rename(network, node, f"name{self.random.randrange(50)}") if node else None

    def _move(self, network: str) -> Edit | None:
        node = self._node(network)
        return Move(network, {node: (8 * self.random.randrange(90), 0)}) if node else None

    def _replace(self, network: str) -> Edit | None:
        node = self._node(network)
        kind = self.random.choice([kind for kind in LAYERS if kind != "FromElsewhere"])
        return ReplaceLayer(network, node, kind) if node else None

    def _network(self, network: str) -> Edit:
        if self.random.random() < 0.5:
            return AddNetwork(f"part{self.random.randrange(3)}", {"arguments": {"width": 4}})
        return RenameNetwork(network, self.random.choice(["stage", "stem", "head"]))

    def _arguments(self, network: str) -> Edit:
        return SetNetworkAttributes(network, {"arguments": {"width": self.random.randrange(1, 9)}})

    def _section(self, network: str) -> Edit:
        if self.random.random() < 0.5:
            return SetTitle(f"Title {self.random.randrange(9)}")
        return SetSection("training", {"epochs": self.random.randrange(9)})

    def _annotation(self, network: str) -> Edit | None:
        return self.random.choice(ANNOTATIONS)(self.random, self.project, network)

    def _group(self, network: str) -> Edit | None:
        parts = [self._move(network), self._set(network), self._wire(network)]
        return Group(tuple(part for part in parts if part is not None), "Several")
