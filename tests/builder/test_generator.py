"""The generated code: what it looks like, that it is stable, and that nothing hostile gets into it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from builder.generating import recording, signatures
from builder.generator import generate, source
from graphs.edits import AddDot, AddFrame, AddNote, SetBookmark, SetNetworkAttributes, SetTitle
from graphs.errors import UserError
from graphs.project import Project
from tests.graphs.sketch import Sketch, classifier, with_block

ROOT = Path(__file__).parent.parent.parent


def bottleneck() -> Sketch:
    """A block whose parameters are arithmetic over its arguments, with a shortcut."""
    sketch = Sketch()
    inner = Sketch("bottleneck", sketch.project, arguments={"width": 4, "groups": 1})
    inner.add("input", "Inlet").add("conv1", "Conv2d", out_channels="width", kernel_size=1, bias=False)
    inner.add("conv2", "Conv2d", out_channels="width", kernel_size=3, padding=1, groups="groups")
    inner.add("conv3", "Conv2d", out_channels="4 * width", kernel_size=1)
    inner.add("skip", "Conv2d", after="input", out_channels="4 * width", kernel_size=1)
    inner.add("add", "Add", after="").wire("conv3", "add", "inputs.0").wire("skip", "add", "inputs.1")
    inner.add("relu", "ReLU").add("output", "Outlet")
    return sketch


def test_a_chain_reads_as_a_person_would_write_it() -> None:
    assert (
        source(classifier().project)
        == '''from torch import nn


class Untitled(nn.Module):
    """Untitled: image (N, 1, 8, 8) -> digit (N, 10)."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.relu1 = nn.ReLU()
        self.fc1 = nn.Linear(256, 10)

    def forward(self, image):
        x = self.conv1(image)
        x = self.relu1(x)
        x = x.flatten(1)
        return self.fc1(x)
'''
    )


def test_a_block_is_a_class_with_arguments() -> None:
    sketch = bottleneck()
    sketch.add("image", "Input", shape=[3, 8, 8])
    sketch.add("layer1", "Block", network="bottleneck", repeat=3)
    sketch.add("layer2", "Block", network="bottleneck", arguments={"width": 8}).add("map", "Output")
    text = source(sketch.project)
    assert "def __init__(self, in_channels, width=4, groups=1):" in text
    assert "self.conv1 = nn.Conv2d(in_channels, width, 1, bias=False)" in text
    assert "self.conv2 = nn.Conv2d(width, width, 3, padding=1, groups=groups)" in text
    assert "self.conv3 = nn.Conv2d(width, 4 * width, 1)" in text
    assert "self.layer1 = nn.Sequential(Bottleneck(3), *(Bottleneck(16) for _ in range(2)))" in text
    assert "self.layer2 = Bottleneck(16, width=8)" in text
    assert "skip = self.skip(input)" in text


def test_equal_copies_are_one_expression() -> None:
    sketch = with_block(uses=1, repeat=3)
    assert "self.stage1 = nn.Sequential(*(Stage() for _ in range(3)))" in source(sketch.project)


def turned(kind: str, parameter: str) -> str:
    """Return the code of a network that uses a block twice, of one layer with a size from the block's argument."""
    sketch = Sketch()
    inner = Sketch("turn", sketch.project, arguments={"parts": 2})
    inner.add("input", "Inlet").add("turn", kind, **{parameter: ["parts", -1]}).add("output", "Outlet")
    sketch.add("features", "Input", shape=[8])
    sketch.add("one", "Block", network="turn", arguments={"parts": 4}).add("first", "Output")
    sketch.add("two", "Block", after="features", network="turn").add("second", "Output")
    return source(sketch.project)


def test_uses_that_need_other_statements_get_classes_of_their_own() -> None:
    text = turned("Reshape", "shape")
    assert "class Turn(nn.Module)" in text
    assert "class Turn2(nn.Module)" in text


def test_what_forward_needs_of_the_arguments_is_kept() -> None:
    text = turned("Unflatten", "unflattened_size")
    assert "self.turn_unflattened_size = (parts, -1)" in text
    assert "return input.unflatten(1, self.turn_unflattened_size)" in text
    assert "class Turn2" not in text


def test_lines_lead_to_nodes_and_back() -> None:
    sketch = classifier()
    made = generate(sketch.project)
    rows = made.text.splitlines()
    conv = made.lines["main"]["conv1"]
    assert [rows[number - 1].strip() for number in (*conv.init, *conv.forward)] == [
        "self.conv1 = nn.Conv2d(1, 4, 3, padding=1)",
        "x = self.conv1(image)",
    ]
    assert made.node_at(conv.forward[0]) == ("main", "conv1")
    assert made.node_at(1) is None
    assert made.lines["main"]["digit"].forward == made.lines["main"]["fc1"].forward


def test_long_lines_are_broken() -> None:
    sketch = Sketch().add("x" * 60, "Input", shape=[4])
    for number in range(6):
        sketch.add(f"a_layer_with_quite_a_long_name_{number}", "Linear", after="x" * 60, out_features=4)
    sketch.add("join", "Concat", after="")
    for number in range(6):
        sketch.wire(f"a_layer_with_quite_a_long_name_{number}", "join", f"inputs.{number}")
    sketch.add("result", "Output")
    text = source(sketch.project)
    assert max(map(len, text.splitlines())) <= 100
    ast.parse(text)


HOSTILE_TITLES = (
    '"""\nimport os\n"""',
    "\\",
    'a"""',
    "x\u202ey",
    "\x00",
    "Ω",
    "123",
    "class",
    "None",
    "nn",
    "",
    "\\N{DASH}",
)


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_no_title_gets_out_of_its_docstring(title: str) -> None:
    sketch = classifier()
    sketch.do(SetTitle(title))
    made = generate(sketch.project)
    tree = ast.parse(made.text)
    assert [type(node) for node in tree.body] == [ast.ImportFrom, ast.ClassDef]
    plain = source(classifier().project)
    assert len(list(ast.walk(tree))) == len(list(ast.walk(ast.parse(plain))))


@pytest.mark.parametrize("name", ["range", "int", "nn", "F", "torch", "math", "x", "y", "self_", "super_", "print"])
def test_names_that_code_uses_hide_nothing(name: str) -> None:
    sketch = Sketch()
    inner = Sketch("stage", sketch.project, arguments={"width": 4, "depth": 2})
    inner.add("input", "Inlet").add("fc", "Linear", out_features="width / 2 * 2").add("output", "Outlet")
    try:
        sketch.add(name, "Input", shape=[4])
    except UserError:
        return  # the model refuses it already
    sketch.add("stage", "Block", network="stage", repeat=2, arguments={"width": 8}).add("out", "Output")
    namespace: dict[str, object] = {"__name__": "test"}
    exec(source(sketch.project), namespace)


@pytest.mark.parametrize("argument", ["a b", "x=1):\n import os #", "class", "__import__('os')", "é"])
def test_arguments_that_are_no_names_are_refused(argument: str) -> None:
    sketch = with_block()
    with pytest.raises(UserError):
        source(after(sketch, argument))


def after(sketch: Sketch, argument: str) -> Project:
    """Return the project with one more argument of its block."""
    sketch.do(SetNetworkAttributes("stage", {"arguments": {"width": 8, argument: 1}}))
    return sketch.project


def test_a_network_with_errors_is_refused_with_the_first() -> None:
    with pytest.raises(UserError, match="digit has nothing on its input"):
        source(Sketch().add("image", "Input").add("digit", "Classification", after="").project)
    with pytest.raises(UserError, match="no network 'other'"):
        source(classifier().project, "other")


def test_an_unknown_layer_cannot_be_written() -> None:
    sketch = classifier()
    sketch.project.main.graph.nodes["relu1"]["layer"] = "FromTheFuture"
    with pytest.raises(UserError, match="FromTheFuture"):
        source(sketch.project)


def test_the_table_of_signatures_is_that_of_torch() -> None:
    assert {name: signatures.signature(f"torch.nn.{name}").names for name in recording.record()} == {
        name: tuple(arguments) for name, arguments in recording.record().items()
    }
    conv = signatures.signature("torch.nn.Conv2d")
    assert conv.required == {"in_channels", "out_channels", "kernel_size"}
    assert conv.is_default("bias", True)
    assert not conv.is_default("bias", 1)


def test_writing_code_needs_no_torch() -> None:
    program = (
        "import sys, builder.generator; from graphs import templates; "
        "builder.generator.source(templates.create('mlp')); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_frames_notes_dots_and_bookmarks_leave_the_code_as_it_is() -> None:
    sketch = classifier()
    before = source(sketch.project)
    sketch.do(AddFrame("main", "f", {"title": "Stem"}))
    sketch.do(AddNote("main", "n", {"text": "**why**", "frame": "f"}))
    sketch.do(AddDot("main", "conv1", "output", "relu1", "input", 0, (30, 150)))
    sketch.do(SetBookmark("main", "1", {"zoom": 0.5}))
    sketch.mark("conv1", frame="f")
    assert source(sketch.project) == before


def test_a_block_by_itself_has_no_code_and_says_where_it_is() -> None:
    with pytest.raises(UserError, match="stage is a block, whose code is written with that of a network"):
        source(with_block().project, "stage")
