"""Move: nodes follow the hand, snap to the grid and line up with their neighbours."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Move as MoveEdit
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.gestures.guides import Aligner, Guide
from widgets.canvas.node_geometry import Point, node_measures

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_TOGGLE = Qt.KeyboardModifier.ControlModifier
_ADD = Qt.KeyboardModifier.ShiftModifier


class Move(Gesture):
    """Moves the selected nodes as one undo step; a click selects instead."""

    hint = "Shift: off the grid"

    def __init__(self, view: "CanvasView", start: QPointF, node: str) -> None:
        super().__init__(view, start)
        self._node = node
        self._origin = view.camera.to_scene(start)
        self._places: dict[str, Point] = {}
        self._guides: list[Guide] = []
        self._aligner: Aligner | None = None

    def begin(self) -> None:
        """Take the node in hand, and all others with it if it is selected."""
        selection, scene = self.view.selection, self.view.scene
        if self._node not in selection.nodes:
            selection.select([self._node])
        self._places = {node: scene.network.position(node) for node in selection.nodes if node in scene.nodes}
        self._aligner = Aligner(scene, set(self._places), self.view.camera.zoom)

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw the nodes where the hand has brought them; Shift leaves grid and guides out."""
        self.view.scene.place(self._moved(at, modifiers))

    def _moved(self, at: QPointF, modifiers: Modifiers) -> dict[str, Point]:
        assert self._aligner is not None
        way = self.view.camera.to_scene(at) - self._origin
        step: Point = (way.x(), way.y())
        self._guides = []
        if not modifiers & _ADD:
            aligned = self._aligner.aligned(step)
            step = self._snapped(step, aligned)
            self._guides = self._aligner.guides(step, aligned)
        return {node: (x + step[0], y + step[1]) for node, (x, y) in self._places.items()}

    def _snapped(self, step: Point, aligned: tuple[float | None, float | None]) -> Point:
        """Return the step to the grid where nothing lines up; the node that was pressed is what snaps."""
        grid, place = node_measures().grid, self._places[self._node]
        x, y = (
            exact if (exact := aligned[axis]) is not None
            else round((place[axis] + step[axis]) / grid) * grid - place[axis]
            for axis in (0, 1)
        )
        return x, y

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Make it one edit, if anything is elsewhere now."""
        places = self._moved(at, modifiers)
        self.cancel()
        changed = {node: place for node, place in places.items() if place != self._places[node]}
        if changed:
            self.view.perform(MoveEdit(self.view.scene.name, changed))

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select the node; Shift adds it, Ctrl toggles it."""
        selection = self.view.selection
        if modifiers & _TOGGLE:
            left = selection.nodes ^ {self._node}
            selection.select(sorted(left), self._node if self._node in left else None)
        elif modifiers & _ADD:
            selection.select(sorted(selection.nodes | {self._node}), self._node)
        else:
            selection.select([self._node])

    def cancel(self) -> None:
        """Put the nodes back."""
        self._guides = []
        self.view.scene.place(self._places)

    def paint(self, painter: QPainter) -> None:
        """Draw the guides."""
        painter.setPen(self.view.style_of_canvas.guide)
        to_view = self.view.camera.to_view
        for guide in self._guides:
            if guide.axis == 0:
                painter.drawLine(to_view(guide.at, guide.low), to_view(guide.at, guide.high))
            else:
                painter.drawLine(to_view(guide.low, guide.at), to_view(guide.high, guide.at))
