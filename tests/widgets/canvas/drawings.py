"""Small networks for the tests of the canvas, and which way they run."""

import pytest

from graphs.edits import AddNetwork, AddNode, Connect
from graphs.project import MAIN, Project

DOWN, RIGHT = "down", "right"
FLOWS = pytest.mark.parametrize("flow", [DOWN, RIGHT])
"""Runs a test about places in both flows: its fixtures and helpers turn the downward drawing that it is written for."""
STRETCH = 3.5
"""How much longer along the flow a drawing is that runs to the right, where the widths of nodes stand in a row."""


def turned(project: Project, flow: str = RIGHT) -> Project:
    """Let all networks of a downward drawing run to the right, if that is the flow; return the project."""
    for network in project.networks.values() if flow == RIGHT else ():
        network.graph.graph["flow"] = RIGHT
        for _, node in network.graph.nodes(data=True):
            node["position"] = in_flow(*node["position"], flow)
    return project


def in_flow(x: float, y: float, flow: str) -> tuple[float, float]:
    """Return where in a flow a place of the downward drawing is."""
    return (y * STRETCH, x) if flow == RIGHT else (x, y)


def chain(flow: str = DOWN) -> Project:
    """image, conv, relu, flatten and fc one after the other, wired but for the last wire."""
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
    return turned(project, flow)


def with_block(flow: str = DOWN) -> Project:
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
    return turned(project, flow)
