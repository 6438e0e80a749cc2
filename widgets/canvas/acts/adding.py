"""Adding layers to the view: by name, by the search that typing opens, and at the end of a wire."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QPainter

from graphs import addable
from graphs.addable import Addable
from graphs.errors import UserError
from graphs.feeding import forms_taken
from graphs.network import Wire
from widgets.canvas.acts.additions import Addition, Additions
from widgets.canvas.acts.fitness import Fitting
from widgets.canvas.cards.palette_popup import PalettePopup
from widgets.canvas.painting.hand_wire import draw_hand_wire
from widgets.canvas.tables.hit import PortHit

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


class Adding(QObject):
    """Keeps the search popup and what its choice leads to."""

    def __init__(self, view: "CanvasView") -> None:
        super().__init__(view)
        self._view = view
        self.popup = PalettePopup(view)
        self._chosen: Callable[[Addable], Addition] | None = None
        self._waiting: tuple[PortHit, QPointF] | None = None
        self.popup.closed.connect(self._leave_wire)
        self.popup.chosen.connect(self._add_chosen)

    def add(self, kind: str, at: QPointF | None = None) -> None:
        """Add a layer, or a block of the network called `kind`: at a point of the view, else after the current node.

        Where one wire is selected instead, it goes into that one. Without any of these it stands in the middle of the
        view. Raises UserError for a name that is neither.
        """
        what = addable.find(self._view.document.project, kind)
        self._add(lambda chosen: self._addition(chosen, at), what)

    def _addition(self, what: Addable, at: QPointF | None) -> Addition:
        if at is not None:
            self._view.work_on(self._view.root.at(at))
        adding, current = Additions(self._view.stage.scene), self._view.selection.current
        if at is None and current is not None and current in self._view.stage.scene.nodes:
            return adding.after(what, current)
        if at is None and (wire := self._wire) is not None and all(what.ports(self._view.document.project)):
            return adding.on_wire(what, wire)
        place = self._view.stage.lens.to_scene(at if at is not None else self._view.rect().toRectF().center())
        return adding.clear_of(what, (place.x(), place.y()))

    def type_to_add(self, text: str) -> None:
        """Open the search at the pointer with `text` typed already."""
        place, current, wire = self._view.place_for_new(), self._view.selection.current, self._wire
        where = place if current is None and wire is None else None
        self._chosen = lambda what: self._addition(what, where)
        feeds = current if current is not None or wire is None else wire.source
        self.popup.open_at(place, text, lambda wanted: self._found(wanted, feeds))

    @property
    def _wire(self) -> Wire | None:
        """The one wire that is selected, into which what is added goes; None where a layer is selected too."""
        selection = self._view.selection
        chosen = [wire for wire in selection.wires if wire in self._view.stage.scene.wires.rows]
        return chosen[0] if len(chosen) == 1 and not selection.nodes else None

    def search_for(self, at: QPointF, text: str, anchor: PortHit) -> None:
        """Open the search for what takes a wire from a port, or feeds it; the choice is wired to it."""
        place = self._view.stage.lens.to_scene(at)
        self._waiting = (anchor, place)
        node, port, output = anchor.node, anchor.port.name, anchor.output
        self._chosen = lambda what: Additions(self._view.stage.scene).wired(
            what, (place.x(), place.y()), node, port, output=output
        )
        self.popup.open_at(at, text, lambda wanted: self._fitting(wanted, anchor))

    def _leave_wire(self) -> None:
        self._waiting = None
        self._view.update()

    def paint(self, painter: QPainter) -> None:
        """Draw the wire that waits for the choice."""
        if self._waiting is not None:
            anchor, place = self._waiting
            start = QPointF(*anchor.place)
            ends = (start, place) if anchor.output else (place, start)
            view, style = self._view, self._view.style_of_canvas
            draw_hand_wire(painter, view.stage.lens, style, style.hand[anchor.port.kind], *ends, view.stage.scene.flow)

    def _found(self, text: str, after: str | None) -> list[Addable]:
        """Return what a text finds; of what matches equally well, what the current node can feed comes first."""
        known = self._view.specs_of(after) if after is not None and after in self._view.stage.scene.nodes else {}
        came = next(iter(known.values()), None)
        return addable.search(self._view.document.project, self._view.stage.scene.name, text, came)

    def _fitting(self, text: str, anchor: PortHit) -> list[Addable]:
        project, scene = self._view.document.project, self._view.stage.scene
        came = self._view.specs_of(anchor.node).get(anchor.port.name)
        if anchor.output:
            found = addable.search(project, scene.name, text, came)
            return [what for what in found if what.port_for(project, came) is not None]
        found = addable.search(project, scene.name, text)
        taken = forms_taken(project, scene.name, scene.report, anchor.node, anchor.port.name)
        giving = [what for what in found if what.ports(project)[1] and what.gives(taken)]
        return giving if taken is not None else sorted(giving, key=lambda what: not what.keeps_shape)

    def _add_chosen(self, what: Addable) -> None:
        if self._chosen is not None:
            self._add(self._chosen, what)

    def _add(self, make: Callable[[Addable], Addition], what: Addable) -> None:
        try:
            addition = make(what)
        except UserError as error:
            self._view.refuse(error)
            return
        if self._view.perform(addition.edit, [addition.node]):
            self._view.reveal(addition.node)
            if addition.unfit is not None:
                self._tell_unfit(addition.node, *addition.unfit)

    def _tell_unfit(self, new: str, node: str, port: str) -> None:
        """Say why a new layer was not wired to the one that it was meant to follow, and what would make it fit."""
        scene = self._view.stage.scene
        fitting = Fitting(scene, node, port, output=True)
        into = scene.nodes.face(scene.nodes.rows[new]).inputs
        refused = fitting.refusal(new, into[0].name) if into else None
        if refused is not None:
            self._view.say(refused)
