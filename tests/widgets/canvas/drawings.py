"""Small networks for the tests of the canvas."""

from graphs.edits import AddNetwork, AddNode, Connect
from graphs.project import MAIN, Project


def chain() -> Project:
    """image, conv, relu, flatten and fc one below the other, wired but for the last wire."""
    project = Project()
    layers = (
        ("n1", "image", "Input", {"shape": [1, 8, 8]}, (0, 0)),
        ("n2", "conv", "Conv2d", {"out_channels": 16, "padding": 1}, (0, 80)),
        ("n3", "relu", "ReLU", {}, (0, 144)),
        ("n4", "flatten", "Flatten", {}, (0, 240)),
        ("n5", "fc", "Linear", {"out_features": 10}, (0, 320)),
    )
    for node, name, kind, parameters, place in layers:
        AddNode(MAIN, node, name, kind, parameters, place).apply(project)
    for source, target in (("n1", "n2"), ("n2", "n3"), ("n3", "n4")):
        Connect(MAIN, source, "output", target, "input").apply(project)
    return project


def with_block() -> Project:
    """A network whose one layer is a block that holds a chain of its own, used twice over."""
    project = chain()
    AddNetwork("inner").apply(project)
    layers = (
        ("i1", "input", "Inlet", (0, 0)),
        ("i2", "act", "ReLU", (0, 60)),
        ("i3", "output", "Outlet", (0, 120)),
    )
    for node, name, kind, place in layers:
        AddNode("inner", node, name, kind, {}, place).apply(project)
    Connect("inner", "i1", "output", "i2", "input").apply(project)
    Connect("inner", "i2", "output", "i3", "input").apply(project)
    AddNode(MAIN, "b1", "stage", "Block", {"network": "inner", "repeat": 2}, (300, 200)).apply(project)
    return project
