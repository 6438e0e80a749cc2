"""Numbers at an axis: few, round, inside, evenly spaced."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from widgets.plots.ticks import log_ticks, ticks


@given(some.floats(-1e6, 1e6), some.floats(1e-4, 1e6), some.integers(1, 8))
def test_there_are_never_more_than_asked_for_and_all_lie_inside(low: float, length: float, most: int) -> None:
    high = low + length
    assume(high > low)
    found = ticks(low, high, most)
    assert len(found) <= most
    room = 1e-6 * max(abs(low), abs(high), length)
    assert all(low - room <= value <= high + room for value, _ in found)
    steps = [b[0] - a[0] for a, b in itertools.pairwise(found)]
    assert not steps or max(steps) == pytest.approx(min(steps), rel=1e-3, abs=room)


@pytest.mark.parametrize(
    ("low", "high", "most", "words"),
    [
        (0, 40, 5, ["0", "10", "20", "30", "40"]),
        (0.31, 1.02, 4, ["0.4", "0.6", "0.8", "1.0"]),
        (0, 2.3, 4, ["0", "1", "2"]),
        (0, 1, 3, ["0.0", "0.5", "1.0"]),
        (0, 3e8, 4, ["0", "1e+08", "2e+08", "3e+08"]),
    ],
)
def test_usual_axes(low: float, high: float, most: int, words: list[str]) -> None:
    assert [text for _, text in ticks(low, high, most)] == words


def test_epochs_are_whole() -> None:
    assert [text for _, text in ticks(0, 3, 8, whole=True)] == ["0", "1", "2", "3"]


def test_a_logarithmic_axis_counts_in_powers_of_ten() -> None:
    assert [text for _, text in log_ticks(-3.2, 1.1, 4)] == ["0.001", "0.1", "10"]


def test_within_one_power_of_ten_a_logarithmic_axis_has_plain_numbers() -> None:
    found = log_ticks(-0.31, 0.25, 4)
    assert [text for _, text in found] == ["0.5", "1.0", "1.5"]
    assert found[1][0] == pytest.approx(0.0)


@pytest.mark.parametrize("make", [ticks, log_ticks])
def test_an_axis_without_extent_has_none(make: object) -> None:
    assert callable(make)
    assert make(1.0, 1.0, 4) == []
    assert make(0.0, float("nan"), 4) == []
