"""Nodes lined up, spread and straightened, in networks that flow down and to the right."""

import pytest

from graphs.alignment import AXES, SIDES, align, distribute, straighten
from graphs.edits import Move, SetNetworkAttributes
from graphs.errors import UserError
from graphs.framing import box_of
from tests.graphs.sketch import Sketch

SIZES = {"a": (100.0, 40.0), "b": (200.0, 60.0), "c": (60.0, 80.0)}
PLACES = {"a": (0.0, 0.0), "b": (130.0, 100.0), "c": (-50.0, 300.0)}


@pytest.mark.parametrize("flow", ["down", "right"])
@pytest.mark.parametrize("how", SIDES)
def test_the_named_side_lines_up_and_the_rest_stays(how: str, flow: str) -> None:
    found = PLACES | align(PLACES, SIZES, how, flow)
    axis, part = SIDES[how]
    boxes = [box_of(found[node], SIZES[node], flow) for node in PLACES]
    lines = [box[axis] + part * (box[axis + 2] - box[axis]) for box in boxes]
    assert lines == pytest.approx([lines[0]] * 3)
    assert all(found[node][1 - axis] == PLACES[node][1 - axis] for node in PLACES)
    assert align(found, SIZES, how, flow) == {}


@pytest.mark.parametrize("flow", ["down", "right"])
@pytest.mark.parametrize("how", AXES)
def test_gaps_become_equal_between_the_outermost(how: str, flow: str) -> None:
    found = PLACES | distribute(PLACES, SIZES, how, flow)
    axis = AXES[how]
    boxes = sorted((box_of(found[node], SIZES[node], flow) for node in PLACES), key=lambda box: box[axis])
    assert boxes[1][axis] - boxes[0][axis + 2] == pytest.approx(boxes[2][axis] - boxes[1][axis + 2])
    before = [box_of(PLACES[node], SIZES[node], flow) for node in PLACES]
    assert boxes[0][axis] == min(box[axis] for box in before)
    assert distribute(found, SIZES, how, flow) == {}


def test_two_nodes_have_no_gap_to_share() -> None:
    assert distribute({"a": (0, 0), "b": (9, 9)}, SIZES, "vertically") == {}


def test_what_is_no_way_to_line_up_is_refused() -> None:
    with pytest.raises(UserError, match="left, centre"):
        align(PLACES, SIZES, "up")
    with pytest.raises(UserError, match="horizontally or vertically"):
        distribute(PLACES, SIZES, "around")


def crooked() -> Sketch:
    """A chain whose layers stand beside one another's line, with a branch."""
    sketch = Sketch().add("image", "Input", shape=[16]).add("fc1", "Linear").add("fc2", "Linear").add("out", "Output")
    sketch.add("side", "Output", after="fc1")
    places: dict[str, tuple[float, float]] = {
        "image": (0, 0),
        "fc1": (11, 112),
        "fc2": (-9, 224),
        "out": (30, 336),
        "side": (300, 224),
    }
    sketch.do(Move("main", places))
    return sketch


def test_a_chain_follows_its_first_layer() -> None:
    network = crooked().project.main
    found = straighten(network, ["image", "fc1", "fc2", "out"])
    assert found == {"fc1": (0, 112), "fc2": (0, 224), "out": (0, 336)}


def test_of_two_readers_the_nearest_lines_up_and_the_other_stays() -> None:
    assert straighten(crooked().project.main, ["side", "fc2"]) == {"fc2": (11, 224)}


def test_a_first_layer_alone_lines_up_with_its_reader() -> None:
    assert straighten(crooked().project.main, ["image"]) == {"image": (11, 0)}


def test_ports_beside_the_middle_are_taken_into_account() -> None:
    ports = {("image", "output", True): 20.0, ("fc1", "input", False): -5.0}
    assert straighten(crooked().project.main, ["fc1"], ports=ports) == {"fc1": (25, 112)}


def test_pinned_nodes_stay_and_nothing_comes_to_lie_on_another() -> None:
    sketch = crooked().mark("fc1", pinned=True)
    assert straighten(sketch.project.main, ["image", "fc1"]) == {"image": (11, 0)}
    sketch.do(Move("main", {"side": (-100, 236)}))
    sketch.do(Move("main", {"fc2": (200, 224)}))
    assert straighten(sketch.project.main, ["fc2"]) == {}


def test_networks_that_flow_right_are_straightened_across() -> None:
    sketch = crooked()
    sketch.do(SetNetworkAttributes("main", {"flow": "right"}))
    places = {node: (y, x) for node in sketch.project.main for x, y in [sketch.project.main.position(node)]}
    sketch.do(Move("main", places))
    found = straighten(sketch.project.main, ["image", "fc1", "fc2", "out"])
    assert found == {"fc1": (112, 0), "fc2": (224, 0), "out": (336, 0)}


def test_straightening_twice_changes_nothing() -> None:
    sketch = crooked()
    nodes = list(sketch.project.main)
    sketch.do(Move("main", straighten(sketch.project.main, nodes)))
    assert straighten(sketch.project.main, nodes) == {}
