"""Frames and notes where the hand works: what is selected, and what the commands do with them."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from graphs.annotations import NOTE, Contents, Frame, Note, contents, fresh_id
from graphs.arranging.ground import Ground
from graphs.edits import AddNote, Edit, Group, Move, RemoveFrame, RemoveNote, SetFrame, SetNote
from graphs.enclosing import add_frame_around
from graphs.errors import UserError
from graphs.framing import box_of, move_frame, put_into
from graphs.room import turned
from widgets.canvas.acts.arranging import sizes_of
from widgets.canvas.painting.notes import height_for
from widgets.canvas.tables.board import FRAMES, HEAD, NOTES, Board, Item
from widgets.canvas.tables.node_geometry import Point, Rect, node_measures, snapped

if TYPE_CHECKING:
    from graphs.parameters import Value
    from widgets.canvas.editor import Editor
    from widgets.canvas.scene import Scene

LEAST = (96.0, 48.0)
_BESIDE = 24.0
_MOST_HIGH = 960.0
"""How high a note grows with its text, px."""


class Annotations(QObject):
    """Acts on the frames and notes of the stage on which the hand works, which may be in a block that stands open."""

    chosen = Signal()

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor
        self._where = editor.selection.path
        self._made: Edit | None = None
        editor.selection.changed.connect(self._share_selection)
        editor.selection.annotation_sought.connect(self._go)
        self.refresh()

    @property
    def scene(self) -> "Scene":
        """The scene on which the hand works."""
        return self._editor.stage.scene

    @property
    def board(self) -> Board:
        """What of frames and notes is to be seen there."""
        return self.scene.board

    @property
    def frames(self) -> dict[str, Frame]:
        """The frames there by id."""
        return self.board.frames

    @property
    def notes(self) -> dict[str, Note]:
        """The notes there by id."""
        return self.board.notes

    @property
    def selected(self) -> frozenset[Item]:
        """Those that are selected."""
        return self._editor.selection.annotations

    @selected.setter
    def selected(self, items: frozenset[Item]) -> None:
        editor = self._editor
        for stage in editor.root.all() if editor.scene.insides else (editor.root,):
            stage.standing.annotations = frozenset()
        editor.stage.standing.annotations = items
        editor.selection.annotate(items)

    def refresh(self) -> None:
        """Read the network on view anew."""
        self._editor.scene.board.refresh()
        self.selected = frozenset(item for item in self.selected if self.board.has(item))

    def select(self, items: Iterable[Item]) -> None:
        """Select exactly these, and no layers."""
        self._editor.selection.select()
        self.selected = frozenset(items)
        self.chosen.emit()
        self._editor.update()

    def _go(self, kind: str, id_: str) -> None:
        """Select a frame or note that was chosen elsewhere, and bring it into view."""
        if self.board.has((kind, id_)):
            self.select([(kind, id_)])
            self._editor.reveal_rect(self.on_screen((kind, id_)))

    def _share_selection(self) -> None:
        selection, before = self._editor.selection, self._where
        self._where = selection.path
        if selection.nodes or selection.wires or before != selection.path:
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
        if editor.perform(edit):
            self.select([(FRAMES, new)])
            self.rename(edit)

    def add_note(self) -> None:
        """Put a note where the nearest free room is to the pointer, else to the middle; open it for writing."""
        editor = self._editor
        editor.work_on(editor.root.at(editor.place_for_new()))
        at = editor.stage.lens.to_scene(editor.place_for_new())
        new = fresh_id(self.scene.network, NOTES)
        place = self._free_for_note((at.x(), at.y()))
        edit = AddNote(self.scene.name, new, {"position": place})
        if editor.perform(edit):
            self.select([(NOTES, new)])
            self.rename(edit)

    def _free_for_note(self, at: Point) -> Point:
        """Return the corner nearest to a place, across the flow, where a note covers no layer and no other note."""
        scene, (x, y) = self.scene, snapped(at)
        width, height = NOTE.default(NOTE.parameter("size"))
        taken = [scene.nodes.rect(row) for row in scene.nodes.rows.values()]
        taken += [self.board.rect(item) for item in self.board.shown() if item[0] == NOTES]
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
            self._editor.perform(SetFrame(self.scene.name, frame, {"title": title}), part_of=self._made)

    def set_text(self, note: str, text: str) -> None:
        """Give a note another text; the note grows where that would not be seen whole."""
        if note in self.notes and self.notes[note].text != text:
            values: dict[str, Value] = {"text": text}
            (width, height), grid = self.notes[note].size, node_measures().grid
            needed = math.ceil(height_for(text, width, self._editor.theme) / grid) * float(grid)
            if height < needed <= _MOST_HIGH:
                values["size"] = (width, needed)
            self._editor.perform(SetNote(self.scene.name, note, values), part_of=self._made)

    def toggle_collapsed(self) -> None:
        """Collapse the selected frames to boxes, or open them where all are."""
        chosen = sorted(id_ for kind, id_ in self.selected if kind == FRAMES)
        if chosen:
            fold = not all(self.frames[id_].collapsed for id_ in chosen)
            values, reset = ({"collapsed": True}, ()) if fold else ({}, ("collapsed",))
            edits = tuple(SetFrame(self.scene.name, id_, dict(values), reset) for id_ in chosen)
            self._editor.perform(Group(edits, "Collapse frame" if fold else "Open frame"))

    def set_colour(self, colour: str | None) -> None:
        """Colour the selected frames and notes; None takes the colour off."""
        name, edits = self.scene.name, list[Edit]()
        values, reset = ({}, ("colour",)) if colour is None else ({"colour": colour}, ())
        for kind, id_ in sorted(self.selected):
            edits.append((SetFrame if kind == FRAMES else SetNote)(name, id_, dict(values), reset))
        if edits:
            self._editor.perform(Group(tuple(edits), "Colour"))

    def delete(self) -> bool:
        """Remove the selected frames, keeping what they hold, and notes; tell whether there were any."""
        name, chosen = self.scene.name, sorted(self.selected)
        edits = [(RemoveFrame if kind == FRAMES else RemoveNote)(name, id_) for kind, id_ in chosen]
        if edits:
            self._editor.perform(Group(tuple(edits), edits[0].title if len(edits) == 1 else "Delete frames and notes"))
        return bool(edits)

    def carried(self, items: Iterable[Item]) -> tuple[frozenset[str], frozenset[Item]]:
        """Return the nodes, and the frames and notes, that move with these."""
        network, held = self.scene.network, Contents(frozenset(), frozenset(), frozenset())
        moving = set(items)
        for kind, id_ in list(moving):
            if kind == FRAMES:
                inner = contents(network, id_)
                held = replace(held, nodes=held.nodes | inner.nodes)
                moving |= {(FRAMES, one) for one in inner.frames} | {(NOTES, one) for one in inner.notes}
        return held.nodes, frozenset(moving)

    def moving(self, step: Point) -> Edit | None:
        """Return the edit that moves all that is selected; what moves with a frame that is selected moves once."""
        scene = self.scene
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
        if not moves or not self.frames:
            return edit
        scene, wanted = self.scene, dict[str | None, list[str]]()
        for node, place in (entry for move in moves for entry in move.positions.items()):
            face = scene.nodes.face(scene.nodes.rows[node])
            left, top, right, bottom = box_of(place, (face.width, face.height), scene.flow)
            wanted.setdefault(scene.board.frame_at((left + right) / 2, (top + bottom) / 2), []).append(node)
        puts = [
            part for frame, nodes in wanted.items() for part in put_into(scene.name, scene.network, frame, nodes).edits
        ]
        return Group((edit, *puts), edit.title) if puts else edit

    def on_screen(self, item: Item) -> QRectF:
        """Return where something is in the view."""
        return self.board.on_screen(item, self._editor.stage.lens)

    def place_on_scene(self, item: Item, rect: Rect) -> Edit:
        """Return the edit that gives something another rect."""
        kind, id_ = item
        left, top, right, bottom = (float(np.round(side)) for side in rect)
        values = {"position": (left, top), "size": (right - left, bottom - top)}
        return (SetFrame if kind == FRAMES else SetNote)(self.scene.name, id_, values)

    def step_of(self, start: QPointF, at: QPointF, *, free: bool) -> Point:
        """Return the way of the hand on the canvas, on the grid unless `free`."""
        way = (at - start) / self._editor.camera.zoom
        return (way.x(), way.y()) if free else snapped((way.x(), way.y()))
