"""Move: nodes follow the hand, snap to the grid and line up with their neighbours."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from graphs.edits import Edit, Group
from graphs.edits import Move as MoveEdit
from graphs.splices import detach
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.gestures.guides import Aligner, Guide
from widgets.canvas.gestures.shake import Shake
from widgets.canvas.node_geometry import Point, node_measures, node_rect
from widgets.canvas.splicing import Splicing

if TYPE_CHECKING:
    from graphs.network import Wire
    from widgets.canvas.view import CanvasView

_TOGGLE = Qt.KeyboardModifier.ControlModifier
_ADD = Qt.KeyboardModifier.ShiftModifier
_NO_WIRE = Qt.KeyboardModifier.AltModifier


class Move(Gesture):
    """Moves the selected nodes as one undo step; a click selects instead.

    A single node without wires goes into the wire on which it is let go; one that is shaken leaves its wires.
    """

    hint = "Shift: off the grid   Alt: into no wire   Shake to detach"

    def __init__(self, view: "CanvasView", start: QPointF, node: str) -> None:
        super().__init__(view, start)
        self._node = node
        self._origin = view.camera.to_scene(start)
        self._places: dict[str, Point] = {}
        self._guides: list[Guide] = []
        self._aligner: Aligner | None = None
        self._splicing: Splicing | None = None
        self._wire: Wire | None = None
        self._shake = Shake()
        self._detached: Group | None = None

    def begin(self) -> None:
        """Take the node in hand, and all others with it if it is selected."""
        selection, scene = self.view.selection, self.view.scene
        if self._node not in selection.nodes:
            selection.select([self._node])
        self._places = {node: scene.network.position(node) for node in selection.nodes if node in scene.nodes}
        self._aligner = Aligner(scene, set(self._places), self.view.camera.zoom)
        if len(self._places) == 1:
            self._splicing = Splicing(scene, self._node)

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw the nodes where the hand has brought them; Shift leaves grid and guides out."""
        self.view.scene.place(self._moved(at, modifiers))
        if self._shake.add(at) and self._detached is None:
            self._detach()
        self._seek_wire(modifiers)

    def _detach(self) -> None:
        """Take the nodes out of their wires, to be done when the hand lets go."""
        scene = self.view.scene
        group = detach(scene.name, scene.network, self._places)
        if group.edits:
            self._detached = group
            rows = {row for node in self._places for row in scene.wires.of_node(scene.nodes.rows[node])}
            inside = {scene.nodes.rows[node] for node in self._places}
            leaving = (row for row in rows if not inside.issuperset(scene.wires.own[row].tolist()))
            self.view.standing.hidden_wires = frozenset(leaving)
            self.view.status_hint.emit("Detached when you let go")

    def _seek_wire(self, modifiers: Modifiers) -> None:
        """Find the wire that the node would go into."""
        able = self._splicing is not None and self._splicing.possible and not modifiers & _NO_WIRE
        self._wire = self._splicing.wire_below(self.view.scene.rect(self._node)) if able and self._splicing else None
        rows = self.view.scene.wires.rows
        self.view.standing.target_wire = rows[self._wire] if self._wire is not None else None

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
        places, wire = self._moved(at, modifiers), self._wire
        self.cancel()
        if wire is not None and self._splicing is not None:
            self.view.perform(self._splicing.edit(wire, places[self._node]))
            return
        changed = {node: place for node, place in places.items() if place != self._places[node]}
        edits: tuple[Edit, ...] = (MoveEdit(self.view.scene.name, changed),) if changed else ()
        if self._detached is not None:
            self.view.perform(Group((*edits, *self._detached.edits), self._detached.label))
        elif edits:
            self.view.perform(edits[0])

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
        self.view.standing.hidden_wires = frozenset()
        self.view.standing.target_wire = None
        self.view.scene.place(self._places)

    def paint(self, painter: QPainter) -> None:
        """Draw the guides, and where the nodes after a wire will go."""
        self._paint_followers(painter)
        painter.setPen(self.view.style_of_canvas.guide)
        to_view = self.view.camera.to_view
        for guide in self._guides:
            if guide.axis == 0:
                painter.drawLine(to_view(guide.at, guide.low), to_view(guide.at, guide.high))
            else:
                painter.drawLine(to_view(guide.low, guide.at), to_view(guide.high, guide.at))

    def _paint_followers(self, painter: QPainter) -> None:
        if self._wire is None or self._splicing is None:
            return
        scene, camera, style = self.view.scene, self.view.camera, self.view.style_of_canvas
        _, moves = self._splicing.room(self._wire, scene.position(self._node))
        painter.setPen(style.outline)
        painter.setBrush(style.none)
        for node, place in moves.items():
            face = scene.nodes.face(scene.nodes.rows[node])
            left, top, right, bottom = node_rect(place, face.width, face.height, scene.flow)
            painter.drawRoundedRect(QRectF(camera.to_view(left, top), camera.to_view(right, bottom)), 6, 6)
