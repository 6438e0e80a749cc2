"""What the pointer rests on: nodes and wires stand out, and a wire says what it carries."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from graphs.project import MAIN
from widgets.canvas.read_out import node_text, wire_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.view import CanvasView

_TELL_AGAIN = 500  # ms


class Hovering(QObject):
    """Marks in the standing of one view what lies under the pointer.

    flowing: says in words what flows out of the port of a node, reached through block nodes, while a run trains the
    drawing. It is asked as soon as the pointer comes near any wire, and again for as long as something is told.
    """

    def __init__(self, view: "CanvasView") -> None:
        super().__init__(view)
        self._view = view
        self._at = QPointF()
        self._told = ""
        self._tip = QTimer(self)
        self._tip.setSingleShot(True)
        self._tip.setInterval(view.theme.measures.duration.hover_tip)
        self._tip.timeout.connect(self._tell_wire)
        self._again = QTimer(self)
        self._again.setInterval(_TELL_AGAIN)
        self._again.timeout.connect(self._tell_wire)
        self.flowing: Callable[[tuple[str, ...], str, str], str] = lambda _path, _node, _port: ""

    def see(self, at: QPointF) -> None:
        """Mark what lies under a point of the view."""
        view, hit, self._at = self._view, self._view.hits.at(at), at
        node = view.scene.nodes.rows.get(hit.node) if hit.node is not None else None
        wire = view.scene.wires.rows.get(hit.wire) if hit.wire is not None else None
        dot = (wire, hit.dot) if wire is not None and hit.dot is not None else None
        standing = view.standing
        if (standing.hovered, standing.hovered_wire, standing.hovered_dot) == (node, wire, dot):
            return
        if standing.hovered_wire != wire:
            self.hush()
            if wire is not None:
                self._wire_text(wire)  # so that a run has time to look before the tip is due
                self._tip.start()
        standing.hovered, standing.hovered_wire, standing.hovered_dot = node, wire, dot
        view.follow_trace()
        view.update()

    def leave(self, *, keep_marks: bool) -> None:
        """The pointer is gone; what it held stays marked with `keep_marks`."""
        self.hush()
        if not keep_marks:
            standing = self._view.standing
            standing.hovered = standing.hovered_wire = standing.hovered_dot = None
            self._view.follow_trace()
            self._view.update()

    def hush(self) -> None:
        """Take back what was said, or was about to be, of the wire that the pointer rested on."""
        self._tip.stop()
        self._again.stop()
        if self._told:
            self._told = ""
            QToolTip.hideText()

    def _tell_wire(self) -> None:
        view, row = self._view, self._view.standing.hovered_wire
        if row is not None and row < len(view.scene.wires.wires):
            text = self._wire_text(row)
            if text != self._told:
                QToolTip.showText(view.mapToGlobal(self._at.toPoint()), text, view)
            self._told = text
            self._again.start()

    def _wire_text(self, row: int) -> str:
        view = self._view
        wire = view.scene.wires.wires[row]
        known = view.selection.path or view.scene.name == MAIN
        said = self.flowing(view.selection.path, wire.source, wire.source_port) if known else ""
        return wire_text(view.scene, wire, said)

    def tell_node(self, event: QHelpEvent) -> None:
        """Say what the node under the pointer cannot show, if there is anything and the hand is empty."""
        view = self._view
        node = view.hits.node(QPointF(event.pos())) if view.pointer.gesture is None else None
        text = node_text(view.scene, node, view.style_of_canvas, view.zoom) if node is not None else ""
        if text:  # as rich text, so that long lines are broken; nothing of it is taken for markup
            assert node is not None
            left, top, right, bottom = view.scene.rect(node)
            on_view = QRectF(view.camera.to_view(left, top), view.camera.to_view(right, bottom)).toAlignedRect()
            told = f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
            QToolTip.showText(event.globalPos(), told, view, on_view)
