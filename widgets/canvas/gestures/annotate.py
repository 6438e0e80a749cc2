"""Moving and resizing of frames and notes by hand; a frame carries what it holds."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from widgets.canvas.acts.annotations import LEAST
from widgets.canvas.gestures.gesture import Gesture, Modifiers
from widgets.canvas.tables.board import NOTES, Item
from widgets.canvas.tables.hit import Hit
from widgets.canvas.tables.node_geometry import Point, Rect

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_FREE = Qt.KeyboardModifier.ShiftModifier


def shape_over(sides: str) -> Qt.CursorShape:
    """Return the pointer's shape over the sides by which something is resized, none for the whole."""
    upright, flat = {"left", "right"} & {*sides.split()}, {"top", "bottom"} & {*sides.split()}
    if upright and flat:
        falling = (upright == {"left"}) == (flat == {"top"})
        return Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor
    arrow = Qt.CursorShape.SizeVerCursor if flat else Qt.CursorShape.ArrowCursor
    return Qt.CursorShape.SizeHorCursor if upright else arrow


class Annotate(Gesture):
    """Moves a frame or note, or by its `sides` resizes it, as one undo step; a click selects."""

    hint = "Shift: off the grid"

    def __init__(self, view: "CanvasView", start: QPointF, item: Item, sides: str) -> None:
        super().__init__(view, start)
        self._annotations = view.structure.annotations
        self._item, self._sides = item, frozenset(sides.split())
        self.cursor = shape_over(sides)
        self._origin = self.stage.lens.to_scene(start)
        self._places: dict[str, Point] = {}
        self._rects: dict[Item, Rect] = {}

    def begin(self) -> None:
        """Take it in hand with what it carries."""
        annotations, scene = self._annotations, self.stage.scene
        if self._item not in annotations.selected:
            annotations.select([self._item])
        nodes, items = annotations.carried(annotations.selected) if not self._sides else (frozenset(), {self._item})
        self._places = {node: scene.network.position(node) for node in nodes}
        self._rects = {item: scene.board.rect(item) for item in items}

    def move(self, at: QPointF, modifiers: Modifiers) -> None:
        """Draw all where the hand has brought it."""
        (x, y), board = self._step(at, modifiers), self.stage.scene.board
        if self._sides:
            board.held = {self._item: self._resized(x, y)}
            return
        board.held = {
            item: (left + x, top + y, right + x, bottom + y) for item, (left, top, right, bottom) in self._rects.items()
        }
        board.hide_collapsed()
        self.stage.scene.place({node: (left + x, top + y) for node, (left, top) in self._places.items()})

    def _step(self, at: QPointF, modifiers: Modifiers) -> Point:
        start = self.stage.lens.to_view(self._origin.x(), self._origin.y())
        return self._annotations.step_of(start, at, free=bool(modifiers & _FREE))

    def _resized(self, x: float, y: float) -> Rect:
        left, top, right, bottom = self._rects[self._item]
        sides, (wide, high) = self._sides, LEAST
        return (
            min(left + x, right - wide) if "left" in sides else left,
            min(top + y, bottom - high) if "top" in sides else top,
            max(right + x, left + wide) if "right" in sides else right,
            max(bottom + y, top + high) if "bottom" in sides else bottom,
        )

    def release(self, at: QPointF, modifiers: Modifiers) -> None:
        """Make it one edit, if anything is elsewhere now."""
        step = self._step(at, modifiers)
        rect = self._resized(*step) if self._sides else None
        self.cancel()
        if rect is not None:
            if rect != self._rects[self._item]:
                self.view.perform(self._annotations.place_on_scene(self._item, rect))
        elif step != (0, 0):
            self.view.perform(self._annotations.moving(step))

    def click(self, at: QPointF, modifiers: Modifiers) -> None:
        """Select it; Shift and Ctrl add or take it out."""
        chosen = self._annotations.selected
        adds = modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        self._annotations.select(chosen ^ {self._item} if adds else [self._item])

    def cancel(self) -> None:
        """Put all back."""
        self.stage.scene.board.held = {}
        self.stage.scene.board.hide_collapsed()
        self.stage.scene.place(self._places)
        self.stage.scene.let_go()


def annotation_at(view: "CanvasView", at: QPointF, hit: Hit) -> Gesture | None:
    """Return the gesture for the frame or note at a point, None where there is none or a wire lies above it.

    Where there is none, none is selected any more.
    """
    found = view.stage.scene.board.at(at, view.stage.lens) if hit.wire is None else None
    if found is None:
        view.structure.annotations.selected = frozenset()
        return None
    return Annotate(view, at, *found)


def opened_by(view: "CanvasView", at: QPointF) -> bool:
    """Open what a double click at a point means: a note or a title for writing, a collapsed frame; tell if any."""
    annotations, stage = view.structure.annotations, view.stage
    found = stage.scene.board.at(at, stage.lens) if stage.hits.node(at) is None else None
    if found is None:
        return False
    (kind, id_), _ = found
    annotations.select([(kind, id_)])
    if kind == NOTES or not annotations.frames[id_].collapsed:
        return annotations.rename()
    annotations.toggle_collapsed()
    return True
