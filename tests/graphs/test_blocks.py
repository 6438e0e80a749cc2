"""Layers into a block and back: the same shapes, counts and wires, and every step undone exactly."""

import pytest

from graphs.blocks import make_block, make_unique
from graphs.edits import SetParameters
from graphs.errors import EditProblem
from graphs.project import Project
from graphs.reporting import report
from graphs.unfolding import expand
from tests.graphs.sketch import Sketch, classifier, with_block
from tests.graphs.test_fragments import apply_and_undo


def residual() -> Sketch:
    """A residual step: two layers and the wire around them."""
    sketch = Sketch().add("features", "Input", shape=[16]).add("fc1", "Linear", out_features=16)
    sketch.add("relu1", "ReLU").add("fc2", "Linear", out_features=16)
    sketch.add("sum", "Add", after="").wire("fc2", "sum", "inputs.0").wire("features", "sum", "inputs.1")
    return sketch.add("out", "Output", after="sum")


def the_block(project: Project) -> str:
    """The only block of the main network."""
    (node,) = project.main.of_kind("Block")
    return node


def test_a_block_in_the_place_of_layers_computes_the_same() -> None:
    project = residual().project
    before = report(project)
    apply_and_undo(project, make_block(project, "main", ["fc1", "relu1", "fc2", "sum"], "step"))
    after = report(project)
    assert after.problems == ()
    assert set(project.networks) == {"main", "step"}
    assert (after.parameters, after.macs) == (before.parameters, before.macs)
    assert project.networks["step"].names() == {"input", "fc1", "relu1", "fc2", "sum", "output"}
    assert len(project.main.wires_into(the_block(project))) == 1
    assert after.nodes[the_block(project)].weights.keys() == {"fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"}


def test_expanding_a_block_gives_its_layers_back() -> None:
    project = residual().project
    before = report(project)
    make_block(project, "main", ["fc1", "relu1", "fc2", "sum"], "step").apply(project)
    apply_and_undo(project, expand(project, "main", the_block(project)))
    after = report(project)
    assert after.problems == ()
    assert set(project.networks) == {"main"}
    assert (after.parameters, after.macs, after.weights) == (before.parameters, before.macs, before.weights)
    named = {(project.main.name(w.source), project.main.name(w.target), w.key) for w in project.main.wires()}
    assert ("features", "sum", "output:inputs.1") in named
    assert ("fc2", "sum", "output:inputs.0") in named


def test_every_tensor_that_crosses_the_border_gets_one_port() -> None:
    project = residual().project
    apply_and_undo(project, make_block(project, "main", ["fc2", "sum"]))
    assert report(project).problems == ()
    block = project.networks["block"]
    assert [block.name(node) for node in block.of_kind("Inlet")] == ["input", "input1"]


def test_arguments_go_into_the_block_and_are_written_out_again() -> None:
    sketch = with_block(uses=1)
    sketch.do(SetParameters("main", "stage1", {"arguments": {"width": 3}}))
    project = sketch.project
    apply_and_undo(project, make_block(project, "stage", ["fc", "act"], "inner"))
    assert project.networks["inner"].arguments == {"width": 8}
    assert report(project).specs["stage1"]["output"].shape == (6,)
    apply_and_undo(project, expand(project, "main", "stage1"))
    (inner,) = project.main.of_kind("Block")
    assert report(project).specs[inner]["output"].shape == (6,)
    apply_and_undo(project, expand(project, "main", inner))
    found = report(project)
    assert found.problems == ()
    (fc,) = project.main.of_kind("Linear")
    assert found.nodes[fc].values["out_features"] == 6


def test_the_copies_of_a_repeated_block_are_laid_out_one_after_the_other() -> None:
    project = with_block(uses=1, repeat=3).project
    before = report(project)
    apply_and_undo(project, expand(project, "main", "stage1"))
    after = report(project)
    assert after.problems == ()
    assert after.parameters == before.parameters
    assert len(project.main.of_kind("Linear")) == 3


def test_a_use_given_its_own_copy_leaves_the_others_as_they_are() -> None:
    project = with_block(uses=2).project
    apply_and_undo(project, make_unique(project, "main", "stage2"))
    assert project.main.parameters("stage2")["network"] != "stage"
    SetParameters(project.main.parameters("stage2")["network"], "fc", {"bias": False}).apply(project)
    found = report(project)
    assert "fc.bias" in found.nodes["stage1"].weights
    assert "fc.bias" not in found.nodes["stage2"].weights


@pytest.mark.parametrize(
    ("nodes", "words"),
    [
        (["fc1", "fc2"], "relu1 lies between"),
        (["features", "fc1"], "features stays outside"),
        (["sum", "out"], "out stays outside"),
        ([], "Select"),
    ],
)
def test_layers_that_cannot_stand_behind_one_node_are_refused(nodes: list[str], words: str) -> None:
    with pytest.raises(EditProblem, match=words):
        make_block(residual().project, "main", nodes)


def test_weights_are_not_shared_across_the_border_of_a_block() -> None:
    sketch = classifier()
    sketch.add("fc2", "Linear", after="fc1", out_features=10).mark("fc2", shares="fc1")
    with pytest.raises(EditProblem, match="shares the weights of fc1"):
        make_block(sketch.project, "main", ["fc1"])
    with pytest.raises(EditProblem, match="shares the weights of fc1"):
        make_block(sketch.project, "main", ["fc2"])


def test_what_is_no_block_cannot_be_expanded() -> None:
    with pytest.raises(EditProblem, match="no block"):
        expand(classifier().project, "main", "fc1")


def test_an_open_block_has_the_room_for_its_layers_already() -> None:
    project = with_block(uses=1).project
    project.main.graph.nodes["stage1"]["open"] = True
    others = {node: project.main.position(node) for node in project.main if node != "stage1"}
    apply_and_undo(project, expand(project, "main", "stage1"))
    assert {node: project.main.position(node) for node in others} == others
    assert not any(project.main[node].get("open") for node in project.main)
