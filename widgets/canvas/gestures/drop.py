"""Drop: a layer from the library over the canvas, beside others or into a wire."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from graphs.addable import Addable
from widgets.canvas.acts.additions import Additions
from widgets.canvas.hands.edge_pan import EdgePan
from widgets.canvas.tables.node_geometry import Point, node_rect, snapped

if TYPE_CHECKING:
    from graphs.network import Wire
    from widgets.canvas.view import CanvasView


class Drop:
    """Shows where the layer will stand while it hangs over the canvas, and adds it when it is let go."""

    def __init__(self, view: "CanvasView", what: Addable) -> None:
        self._view = view
        self._what = what
        self._stage = view.root
        self._additions = Additions(self._stage.scene)
        self._place: Point = (0.0, 0.0)
        self._wire: Wire | None = None
        self._at: QPointF | None = None
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._edge = EdgePan(view, lambda: self._at, self._follow)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Follow the hand; with Alt held the layer goes into no wire.

        The view moves on at its edges once the hand was further in: it comes from the library over one of them.
        """
        self._modifiers = modifiers
        if self._at is not None or self._edge.step(at).isNull():
            self._at = at
            self._edge.start()
        self._see(at, modifiers)

    def _follow(self) -> None:
        if self._at is not None:
            self._see(self._at, self._modifiers)

    def _see(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._stage.standing.target_wire = None
        self._stage = self._view.root.at(at)
        self._additions = Additions(self._stage.scene)
        width, height = self._additions.size(self._what)
        point = self._stage.lens.to_scene(at)
        right = self._stage.scene.flow == "right"
        self._place = snapped((point.x() - width / 2, point.y()) if right else (point.x(), point.y() - height / 2))
        into, out = self._what.ports(self._stage.scene.project)
        through = bool(into and out) and not modifiers & Qt.KeyboardModifier.AltModifier
        self._wire = self._wire_below(point, min(width, height) / 2) if through else None
        rows = self._stage.scene.wires.rows
        self._stage.standing.target_wire = rows[self._wire] if self._wire is not None else None
        self._view.update()

    def _wire_below(self, point: QPointF, reach: float) -> "Wire | None":
        """Return the wire that runs behind the middle of the layer in hand, unless a node lies there."""
        scene = self._stage.scene
        if self._stage.hits.node(self._stage.lens.to_view(point.x(), point.y())) is not None:
            return None
        row = scene.wires.near(point.x(), point.y(), reach)
        return scene.wires.wires[row] if row is not None else None

    def leave(self) -> None:
        """The hand has gone elsewhere."""
        self._edge.stop()
        self._edge.deleteLater()
        self._stage.standing.target_wire = None
        self._view.update()

    def release(self) -> None:
        """Add the layer. Raises UserError when it cannot stand on the wire."""
        self.leave()
        if self._wire is not None:
            addition = self._additions.on_wire(self._what, self._wire, self._place)
        else:
            addition = self._additions.at(self._what, self._place)
        self._view.work_on(self._stage)
        self._view.perform(addition.edit, [addition.node])

    def paint(self, painter: QPainter) -> None:
        """Draw the outline of the new node, and those of the nodes that will move."""
        place: Point = self._place
        moves: dict[str, Point] = {}
        if self._wire is not None:
            place, moves = self._additions.room_on(self._what, self._wire, self._place)
        scene, style = self._stage.scene, self._view.style_of_canvas
        painter.setPen(style.outline)
        painter.setBrush(style.none)
        for node, position in moves.items():
            face = scene.nodes.face(scene.nodes.rows[node])
            painter.drawRoundedRect(self._box(position, face.width, face.height), 6, 6)
        painter.setPen(style.selection)
        painter.setOpacity(0.7)
        painter.setBrush(style.raised)
        box = self._box(place, *self._additions.size(self._what))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(style.fonts["name"])
        painter.setPen(style.text["primary"])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._what.title)
        painter.setOpacity(1.0)

    def _box(self, place: Point, width: float, height: float) -> QRectF:
        left, top, right, bottom = node_rect(place, width, height, self._stage.scene.flow)
        camera = self._stage.lens
        return QRectF(camera.to_view(left, top), camera.to_view(right, bottom))
