"""The board: which frames and notes of a scene are to be seen, and where."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from graphs.annotations import Frame, Note, folded, frames, layer_counts, notes
from widgets.canvas.lens import Lens
from widgets.canvas.tables.node_geometry import Rect

if TYPE_CHECKING:
    from widgets.canvas.scene import Scene

FRAMES, NOTES = "frames", "notes"
HEAD = 32.0
BOX = (200.0, 52.0)
"""Width and height of a frame that is collapsed, px."""
_GRIP = 6.0
_PIECES = 16

Item = tuple[str, str]
"""FRAMES or NOTES, and the id."""


class Board:
    """Frames and notes of one scene. held: those in hand, drawn elsewhere than the network has them."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self.frames: dict[str, Frame] = {}
        self.notes: dict[str, Note] = {}
        self.counts: dict[str, int] = {}
        self.held: dict[Item, Rect] = {}
        self._hidden: dict[str, str] = {}

    def load(self) -> None:
        """Show what another network has: nothing is hidden yet."""
        self.held, self._hidden = {}, {}
        self.refresh()

    def refresh(self) -> None:
        """Read the network anew."""
        network = self._scene.network
        self.frames, self.notes = frames(network), notes(network)
        self.counts = layer_counts(network)
        self.hide_collapsed()

    def hide_collapsed(self) -> None:
        """Let the layers of collapsed frames stand for nothing but the ends of their wires."""
        hidden = folded(self._scene.network)
        if hidden or self._hidden:
            self._hidden = hidden
            self._scene.hide({node: self.rect((FRAMES, id_)) for node, id_ in hidden.items()})

    def has(self, item: Item) -> bool:
        """Tell whether there is such a frame or note."""
        return item[1] in (self.frames if item[0] == FRAMES else self.notes)

    def covered(self, frame: str | None) -> bool:
        """Tell whether a frame lies in one that is collapsed."""
        around = self.frames[frame].frame if frame in self.frames else None
        while around in self.frames:
            if self.frames[around].collapsed:
                return True
            around = self.frames[around].frame
        return False

    def shown(self) -> Iterable[Item]:
        """Return all that is not in a collapsed frame, as it is painted."""
        yield from ((FRAMES, id_) for id_ in self.frames if not self.covered(id_))
        for id_, note in self.notes.items():
            holder = self.frames.get(note.frame or "")
            if holder is None or not (holder.collapsed or self.covered(holder.id)):
                yield NOTES, id_

    def rect(self, item: Item) -> Rect:
        """Return left, top, right, bottom as drawn, px of the canvas."""
        if item in self.held:
            return self.held[item]
        kind, id_ = item
        thing = self.frames[id_] if kind == FRAMES else self.notes[id_]
        (x, y), (width, height) = thing.position, thing.size
        if isinstance(thing, Frame) and thing.collapsed:  # in the middle where it begins, so that wires stay straight
            across, below = (width - BOX[0]) / 2, HEAD + (height - HEAD - BOX[1]) / 2
            x, y = (x + across, y) if self._scene.flow == "down" else (x, y + below)
            width, height = BOX
        return x, y, x + width, y + height

    def on_screen(self, item: Item, lens: Lens) -> QRectF:
        """Return where something is in the view."""
        left, top, right, bottom = self.rect(item)
        return QRectF(lens.to_view(left, top), lens.to_view(right, bottom))

    def at(self, place: QPointF, lens: Lens) -> tuple[Item, str] | None:
        """Return what a press at a point of the view takes, and by which sides: none for the whole.

        The inside of an open frame is not part of it: what lies there can be picked, and boxes drawn.
        """
        at, grip = lens.to_scene(place), _GRIP / lens.zoom
        for item in reversed(list(self.shown())):
            left, top, right, bottom = self.rect(item)
            if not (left - grip <= at.x() <= right + grip and top - grip <= at.y() <= bottom + grip):
                continue
            folded = item[0] == FRAMES and self.frames[item[1]].collapsed
            near = (
                ("left", abs(at.x() - left)), ("right", abs(at.x() - right)),
                ("top", abs(at.y() - top)), ("bottom", abs(at.y() - bottom)),
            )  # fmt: skip
            sides = " ".join(side for side, away in near if away <= grip)
            if sides and not folded:
                return item, sides
            if folded or item[0] == NOTES or at.y() <= top + max(HEAD, HEAD / 2 / lens.zoom):
                return item, ""
        return None

    def clear_head(self, frame: str) -> float:
        """Return how far from its left edge the head of a frame is crossed by no wire, px of the canvas."""
        left, top, right, _ = self.rect((FRAMES, frame))
        wires = self._scene.wires
        rows = wires.inside((left, top, right, top + HEAD))
        if not len(rows):
            return right - left
        lines = wires.lines(rows, _PIECES)
        low, high = np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])
        crossing = (low[:, 1] <= top + HEAD - 8) & (high[:, 1] >= top + 8) & (high[:, 0] > left) & (low[:, 0] < right)
        return float(np.min(low[crossing, 0], initial=right)) - left

    def frame_at(self, x: float, y: float) -> str | None:
        """Return the innermost open frame over a point of the canvas."""
        found = None
        for id_ in self.frames:
            left, top, right, bottom = self.rect((FRAMES, id_))
            if left <= x <= right and top <= y <= bottom and not self.frames[id_].collapsed:
                found = id_
        return found
