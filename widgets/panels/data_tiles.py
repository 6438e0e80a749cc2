"""Samples side by side: images as thumbnails and sequences as small curves, each with its label below."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import Theme

CAPTION = 20
GAP = 14
MOST_CURVES = 4


class Tiles(QWidget):
    """Equal tiles in as many columns as there is room for; only those on view are drawn."""

    def __init__(self, theme: Theme, tile: QSize) -> None:
        super().__init__()
        self.theme = theme
        self.tile = tile
        self.captions: tuple[str, ...] = ()
        self.count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, captions: Sequence[str]) -> None:
        """Make room for so many tiles."""
        self.count, self.captions = count, tuple(captions)
        self._fit()
        self.update()

    @property
    def columns(self) -> int:
        """How many tiles stand side by side."""
        return max(1, (self.width() + GAP) // (self.tile.width() + GAP))

    def place(self, index: int) -> QRect:
        """Return where a tile's picture is."""
        row, column = divmod(index, self.columns)
        across, down = self.tile.width() + GAP, self.tile.height() + CAPTION + GAP
        return QRect(column * across, row * down, self.tile.width(), self.tile.height())

    def sizeHint(self) -> QSize:
        rows = -(-self.count // self.columns)
        return QSize(self.tile.width(), rows * (self.tile.height() + CAPTION + GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.minimumHeight() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.theme.font("body"))
        for index in range(self.count):
            place = self.place(index)
            if place.adjusted(0, 0, 0, CAPTION).intersects(event.rect()):
                self.paint_tile(painter, place, index)
                if index < len(self.captions):
                    below = QRect(place.left(), place.bottom() + 3, place.width(), CAPTION - 4)
                    painter.setPen(self.theme.text.secondary)
                    text = painter.fontMetrics().elidedText(
                        self.captions[index], Qt.TextElideMode.ElideRight, below.width()
                    )
                    painter.drawText(below, Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

    def paint_tile(self, painter: QPainter, place: QRect, index: int) -> None:
        """Draw one tile's picture."""


class Thumbnails(Tiles):
    """Images (N, C, H, W): grey with one channel, else the first three as red, green and blue."""

    def __init__(self, theme: Theme, images: npt.NDArray[np.floating], captions: Sequence[str]) -> None:
        super().__init__(theme, QSize(74, 74))
        self._pictures = [QPixmap.fromImage(picture) for picture in as_pictures(images)]
        self._smooth = max(images.shape[2:], default=0) > self.tile.width()
        self.show_count(len(self._pictures), captions)

    def paint_tile(self, painter: QPainter, place: QRect, index: int) -> None:
        picture = self._pictures[index]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        fitted = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect(place.topLeft(), fitted)
        area.moveCenter(place.center())
        painter.fillRect(place, self.theme.surface.field)
        painter.drawPixmap(area, picture)


class Curves(Tiles):
    """Sequences (N, T, F): a curve a feature, all tiles on one scale."""

    def __init__(self, theme: Theme, sequences: npt.NDArray[np.floating], captions: Sequence[str]) -> None:
        super().__init__(theme, QSize(168, 64))
        self._sequences = sequences.reshape(len(sequences), sequences.shape[1], -1)[:, :, :MOST_CURVES]
        finite = self._sequences[np.isfinite(self._sequences)]
        self._low, self._high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        self.show_count(len(sequences), captions)

    def paint_tile(self, painter: QPainter, place: QRect, index: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(place, self.theme.surface.field)
        area = QRectF(place).adjusted(4, 6, -4, -6)
        steps = self._sequences.shape[1]
        span = (self._high - self._low) or 1.0
        for feature in range(self._sequences.shape[2]):
            values = self._sequences[index, :, feature]
            points = [
                QPointF(
                    area.left() + area.width() * step / max(1, steps - 1),
                    area.bottom() - area.height() * (float(value) - self._low) / span,
                )
                for step, value in enumerate(values)
                if np.isfinite(value)
            ]
            painter.setPen(QPen(self.theme.series[feature], 1.5))
            painter.drawPolyline(QPolygonF(points))


def as_pictures(images: npt.NDArray[np.floating]) -> list[QImage]:
    """Return (N, C, H, W) as pictures, from the darkest number of all to the brightest."""
    finite = np.nan_to_num(images.astype(np.float32))
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    levels = ((finite - low) * (255 / ((high - low) or 1.0))).astype(np.uint8)
    channels = 3 if levels.shape[1] >= 3 else 1
    pixels = np.ascontiguousarray(levels[:, :channels].transpose(0, 2, 3, 1))
    form = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_Grayscale8
    # A copy, since QImage does not hold on to the memory that it is given.
    return [QImage(p.tobytes(), p.shape[1], p.shape[0], p.shape[1] * channels, form).copy() for p in pixels]
