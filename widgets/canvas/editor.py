"""What the window's commands ask of the canvas: edits of the selection, and which network is on view."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from graphs.annotations import contents
from graphs.edits import Edit, Group
from graphs.errors import UserError
from graphs.fragments import added_entries
from graphs.network import Wire
from graphs.ports import BLOCK
from graphs.project import MAIN
from widgets.canvas.acts.arranging import Glide, arranging, branch_of
from widgets.canvas.acts.bookmarks import Bookmarks
from widgets.canvas.acts.editing import Editing
from widgets.canvas.acts.fitness import Refused
from widgets.canvas.acts.lining import Lining
from widgets.canvas.acts.with_room import with_room
from widgets.canvas.cards.name_field import NameField
from widgets.canvas.cards.refusal_card import RefusalCard
from widgets.canvas.hands.walking import next_in_order
from widgets.canvas.painting.notes import NoteField
from widgets.canvas.scene import Scene
from widgets.canvas.structure import Structure
from widgets.canvas.surface import Surface
from widgets.canvas.tables.board import FRAMES, NOTES
from widgets.canvas.tables.node_geometry import Point, node_measures
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import ThemeSource

LOCKED = Refused("The canvas is locked", "It can be panned, zoomed and selected on. View, Lock canvas opens it again.")


class Editor(Surface):
    """A surface whose network is edited by calls; what does not fit is said in its card.

    locked: nothing of the drawing changes by what is done on the canvas.
    """

    def __init__(
        self, document: Document, selection: Selection, themes: ThemeSource, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, selection, themes, parent)
        self.locked = False
        self._made: Edit | None = None
        self._nudged: tuple[object, Edit | None] | None = None
        self.card, self.name_field = RefusalCard(self), NameField(self)
        self.structure, self.lining, self.bookmarks = Structure(self), Lining(self), Bookmarks(self)
        self._glide = Glide(self.scene, self)
        self._glide.moved.connect(self.update)
        self.name_field.entered.connect(self._rename)
        for field in self.fields:
            self.camera.moved.connect(field.follow)
            document.edited.connect(field.follow)
            selection.leaving.connect(field.commit)
        themes.changed.connect(self.structure.show_theme)

    @property
    def fields(self) -> tuple[NameField | NoteField, ...]:
        """The fields in which something on the canvas is written in its place."""
        return self.name_field, self.structure.title_field, self.structure.note_field

    def _replaced(self) -> None:
        for field in self.fields:
            field.abandon()  # what it is about is no part of this drawing
        super()._replaced()

    def room_to_fit(self) -> QRectF:
        """Leave room for the cards of a comparison and of the uses of a block, unless little would be left beside."""
        room = super().room_to_fit()
        uses = self.structure.uses_card.room if self.selection.path else 0
        beside = room.adjusted(self.structure.comparison.card.room, 0, -uses, 0)
        return beside if beside.width() > room.width() / 2 else room

    def place_for_new(self) -> QPointF:
        """Return where something new goes, px of the view."""
        return self.rect().toRectF().center()

    @property
    def editing(self) -> Editing:
        """What can be done with the selection."""
        chosen = self.structure.annotations.selected
        held, beside = ([id_ for kind, id_ in sorted(chosen) if kind == wanted] for wanted in (FRAMES, NOTES))
        return Editing(self.stage.scene, self.selection, held, beside)

    def perform(
        self,
        edit: Edit | None,
        select: Sequence[str] | None = None,
        going_on: Edit | None = None,
        part_of: Edit | None = None,
    ) -> bool:
        """Carry out an edit as one undo step and select `select`; what does not fit is said in the card.

        going_on, part_of: the step that this one becomes one with if nothing was done since, see `Document.perform`.
        """
        if edit is None:
            return False
        if self.locked:
            self.say(LOCKED)
            return False
        try:
            self.document.perform(edit, going_on, part_of)
        except UserError as error:
            self.refuse(error)
            return False
        if select is not None:
            self.selection.select(select)
        return True

    def mend(self, remedy: Edit) -> bool:
        """Carry out what a refusal offered, as one undo step; what it adds gets room."""
        return self.perform(with_room(self.root, remedy))

    def refuse(self, error: UserError) -> None:
        """Say at the pointer why nothing was changed."""
        self.say(Refused("Nothing was changed", str(error)))

    def say(self, refused: Refused) -> None:
        """Show a refusal at the pointer for a while; what it offers, Enter does."""
        self.card.tell(refused, self.place_for_new(), self.mend)
        self.card.keep()

    def delete(self) -> None:
        """Delete the selected nodes, wires and dots."""
        if not self.structure.annotations.delete():
            self.perform(self.editing.delete())

    def dissolve(self) -> None:
        """Delete the selected nodes and join what was on their two sides."""
        self.perform(self.editing.dissolve())

    def copy(self) -> None:
        """Copy what is selected to the clipboard as text; a frame brings all that it holds."""
        self.editing.copy()

    def cut(self) -> None:
        """Copy what is selected and delete it."""
        editing = self.editing
        if editing.copy():
            self.perform(editing.delete_held() or editing.delete())

    def paste(self) -> None:
        """Paste layers from the clipboard where the pointer is, or in the middle of the view."""
        self.work_on(self.root.at(self.place_for_new()))
        at = self.stage.lens.to_scene(self.place_for_new())
        try:
            edit, nodes = self.editing.paste((at.x(), at.y()))
        except UserError as error:
            self.refuse(error)
            return
        if self.perform(edit, nodes):
            self._select_added(edit)

    def duplicate(self, *, with_wires: bool = False) -> None:
        """Add copies of what is selected beside it, fed as the originals are if `with_wires`."""
        copies = self.editing.duplicate(with_wires=with_wires)
        if copies is not None and self.perform(*copies):
            self._select_added(copies[0])

    def _select_added(self, edit: Group) -> None:
        """Select the frames and notes that an edit adds by themselves, so that they move with what they hold."""
        scene, annotations = self.stage.scene, self.structure.annotations
        added_frames, added_notes = added_entries(edit, scene.name)
        outer = [(FRAMES, id_) for id_ in added_frames if annotations.frames[id_].frame is None]
        inside = {node for _, id_ in outer for node in contents(scene.network, id_).nodes}
        if (outer or added_notes) and self.selection.nodes <= inside:
            annotations.select([*outer, *((NOTES, id_) for id_ in added_notes if annotations.notes[id_].frame is None)])

    def add_dot(self, wire: Wire, place: Point) -> None:
        """Lead a wire through a place, and select that dot."""
        edit = self.editing.add_dot(wire, place)
        if self.perform(edit):
            self.selection.select(dots=[(wire, edit.index)])

    def put_dot(self, near: QPointF) -> None:
        """Lead the selected wire through a dot at a point of the view, or in its middle where that is far away."""
        scene = self.stage.scene
        wire = next((wire for wire in self.selection.wires if wire in scene.wires.rows), None)
        if wire is None:
            return
        at, row = self.stage.lens.to_scene(near), scene.wires.rows[wire]
        if scene.wires.near(at.x(), at.y(), 12.0 / self.camera.zoom) != row:
            (x0, y0), (x1, y1) = scene.wires.points(row)[0], scene.wires.points(row)[-1]
            at = QPointF((x0 + x1) / 2, (y0 + y1) / 2)
        self.add_dot(wire, (at.x(), at.y()))

    def select_all(self) -> None:
        """Select every node."""
        self.selection.select(sorted(self.stage.scene.nodes))

    def select_more(self, reach: Callable[[Scene, frozenset[str]], frozenset[str]]) -> None:
        """Select what else `reach` says belongs to the selected nodes."""
        scene, selection = self.stage.scene, self.selection
        chosen = selection.nodes & frozenset(scene.network)
        if chosen:
            selection.select(sorted(reach(scene, chosen)), selection.current)

    def nudge(self, right: int, down: int, *, far: bool = False) -> None:
        """Move what is selected by steps of the grid, ten at a time if `far`; one after the other they are one step."""
        size, annotations = node_measures().grid * (10 if far else 1), self.structure.annotations
        step: Point = (right * size, down * size)
        edit = annotations.moving(step) if annotations.selected else self.editing.nudge(step)
        chosen = (self.selection.path, self.selection.nodes, self.selection.dots, annotations.selected)
        before = self._nudged[1] if self._nudged is not None and self._nudged[0] == chosen else None
        self._nudged = (chosen, edit) if self.perform(edit, going_on=before) else None

    def arrange(self) -> None:
        """Tidy what is selected, or the whole network; nodes glide to their places."""
        held = self.structure.annotations.carried(self.structure.annotations.selected)[0]
        self._arrange(self.selection.nodes or held)

    def arrange_branch(self) -> None:
        """Tidy the selected nodes and all that hangs on them."""
        self._arrange(branch_of(self.stage.scene, self.selection.nodes))

    def _arrange(self, nodes: frozenset[str]) -> None:
        edit = arranging(self.stage.scene, nodes)
        if self.stage.blocks:
            self.perform(edit)
        elif edit is not None:
            before = {node: self.scene.position(node) for node in self.scene.nodes}
            if self.perform(edit):
                self._glide.start(before, self.theme.measures.duration.arrange)

    def rename(self, made: Edit | None = None) -> None:
        """Open the field over the current node's name. made: the step that the name completes, if the node is new."""
        self._made = made
        node, scene = self.selection.current, self.stage.scene
        if self.locked:
            self.say(LOCKED)
        elif not self.structure.annotations.rename() and node is not None and node in scene.nodes:
            self.name_field.open_for(node, scene.network.name(node), lambda: self._name_place(node))

    def _name_place(self, node: str) -> QRectF | None:
        """Return where the name of a node is in the view, with room to write another; None once it is gone."""
        stage = self.stage
        if node not in stage.scene.nodes:
            return None
        left, top, right, _ = stage.scene.rect(node)
        name_x, zoom = node_measures().name_x - 6, self.camera.zoom
        corner = stage.lens.to_view(left + name_x, top + 3)
        width = max((right - left - name_x - 6) * zoom, 120.0)
        return QRectF(corner.x(), corner.y(), width, max(22.0 * zoom, 24.0))

    def _rename(self, node: str, name: str) -> None:
        made, self._made = self._made, None
        edit = self.editing.rename(node, name)
        named = edit if made is None or edit is None else self.structure.blocks.naming(node, edit)
        self.perform(named, part_of=made)

    def dive(self, node: str) -> bool:
        """Show the network that a block stands for; from a layer in an open block, show that block with it selected.

        Tell whether there was a way.
        """
        selection, held = self.selection, self.stage.scene.network
        inner = str(held.parameters(node).get("network", "")) if node in held and held.kind(node) == BLOCK else ""
        if inner in self.document.project.networks:
            selection.show(inner, (*selection.path, node))
            return True
        if selection.blocks and node in held:
            selection.show(selection.network, selection.path)
            selection.select([node])
            return True
        return False

    def step_in(self) -> None:
        """Go to the first layer of the current block where it stands open; one that is closed is dived into."""
        node = self.selection.current
        inner = self.stage.within(node) if node is not None else None
        if inner is not None:
            self.work_on(inner)
            if (first := next_in_order(inner.scene, None)) is not None:
                self.focus_node(first)
        elif node is not None:
            self.dive(node)

    def leave(self) -> None:
        """Go to the block that holds what is worked in, and select it: where it stands open, else in its network."""
        selection, path = self.selection, self.selection.path
        if selection.blocks:
            self.work_on(self.root.reached(selection.blocks[:-1]))
        elif path:
            selection.show(self._network_at(path[:-1]), path[:-1])
        if path:
            selection.select([path[-1]])

    def _network_at(self, path: tuple[str, ...]) -> str:
        """Return the network to which block nodes lead from main."""
        name, networks = MAIN, self.document.project.networks
        for node in path:
            inner = str(networks[name].parameters(node).get("network")) if node in networks[name] else ""
            if inner not in networks:
                return MAIN
            name = inner
        return name
