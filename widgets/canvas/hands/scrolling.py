"""Wheel, two fingers and pinch: zoom about the pointer, or pan, as the device, Ctrl and the setting say."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QWheelEvent

from widgets.canvas.cards.wheel_card import WheelCard

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

ZOOM, PAN, ASK = "zoom", "pan", "ask"
_NOTCH = 120.0


class Scrolling:
    """meaning: what the wheel does without Ctrl: ZOOM, PAN, or ASK, which zooms and offers the choice once."""

    def __init__(self, view: "CanvasView", meaning: str) -> None:
        self._view = view
        self.meaning = meaning
        self.card = WheelCard(view)
        self.card.chosen.connect(self._choose)

    def turn(self, event: QWheelEvent) -> None:
        """Answer a wheel or two fingers."""
        fine, coarse = event.pixelDelta(), event.angleDelta()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        fingers = event.phase() != Qt.ScrollPhase.NoScrollPhase or _of_touchpad(event)
        if control or (self.meaning != PAN and not fingers):
            self._view.zoom_steps((coarse.y() or coarse.x()) / _NOTCH, event.position())
            if self.meaning == ASK and not control:
                self.card.ask(self._view.theme)
            return
        by = QPointF(fine) if fingers and not fine.isNull() else QPointF(coarse) / 2
        sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x()
        self._view.camera.pan(QPointF(by.y(), 0) if sideways else by)

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom by two fingers; tell whether the event was that."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._view.zoom_about(self._view.camera.zoom * (1.0 + event.value()), event.position())
        return True

    def _choose(self, meaning: str) -> None:
        self.meaning = meaning
        self._view.wheel_chosen.emit(meaning)


def _of_touchpad(event: QWheelEvent) -> bool:
    """Tell whether fingers scroll on a device that says so; not every system tells where a movement begins and ends."""
    return event.pointingDevice().type() == QInputDevice.DeviceType.TouchPad
