"""What is kept from frame to frame: a picture of all that rests, and one of much that is carried in hand.

A frame that shows the same drawing at the same zoom shows another part of the picture, which is a little larger than
the view; where the picture ends, it is scrolled, and what came into it is painted. Anything else that changes, and the
picture is painted anew.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets.canvas.tables.node_geometry import Rect

RIM = 64
"""How far a picture reaches beyond the view on each side, px, so that not every frame paints something, and what a
frame paints is seldom on view yet: when half of it is used up on one side, the picture is scrolled."""
_WHOLE = 1e-6
"""How far from a whole device pixel a step of the view may be for the picture to be moved by it."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """Rects of the canvas, only ever more of them, and where each is on the view."""

    rects: Sequence[Rect]
    on_view: Callable[[Rect], QRectF]


class Kept:
    """A picture of the view. `look` in its calls is everything that decides on it but for where what it shows lies.

    ground: what it is filled with below what is drawn.
    """

    def __init__(self, ground: Qt.GlobalColor = Qt.GlobalColor.black) -> None:
        self._ground = ground
        self._picture = QPixmap()
        self._look: object = None
        self._last: object = None
        self._offset = QPointF()
        self._from, self._corner = QPointF(), QPoint()
        """The corner of the part of the view that is painted, and where in the picture this is, in device pixels."""
        self._due: list[QRect] = []
        self._mended = 0

    def paint(
        self,
        painter: QPainter,
        look: object,
        offset: QPointF,
        view: QRectF,
        ratio: float,
        draw: Callable[[QPainter, QRectF], bool],
        *,
        keep: bool,
        rims: tuple[int, int] = (RIM, RIM),
        extent: QRectF | None = None,
        spoilt: Spoilt | None = None,
    ) -> bool:
        """Paint what the picture shows; tell whether it is complete, or another frame should follow.

        view: the part of the view to be painted, on whole device pixels. offset: where in the view lies what the
        picture shows. draw: paints what is in a rect of the view, or near it, and tells whether nothing stood in for
        something else. keep: the next frame will look the same, though this one is the first that does. rims: how far
        the picture reaches beyond `view`, left and right and above and below. extent: the part of the view beyond which
        nothing is drawn. spoilt: where the drawing is another since `look` is what it is.
        """
        steady, self._last = look == self._last, look
        if not (steady or keep):
            self._look = None
            return draw(painter, view)
        self._from = view.topLeft()
        pixels = QSize(*(math.ceil(side * ratio) for side in (view.width(), view.height())))
        same, due = look == self._look, self._move(look, offset - self._from, pixels, ratio, rims)
        if spoilt is not None:
            due = [*due, *self._mending(spoilt, ratio)] if same else due
            self._mended = len(spoilt.rects)
        complete = self._draw(due, ratio, draw, extent)
        self._due = [] if complete else due
        shown = QRect(self._corner, pixels)
        if extent is not None:
            shown &= self._on_picture(extent, ratio)
        painter.drawPixmap(self._on_view(shown, ratio).topLeft(), self._picture, QRectF(shown))
        return complete

    def drop(self) -> None:
        """Take no memory while nothing is to be shown."""
        self._picture, self._look, self._last, self._due = QPixmap(), None, None, []

    def _on_picture(self, rect: QRectF, ratio: float) -> QRect:
        """Return where on the picture a rect of the view is, in device pixels."""
        corner = (rect.topLeft() - self._from) * ratio
        return QRectF(corner, rect.size() * ratio).toAlignedRect().translated(self._corner)

    def _on_view(self, area: QRect, ratio: float) -> QRectF:
        """Return where in the view an area of the picture is."""
        return QRectF(self._from + QPointF(area.topLeft() - self._corner) / ratio, area.size().toSizeF() / ratio)

    def _draw(
        self, due: list[QRect], ratio: float, draw: Callable[[QPainter, QRectF], bool], extent: QRectF | None
    ) -> bool:
        if not due:
            return True
        painter, complete = QPainter(self._picture), True
        painter.translate(QPointF(self._corner) / ratio - self._from)
        for area in due:
            rect = self._on_view(area, ratio)
            painter.save()
            painter.setClipRect(rect)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(rect, self._ground)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if extent is None or extent.intersects(rect):
                complete &= draw(painter, rect)
            painter.restore()
        painter.end()
        return complete

    def _mending(self, spoilt: Spoilt, ratio: float) -> list[QRect]:
        """Return what of the picture was spoilt since the last frame, in device pixels."""
        whole = QRect(QPoint(0, 0), self._picture.size())
        rects = dict.fromkeys(spoilt.rects[self._mended :])  # two edits of one layer spoil the same
        areas = (self._on_picture(spoilt.on_view(rect), ratio) & whole for rect in rects)
        return [area for area in areas if not area.isEmpty()]

    def _move(self, look: object, offset: QPointF, pixels: QSize, ratio: float, rims: tuple[int, int]) -> list[QRect]:
        """Bring the picture to where the view is; return what of it is to be painted, in device pixels."""
        step, (across, along) = (offset - self._offset) * ratio, (round(rim * ratio) for rim in rims)
        middle, all_pixels = QPoint(across, along), pixels.grownBy(QMargins(across, along, across, along))
        by, whole = QPoint(round(step.x()), round(step.y())), QRect(QPoint(0, 0), all_pixels)
        even = max(abs(step.x() - by.x()), abs(step.y() - by.y())) < _WHOLE
        same = look == self._look and even and all_pixels == self._picture.size()
        self._look, self._offset, corner = look, QPointF(offset), self._corner - by
        away = middle - corner
        shift = QPoint(
            away.x() if abs(away.x()) > across // 2 else 0,
            away.y() if abs(away.y()) > along // 2 else 0,
        )
        self._corner = corner + shift
        if same and shift.isNull():
            return self._due
        stays = whole.translated(shift) & whole
        if not same or stays.isEmpty():
            self._corner = middle
            if all_pixels != self._picture.size():
                self._picture = QPixmap()  # so that there are never two
                self._picture = QPixmap(all_pixels)
                self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._ground)
            return [whole]
        self._picture.scroll(shift.x(), shift.y(), whole)
        beside = QRect(0 if shift.x() > 0 else stays.right() + 1, 0, abs(shift.x()), whole.height())
        above = QRect(stays.left(), 0 if shift.y() > 0 else stays.bottom() + 1, stays.width(), abs(shift.y()))
        moved = [area.translated(shift) & whole for area in self._due]
        return [area for area in (beside, above, *moved) if not area.isEmpty()]
