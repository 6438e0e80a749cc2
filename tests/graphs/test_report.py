"""The report: shapes, counts, cost, and blocks as each use has them."""

import graphs
from graphs.dimensions import symbol
from graphs.edits import SetParameters
from graphs.reporting import report
from tests.graphs.sketch import Sketch, classifier, with_block


def test_the_report_is_a_function_of_the_package() -> None:
    assert graphs.report(classifier().project).problems == ()


def test_a_sound_network_has_shapes_counts_and_no_problems() -> None:
    found = report(classifier().project)
    assert found.problems == ()
    assert found.order == ("image", "conv1", "relu1", "flatten", "fc1", "digit")
    assert found.specs["conv1"]["output"].shape == (4, 8, 8)
    assert found.specs["flatten"]["output"].shape == (256,)
    assert found.nodes["fc1"].values == {"in_features": 256, "out_features": 10, "bias": True}
    assert found.nodes["fc1"].weights == {"weight": (10, 256), "bias": (10,)}
    assert found.nodes["conv1"].inputs["input"][0].shape == (1, 8, 8)
    assert found.parameters == 4 * 9 + 4 + 2560 + 10
    assert found.macs == 64 * 36 + 2560
    assert found.weight_bytes == 4 * found.parameters
    assert found.activation_bytes == 4 * (64 + 256 + 256 + 256 + 10)
    assert list(found.weights) == ["conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias"]


def test_lengths_not_known_yet_are_carried_as_symbols() -> None:
    sketch = Sketch().add("steps", "Input", shape=["T", 3]).add("fc", "Linear", out_features=5).add("out", "Output")
    found = report(sketch.project)
    assert found.problems == ()
    assert found.specs["fc"]["output"].shape == (symbol("T"), 5)
    assert found.macs == 15 * symbol("T")
    assert found.parameters == 20


def test_a_block_is_reported_as_each_use_has_it() -> None:
    sketch = with_block(uses=2)
    sketch.do(SetParameters("main", "stage2", {"arguments": {"width": 3}}))
    found = report(sketch.project)
    assert found.problems == ()
    assert found.specs["stage1"]["output"].shape == (16,)
    assert found.specs["stage2"]["output"].shape == (6,)
    inner = found.nodes["stage2"].inner
    assert inner is not None
    assert inner.network == "stage"
    assert inner.nodes["fc"].weights["weight"] == (6, 16)
    assert found.nodes["stage2"].weights == {"fc.weight": (6, 16), "fc.bias": (6,)}
    assert found.parameters == 16 * 16 + 16 + 6 * 16 + 6


def test_arguments_of_a_block_reach_the_blocks_inside_it() -> None:
    sketch = with_block(uses=0)
    outer = Sketch("body", sketch.project, arguments={"size": 5})
    outer.add("input", "Inlet").add("stage", "Block", network="stage", arguments={"width": "size + 1"})
    outer.add("output", "Outlet")
    main = Sketch(project=sketch.project)
    main.add("body1", "Block", after="features", network="body", arguments={"size": 9}).add("result", "Output")
    found = report(sketch.project)
    assert found.specs["body1"]["output"].shape == (20,)
    assert list(found.nodes["body1"].weights) == ["stage.fc.weight", "stage.fc.bias"]


def test_the_copies_of_a_repeated_block_feed_one_another_and_have_their_own_weights() -> None:
    sketch = with_block(uses=1, repeat=3)
    sketch.do(SetParameters("main", "stage1", {"arguments": {"width": 2}}))
    found = report(sketch.project).nodes["stage1"]
    assert found.weights["0.fc.weight"] == (4, 16)
    assert found.weights["1.fc.weight"] == found.weights["2.fc.weight"] == (4, 4)
    assert found.parameters == 68 + 20 + 20
    assert found.outputs["output"].shape == (4,)


def test_a_block_by_itself_leaves_what_its_inlets_bring_open_and_blames_nobody() -> None:
    found = report(with_block().project, "stage")
    assert found.problems == ()
    assert not found.nodes["fc"].known


def test_a_disabled_layer_is_no_part_of_the_network_and_a_bypassed_one_hands_its_input_on() -> None:
    sketch = classifier().mark("relu1", bypassed=True)
    assert report(sketch.project).problems == ()
    sketch.mark("conv1", bypassed=True)
    found = report(sketch.project)
    assert found.specs["flatten"]["output"].shape == (64,)
    assert found.nodes["conv1"].parameters == 0
    sketch.mark("fc1", disabled=True)
    found = report(sketch.project)
    assert found.parameters == 0
    assert [(p.kind, p.node) for p in found.errors] == [("unconnected-input", "digit")]


def test_shared_weights_count_once() -> None:
    sketch = Sketch().add("left", "Input", shape=[6]).add("fc1", "Linear", out_features=6)
    sketch.add("fc2", "Linear", out_features=6).add("out", "Output").mark("fc2", shares="fc1")
    found = report(sketch.project)
    assert found.problems == ()
    assert found.parameters == 42
    assert list(found.weights) == ["fc1.weight", "fc1.bias"]


def test_an_expression_outside_of_a_block_is_told_as_a_bad_value() -> None:
    sketch = classifier()
    sketch.do(SetParameters("main", "fc1", {"out_features": "2 * width"}))
    assert [problem.kind for problem in report(sketch.project).problems] == ["bad-value"]


def test_a_layer_that_is_not_known_may_have_any_ports() -> None:
    sketch = Sketch().add("a", "Input", shape=[4]).add("b", "Input", after="", shape=[4]).add("warp", "Warp", after="")
    sketch.wire("a", "warp", "inputs.0").wire("b", "warp", "inputs.1").wire("b", "warp", "side.left")
    found = report(sketch.add("out", "Output").project)
    assert [problem.kind for problem in found.problems] == ["unknown-layer", "waits"]
