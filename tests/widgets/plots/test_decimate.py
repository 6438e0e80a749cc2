"""Decimated curves keep their shape, and smoothed ones stay within them."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some

from widgets.plots.decimate import SMOOTHED, decimate, smooth, smoothed

values = some.lists(some.floats(-1e6, 1e6), min_size=1, max_size=3000).map(numpy.array)
weights = some.sampled_from((0.3, 0.6, 0.9, 0.99))


@given(values, some.integers(1, 200))
def test_a_decimated_curve_is_short_keeps_its_extremes_and_invents_nothing(y: numpy.ndarray, bins: int) -> None:
    x = numpy.arange(len(y), dtype=float)
    short_x, short_y = decimate(x, y, bins)
    assert len(short_x) == len(short_y) <= 2 * bins
    assert short_y.max() == y.max()
    assert short_y.min() == y.min()
    assert set(short_y) <= set(y)
    assert (numpy.diff(short_x) >= 0).all()
    assert x[0] <= short_x[0] <= short_x[-1] <= x[-1]


@given(values, some.integers(1, 200))
def test_a_curve_that_has_room_is_left_as_it_is(y: numpy.ndarray, bins: int) -> None:
    x = numpy.arange(len(y), dtype=float)
    if len(y) <= 2 * bins:
        assert decimate(x, y, bins)[1].tolist() == y.tolist()


def test_what_is_drawn_stays_in_place_while_points_are_added() -> None:
    y = numpy.random.default_rng(0).normal(size=1100)
    x = numpy.arange(1100.0)
    before, after = decimate(x[:1060], y[:1060], 100), decimate(x, y, 100)
    assert len(before[0]) < len(after[0])
    whole = 2 * (1060 // 16)  # all but the stretch that was not full
    assert before[0][:whole].tolist() == after[0][:whole].tolist()
    assert before[1][:whole].tolist() == after[1][:whole].tolist()


def test_values_that_are_not_numbers_are_left_out() -> None:
    x, y = decimate(numpy.arange(4.0), numpy.array([1.0, numpy.nan, numpy.inf, 2.0]), 10)
    assert x.tolist() == [0.0, 3.0]
    assert y.tolist() == [1.0, 2.0]


@given(values, weights)
def test_a_smoothed_curve_stays_within_its_values_and_is_short(y: numpy.ndarray, weight: float) -> None:
    x, mean = smoothed(numpy.arange(len(y), dtype=float), y, weight)
    room = 1e-6 * max(1.0, abs(y).max())
    assert len(x) == len(mean) <= max(2, SMOOTHED)
    assert y.min() - room <= mean.min() <= mean.max() <= y.max() + room


@given(some.lists(some.floats(-1e3, 1e3), min_size=1, max_size=50).map(numpy.array), weights)
def test_smoothing_is_the_mean_weighted_by_age(y: numpy.ndarray, weight: float) -> None:
    for place, value in enumerate(smooth(y, weight)):
        shares = weight ** numpy.arange(place, -1, -1.0)
        assert value == pytest.approx((y[: place + 1] * shares).sum() / shares.sum(), abs=1e-6)


@given(some.floats(-1e6, 1e6), weights, some.integers(2, 2000))
def test_a_level_curve_stays_level(level: float, weight: float, count: int) -> None:
    _, mean = smoothed(numpy.arange(count, dtype=float), numpy.full(count, level), weight)
    assert mean == pytest.approx(level, rel=1e-9, abs=1e-9)


def test_no_weight_changes_nothing() -> None:
    y = numpy.array([3.0, 1.0, 2.0])
    assert smoothed(numpy.arange(3.0), y, 0.0)[1].tolist() == y.tolist()
