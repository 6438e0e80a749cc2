"""Ways of wires: straight, curved, round what is in the way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.canvas.tables import wire_geometry
from widgets.canvas.tables.grid import touched
from widgets.canvas.tables.wire_geometry import AROUND, CURVED, STRAIGHT

SPOTS = st.integers(-400, 400).map(float)
RECTS = st.lists(st.tuples(SPOTS, SPOTS), min_size=2, max_size=8)


def test_what_lines_up_is_straight_and_what_goes_back_goes_round() -> None:
    ends = np.array([[0, 0, 0, 50], [0, 0, 30, 90], [0, 100, 0, 0], [0, 0, 300, 40]], dtype=float)
    nowhere = np.full((2, 4), 1e6)
    own = np.zeros((4, 2), dtype=np.int64)
    assert wire_geometry.styles(ends, own, nowhere).tolist() == [STRAIGHT, CURVED, AROUND, AROUND]


@given(RECTS)
def test_a_wire_passes_behind_no_node_that_leaves_it_room(corners: list[tuple[float, float]]) -> None:
    """From above to below everything, in line with all nodes or not: the way round is free."""
    rects = np.array([[x, y, x + 200, y + 52] for x, y in corners] + [[0, -900, 200, -848], [40, 900, 240, 952]])
    ends = np.array([[100, -848, 140, 900]], dtype=float)
    own = np.array([[len(rects) - 2, len(rects) - 1]])
    style = wire_geometry.styles(ends, own, rects)
    lanes = np.zeros(1)
    if style[0] == AROUND:
        lanes[0] = wire_geometry.Lanes(rects, np.empty((0, 3)), ends).take(*ends[0].tolist())
    lines = wire_geometry.segments(ends, style, lanes, 24)
    points = np.concatenate([lines[:, :2] + (lines[:, 2:] - lines[:, :2]) * share for share in np.linspace(0, 1, 40)])
    for left, top, right, bottom in rects[:-2].tolist():
        inside = (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > top) & (points[:, 1] < bottom)
        assert not inside.any()


@pytest.mark.parametrize("style", [STRAIGHT, CURVED, AROUND])
@pytest.mark.parametrize("flow", ["down", "right"])
def test_a_path_begins_and_ends_at_its_ports(style: int, flow: str) -> None:
    ends = (0.0, 0.0, 0.0 if style == STRAIGHT else 80.0, 120.0)
    path = wire_geometry.wire_path(ends, style, 150.0, flow)
    start, end = path.pointAtPercent(0), path.pointAtPercent(1)
    assert (start.x(), start.y()) == pytest.approx(ends[:2])
    assert (end.x(), end.y()) == pytest.approx(ends[2:])


@pytest.mark.parametrize("style", [STRAIGHT, CURVED, AROUND])
@pytest.mark.parametrize("zoom", [0.6, 1.0, 1.5])
@given(end=st.tuples(SPOTS, st.integers(30, 1200).map(float)))
def test_pieces_of_a_wire_lie_on_its_path_as_far_as_the_eye_can_tell(
    style: int, zoom: float, end: tuple[float, float]
) -> None:
    ends = (0.0, 0.0, 0.0 if style == STRAIGHT else end[0], end[1])
    path = wire_geometry.wire_path(ends, style, 450.0, "down")
    rows = wire_geometry.round_segments(np.array([ends]), np.array([style], np.int8), np.array([450.0]), zoom)
    assert (rows[1:, :2] == rows[:-1, 2:]).all()
    places = [path.pointAtPercent(share) for share in np.linspace(0, 1, 60).tolist()]
    off = max(float(wire_geometry.distances((place.x(), place.y()), rows).min()) for place in places)
    assert off * zoom < 0.6


def test_lanes_of_nested_wires_keep_apart() -> None:
    rects = np.array([[-100.0, 100 * k, 100.0, 100 * k + 52] for k in range(6)])
    ends = np.array([[0, 52, 0, 200], [0, 52, 0, 400]], dtype=float)
    lanes = wire_geometry.Lanes(rects, np.empty((0, 3)), ends)
    first, second = lanes.take(*ends[0].tolist()), lanes.take(*ends[1].tolist())
    assert first > 100
    assert second >= first + 10


def test_the_distance_from_a_line_is_that_from_its_nearest_point() -> None:
    lines = np.array([[0, 0, 10, 0], [0, 0, 0, 0], [20, 5, 20, 9]], dtype=float)
    assert wire_geometry.distances((13, 4), lines).tolist() == pytest.approx([5.0, np.hypot(13, 4), np.hypot(7, 1)])


@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 5, 40, 200]))
def test_boxes_that_touch_rects_are_all_found_and_far_ones_are_not(seed: int, count: int) -> None:
    """One after another for few rects, by covered cells for many."""
    chance = np.random.default_rng(seed)
    corners = [chance.uniform(-3000, 3000, (size, 2)) for size in (300, count)]
    boxes, rects = (np.hstack([low, low + chance.uniform(1, 300, low.shape)]) for low in corners)
    gaps = np.maximum(boxes[:, None, :2] - rects[None, :, 2:], rects[None, :, :2] - boxes[:, None, 2:]).max(axis=2)
    found, nearest = touched(boxes, rects), gaps.min(axis=1)
    assert found[nearest < 0].all()
    assert not found[nearest > 2 * 64].any()
    assert not touched(boxes, rects[:0]).any()
