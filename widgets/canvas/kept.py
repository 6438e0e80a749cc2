"""What is kept from frame to frame: one picture of all that rests, while the view is panned or something is in hand.

A frame that shows the same drawing at the same zoom scrolls the picture and paints only what came into view; what is
in hand is left out of it, and painted over it. Anything else that changes, and the picture is painted anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

Rows = npt.NDArray[np.intp]
_WHOLE = 1e-6
"""How far from a whole device pixel a step of the view may be for the picture to be scrolled by it."""


@dataclass(frozen=True)
class Held:
    """Rows of what is in hand: nodes, the wires at them, and the nodes at both ends of these."""

    nodes: frozenset[int] = frozenset()
    wires: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()


NONE_HELD = Held()


@dataclass(frozen=True, slots=True)
class Part:
    """What of a scene is painted: what is in hand alone, or all but that."""

    held: Held
    in_hand: bool
    _nodes: Rows = field(init=False, compare=False)
    _wires: Rows = field(init=False, compare=False)
    _ends: Rows = field(init=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("nodes", "wires", "ends"):
            rows = np.fromiter(getattr(self.held, name), dtype=np.intp)
            object.__setattr__(self, f"_{name}", rows)

    def has_node(self, row: int) -> bool:
        """Tell whether a node is painted."""
        return (row in self.held.nodes) == self.in_hand

    def nodes(self, rows: Rows) -> Rows:
        """Return those of `rows` that are painted."""
        return _those(rows, self._nodes, among=self.in_hand)

    def wires(self, rows: Rows) -> Rows:
        """Return those of `rows` that are painted."""
        return _those(rows, self._wires, among=self.in_hand)

    def labels(self, rows: Rows) -> Rows:
        """Return those of `rows` whose labels are painted: they keep clear of wires, so those of wires in hand move."""
        return _those(rows, self._ends, among=self.in_hand)


EVERYTHING = Part(NONE_HELD, in_hand=False)


def _those(rows: Rows, held: Rows, *, among: bool) -> Rows:
    if not len(held):
        return rows[:0] if among else rows
    return rows[np.isin(rows, held, invert=not among)]


class Kept:
    """The picture of what rests. `look` in its calls is everything that decides on it but for where the view is."""

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._look: object = None
        self._last: object = None
        self._offset = QPointF()
        self._due: list[QRect] = []

    def paint(
        self,
        painter: QPainter,
        look: object,
        offset: QPointF,
        size: QRectF,
        ratio: float,
        draw: Callable[[QPainter, QRectF], bool],
        *,
        keep: bool,
    ) -> bool:
        """Paint what rests; tell whether it is complete, or another frame should follow.

        draw: paints what is in a rect of the view, and tells whether nothing stood in for something else. keep: the
        next frame will look the same, though this one is the first that does.
        """
        steady, self._last = look == self._last, look
        if not (steady or keep):
            self._look = None
            return draw(painter, size)
        due = self._move(look, offset, size, ratio)
        on_picture = QPainter(self._picture)
        complete = True
        for area in due:
            rect = QRectF(QPointF(area.topLeft()) / ratio, QPointF(area.bottomRight() + QPoint(1, 1)) / ratio)
            on_picture.save()
            on_picture.setClipRect(rect)
            complete &= draw(on_picture, rect)
            on_picture.restore()
        on_picture.end()
        self._due = [] if complete else due
        painter.drawPixmap(QPointF(0, 0), self._picture)
        return complete

    def _move(self, look: object, offset: QPointF, size: QRectF, ratio: float) -> list[QRect]:
        """Bring the picture to where the view is; return what of it is to be painted, in device pixels."""
        pixels = QSize(*(int(np.ceil(side * ratio)) for side in (size.width(), size.height())))
        whole, step = QRect(QPoint(0, 0), pixels), (offset - self._offset) * ratio
        by = QPoint(round(step.x()), round(step.y()))
        even = max(abs(step.x() - by.x()), abs(step.y() - by.y())) < _WHOLE
        stays = whole.translated(by) & whole
        same = look == self._look and even and pixels == self._picture.size() and not stays.isEmpty()
        self._look = look
        if not same:
            self._offset = QPointF(offset)
            if pixels != self._picture.size():
                self._picture = QPixmap(pixels)
                self._picture.setDevicePixelRatio(ratio)
                self._picture.fill(Qt.GlobalColor.black)
            return [whole]
        if by.isNull():
            return self._due
        self._offset = QPointF(offset)
        self._picture.scroll(by.x(), by.y(), whole)
        beside = QRect(0 if by.x() > 0 else stays.right() + 1, 0, abs(by.x()), whole.height())
        above = QRect(stays.left(), 0 if by.y() > 0 else stays.bottom() + 1, stays.width(), abs(by.y()))
        moved = [area.translated(by) & whole for area in self._due]
        return [area for area in (beside, above, *moved) if not area.isEmpty()]
