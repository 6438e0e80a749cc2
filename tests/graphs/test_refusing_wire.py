"""A refusal among several wires of one port names the wire, and mends that one."""

import networkx as nx

from graphs.network import Network
from graphs.project import Project
from graphs.reporting import report


def test_the_shortcut_is_named_and_gets_the_convolution() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    layers = {
        "image": ("Input", {"shape": (3, 32, 32)}),
        "conv": ("Conv2d", {"out_channels": 16, "stride": (2, 2), "padding": (1, 1)}),
        "join": ("Add", {}),
        "result": ("Output", {}),
    }
    for place, (name, (kind, parameters)) in enumerate(layers.items()):
        graph.add_node(name, name=name, layer=kind, parameters=parameters, position=[0, 100 * place])
    graph.add_edge("image", "conv", key="output:input")
    graph.add_edge("conv", "join", key="output:inputs.0")
    graph.add_edge("image", "join", key="output:inputs.4")
    graph.add_edge("join", "result", key="output:input")
    project = Project(networks={"main": Network(graph)})

    problem = report(project).problems[0]
    assert (problem.node, problem.port, problem.came) == ("join", "inputs.4", "3×32×32 from image")
    (fix,) = problem.fixes
    fix.edit.apply(project)
    assert not report(project).errors
