"""The camera: which part of the canvas is on the screen, how large, and how it glides there."""

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation, Signal

from widgets.canvas.lens import Lens
from widgets.canvas.tables.node_geometry import Rect

LEAST, MOST = 0.02, 4.0
_STEP = 1.2


class Camera(QObject, Lens):
    """A lens that moves, and tells that it did. ratio: device pixels a px of the screen."""

    moved = Signal()
    zoomed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.offset = QPointF(0, 0)
        self.ratio = 1.0
        self._behind = QPointF()
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._glided)
        self._glide.finished.connect(self.moved)
        self._from = self._to = (1.0, QPointF(0, 0))

    @property
    def gliding(self) -> bool:
        """Whether a movement is under way."""
        return self._glide.state() == QVariantAnimation.State.Running

    @property
    def zooming(self) -> bool:
        """Whether a movement is under way that ends at another zoom."""
        return self.gliding and self._from[0] != self._to[0]

    @property
    def goal(self) -> tuple[float, QPointF]:
        """Zoom and offset once the movement under way is over."""
        zoom, offset = self._to if self.gliding else (self.zoom, self.offset)
        return zoom, QPointF(offset)

    def show(self, zoom: float, offset: QPointF) -> None:
        """Go there at once."""
        self._glide.stop()
        self._set(zoom, offset)

    def pan(self, by: QPointF) -> None:
        """Move what is seen by px of the screen: by whole device pixels, so that a picture of it can be moved along.

        What is left of a step is part of the next one.
        """
        self._glide.stop()
        due = (self._behind + by) * self.ratio
        step = QPointF(round(due.x()), round(due.y())) / self.ratio
        behind = due / self.ratio - step
        self._set(self.zoom, self.offset + step)
        self._behind = behind

    def zoom_to(self, zoom: float, about: QPointF) -> None:
        """Set the zoom so that what is at `about` in the view stays there."""
        self._glide.stop()
        zoom = min(max(zoom, LEAST), MOST)
        self._set(zoom, about - self.to_scene(about) * zoom)

    def zoom_steps(self, steps: float, about: QPointF) -> None:
        """Zoom by so many notches of a wheel."""
        self.zoom_to(self.zoom * _STEP**steps, about)

    def fit(self, rect: Rect, size: QRectF, duration: int, most: float = 1.0, margin: float = 32.0) -> None:
        """Bring all of a rect of the canvas into a view of that size, gliding for `duration` ms."""
        left, top, right, bottom = rect
        wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
        room = max(size.width() - 2 * margin, 40.0), max(size.height() - 2 * margin, 40.0)
        zoom = min(max(min(room[0] / wide, room[1] / high), LEAST), most)
        middle = QPointF((left + right) / 2, (top + bottom) / 2)
        self.glide(zoom, size.center() - middle * zoom, duration)

    def glide(self, zoom: float, offset: QPointF, duration: int) -> None:
        """Go there within `duration` ms, at once for 0."""
        self._glide.stop()
        if duration <= 0:
            self._set(zoom, offset)
            return
        self._from, self._to = (self.zoom, self.offset), (zoom, offset)
        self._glide.setDuration(duration)
        self._glide.start()

    def _glided(self, share: float) -> None:
        (zoom, offset), (last_zoom, last_offset) = self._from, self._to
        if share >= 1.0:
            self._set(last_zoom, last_offset)
            return
        step = (last_offset - offset) * share
        if not self.zooming:  # by whole device pixels, as a hand pans
            step = QPointF((step * self.ratio).toPoint()) / self.ratio
        self._set(zoom + (last_zoom - zoom) * share, offset + step)

    def _set(self, zoom: float, offset: QPointF) -> None:
        changed = zoom != self.zoom
        self.zoom, self.offset, self._behind = zoom, QPointF(offset), QPointF()
        if changed:
            self.zoomed.emit(zoom)
        self.moved.emit()
