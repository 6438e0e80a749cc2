"""Panning at the edges: the view moves on while a hand that holds something is near its edge."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QTimer

if TYPE_CHECKING:
    from widgets.canvas.surface import Surface

_EDGE, _STEP, _MS = 24.0, 12.0, 16


class EdgePan(QObject):
    """Asks `hand` where the hand is, None while nothing is to move; after each step it calls `follow`."""

    def __init__(self, view: "Surface", hand: Callable[[], QPointF | None], follow: Callable[[], object]) -> None:
        super().__init__(view)
        self._view, self._hand, self._follow = view, hand, follow
        self._timer = QTimer(self)
        self._timer.setInterval(_MS)
        self._timer.timeout.connect(self._pan)

    def start(self) -> None:
        """Something is in hand."""
        self._timer.start()

    def stop(self) -> None:
        """Nothing is in hand any more."""
        self._timer.stop()

    def step(self, at: QPointF) -> QPointF:
        """Return how far the canvas moves for a hand there: nowhere while it is away from the edges."""
        size = self._view.size()
        x = (at.x() < _EDGE) - (at.x() > size.width() - _EDGE)
        y = (at.y() < _EDGE) - (at.y() > size.height() - _EDGE)
        return QPointF(x, y) * _STEP

    def _pan(self) -> None:
        at = self._hand()
        if at is not None and not (step := self.step(at)).isNull():
            self._view.camera.pan(step)
            self._follow()
