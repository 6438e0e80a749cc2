"""Compiled networks: keys, blocks, sharing, several inputs and outputs, states, and errors that name their node."""

import copy
import traceback

import pytest
import torch

import builder
from builder.compiler import Place, compile, located, node_of
from graphs.edits import Move
from graphs.reporting import report
from tests.builder.sameness import assert_same
from tests.builder.test_generator import bottleneck
from tests.graphs.sketch import Sketch, classifier, with_block


def test_keys_are_the_names_drawn() -> None:
    sketch = bottleneck()
    sketch.add("image", "Input", shape=[3, 8, 8])
    sketch.add("layer1", "Block", network="bottleneck", repeat=2).add("layer2", "Block", network="bottleneck")
    sketch.add("pool", "AdaptiveAvgPool2d", output_size=1).add("flatten", "Flatten")
    sketch.add("0", "Linear", out_features=2).add("label", "Classification")
    module = compile(sketch.project)
    keys = set(module.state_dict())
    assert {"layer1.0.conv1.weight", "layer1.1.conv1.weight", "layer2.conv1.weight", "0.weight", "0.bias"} <= keys
    assert module(torch.zeros(2, 3, 8, 8)).shape == (2, 2)
    assert module.netwright_nodes == {"layer1": "layer1", "layer2": "layer2", "pool": "pool", "0": "0"}


def test_the_package_offers_it() -> None:
    assert isinstance(builder.compile(classifier().project), torch.nn.Module)
    assert "class Untitled" in builder.source(classifier().project)


def test_repeats_feed_one_another() -> None:
    module = compile(with_block(uses=1, repeat=3).project)
    x = torch.randn(2, 16)
    expected = x
    for stage in module.get_submodule("stage1").children():
        expected = torch.relu(torch.nn.functional.linear(expected, stage.fc.weight, stage.fc.bias))
    assert_same(module(x), expected)


def test_copies_with_two_inlets_get_the_second_each_time() -> None:
    sketch = Sketch()
    inner = Sketch("mix", sketch.project)
    inner.add("a", "Inlet").add("b", "Inlet", after="")
    inner.add("fc", "Linear", after="a", out_features=4)
    inner.add("add", "Add", after="").wire("fc", "add", "inputs.0").wire("b", "add", "inputs.1").add("out", "Outlet")
    sketch.add("first", "Input", shape=[4]).add("second", "Input", after="", shape=[4])
    sketch.add("mixes", "Block", after="", network="mix", repeat=2)
    sketch.wire("first", "mixes", "a").wire("second", "mixes", "b")
    sketch.add("result", "Output", after="").wire("mixes", "result", out="out")
    module = compile(sketch.project)
    a, b = torch.randn(2, 3, 4)
    one, two = module.get_submodule("mixes").children()
    assert_same(module(a, b), two.fc(one.fc(a) + b) + b)


def test_shared_weights_are_one_module() -> None:
    sketch = Sketch().add("left", "Input", shape=[4]).add("fc", "Linear", out_features=4)
    sketch.add("again", "Linear", out_features=4).mark("again", shares="fc").add("result", "Output")
    module = compile(sketch.project)
    assert list(module.state_dict()) == ["fc.weight", "fc.bias"]
    x = torch.randn(2, 4)
    fc = module.get_submodule("fc")
    assert_same(module(x), fc(fc(x)))


def test_inputs_come_in_canvas_order_and_outputs_by_name() -> None:
    sketch = Sketch().add("right", "Input", shape=[3]).add("left", "Input", after="", shape=[2])
    sketch.do(Move("main", {"right": (100, 0), "left": (0, 0)}))
    sketch.add("join", "Concat", after="").wire("right", "join", "inputs.0").wire("left", "join", "inputs.1")
    sketch.add("both", "Output").add("one", "Output", after="left")
    module = compile(sketch.project)
    left, right = torch.randn(1, 2), torch.randn(1, 3)
    outputs = module(left, right)
    assert_same(outputs, {"both": torch.cat((right, left), 1), "one": left})
    assert_same(module(right=right, left=left), outputs)


def test_the_states_of_a_recurrent_layer_go_where_they_are_wired() -> None:
    sketch = Sketch().add("steps", "Input", shape=[5, 3]).add("encoder", "LSTM", hidden_size=4)
    sketch.add("decoder", "LSTM", after="steps", hidden_size=4, returns="last")
    for state in ("hidden", "cell"):
        sketch.wire("encoder", "decoder", state, out=state)
    sketch.add("result", "Output")
    module = compile(sketch.project)
    steps = torch.randn(2, 5, 3)
    _, states = module.get_submodule("encoder")(steps)
    assert_same(module(steps), module.get_submodule("decoder")(steps, states)[0][:, -1])


def test_frozen_bypassed_and_disabled_nodes() -> None:
    sketch = classifier().mark("conv1", frozen=True).mark("relu1", bypassed=True)
    sketch.add("extra", "Linear", after="flatten", out_features=3).mark("extra", disabled=True)
    module = compile(sketch.project)
    learning = {name: weight.requires_grad for name, weight in module.named_parameters()}
    assert learning == {"conv1.weight": False, "conv1.bias": False, "fc1.weight": True, "fc1.bias": True}
    assert not hasattr(module, "relu1")


def test_an_error_names_its_node_and_shows_its_line() -> None:
    sketch = with_block(uses=2)
    module = compile(sketch.project)
    with pytest.raises(RuntimeError) as caught, located():
        module(torch.zeros(2, 15))
    assert node_of(caught.value) == Place("stage", "fc", ("stage1",))
    assert (getattr(caught.value, "network", ""), getattr(caught.value, "node", "")) == ("stage", "fc")
    assert "x = self.fc(input)" in "".join(traceback.format_exception(caught.value))


def test_an_error_from_elsewhere_has_no_node() -> None:
    with pytest.raises(ZeroDivisionError) as caught, located():
        _ = 1 / 0
    assert node_of(caught.value) is None
    assert not hasattr(caught.value, "node")


def test_layers_can_be_replaced_and_modules_copied() -> None:
    module = compile(classifier().project)
    image = torch.randn(2, 1, 8, 8)
    twin = copy.deepcopy(module)
    assert_same(twin(image), module(image))
    twin.fc1 = torch.nn.Linear(256, 3)
    assert twin(image).shape == (2, 3)
    assert twin.state_dict()["fc1.weight"].shape == (3, 256)
    assert module(image).shape == (2, 10)


def test_torch_can_export_what_is_compiled() -> None:
    module = compile(with_block(uses=2, repeat=2).project).eval()
    features = torch.randn(2, 16)
    exported = torch.export.export(module, (features,))
    assert set(exported.state_dict) == set(module.state_dict())
    assert_same(exported.module()(features), module(features))


def test_numbered_layers_in_a_row_are_a_sequence() -> None:
    sketch = Sketch()
    inner = Sketch("features", sketch.project, arguments={"width": 4})
    inner.add("input", "Inlet").add("0", "Conv2d", out_channels="width", kernel_size=3).add("1", "BatchNorm2d")
    inner.add("2", "ReLU").mark("0", frozen=True).add("output", "Outlet")
    sketch.add("image", "Input", shape=[1, 8, 8]).add("features", "Block", network="features").add("map", "Output")
    text = builder.source(sketch.project)
    assert "class Features(nn.Sequential):" in text
    assert "            nn.BatchNorm2d(width),\n" in text
    module = compile(sketch.project)
    assert "features.1.running_mean" in module.state_dict()
    assert not module.get_parameter("features.0.weight").requires_grad
    with pytest.raises(RuntimeError) as caught:
        module(torch.zeros(1, 2, 8, 8))
    assert node_of(caught.value) == Place("main", "features")


def test_blocks_in_blocks_pass_arguments_on() -> None:
    sketch = Sketch()
    unit = Sketch("unit", sketch.project, arguments={"width": 8, "rate": 0.5})
    unit.add("input", "Inlet").add("fc", "Linear", out_features="ceil(width / 3)")
    unit.add("out", "Linear", out_features="width").add("output", "Outlet")
    stage = Sketch("stage", sketch.project, arguments={"width": 8, "depth": 2})
    stage.add("input", "Inlet")
    stage.add("units", "Block", network="unit", arguments={"width": "width * 1.5"}, repeat="depth")
    stage.add("last", "Block", network="unit", arguments={"width": "width / 2"}).add("output", "Outlet")
    sketch.add("features", "Input", shape=[5])
    sketch.add("one", "Block", network="stage", arguments={"depth": 3})
    sketch.add("two", "Block", network="stage", arguments={"width": 16}).add("result", "Output")
    module = compile(sketch.project)
    told = report(sketch.project)
    assert {name: tuple(weight.shape) for name, weight in module.named_parameters()} == told.weights
    assert module(torch.randn(2, 5)).shape == (2, 8)
    text = builder.source(sketch.project)
    assert "nn.Sequential(" in text
    assert "for _ in range(depth - 1)" in text
    assert "width=width // 2" in text
    assert "width=int(width * 1.5)" in text
