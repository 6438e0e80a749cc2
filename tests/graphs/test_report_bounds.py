"""Drawings of a few lines that ask for too much, as a hostile file may have them: each is told of, at once."""

import pytest

from graphs.dimensions import DEEPEST as DEEPEST_LENGTH
from graphs.reporting import report
from tests.graphs.sketch import Sketch, with_block


def nested(depth: int, doubled: bool) -> Sketch:
    """Blocks in blocks, each holding the next one once or twice."""
    sketch = with_block(uses=0)
    inner = "stage"
    for level in range(depth):
        outer = Sketch(f"level{level}", sketch.project).add("input", "Inlet").add("one", "Block", network=inner)
        if doubled:
            outer.add("two", "Block", network=inner)
        outer.add("output", "Outlet")
        inner = f"level{level}"
    return sketch.add("body", "Block", after="features", network=inner).add("out", "Output")


def only_problem(sketch: Sketch) -> str:
    """The message of the one root cause."""
    (problem,) = [problem for problem in report(sketch.project).problems if problem.cause is None]
    return problem.message


def test_blocks_that_double_at_each_level_are_not_unfolded() -> None:
    assert "stands for too much" in only_problem(nested(20, doubled=True))


def test_blocks_inside_blocks_end_somewhere() -> None:
    assert only_problem(nested(400, doubled=False)) == "one lies too deep. Came a block in 24 others, expected fewer."
    assert report(nested(20, doubled=False).project).problems == ()


def test_copies_that_change_their_shape_are_counted_before_they_are_measured() -> None:
    sketch = Sketch()
    grow = Sketch("grow", sketch.project).add("input", "Inlet")
    grow.add("up", "ConvTranspose1d", out_channels=2, kernel_size=2, stride=1).add("output", "Outlet")
    many = Sketch("many", sketch.project).add("input", "Inlet").add("grow", "Block", network="grow", repeat=40)
    many.add("output", "Outlet")
    sketch.add("signal", "Input", shape=[2, 8]).add("body", "Block", network="many", repeat=4096).add("out", "Output")
    assert "stands for too much" in only_problem(sketch)


def test_lengths_that_would_take_hours_to_write_out_are_refused() -> None:
    names = [f"A{number}" for number in range(20)]
    sketch = Sketch().add("data", "Input", shape=names)
    for axis in range(1, 21):
        sketch.add(f"crop{axis}", "Slice", dim=axis, start=1)
    assert "a sum of more than 128 terms" in only_problem(sketch.add("out", "Output"))


def test_quotients_in_quotients_are_quick_and_end_somewhere() -> None:
    sketch = Sketch().add("signal", "Input", shape=[1, "T"])
    for level in range(DEEPEST_LENGTH + 1):
        sketch.add(f"up{level}", "ConvTranspose1d", out_channels=1, kernel_size=3, stride=3)
        sketch.add(f"down{level}", "Conv1d", out_channels=1, stride=2, padding=1)
    assert "is divided" in only_problem(sketch.add("out", "Output"))


@pytest.mark.parametrize("across", [False, True], ids=["ring", "ring with chords"])
def test_a_large_circle_is_told_in_a_few_names(across: bool) -> None:
    sketch = Sketch()
    for number in range(300):
        sketch.add(f"r{number}", "Add", after="")
    for number in range(300):
        sketch.wire(f"r{number}", f"r{(number + 1) % 300}", "inputs.0")
        sketch.wire(f"r{number}", f"r{(number + 7 if across else number + 1) % 300}", "inputs.1")
    (circle,) = [problem for problem in report(sketch.project).problems if problem.kind == "cycle"]
    assert circle.message.startswith("r0 feeds itself: r0 → r1 → ")
    assert len(circle.message) < 160
    assert circle.fixes
