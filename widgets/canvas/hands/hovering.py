"""What the pointer rests on: nodes and wires stand out, and a wire says what it carries."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from graphs.project import MAIN
from widgets.canvas.cards.read_out import node_text, wire_text
from widgets.canvas.gestures.annotate import shape_over
from widgets.canvas.stage import Stage
from widgets.canvas.states import FAR, level_of
from widgets.canvas.tables.board import FRAMES
from widgets.canvas.tables.hit import Hit
from widgets.figures import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.view import CanvasView

_TELL_AGAIN = 500  # ms
_FROM_AFAR = "Drag to move, with Ctrl to draw a wire"


class Hovering(QObject):
    """Marks in the standing of one view what lies under the pointer.

    shape: that of the pointer there. flowing: says in words what flows out of the port of a node, reached through block
    nodes, while a run trains the drawing. It is asked as soon as the pointer comes near any wire, and again for as long
    as something is told.
    """

    def __init__(self, view: "CanvasView") -> None:
        super().__init__(view)
        self._view = view
        self._at = QPointF()
        self._told = self._hinted = ""
        self.shape = Qt.CursorShape.ArrowCursor
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
        view, stage, self._at = self._view, self._view.root.touched(at), at
        hit, scene, standing = stage.hits.at(at), stage.scene, stage.standing
        self.shape = self._shape_over(stage, hit)
        node = scene.nodes.rows.get(hit.node) if hit.node is not None else None
        wire = scene.wires.rows.get(hit.wire) if hit.wire is not None else None
        dot = (wire, hit.dot) if wire is not None and hit.dot is not None else None
        if stage.blocks != view.hovered:
            self.leave(keep_marks=False)
            view.hovered = stage.blocks
        if (standing.hovered, standing.hovered_wire, standing.hovered_dot) == (node, wire, dot):
            return
        if standing.hovered_wire != wire:
            self.hush()
            if wire is not None:
                self._wire_text(wire)  # so that a run has time to look before the tip is due
                self._tip.start()
        standing.hovered, standing.hovered_wire, standing.hovered_dot = node, wire, dot
        self._hint(_FROM_AFAR if node is not None and self._afar else "")
        view.follow_trace()
        view.update()

    def _shape_over(self, stage: Stage, hit: Hit) -> Qt.CursorShape:
        """Return the pointer's shape: over a port a wire begins, by the sides of a frame or note these are resized."""
        if self._view.locked:
            return Qt.CursorShape.ArrowCursor
        if hit.port is not None:
            return Qt.CursorShape.CrossCursor
        found = stage.scene.board.at(self._at, stage.lens) if hit.empty else None
        return shape_over(found[1]) if found is not None else Qt.CursorShape.ArrowCursor

    def _hint(self, text: str) -> None:
        """Say how to go on; what others say meanwhile stays."""
        if text != self._hinted:
            self._hinted = text
            self._view.status_hint.emit(text)

    @property
    def _afar(self) -> bool:
        """Whether nodes are drawn without anything of their ports."""
        return level_of(self._view.style_of_canvas.measures.name_px * self._view.zoom) == FAR

    @property
    def _stage(self) -> Stage:
        """The stage that the pointer is over."""
        return self._view.root.reached(self._view.hovered)

    def leave(self, *, keep_marks: bool) -> None:
        """The pointer is gone; what it held stays marked with `keep_marks`."""
        self.hush()
        if not keep_marks:
            standing = self._stage.standing
            standing.hovered = standing.hovered_wire = standing.hovered_dot = None
            self._hint("")
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
        view, stage = self._view, self._stage
        row = stage.standing.hovered_wire
        if row is not None and row < len(stage.scene.wires.wires):
            text = self._wire_text(row)
            if text != self._told:
                QToolTip.showText(view.mapToGlobal(self._at.toPoint()), text, view)
            self._told = text
            self._again.start()

    def _wire_text(self, row: int) -> str:
        (network, path), stage = self._view.selection.on_view, self._stage
        wire = stage.scene.wires.wires[row]
        known = path or network == MAIN
        said = self.flowing((*path, *stage.blocks), wire.source, wire.source_port) if known else ""
        return wire_text(stage.scene, wire, said)

    def _tell_frame(self, event: QHelpEvent) -> None:
        """Say the title of a frame whose head is under the pointer: a long one is cut short there."""
        at, view = QPointF(event.pos()), self._view
        stage = view.root.touched(at)
        found = stage.scene.board.at(at, stage.lens) if stage.hits.at(at).empty else None
        if found is not None and found[0][0] == FRAMES:
            frame, board = found[0][1], stage.scene.board
            words = f"{board.frames[frame].title or 'Frame'}, {counted(board.counts.get(frame, 0), 'layer')}"
            QToolTip.showText(event.globalPos(), f"<qt>{escape(words)}</qt>", view)

    def tell_node(self, event: QHelpEvent) -> None:
        """Say what the node under the pointer cannot show, or the title of a frame, if the hand is empty."""
        view, stage = self._view, self._view.root.touched(QPointF(event.pos()))
        node = stage.hits.node(QPointF(event.pos())) if view.pointer.gesture is None else None
        text = node_text(stage.scene, node, view.style_of_canvas, view.zoom) if node is not None else ""
        if node is None and view.pointer.gesture is None:
            self._tell_frame(event)
        if text:  # as rich text, so that long lines are broken; nothing of it is taken for markup
            assert node is not None
            left, top, right, bottom = stage.scene.rect(node)
            on_view = QRectF(stage.lens.to_view(left, top), stage.lens.to_view(right, bottom)).toAlignedRect()
            told = f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
            QToolTip.showText(event.globalPos(), told, view, on_view)
