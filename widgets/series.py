"""A curve that grows at its end, kept in one array so that plots read it without copies."""

import numpy

from widgets.drawings import Numbers


class Series:
    """Points in rising x; where a resumed run goes back, the points from there on are replaced."""

    def __init__(self) -> None:
        self._points = numpy.empty((2, 256))
        self.count = 0

    @property
    def x(self) -> Numbers:
        """Where the points are: epochs, as fractions."""
        return self._points[0, : self.count]

    @property
    def y(self) -> Numbers:
        """The values."""
        return self._points[1, : self.count]

    def add(self, x: float, y: float) -> None:
        """Add one point."""
        self.extend(numpy.array([x]), numpy.array([y]))

    def extend(self, x: Numbers, y: Numbers) -> None:
        """Add points; those of the curve that lie at or beyond the first new one are replaced by them."""
        if not len(x):
            return
        kept = int(numpy.searchsorted(self.x, x[0]))
        if kept + len(x) > self._points.shape[1]:
            room = numpy.empty((2, 2 * (kept + len(x))))
            room[:, :kept] = self._points[:, :kept]
            self._points = room
        self._points[0, kept : kept + len(x)] = x
        self._points[1, kept : kept + len(x)] = y
        self.count = kept + len(x)
