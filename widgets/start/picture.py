"""Paints a sketch of a project: bars in the colours of the categories along the flow, skips as lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from widgets.theme import Theme

if TYPE_CHECKING:
    from widgets.start.sketch import Bar, Sketch

_SMALL, _BIG = 0.22, 0.86


def paint_sketch(painter: QPainter, area: QRectF, drawing: "Sketch", theme: Theme) -> None:
    """Paint a sketch into an area."""
    if not drawing.bars:
        return
    inner = area.adjusted(20, 14, -20, -14)
    step = inner.width() / max(drawing.columns, 5)
    left = inner.center().x() - step * drawing.columns / 2
    width = min(10.0, step * 0.6)
    places = [_place(bar, inner, left, step, min(22.0, step * 0.8) if bar.inner else width) for bar in drawing.bars]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.wire["map"], 1.2))
    for source, target in drawing.wires:
        painter.drawPath(_wire(places, drawing.bars, source, target, inner))
    painter.setPen(QPen(theme.surface.canvas, 0))
    for bar, place in zip(drawing.bars, places, strict=True):
        if bar.inner:
            _paint_block(painter, place, bar.inner, theme)
        else:
            painter.setBrush(theme.category_colour(bar.category))
            painter.drawRoundedRect(place, 2, 2)


def _paint_block(painter: QPainter, place: QRectF, inner: Sequence[str], theme: Theme) -> None:
    """Paint a box with the layers of a block as bars in it."""
    painter.save()
    painter.setPen(QPen(theme.border.control, 1))
    painter.setBrush(theme.surface.raised)
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(QPen(theme.surface.raised, 0))
    step = place.width() / (len(inner) + 0.6)
    for number, category in enumerate(inner):
        bar = QRectF(place.left() + step * (number + 0.45), place.top() + 6, step * 0.7, place.height() - 12)
        painter.setBrush(theme.category_colour(category))
        painter.drawRoundedRect(bar, 1, 1)
    painter.restore()


def picture(drawing: "Sketch", theme: Theme, width: int, height: int, ratio: float) -> QPixmap:
    """Return a sketch as a pixmap of that many px, for a screen of `ratio` device pixels a px."""
    result = QPixmap(round(width * ratio), round(height * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(theme.surface.canvas)
    painter = QPainter(result)
    paint_sketch(painter, QRectF(0, 0, width, height), drawing, theme)
    painter.end()
    return result


def _place(bar: "Bar", inner: QRectF, left: float, step: float, width: float) -> QRectF:
    high = inner.height() * (_SMALL + (_BIG - _SMALL) * bar.height) * (0.5 if bar.lane else 1.0)
    centre = QPointF(left + step * (bar.column + 0.5), inner.center().y() + bar.lane * inner.height() * 0.55)
    return QRectF(centre.x() - width / 2, centre.y() - high / 2, width, high)


def _wire(places: Sequence[QRectF], bars: "Sequence[Bar]", source: int, target: int, inner: QRectF) -> QPainterPath:
    start, end = places[source].center(), places[target].center()
    path = QPainterPath(start)
    if bars[target].column - bars[source].column <= 1:
        path.lineTo(end)
        return path
    first, last = bars[source].column, bars[target].column
    between = [place.top() for place, bar in zip(places, bars, strict=True) if first < bar.column < last]
    height = max(inner.top(), min(between, default=start.y()) - 8)
    for corner in (QPointF(start.x() + 8, height), QPointF(end.x() - 8, height)):
        path.lineTo(QPointF(corner.x(), path.currentPosition().y()))
        path.lineTo(corner)
    path.lineTo(QPointF(end.x() - 8, end.y()))
    path.lineTo(end)
    return path
