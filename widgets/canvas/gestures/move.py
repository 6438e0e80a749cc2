"""Move: nodes and dots follow the hand, snap to the grid and line up with their neighbours."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from graphs.annotations import dots
from graphs.edits import Edit, Group
from graphs.edits import Move as MoveEdit
from graphs.splices import detach
from widgets.canvas.acts.splicing import Splicing
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.gestures.guides import REACH, Aligner, Guide
from widgets.canvas.gestures.held_dots import HeldDots
from widgets.canvas.gestures.shake import Shake
from widgets.canvas.hands.picking import pick
from widgets.canvas.tables.node_geometry import Point, node_measures, node_rect

if TYPE_CHECKING:
    from graphs.network import Wire
    from widgets.canvas.view import CanvasView
    from widgets.selection import Dot

_OFF_GRID = Qt.KeyboardModifier.ShiftModifier
_NO_WIRE = Qt.KeyboardModifier.AltModifier


class Move(Gesture):
    """Moves what is selected as one undo step, taken by a node or by the dot of a wire; a click selects instead.

    A single node without wires goes into the wire on which it is let go; one that is shaken leaves its wires.
    """

    hint = "Shift: off the grid   Alt: into no wire   Shake to detach   With Ctrl from the start: a wire"

    def __init__(self, view: "CanvasView", start: QPointF, held: "str | Dot") -> None:
        super().__init__(view, start)
        self._held = held
        self._anchor: Point = (0.0, 0.0)
        self._origin = self.stage.lens.to_scene(start)
        self._places: dict[str, Point] = {}
        self._guides: list[Guide] = []
        self._aligner: Aligner | None = None
        self._dots: HeldDots | None = None
        self._splicing: Splicing | None = None
        self._wire: Wire | None = None
        self._shake = Shake()
        self._detached: Group | None = None

    def begin(self) -> None:
        """Take in hand what was pressed, and all else with it if it is selected."""
        selection, scene, held = self.view.selection, self.stage.scene, self._held
        if held not in selection.nodes and held not in selection.dots:
            pick(selection, held, Qt.KeyboardModifier.NoModifier)
        if isinstance(held, str):
            self._anchor = scene.network.position(held)
        else:
            self._anchor = dots(scene.network, held[0])[held[1]]
        self._places = {node: scene.network.position(node) for node in selection.nodes if node in scene.nodes}
        self._dots = HeldDots(scene, self._places, selection.dots)
        if self._places:
            self._aligner = Aligner(scene, set(self._places), self.stage.lens.zoom)
        if isinstance(held, str) and len(self._places) == 1:
            self._splicing = Splicing(scene, held)

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw everything where the hand has brought it; Shift leaves grid and guides out."""
        assert self._dots is not None
        step = self._step(at, modifiers)
        self.stage.scene.place(self._moved(step))
        self._dots.place(step)
        if self._shake.add(at) and self._detached is None:
            self._detach()
        self._seek_wire(modifiers)

    def _step(self, at: QPointF, modifiers: Modifiers) -> Point:
        """Return how far things have come; where nothing lines up, what was pressed snaps to the grid."""
        way = self.stage.lens.to_scene(at) - self._origin
        step: Point = (way.x(), way.y())
        self._guides = []
        if modifiers & _OFF_GRID:
            return step
        aligned: tuple[float | None, float | None] = (None, None)
        if self._aligner is not None:
            self._aligner.zoom = self.stage.lens.zoom
            aligned = self._aligner.aligned(step)
        elif self._dots is not None:
            aligned = self._dots.aligned(step, REACH / self.stage.lens.zoom)
        grid, place = node_measures().grid, self._anchor
        x, y = (
            exact
            if (exact := aligned[axis]) is not None
            else round((place[axis] + step[axis]) / grid) * grid - place[axis]
            for axis in (0, 1)
        )
        if self._aligner is not None:
            self._guides = self._aligner.guides((x, y), aligned)
        return x, y

    def _moved(self, step: Point) -> dict[str, Point]:
        return {node: (x + step[0], y + step[1]) for node, (x, y) in self._places.items()}

    def _detach(self) -> None:
        """Take the nodes out of their wires, to be done when the hand lets go."""
        scene = self.stage.scene
        group = detach(scene.name, scene.network, self._places)
        if group.edits:
            self._detached = group
            rows = {row for node in self._places for row in scene.wires.of_node(scene.nodes.rows[node])}
            inside = {scene.nodes.rows[node] for node in self._places}
            leaving = (row for row in rows if not inside.issuperset(scene.wires.own[row].tolist()))
            self.stage.standing.hidden_wires = frozenset(leaving)
            self.view.status_hint.emit("Detached when you let go")

    def _seek_wire(self, modifiers: Modifiers) -> None:
        """Find the wire that the node would go into."""
        scene, self._wire = self.stage.scene, None
        if self._splicing is not None and self._splicing.possible and not modifiers & _NO_WIRE:
            self._wire = self._splicing.wire_below(scene.rect(self._splicing.node))
        standing = self.stage.standing
        standing.target_wire = standing.inserted = None
        if self._wire is not None and self._splicing is not None:
            standing.target_wire = scene.wires.rows[self._wire]
            standing.inserted = scene.nodes.rows[self._splicing.node]

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Make it one edit, if anything is elsewhere now."""
        step, wire = self._step(at, modifiers), self._wire
        self.cancel()
        if wire is not None and self._splicing is not None:
            self.view.perform(self._splicing.edit(wire, self._moved(step)[self._splicing.node]))
            return
        edits: list[Edit] = []
        if step != (0.0, 0.0) and self._dots is not None:
            edits = self._dots.edits(step)
            if self._places:
                edits.insert(0, MoveEdit(self.stage.scene.name, self._moved(step)))
        if self._detached is not None:
            self.view.perform(Group((*edits, *self._detached.edits), self._detached.label))
        elif edits:
            moved = edits[0] if len(edits) == 1 else Group(tuple(edits), "Move")
            self.view.perform(self.view.structure.annotations.adopting(moved))

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select it; Shift adds it, Ctrl toggles it."""
        pick(self.view.selection, self._held, modifiers)

    def cancel(self) -> None:
        """Put everything back."""
        self._guides = []
        self.stage.standing.hidden_wires = frozenset()
        self.stage.standing.target_wire = self.stage.standing.inserted = None
        self.stage.scene.place(self._places)
        if self._dots is not None:
            self._dots.place((0.0, 0.0))
        self.stage.scene.let_go()

    def paint(self, painter: QPainter) -> None:
        """Draw the guides, and where the nodes after a wire will go."""
        self._paint_followers(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # a guide is one sharp line
        painter.setPen(self.view.style_of_canvas.guide)
        to_view = self.stage.lens.to_view
        for guide in self._guides:
            if guide.axis == 0:
                painter.drawLine(to_view(guide.at, guide.low), to_view(guide.at, guide.high))
            else:
                painter.drawLine(to_view(guide.low, guide.at), to_view(guide.high, guide.at))

    def _paint_followers(self, painter: QPainter) -> None:
        if self._wire is None or self._splicing is None:
            return
        scene, camera, style = self.stage.scene, self.stage.lens, self.view.style_of_canvas
        _, moves = self._splicing.room(self._wire, scene.position(self._splicing.node))
        painter.setPen(style.outline)
        painter.setBrush(style.none)
        for node, place in moves.items():
            face = scene.nodes.face(scene.nodes.rows[node])
            left, top, right, bottom = node_rect(place, face.width, face.height, scene.flow)
            painter.drawRoundedRect(QRectF(camera.to_view(left, top), camera.to_view(right, bottom)), 6, 6)
