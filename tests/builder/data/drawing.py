"""Small projects for the tests of data."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphs.edits import AddNode, Connect, Disconnect
from graphs.project import Project


def line(shape: Sequence[int | str], features: int, output: str, data: Mapping[str, Any], **given: Any) -> Project:
    """Return a project whose main network is Input `x` -> Linear `fc` -> `out` of kind `output`, with its data section.

    `given` are more parameters of the input.
    """
    project = Project()
    AddNode("main", "n1", "x", "Input", {"shape": tuple(shape), **given}).apply(project)
    AddNode("main", "n2", "fc", "Linear", {"out_features": features}, (0, 100)).apply(project)
    AddNode("main", "n3", "out", output, {}, (0, 200)).apply(project)
    Connect("main", "n1", "output", "n2", "input").apply(project)
    Connect("main", "n2", "output", "n3", "input").apply(project)
    project.data = dict(data)
    return project


def pictures(output: str, features: int, data: Mapping[str, Any]) -> Project:
    """Return a project for 8x8 pictures: Input `image` -> Flatten -> Linear `fc` -> `out`."""
    project = line((1, 8, 8), features, output, data)
    Disconnect("main", "n1", "output", "n2", "input").apply(project)
    AddNode("main", "n4", "flatten", "Flatten", {}, (0, 50)).apply(project)
    Connect("main", "n1", "output", "n4", "input").apply(project)
    Connect("main", "n4", "output", "n2", "input").apply(project)
    return project
