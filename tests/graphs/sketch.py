"""Small networks drawn by edits, as a user draws them."""

from typing import Any

from graphs.edits import AddNetwork, AddNode, Connect, Edit, SetAttributes
from graphs.project import MAIN, Project

STEP = 112


class Sketch:
    """A project under the pencil: `add` layers and `wire` them; every node's id is its name."""

    def __init__(self, network: str = MAIN, project: Project | None = None, **attributes: Any) -> None:
        self.project = Project() if project is None else project
        self.network = network
        if network not in self.project.networks:
            self.do(AddNetwork(network, attributes))
        self.last = ""

    def do(self, edit: Edit) -> Edit:
        """Apply an edit and return its inverse."""
        return edit.apply(self.project)

    def add(self, name: str, layer: str, after: str | None = None, **parameters: Any) -> "Sketch":
        """Add a layer below the last one, wired to it or to the one named `after`; an empty `after` wires nothing."""
        place = (0, STEP * len(self.project.networks[self.network]))
        self.do(AddNode(self.network, name, name, layer, parameters, place))
        source = self.last if after is None else after
        self.last = name
        return self.wire(source, name) if source else self

    def wire(self, source: str, target: str, into: str = "input", out: str = "output") -> "Sketch":
        """Wire two layers."""
        self.do(Connect(self.network, source, out, target, into))
        return self

    def mark(self, node: str, **attributes: Any) -> "Sketch":
        """Set attributes of a node, such as bypassed."""
        self.do(SetAttributes(self.network, node, attributes))
        return self


def classifier() -> Sketch:
    """A small classifier of images without anything wrong."""
    return (
        Sketch()
        .add("image", "Input", shape=[1, 8, 8])
        .add("conv1", "Conv2d", out_channels=4, kernel_size=3, padding=1)
        .add("relu1", "ReLU")
        .add("flatten", "Flatten")
        .add("fc1", "Linear", out_features=10)
        .add("digit", "Classification")
    )


def with_block(uses: int = 2, repeat: int = 1) -> Sketch:
    """A network of blocks, each the network `stage` with the argument `width`."""
    sketch = Sketch()
    inner = Sketch("stage", sketch.project, arguments={"width": 8})
    inner.add("input", "Inlet").add("fc", "Linear", out_features="2 * width").add("act", "ReLU").add("output", "Outlet")
    sketch.add("features", "Input", shape=[16])
    for number in range(1, uses + 1):
        sketch.add(f"stage{number}", "Block", network="stage", repeat=repeat)
    return sketch.add("digit", "Classification")
