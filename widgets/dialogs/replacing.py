"""Dialogs that change many layers in one step: replace a parameter's value, and replace a kind of layer."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from graphs import catalogue
from graphs.edits import Edit
from graphs.errors import UserError
from graphs.multi import find_value, replace_layers, replace_value
from graphs.parameters import Value
from widgets.document import Document
from widgets.figures import counted
from widgets.selection import Selection
from widgets.theme_measures import shared_measures
from widgets.theme_style import mark

ANY = "any parameter"


class ReplaceDialog(QDialog):
    """What both dialogs are: rows, a line that says what would change, and one button that does it.

    They are about the selected layers, or about all of the network on view while none is selected.
    """

    def __init__(self, title: str, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self.setWindowTitle(title)
        self.setFixedWidth(shared_measures().size.dialog)
        self.form = QFormLayout(self)
        self.form.setContentsMargins(*[shared_measures().space.large] * 4)
        heading = QLabel(title)
        mark(heading, role="title")
        self.form.addRow(heading)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.act = QPushButton("Replace")
        mark(self.act, primary=True)
        self.act.setDefault(True)
        self.act.clicked.connect(self._replace)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.reject)

    def _finish(self) -> None:
        """Put what all have in common below the rows."""
        self.form.addRow(self.told)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._close)
        buttons.addWidget(self.act)
        self.form.addRow(buttons)

    @property
    def nodes(self) -> frozenset[str]:
        """The layers that it is about."""
        return self._selection.nodes or frozenset(self._document.project.networks[self._selection.network])

    def edit(self) -> Edit:
        """Return what would be done. Raises UserError where there is nothing to do."""
        raise NotImplementedError

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        self.told.setText(text)
        mark(self.told, role="error" if wrong else "secondary")

    def _replace(self) -> None:
        try:
            edit = self.edit()
            self._document.perform(edit)
        except UserError as error:
            self._tell(str(error), wrong=True)
            return
        self._tell(edit.title + ": done. Undo takes it back.")


class ReplaceParameterDialog(ReplaceDialog):
    """Puts one value of a parameter in place of another."""

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__("Find and replace a parameter", document, selection, parent)
        self.parameter, self.old, self.new = QComboBox(), QLineEdit(), QLineEdit()
        network = document.project.networks[selection.network]
        specs = [catalogue.find(kind) for kind in {network.kind(node) for node in self.nodes}]
        self._parameters = {p.name: p for spec in specs if spec is not None for p in spec.choices}
        self.parameter.addItems([ANY, *sorted(self._parameters)])
        self.form.addRow("Parameter", self.parameter)
        self.form.addRow("Find", self.old)
        self.form.addRow("Replace with", self.new)
        self._finish()
        self.parameter.currentTextChanged.connect(self._count)
        self.old.textChanged.connect(self._count)

    @property
    def _name(self) -> str:
        return "" if self.parameter.currentText() == ANY else self.parameter.currentText()

    def edit(self) -> Edit:
        project, network = self._document.project, self._selection.network
        old, new = self._value(self.old.text()), self._value(self.new.text())
        return replace_value(project, network, self._name, old, new, self.nodes)

    def _value(self, text: str) -> Value:
        """Read a text as the parameter does; for any parameter, as the first that takes it."""
        chosen = [self._parameters[self._name]] if self._name else list(self._parameters.values())
        trouble: UserError | None = None
        for parameter in chosen:
            try:
                return parameter.parse(text)
            except UserError as error:
                trouble = trouble or error
        raise trouble or UserError("No layer here has a parameter.")

    def _count(self) -> None:
        try:
            project, network = self._document.project, self._selection.network
            hits = [*find_value(project, network, self._name, self._value(self.old.text()), self.nodes)]
        except UserError as error:
            self._tell(str(error) if self.old.text() else "")
            return
        self._tell(f"Found in {counted(len({hit.node for hit in hits}), 'layer')}.")


class ReplaceKindDialog(ReplaceDialog):
    """Makes layers another kind, each keeping what fits."""

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__("Replace a kind of layer", document, selection, parent)
        network = document.project.networks[selection.network]
        self.old, self.new = QComboBox(), QComboBox()
        self.old.addItems(sorted({network.kind(node) for node in self.nodes if catalogue.find(network.kind(node))}))
        self.new.setEditable(True)
        self.form.addRow("Replace", self.old)
        self.form.addRow("With", self.new)
        self._finish()
        self.old.currentTextChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        """Offer for the kind chosen all others, the likest first, those of its category apart from the rest."""
        self.new.clear()
        spec = catalogue.find(self.old.currentText())
        likest = catalogue.likest(spec.name) if spec is not None else []
        self.new.addItems([other.name for other in likest])
        near = sum(other.category == spec.category for other in likest) if spec is not None else 0
        if 0 < near < len(likest):
            self.new.insertSeparator(near)
        self.new.setCurrentIndex(0)
        self._count()

    def _chosen(self) -> list[str]:
        network = self._document.project.networks[self._selection.network]
        return [node for node in self.nodes if node in network and network.kind(node) == self.old.currentText()]

    def edit(self) -> Edit:
        nodes = self._chosen()
        if not nodes:
            raise UserError(f"No {self.old.currentText()} is left here.")
        return replace_layers(self._document.project, self._selection.network, nodes, self.new.currentText())

    def _count(self) -> None:
        self._tell(f"{counted(len(self._chosen()), 'layer')} of this kind.")


DIALOGS: dict[str, Callable[[Document, Selection, QWidget | None], ReplaceDialog]] = {
    "parameter": ReplaceParameterDialog,
    "kind": ReplaceKindDialog,
}
