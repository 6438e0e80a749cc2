"""Several layers at once: what they share, values set, found and replaced, kinds swapped, marks on and off."""

import pytest

from graphs.edits import SetParameters
from graphs.errors import EditProblem, UserError
from graphs.multi import MARKS, find_value, replace_layers, replace_value, set_on_all, shared_parameters, toggle
from graphs.network import NODE_ATTRIBUTES
from tests.graphs.sketch import Sketch
from tests.graphs.test_fragments import apply_and_undo


def layers() -> Sketch:
    """Two convolutions, a pooling, two activations and two linear layers."""
    sketch = Sketch().add("image", "Input", shape=[3, 16, 16])
    sketch.add("conv1", "Conv2d", out_channels=8, kernel_size=3, padding=1).add("relu1", "ReLU")
    sketch.add("conv2", "Conv2d", out_channels=16, kernel_size=5).add("relu2", "ReLU")
    sketch.add("pool", "MaxPool2d", kernel_size=3).add("flatten", "Flatten")
    return sketch.add("fc1", "Linear", out_features=16, bias=False).add("fc2", "Linear").add("odd", "Wormhole", depth=3)


def test_layers_of_one_kind_share_all_their_parameters() -> None:
    found = {shared.parameter.name: shared for shared in shared_parameters(layers().project.main, ["conv2", "conv1"])}
    assert found["kernel_size"].mixed
    assert found["kernel_size"].values == {"conv1": (3, 3), "conv2": (5, 5)}
    assert not found["stride"].mixed
    assert found["stride"].value == (1, 1)


def test_layers_of_two_kinds_share_what_both_take() -> None:
    network = layers().project.main
    assert {shared.parameter.name for shared in shared_parameters(network, ["conv1", "fc1"])} == {"bias"}
    assert shared_parameters(network, ["conv1", "odd"]) == ()
    assert shared_parameters(network, []) == ()


def test_values_are_set_where_they_differ() -> None:
    project = layers().project
    edit = set_on_all(project, "main", ["conv1", "conv2"], {"kernel_size": 3})
    assert edit.edits == (SetParameters("main", "conv2", {"kernel_size": (3, 3)}),)
    assert edit.title == "Set kernel_size of conv2"
    apply_and_undo(project, edit)
    apply_and_undo(project, set_on_all(project, "main", ["fc1", "fc2", "conv1"], {"bias": True}))
    assert "bias" not in project.main.parameters("fc1")


@pytest.mark.parametrize(("values", "words"), [({"bias": 3}, "conv1, bias: got 3"), ({"depth": 3}, "conv1: .*'depth'")])
def test_a_value_that_a_layer_does_not_take_is_refused_by_its_name(values: dict[str, int], words: str) -> None:
    with pytest.raises(UserError, match=words):
        set_on_all(layers().project, "main", ["conv1", "fc1"], values)


def test_a_value_is_found_as_each_parameter_reads_it() -> None:
    project = layers().project
    found = [(hit.node, hit.parameter.name) for hit in find_value(project, "main", "", 16)]
    assert found == [("conv2", "out_channels"), ("fc1", "out_features")]
    assert [hit.node for hit in find_value(project, "main", "kernel_size", 3)] == ["conv1", "pool"]
    assert [hit.value for hit in find_value(project, "main", "bias", False)] == [False]
    assert [*find_value(project, "main", "bias", True, nodes=["fc1"])] == []
    assert [hit.node for hit in find_value(project, "main", "bias", True, kind="Linear")] == ["fc2"]


def test_a_value_is_replaced_over_a_network_or_a_selection() -> None:
    project = layers().project
    apply_and_undo(project, replace_value(project, "main", "", 16, 24))
    assert project.main.parameters("conv2")["out_channels"] == 24
    assert project.main.parameters("fc1")["out_features"] == 24
    apply_and_undo(project, replace_value(project, "main", "out_channels", 24, "2 * 8", ["conv1", "conv2"]))
    assert project.main.parameters("conv2")["out_channels"] == 16
    with pytest.raises(EditProblem, match="No out_channels is 99 here"):
        replace_value(project, "main", "out_channels", 99, 1)
    with pytest.raises(UserError, match="conv2, out_channels"):
        replace_value(project, "main", "out_channels", 16, -1)


def test_layers_become_another_kind_and_keep_what_fits() -> None:
    project = layers().project
    apply_and_undo(project, replace_layers(project, "main", ["relu1", "relu2"], "GELU"))
    assert {project.main.kind(node) for node in ("relu1", "relu2")} == {"GELU"}
    edit = replace_layers(project, "main", ["pool", "relu1"], "AvgPool2d")
    assert edit.title == "Make 2 layers AvgPool2d"
    edit.apply(project)
    assert project.main.kind("pool") == "AvgPool2d"
    assert project.main.parameters("pool") == {"kernel_size": (3, 3)}
    assert replace_layers(project, "main", ["relu2"], "GELU").edits == ()
    with pytest.raises(UserError, match="no layer"):
        replace_layers(project, "main", ["relu1"], "Geluu")


def test_marks_are_set_on_all_and_then_taken_off() -> None:
    project = layers().project
    toggle(project, "main", ["relu1"], "bypassed").apply(project)
    edit = toggle(project, "main", ["relu1", "relu2"], "bypassed")
    assert (edit.title, len(edit.edits)) == ("Bypass relu2", 1)
    apply_and_undo(project, edit)
    edit = toggle(project, "main", ["relu1", "relu2"], "bypassed")
    assert edit.title == "Stop bypassing 2 layers"
    apply_and_undo(project, edit)
    assert "bypassed" not in project.main["relu1"]
    with pytest.raises(EditProblem, match="bypassed, disabled"):
        toggle(project, "main", ["relu1"], "shares")


def test_every_mark_is_an_attribute_of_nodes() -> None:
    assert MARKS.keys() <= NODE_ATTRIBUTES.keys()
