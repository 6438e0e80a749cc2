"""Automatic layout on the canvas: one undo step, and the nodes glide to their places."""

from typing import TYPE_CHECKING

import networkx as nx
from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from graphs.edits import Edit
from graphs.tidying import tidy
from widgets.canvas.tables.node_geometry import Point

if TYPE_CHECKING:
    from widgets.canvas.scene import Scene

_MOST_GLIDING = 400


def arranging(scene: "Scene", chosen: frozenset[str]) -> Edit | None:
    """Return the edit that tidies the chosen nodes, or all where fewer than two are chosen."""
    here = chosen & frozenset(scene.nodes)
    return tidy(scene.name, scene.network, sizes_of(scene), only=here if len(here) > 1 else None)


def branch_of(scene: "Scene", chosen: frozenset[str]) -> frozenset[str]:
    """Return the chosen nodes and all that hangs on them: what follows, as far as nothing else leads there."""
    graph, held = scene.network.graph, set(chosen & frozenset(scene.nodes))
    for node in nx.topological_sort(graph) if nx.is_directed_acyclic_graph(graph) else ():
        feeds = set(graph.predecessors(node))
        if feeds and feeds <= held:
            held.add(node)
    return frozenset(held)


def sizes_of(scene: "Scene") -> dict[str, Point]:
    """Return width and height of all nodes on view."""
    faces = {node: scene.nodes.face(row) for node, row in scene.nodes.rows.items()}
    return {node: (face.width, face.height) for node, face in faces.items()}


class Glide(QObject):
    """Draws nodes on their way from where they were to where they are."""

    moved = Signal()

    def __init__(self, scene: "Scene", parent: QObject) -> None:
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
