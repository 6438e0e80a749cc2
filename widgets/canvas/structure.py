"""What lies about a drawing beside its layers and wires: the acts on blocks, the uses of one, and heat."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from graphs.project import MAIN
from graphs.ways import inner_of, uses_of
from widgets.canvas.acts.annotations import Annotations
from widgets.canvas.acts.block_acts import BlockActs
from widgets.canvas.cards.name_field import NameField
from widgets.canvas.cards.uses_card import UsesCard
from widgets.canvas.comparison import Comparison
from widgets.canvas.painting.heat import Heat
from widgets.canvas.painting.kin import paint_kin
from widgets.canvas.painting.notes import NoteField
from widgets.canvas.painting.reader_marks import ReaderMarks

if TYPE_CHECKING:
    from widgets.canvas.editor import Editor


class Structure(QObject):
    """Belongs to one canvas, follows its document, and paints over the layers."""

    def __init__(self, editor: "Editor") -> None:
        super().__init__(editor)
        self._editor = editor
        self.blocks = BlockActs(editor)
        self.annotations = Annotations(editor)
        self.title_field, self.note_field = NameField(editor), NoteField(editor)
        self.title_field.setAccessibleName("Title of the frame")
        self.title_field.entered.connect(self.annotations.set_title)
        self.note_field.entered.connect(self.annotations.set_text)
        self.reader_marks = ReaderMarks(editor)
        self.heat, self.comparison = Heat(editor), Comparison(editor)
        self.uses_card = UsesCard(editor)
        self.uses_card.chosen.connect(lambda path: editor.selection.show(editor.selection.on_view[0], path))
        self.uses_card.own_copy.connect(self._own_copy)
        for signal in (editor.document.edited, editor.document.replaced, editor.selection.view_changed):
            signal.connect(self.refresh)
        editor.over.append(self._paint_kin)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show what the network on view has."""
        editor = self._editor
        self.annotations.refresh()
        project, (network, path) = editor.document.project, editor.selection.on_view
        uses = uses_of(project, network) if path and network != MAIN and network in project.networks else []
        self.uses_card.show_uses(network, uses, path, editor.theme)

    def show_theme(self, *_: object) -> None:
        """Take the colours of the theme that the canvas has now."""
        self.refresh()
        self.heat.refresh()
        self.comparison.refresh()

    def set_colour(self, colour: str | None) -> None:
        """Colour what is selected: layers, else frames and notes; None takes the colour off."""
        (self.reader_marks if self._editor.selection.nodes else self.annotations).set_colour(colour)

    def _own_copy(self) -> None:
        self._editor.work_on(self._editor.root)
        self._editor.selection.select()  # so that it is about the block dived into
        self.blocks.make_unique()

    def _paint_kin(self, painter: QPainter) -> None:
        """Mark the other blocks of the network that the selected one stands for."""
        editor = self._editor
        project, stage, current = editor.document.project, editor.stage, editor.selection.current
        scene = stage.scene
        name = inner_of(project, scene.name, current) if current is not None else None
        if name is not None:
            kin = [n for holder, n in project.uses(name) if holder == scene.name and n != current]
            paint_kin(painter, editor.style_of_canvas, stage.lens, [scene.rect(n) for n in kin if n in scene.nodes])
