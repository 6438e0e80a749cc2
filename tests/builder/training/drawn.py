"""Small projects, quick to train, that the tests of training share."""

from graphs import edits
from graphs.parameters import Value
from graphs.project import MAIN, Project

Layers = list[tuple[str, str, dict[str, Value]]]


def chain(layers: Layers, source: dict[str, Value], **training: Value) -> Project:
    """Return a project of layers in a row: (name, kind, parameters) each."""
    project = Project("Test")
    for number, (name, kind, parameters) in enumerate(layers):
        edits.AddNode(MAIN, f"n{number}", name, kind, parameters, (0, 80 * number)).apply(project)
        if number:
            edits.Connect(MAIN, f"n{number - 1}", "output", f"n{number}", "input").apply(project)
    project.data = {"source": source}
    project.training = dict(training)
    return project


def classifier(**training: Value) -> Project:
    """Return a classifier of irises with dropout and batch normalization, which both have a state to resume."""
    layers: Layers = [
        ("features", "Input", {"shape": (4,)}),
        ("fc1", "Linear", {"out_features": 16}),
        ("norm", "BatchNorm1d", {}),
        ("relu", "ReLU", {}),
        ("drop", "Dropout", {"p": 0.2}),
        ("fc2", "Linear", {"out_features": 3}),
        ("species", "Classification", {}),
    ]
    return chain(layers, {"kind": "iris"}, **{"epochs": 5, "batch_size": 16, **training})
