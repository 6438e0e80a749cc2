"""The property form of a network, shown while nothing in it is selected: title, flow, totals, arguments, uses."""

from collections.abc import Iterator

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from graphs.declarations import Declaration
from graphs.edits import RenameNetwork, SetNetworkAttributes, SetTitle
from graphs.errors import UserError
from graphs.network import Network
from graphs.parameters import Choice, Value
from graphs.project import MAIN
from graphs.reporting import Report
from widgets.fields import Form
from widgets.fields.editor import remark
from widgets.figures import memory, rounded
from widgets.panels.argument_rows import ArgumentRows
from widgets.panels.frame_rows import FrameRows
from widgets.panels.page_head import page_head
from widgets.panels.section import Fact, Facts, Section, label
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import Theme
from widgets.theme_style import mark

DRAWING = Declaration(
    name="drawing",
    summary="How the network is drawn.",
    parameters=(Choice(name="flow", default="down", options=("down", "right"), doc="Where the network grows."),),
)
LISTED = 8


class NetworkPage(QWidget):
    """Everything about the network on view."""

    def __init__(self, steps: Steps, selection: Selection, theme: Theme, folded: set[str]) -> None:
        super().__init__()
        self._steps, self._selection, self._theme = steps, selection, theme
        self._network, self._path = selection.network, selection.path
        self.title = QLineEdit()
        mark(self.title, name=True)
        self.title.setAccessibleName("Title of the project" if self._network == MAIN else "Name of the network")
        self.title.editingFinished.connect(self._rename)
        self.trouble = label(role="caption error", wrap=True)
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.measures.space.large)
        column.setSpacing(0)
        words = "Project · its network main" if self._network == MAIN else "Network · a block that nodes stand for"
        below = (self.trouble, label(words, "secondary", wrap=True))
        column.addLayout(page_head("network", self.title, below, theme))
        drawing = Section("Drawing", theme, folded)
        self.form = Form(DRAWING, theme)
        self.form.chosen.connect(lambda name, value: self._set(f"Change {name}", {name: value}))
        self.form.reset.connect(lambda name: self._set(f"Change {name}", {}, (name,)))
        drawing.add(self.form)
        column.addWidget(drawing)
        totals = Section("Totals", theme, folded, "" if self._network == MAIN else "of one copy")
        self.totals = Facts(theme)
        totals.add(self.totals)
        column.addWidget(totals)
        self._framed = Section("Frames", theme, folded, "layers, weights")
        self.frames = FrameRows(theme)
        self.frames.chosen.connect(lambda frame: selection.annotation_sought.emit("frames", frame))
        self._framed.add(self.frames)
        column.addWidget(self._framed)
        self.arguments = ArgumentRows(theme)
        self.uses = Facts(theme)
        users = Section("Used by", theme, folded)
        users.add(self.uses)
        for section in (self._arguments(folded), users):
            column.addWidget(section)
            section.setVisible(self._network != MAIN)  # no node stands for main
        column.addStretch()
        self.refresh()

    def _arguments(self, folded: set[str]) -> Section:
        section = Section("Arguments", self._theme, folded, "defaults")
        section.add(self.arguments)
        section.add(label("Fields inside may use them, as in 4 * width.", "caption tertiary", wrap=True))
        self.arguments.changed.connect(lambda title, values: self._set(title, {"arguments": values}))
        return section

    @property
    def _drawn(self) -> Network:
        return self._steps.document.project.networks[self._network]

    def refresh(self) -> None:
        """Show the network as it is now."""
        project = self._steps.document.project
        shown = project.title if self._network == MAIN else self._network
        if not (self.title.hasFocus() and self.title.isModified()):
            self.title.setText(shown)
            self.title.setCursorPosition(0)  # a long one is read from its beginning
            self._tell("")
        self.form.show_values({name: value for name, value in self._drawn.attributes.items() if name == "flow"})
        self.totals.show_facts(tuple(total_facts(self._steps.document.report(self._network, self._path))))
        self.frames.show_frames(self._drawn, self._steps.document.report(self._network, self._path))
        self._framed.setVisible(bool(self.frames.rows))
        self.arguments.show_arguments(self._drawn.arguments)
        users = project.uses(self._network)
        facts = [self._use(owner, node) for owner, node in users[:LISTED]]
        rest = [Fact(f"and {len(users) - LISTED} more", "")] if len(users) > LISTED else []
        self.uses.show_facts([*facts, *rest] or [Fact("no node yet", "")])

    def _use(self, owner: str, node: str) -> Fact:
        network = self._steps.document.project.networks[owner]
        parameters = network.parameters(node)
        given = ", ".join(f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
                          for name, value in parameters.get("arguments", {}).items())  # fmt: skip
        repeat = parameters.get("repeat", 1)
        return Fact(network.name(node), given, f"×{repeat}" if repeat != 1 else "")

    def _rename(self) -> None:
        text = self.title.text().strip()
        old = self._steps.document.project.title if self._network == MAIN else self._network
        self.title.setModified(False)
        if text == old:
            self._tell("")
            return
        main = self._network == MAIN
        try:
            if main:
                self._steps.perform("Rename the project", SetTitle(text))
            else:
                self._steps.perform(f"Rename {old} to {text}", RenameNetwork(old, text))
        except UserError as error:
            self._tell(str(error))
        else:
            if not main:
                self._selection.show(text, self._path)

    def _set(self, what: str, values: dict[str, Value], reset: tuple[str, ...] = ()) -> None:
        self._steps.perform(f"{what} of {self._network}", SetNetworkAttributes(self._network, values, reset))

    def _tell(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        remark(self.title, problem=bool(words))


def total_facts(told: Report) -> Iterator[Fact]:
    """Yield what the whole network costs."""
    yield Fact("Layers", f"{len(told.nodes):,}")
    yield Fact("Parameters", f"{told.parameters:,}")
    yield Fact("Multiply-adds", rounded(told.macs), "a sample")
    yield Fact("Weights", memory(told.weight_bytes), "float32")
    yield Fact("Activations", memory(told.activation_bytes), "a sample")
