"""Hands for tests: press, drag and release as a user does, in points of the canvas."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from tests.widgets.canvas.drawings import in_flow
from widgets.canvas.view import CanvasView
from widgets.dragged import layer_data

COPY = Qt.DropAction.CopyAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def port(view: CanvasView, name: str, port_name: str = "output") -> QPoint:
    """Where a port of the layer called `name` is in the view."""
    node = view.scene.network.find(name)
    assert node is not None
    row = view.scene.nodes.rows[node]
    output = port_name in [face.name for face in view.scene.nodes.face(row).outputs]
    return view.camera.to_view(*view.scene.nodes.port(row, port_name, output=output)).toPoint()


def body(view: CanvasView, name: str) -> QPoint:
    """A point on the body of the layer called `name`, away from its ports."""
    node = view.scene.network.find(name)
    assert node is not None
    left, top, _, bottom = view.scene.rect(node)
    return view.camera.to_view(left + 60, (top + bottom) / 2).toPoint()


def empty(view: CanvasView, x: float, y: float) -> QPoint:
    """A point of the canvas in the view, given as in the downward drawing; the test says that nothing is there."""
    return view.camera.to_view(*in_flow(x, y, view.scene.flow)).toPoint()


def drag(
    view: CanvasView,
    start: QPoint,
    end: QPoint,
    modifiers: Qt.KeyboardModifier = NONE,
    button: Qt.MouseButton = LEFT,
    release: bool = True,
) -> None:
    """Press at one point, move to another in steps, release."""
    QTest.mouseMove(view, start)
    QTest.mousePress(view, button, modifiers, start)
    for step in range(1, 9):
        move(view, start + (end - start) * step / 8, modifiers, button)
    if release:
        QTest.mouseRelease(view, button, modifiers, end)


def move(view: CanvasView, at: QPoint, modifiers: Qt.KeyboardModifier, button: Qt.MouseButton = LEFT) -> None:
    """Move with a button held, which QTest.mouseMove does not pass on."""
    place = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, view.mapToGlobal(place), Qt.MouseButton.NoButton, button, modifiers
    )
    QApplication.sendEvent(view, event)


def wheel(view: CanvasView, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Turn the wheel by notches."""
    place = QPointF(at)
    event = QWheelEvent(
        place,
        view.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def scroll(view: QWidget, at: QPoint, by: QPoint, phase: Qt.ScrollPhase = Qt.ScrollPhase.ScrollUpdate) -> None:
    """Two fingers over a touchpad."""
    place = QPointF(at)
    event = QWheelEvent(place, view.mapToGlobal(place), by, by, Qt.MouseButton.NoButton, NONE, phase, False)
    QApplication.sendEvent(view, event)


def pinch(view: CanvasView, at: QPoint, by: float) -> None:
    """Two fingers apart."""
    place = QPointF(at)
    kind, device = Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, place, place, view.mapToGlobal(place), by, QPointF())
    QApplication.sendEvent(view, event)


def told(view: CanvasView, name: str) -> str:
    """What is said when the pointer rests on the layer called `name`, empty when nothing is."""
    for tip in [widget for widget in QApplication.topLevelWidgets() if widget.inherits("QTipLabel")]:
        tip.deleteLater()  # what was said before stays for a while else
        QApplication.sendPostedEvents(tip, QEvent.Type.DeferredDelete)
    at = body(view, name)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    return QToolTip.text()


def drop_layer(
    view: CanvasView, kind: str, at: QPoint, modifiers: Qt.KeyboardModifier = NONE, release: bool = True
) -> None:
    """Drag a layer from a library to a point of the view and let it go."""
    data = layer_data(kind)
    QApplication.sendEvent(view, QDragEnterEvent(at, COPY, data, LEFT, modifiers))
    carry_layer(view, kind, at, modifiers)
    view.repaint()
    if release:
        QApplication.sendEvent(view, QDropEvent(QPointF(at), COPY, data, LEFT, modifiers))


def carry_layer(view: CanvasView, kind: str, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Move a layer from a library on to a point of the view."""
    QApplication.sendEvent(view, QDragMoveEvent(at, COPY, layer_data(kind), LEFT, modifiers))
