"""Automatic layout on the canvas: one undo step, and the nodes glide to their places."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from graphs.arrange import arrange
from graphs.edits import Edit, Move
from widgets.canvas.node_geometry import Point
from widgets.canvas.scene import Scene
from widgets.selection import Selection

_MOST_GLIDING = 400


def arranging(scene: Scene, selection: Selection) -> Edit | None:
    """Return the edit that tidies the selected nodes, or all where fewer than two are selected."""
    chosen = selection.nodes & frozenset(scene.nodes)
    faces = {node: scene.nodes.face(row) for node, row in scene.nodes.rows.items()}
    sizes = {node: (face.width, face.height) for node, face in faces.items()}
    places = arrange(scene.network, sizes, only=chosen if len(chosen) > 1 else None)
    return Move(scene.name, places) if places else None


class Glide(QObject):
    """Draws nodes on their way from where they were to where they are."""

    moved = Signal()

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._ways: dict[str, tuple[Point, Point]] = {}
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step)
        self._animation.finished.connect(self._arrive)

    def start(self, before: dict[str, Point], duration: int) -> None:
        """Let the nodes come from `before` in `duration` ms; at once for 0, or where there are very many."""
        self.stop()
        network = self._scene.network
        ways = {n: (place, network.position(n)) for n, place in before.items() if n in network}
        self._ways = {node: way for node, way in ways.items() if way[0] != way[1]}
        if self._ways and duration > 0 and len(self._ways) <= _MOST_GLIDING:
            self._animation.setDuration(duration)
            self._animation.start()

    def stop(self) -> None:
        """Be there at once."""
        if self._animation.state() == QVariantAnimation.State.Running:
            self._animation.stop()
            self._arrive()

    def _step(self, share: float) -> None:
        nodes = self._scene.nodes
        self._scene.place(
            {
                node: (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
                for node, ((x0, y0), (x1, y1)) in self._ways.items()
                if node in nodes
            }
        )
        self.moved.emit()

    def _arrive(self) -> None:
        network = self._scene.network
        self._scene.place({node: network.position(node) for node in self._ways if node in network}, settle=True)
        self._ways = {}
        self.moved.emit()
