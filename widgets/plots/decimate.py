"""Fewer points for the same picture: the lowest and highest of each pixel's worth of a curve, and smoothing."""

import numpy

from widgets.drawings import Numbers

SMOOTHED = 400  # points across a plot that smoothing sees: its weight then means the same for short and long runs


def decimate(x: Numbers, y: Numbers, bins: int) -> tuple[Numbers, Numbers]:
    """Return at most two points for each of `bins` stretches: the lowest and the highest, in the order of x.

    x and y are (n,); values that are not finite are left out. A stretch holds a power of two of points, so that
    it stays where it is while points are added behind it.
    """
    x, y = finite(x, y)
    if len(x) <= 2 * bins:
        return x, y
    edges = _edges(len(x), bins)
    low, high = numpy.minimum.reduceat(y, edges), numpy.maximum.reduceat(y, edges)
    ends = numpy.append(edges[1:], len(x))
    rising = y[edges] <= y[ends - 1]
    pairs = numpy.where(rising, (low, high), (high, low))
    return numpy.repeat(x[(edges + ends) // 2], 2), pairs.T.reshape(-1)


def smoothed(x: Numbers, y: Numbers, weight: float, most: int = SMOOTHED) -> tuple[Numbers, Numbers]:
    """Return a curve of at most `most` points that runs through the middle of one of any length."""
    x, y = finite(x, y)
    if weight <= 0 or len(x) < 2:
        return x, y
    shares: Numbers | None = None
    if len(x) > most:
        edges = _edges(len(x), most)
        counts = numpy.diff(numpy.append(edges, len(x)))
        x, y = numpy.add.reduceat(x, edges) / counts, numpy.add.reduceat(y, edges) / counts
        shares = counts / counts[0]
    return x, smooth(y, weight, shares)


def smooth(y: Numbers, weight: float, shares: Numbers | None = None) -> Numbers:
    """Return the running mean of finite y (n,), each value weighing `weight` times the next one.

    shares: how much of a value each one is, 1 unless given; a stretch that is not full yet counts for less.
    Starts unbiased, as the first moment of Adam does (Kingma and Ba 2015).
    """
    out = numpy.empty_like(y)
    held, mass = 0.0, 0.0
    parts = numpy.ones(len(y)) if shares is None else shares
    for place, (value, decay) in enumerate(zip(y.tolist(), (weight**parts).tolist(), strict=True)):
        held, mass = held * decay + value * (1 - decay), mass * decay + (1 - decay)
        out[place] = held / mass
    return out


def finite(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Return the points whose value is a number."""
    there = numpy.isfinite(y)
    return (x, y) if there.all() else (x[there], y[there])


def _edges(count: int, bins: int) -> numpy.typing.NDArray[numpy.int64]:
    """Return where each stretch of `count` points begins."""
    width = 1 << (-(-count // bins) - 1).bit_length()
    return numpy.arange(0, count, width, dtype=numpy.int64)
