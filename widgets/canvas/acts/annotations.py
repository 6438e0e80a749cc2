"""Frames and notes of the network on view: what is where, what is selected, and what the commands do with them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from graphs.annotations import NOTE, Contents, Frame, Note, contents, folded, frames, fresh_id, layer_counts, notes
from graphs.arranging.ground import Ground
from graphs.edits import AddNote, Edit, Group, Move, RemoveFrame, RemoveNote, SetFrame, SetNote
from graphs.enclosing import add_frame_around
from graphs.errors import UserError
from graphs.framing import box_of, move_frame, put_into
from graphs.room import turned
from widgets.canvas.acts.arranging import sizes_of
from widgets.canvas.tables.node_geometry import Point, Rect, node_measures, snapped

if TYPE_CHECKING:
    from widgets.canvas.editor import Editor

FRAMES, NOTES = "frames", "notes"
HEAD = 32.0
BOX = (200.0, 52.0)
"""Width and height of a frame that is collapsed, px."""
LEAST = (96.0, 48.0)
_GRIP = 6.0
_BESIDE = 24.0

Item = tuple[str, str]
"""FRAMES or NOTES, and the id."""


class Annotations(QObject):
    """Knows the frames and notes on view. `held` are those in hand, drawn `step` from where they are."""

    chosen = Signal()

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor
        self.frames: dict[str, Frame] = {}
        self.notes: dict[str, Note] = {}
        self.counts: dict[str, int] = {}
        self.selected: frozenset[Item] = frozenset()
        self.held: dict[Item, Rect] = {}
        self._hidden: dict[str, str] = {}
        self._made: Edit | None = None
        editor.selection.changed.connect(self._share_selection)
        self.refresh()

    def look(self) -> object:
        """Return what, beside the network, decides on how frames and notes look."""
        return self.selected, dict(self.held)

    def refresh(self) -> None:
        """Read the network on view anew."""
        network = self._editor.scene.network
        self.frames, self.notes = frames(network), notes(network)
        self.counts = layer_counts(network)
        self.selected = frozenset(item for item in self.selected if item[1] in self._of(item[0]))
        self.hide_collapsed()

    def hide_collapsed(self) -> None:
        """Let the layers of collapsed frames stand for nothing but the ends of their wires."""
        scene = self._editor.scene
        hidden = folded(scene.network)
        if hidden or self._hidden:
            self._hidden = hidden
            scene.hide({node: self.rect((FRAMES, id_)) for node, id_ in hidden.items()})

    def covered(self, frame: str | None) -> bool:
        """Tell whether a frame lies in one that is collapsed."""
        around = self.frames[frame].frame if frame in self.frames else None
        while around in self.frames:
            if self.frames[around].collapsed:
                return True
            around = self.frames[around].frame
        return False

    def _of(self, kind: str) -> dict[str, Frame] | dict[str, Note]:
        return self.frames if kind == FRAMES else self.notes

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
        thing = self._of(item[0])[item[1]]
        (x, y), (width, height) = thing.position, thing.size
        if isinstance(thing, Frame) and thing.collapsed:  # in the middle where it begins, so that wires stay straight
            across, below = (width - BOX[0]) / 2, HEAD + (height - HEAD - BOX[1]) / 2
            x, y = (x + across, y) if self._editor.scene.flow == "down" else (x, y + below)
            width, height = BOX
        return x, y, x + width, y + height

    def at(self, place: QPointF) -> tuple[Item, str] | None:
        """Return what a press at a point of the view takes, and by which sides: none for the whole.

        The inside of an open frame is not part of it: what lies there can be picked, and boxes drawn.
        """
        camera = self._editor.camera
        at, grip = camera.to_scene(place), _GRIP / camera.zoom
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
            if folded or item[0] == NOTES or at.y() <= top + max(HEAD, HEAD / 2 / camera.zoom):
                return item, ""
        return None

    def select(self, items: Iterable[Item]) -> None:
        """Select exactly these, and no layers."""
        self._editor.work_on(self._editor.root)
        self._editor.selection.select()
        self.selected = frozenset(items)
        self.chosen.emit()
        self._editor.update()

    def _share_selection(self) -> None:
        selection = self._editor.selection
        if selection.nodes or selection.wires:
            self.selected = frozenset()

    def frame_selection(self) -> None:
        """Put a frame around what is selected, and open its title for writing."""
        editor = self._editor
        scene, chosen = editor.stage.scene, editor.selection.nodes
        inner, beside = ([id_ for kind, id_ in self.selected if kind == wanted] for wanted in (FRAMES, NOTES))
        new = fresh_id(scene.network, FRAMES)
        try:
            edit = add_frame_around(scene.name, scene.network, chosen, sizes_of(scene), "Frame", inner, beside)
        except UserError as error:
            editor.refuse(error)
            return
        if editor.perform(edit) and not editor.stage.blocks:
            self.select([(FRAMES, new)])
            self.rename(edit)

    def add_note(self) -> None:
        """Put a note where the nearest free room is to the pointer, else to the middle; open it for writing."""
        editor = self._editor
        at = editor.camera.to_scene(editor.place_for_new())
        new = fresh_id(editor.scene.network, NOTES)
        place = self._free_for_note((at.x(), at.y()))
        edit = AddNote(editor.scene.name, new, {"position": place})
        if editor.perform(edit):
            self.select([(NOTES, new)])
            self.rename(edit)

    def _free_for_note(self, at: Point) -> Point:
        """Return the corner nearest to a place, across the flow, where a note covers no layer and no other note."""
        scene, (x, y) = self._editor.scene, snapped(at)
        width, height = NOTE.default(NOTE.parameter("size"))
        taken = [scene.nodes.rect(row) for row in scene.nodes.rows.values()]
        taken += [self.rect(item) for item in self.shown() if item[0] == NOTES]
        note = turned((x, y, x + width, y + height), scene.flow)
        aside = Ground(turned(box, scene.flow) for box in taken).step_aside([note], _BESIDE, 0, node_measures().grid)
        return (x + aside, y) if scene.flow == "down" else (x, y + aside)

    def rename(self, made: Edit | None = None) -> bool:
        """Open the title of the selected frame, or the text of the note, for writing; tell whether there is one.

        made: the step that what is written completes, if the frame or note is new.
        """
        self._made = made
        if len(self.selected) != 1:
            return False
        ((kind, id_),) = self.selected
        structure = self._editor.structure
        if kind == NOTES:
            structure.note_field.open_for(id_, self.notes[id_].text, lambda: self._note_place((kind, id_)))
        else:
            structure.title_field.open_for(id_, self.frames[id_].title, lambda: self._head((kind, id_)))
        return True

    def _note_place(self, item: Item) -> QRectF | None:
        return self.on_screen(item) if item[1] in self.notes else None

    def _head(self, item: Item) -> QRectF | None:
        """Return where the title of a frame is in the view, with room to write another; None once it is gone."""
        if item[1] not in self.frames:
            return None
        rect = self.on_screen(item)
        rect.setHeight(max(min(HEAD * self._editor.camera.zoom, 28.0), 24.0))
        rect.setWidth(max(rect.width() - 8, 120.0))
        return rect.translated(4, 2)

    def enter(self) -> bool:
        """Open the selected note for writing, or collapse or open the selected frames; tell whether there are any."""
        if not self.selected:
            return False
        if any(kind == FRAMES for kind, _ in self.selected):
            self.toggle_collapsed()
            return True
        return self.rename()

    def set_title(self, frame: str, title: str) -> None:
        """Give a frame another title."""
        if frame in self.frames and self.frames[frame].title != title:
            self._editor.perform(SetFrame(self._editor.scene.name, frame, {"title": title}), part_of=self._made)

    def set_text(self, note: str, text: str) -> None:
        """Give a note another text."""
        if note in self.notes and self.notes[note].text != text:
            self._editor.perform(SetNote(self._editor.scene.name, note, {"text": text}), part_of=self._made)

    def toggle_collapsed(self) -> None:
        """Collapse the selected frames to boxes, or open them where all are."""
        chosen = sorted(id_ for kind, id_ in self.selected if kind == FRAMES)
        if chosen:
            fold = not all(self.frames[id_].collapsed for id_ in chosen)
            values, reset = ({"collapsed": True}, ()) if fold else ({}, ("collapsed",))
            edits = tuple(SetFrame(self._editor.scene.name, id_, dict(values), reset) for id_ in chosen)
            self._editor.perform(Group(edits, "Collapse frame" if fold else "Open frame"))

    def set_colour(self, colour: str | None) -> None:
        """Colour the selected frames and notes; None takes the colour off."""
        name, edits = self._editor.scene.name, list[Edit]()
        values, reset = ({}, ("colour",)) if colour is None else ({"colour": colour}, ())
        for kind, id_ in sorted(self.selected):
            edits.append((SetFrame if kind == FRAMES else SetNote)(name, id_, dict(values), reset))
        if edits:
            self._editor.perform(Group(tuple(edits), "Colour"))

    def delete(self) -> bool:
        """Remove the selected frames, keeping what they hold, and notes; tell whether there were any."""
        name, chosen = self._editor.scene.name, sorted(self.selected)
        edits = [(RemoveFrame if kind == FRAMES else RemoveNote)(name, id_) for kind, id_ in chosen]
        if edits:
            self._editor.perform(Group(tuple(edits), edits[0].title if len(edits) == 1 else "Delete frames and notes"))
        return bool(edits)

    def carried(self, items: Iterable[Item]) -> tuple[frozenset[str], frozenset[Item]]:
        """Return the nodes, and the frames and notes, that move with these."""
        network, held = self._editor.scene.network, Contents(frozenset(), frozenset(), frozenset())
        moving = set(items)
        for kind, id_ in list(moving):
            if kind == FRAMES:
                inner = contents(network, id_)
                held = replace(held, nodes=held.nodes | inner.nodes)
                moving |= {(FRAMES, one) for one in inner.frames} | {(NOTES, one) for one in inner.notes}
        return held.nodes, frozenset(moving)

    def moving(self, step: Point) -> Edit | None:
        """Return the edit that moves all that is selected; what moves with a frame that is selected moves once."""
        scene = self._editor.scene
        inner = {item for one in self.selected for item in self.carried([one])[1] - {one}}
        edits: list[Edit] = []
        for kind, id_ in sorted(self.selected - inner):
            if kind == FRAMES:
                edits.append(move_frame(scene.name, scene.network, id_, step))
            else:
                x, y = self.notes[id_].position
                edits.append(SetNote(scene.name, id_, {"position": (x + step[0], y + step[1])}))
        several = Group(tuple(edits), "Move frames and notes")
        return several if len(edits) > 1 else edits[0] if edits else None

    def adopting(self, edit: Edit) -> Edit:
        """Return a move together with the edits that put its layers into the frames where they stand then."""
        moves = [part for part in (edit.edits if isinstance(edit, Group) else (edit,)) if isinstance(part, Move)]
        if not moves or not self.frames or self._editor.stage.blocks:
            return edit
        scene, wanted = self._editor.scene, dict[str | None, list[str]]()
        for node, place in (entry for move in moves for entry in move.positions.items()):
            face = scene.nodes.face(scene.nodes.rows[node])
            left, top, right, bottom = box_of(place, (face.width, face.height), scene.flow)
            wanted.setdefault(self._frame_at((left + right) / 2, (top + bottom) / 2), []).append(node)
        puts = [
            part for frame, nodes in wanted.items() for part in put_into(scene.name, scene.network, frame, nodes).edits
        ]
        return Group((edit, *puts), edit.title) if puts else edit

    def _frame_at(self, x: float, y: float) -> str | None:
        found = None
        for id_ in self.frames:
            left, top, right, bottom = self.rect((FRAMES, id_))
            if left <= x <= right and top <= y <= bottom and not self.frames[id_].collapsed:
                found = id_
        return found

    def on_screen(self, item: Item) -> QRectF:
        """Return where something is in the view."""
        left, top, right, bottom = self.rect(item)
        camera = self._editor.camera
        return QRectF(camera.to_view(left, top), camera.to_view(right, bottom))

    def place_on_scene(self, item: Item, rect: Rect) -> Edit:
        """Return the edit that gives something another rect."""
        kind, id_ = item
        left, top, right, bottom = (float(np.round(side)) for side in rect)
        values = {"position": (left, top), "size": (right - left, bottom - top)}
        return (SetFrame if kind == FRAMES else SetNote)(self._editor.scene.name, id_, values)

    def step_of(self, start: QPointF, at: QPointF, *, free: bool) -> Point:
        """Return the way of the hand on the canvas, on the grid unless `free`."""
        way = (at - start) / self._editor.camera.zoom
        return (way.x(), way.y()) if free else snapped((way.x(), way.y()))
