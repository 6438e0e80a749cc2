"""The head of the property form of one node: icon, name, kind with one line of help, toggles and menu."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from graphs import catalogue, multi
from graphs.edits import Rename, ReplaceLayer, SetParameters
from graphs.errors import UserError
from graphs.naming import check_name
from graphs.network import Network
from graphs.ports import ports
from graphs.project import Project
from graphs.spec import no_weights
from widgets.fields.editor import remark
from widgets.icons import category_icon, put_icon
from widgets.panels.section import label
from widgets.panels.steps import Steps
from widgets.theme import Theme
from widgets.theme_style import mark


def toggle(name: str, words: str, theme: Theme) -> QToolButton:
    """Return a button with an icon that stays down while something is on."""
    button = QToolButton()
    button.setCheckable(True)
    button.setToolTip(words)
    button.setAccessibleName(words)
    put_icon(button, name, theme)
    return button


class NameLine(QLineEdit):
    """A name, checked while it is typed. `renamed` carries it on Enter or when the focus leaves, `trouble` why not."""

    renamed = Signal(str)
    trouble = Signal(str)

    def __init__(self, words: str) -> None:
        super().__init__()
        mark(self, name=True)
        self.setAccessibleName(words)
        self.taken: set[str] = set()
        self._shown = ""
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._finished)

    def show_name(self, name: str) -> None:
        """Show a name, but not over one that is being typed."""
        if self.hasFocus() and self.text() != self._shown and name == self._shown:
            return
        self._shown = name
        remark(self, problem=False)
        if name != self.text():
            self.setText(name)

    def refusal(self, text: str) -> str:
        """Return why a text cannot be the name, empty when it can."""
        try:
            check_name(text)
        except UserError as error:
            return str(error)
        return f"Another layer is called {text} already." if text in self.taken - {self._shown} else ""

    def _typed(self, text: str) -> None:
        words = self.refusal(text)
        remark(self, problem=bool(words))
        self.trouble.emit(words)

    def _finished(self) -> None:
        text = self.text()
        if text != self._shown and not self.refusal(text):
            self.renamed.emit(text)


class NodeHeader(QWidget):
    """The head for one node of a network."""

    def __init__(self, steps: Steps, network: str, node: str, theme: Theme) -> None:
        super().__init__()
        self._steps, self._network, self._node, self._theme = steps, network, node, theme
        self.icon = QLabel()
        self.name = NameLine("Name of the layer")
        self.name.renamed.connect(self._rename)
        self.frozen = toggle("snowflake", "Freeze: training leaves its weights as they are", theme)
        self.bypassed = toggle("bypass", "Bypass: the wire goes round it", theme)
        for button, attribute in ((self.frozen, "frozen"), (self.bypassed, "bypassed")):
            button.clicked.connect(lambda _on, attribute=attribute: self._mark(attribute))
        self.more = QToolButton()
        self.more.setAccessibleName("More for this layer")
        self.more.setToolTip("More")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        put_icon(self.more, "more", theme)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.trouble = label(role="caption error", wrap=True)
        self.name.trouble.connect(self._show_trouble)
        self.kind = label(role="secondary", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        space = self._theme.measures.space
        line = QHBoxLayout()
        line.setSpacing(space.tiny)
        line.addWidget(self.icon)
        line.addSpacing(space.tiny)
        line.addWidget(self.name, 1)
        for button in (self.frozen, self.bypassed, self.more):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(space.medium, space.small, space.small, space.small)
        column.setSpacing(space.tiny)
        column.addLayout(line)
        below = QVBoxLayout()
        below.setContentsMargins(self._theme.measures.size.icon_large + space.small, 0, 0, 0)
        below.setSpacing(2)
        below.addWidget(self.trouble)
        below.addWidget(self.kind)
        column.addLayout(below)
        self.trouble.hide()

    @property
    def _drawn(self) -> Network:
        return self._project.networks[self._network]

    @property
    def _project(self) -> Project:
        return self._steps.document.project

    def show_node(self, network: str, node: str) -> None:
        """Be about another node of the same kind from now on."""
        self._network, self._node = network, node

    def refresh(self) -> None:
        """Show the node as it is."""
        network = self._drawn
        kind = network.kind(self._node)
        spec = catalogue.find(kind)
        if self.icon.pixmap().isNull():
            side = self._theme.measures.size.icon_large
            picture = category_icon(spec.category if spec else "block", self._theme, side)
            self.icon.setPixmap(picture.pixmap(side, side))
        self.name.taken = network.names()
        self.name.show_name(network.name(self._node))
        if not self.name.hasFocus():
            self._show_trouble("")
        self.kind.setText(f"{kind} · {spec.summary}" if spec else f"{kind} · not known here, kept as it is")
        held = network[self._node]
        self.frozen.setVisible(spec is not None and (kind == "Block" or spec.weights is not no_weights))
        self.frozen.setChecked(bool(held.get("frozen")))
        inputs, outputs = ports(self._project, network, self._node)
        self.bypassed.setVisible(bool(inputs and outputs))
        self.bypassed.setChecked(bool(held.get("bypassed")))

    def fill_menu(self) -> None:
        """Offer what can be done with the node as it is now."""
        self.menu.clear()
        network, held = self._drawn, self._drawn[self._node]
        disabled = bool(held.get("disabled"))
        turn = self.menu.addAction("Enable" if disabled else "Disable")
        turn.triggered.connect(lambda: self._mark("disabled"))
        given = network.parameters(self._node)
        reset = self.menu.addAction("Reset all to defaults")
        reset.setEnabled(bool(given) and network.kind(self._node) != "Block")
        reset.triggered.connect(self._reset)
        spec = catalogue.find(network.kind(self._node))
        if spec is not None and spec.category != "block":
            others = self.menu.addMenu("Replace by")
            for other in catalogue.likest(spec.name):
                if other.category == spec.category:
                    others.addAction(other.name, partial(self._replace, other.name))

    def _title(self, what: str) -> str:
        return f"{what} {self._drawn.name(self._node)}"

    def _mark(self, attribute: str) -> None:
        edit = multi.toggle(self._project, self._network, [self._node], attribute)
        self._steps.perform(edit.title, edit)

    def _reset(self) -> None:
        names = tuple(self._drawn.parameters(self._node))
        self._steps.perform(self._title("Reset"), SetParameters(self._network, self._node, {}, names))

    def _replace(self, kind: str) -> None:
        self._steps.perform(f"{self._title('Replace')} by {kind}", ReplaceLayer(self._network, self._node, kind))

    def _rename(self, name: str) -> None:
        self._steps.perform(f"{self._title('Rename')} to {name}", Rename(self._network, self._node, name))

    def _show_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the name back."""
        if event.key() == Qt.Key.Key_Escape and self.name.hasFocus():
            self.name.setText(self._drawn.name(self._node))
            remark(self.name, problem=False)
            self._show_trouble("")
        else:
            super().keyPressEvent(event)
