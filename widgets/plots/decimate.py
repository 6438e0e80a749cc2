"""Fewer points for the same picture: the lowest and highest of each pixel's worth of a curve, and smoothing."""

import numpy
from numpy.typing import NDArray

Numbers = NDArray[numpy.float64]


def decimate(x: Numbers, y: Numbers, bins: int) -> tuple[Numbers, Numbers]:
    """Return at most two points for each of `bins` stretches: the lowest and the highest, in the order of x.

    x and y are (n,); values that are not finite are left out.
    """
    finite = numpy.isfinite(y)
    if not finite.all():
        x, y = x[finite], y[finite]
    if len(x) <= 2 * bins:
        return x, y
    edges = numpy.linspace(0, len(x), bins + 1).astype(numpy.int64)[:-1]
    low, high = numpy.minimum.reduceat(y, edges), numpy.maximum.reduceat(y, edges)
    places = numpy.append(edges, len(x))
    middle = x[edges + numpy.diff(places) // 2]
    rising = y[edges] <= y[numpy.minimum(places[1:], len(y)) - 1]
    pairs = numpy.where(rising, (low, high), (high, low))
    return numpy.repeat(middle, 2), pairs.T.reshape(-1)


def smooth(y: Numbers, weight: float) -> Numbers:
    """Return the running mean of y (n,), each value weighing `weight` times the next one; 0 changes nothing.

    Starts unbiased, as the first moment of Adam does (Kingma and Ba 2015).
    """
    if weight <= 0 or len(y) < 2:
        return y
    out = numpy.empty_like(y)
    held, mass = 0.0, 0.0
    for place, value in enumerate(y.tolist()):
        if value == value:  # a point that is not a number leaves the mean as it was
            held, mass = held * weight + value * (1 - weight), mass * weight + (1 - weight)
        out[place] = held / mass if mass else value
    return out
