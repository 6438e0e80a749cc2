"""The choices of a block node: which network it stands for, with what arguments, and how often."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from graphs import catalogue
from graphs.declarations import Declaration
from graphs.edits import SetParameters
from graphs.network import Network
from graphs.parameters import Choice, Real, Value
from graphs.ports import BLOCK
from graphs.project import MAIN
from graphs.reporting import Report
from widgets.fields import Form
from widgets.icons import put_icon
from widgets.panels.section import Section, label
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import Theme
from widgets.theme_style import mark

NETWORK, ARGUMENTS, REPEAT = "network", "arguments", "repeat"


class BlockSection(QWidget):
    """Two sections: the block itself, and the arguments of this use of it."""

    def __init__(self, steps: Steps, selection: Selection, theme: Theme, node: str, folded: set[str]) -> None:
        super().__init__()
        self._steps, self._selection, self._theme, self._node = steps, selection, theme, node
        self._network = selection.network
        self.form: Form | None = None
        self.arguments: Form | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._choices = Section("Block", theme, folded)
        self._given = Section("Arguments", theme, folded, "of this use")
        column.addWidget(self._choices)
        column.addWidget(self._given)
        self._uses = label(role="caption tertiary", wrap=True)
        self.inside = QPushButton("Edit inside")
        mark(self.inside, compact=True)
        put_icon(self.inside, "enter", theme)
        self.inside.clicked.connect(self._enter)
        self._choices.add(self._uses)
        self._choices.column.addSpacing(theme.measures.space.tiny)
        self._choices.add(self.inside)

    @property
    def _drawn(self) -> Network:
        return self._steps.document.project.networks[self._network]

    @property
    def _stands_for(self) -> str:
        return str(self._drawn.parameters(self._node).get(NETWORK, ""))

    def show_node(self, network: str, node: str) -> None:
        """Be about another block from now on."""
        self._network, self._node = network, node

    def refresh(self, whole: Report) -> None:
        """Show the block as it is now."""
        project = self._steps.document.project
        self._offer(tuple(name for name in project.networks if name not in (MAIN, self._network)))
        inner = project.networks.get(self._stands_for)
        self._declare(inner)
        parameters = self._drawn.parameters(self._node)
        given = parameters.get(ARGUMENTS, {})
        for form, values in ((self.form, parameters), (self.arguments, given)):
            if form is not None:
                form.use_arguments(whole.arguments)
                form.show_values(values)
        count = len(project.uses(self._stands_for)) if inner is not None else 0
        self._uses.setText(
            f"{count} nodes stand for {self._stands_for}; an edit inside changes all." if count > 1 else ""
        )
        self._uses.setVisible(count > 1)
        self.inside.setEnabled(inner is not None)

    def _offer(self, networks: tuple[str, ...]) -> None:
        repeat = catalogue.get(BLOCK).parameter(REPEAT)
        options = networks if self._stands_for in networks else (*networks, self._stands_for)
        network = Choice(name=NETWORK, default=None, options=options, doc="The network that it stands for.")
        self.form = self._renewed(self.form, Declaration(name=BLOCK, summary="", parameters=(network, repeat)))
        if self.form.parent() is None:
            self.form.chosen.connect(self._choose)
            self.form.reset.connect(lambda name: self._set(f"Reset {name}", {}, (name,)))
            self._choices.column.insertWidget(0, self.form)

    def _declare(self, inner: Network | None) -> None:
        arguments = inner.arguments if inner is not None else {}
        rows = tuple(Real(name=name, default=value, expression=True) for name, value in arguments.items())
        declared = Declaration(name=self._stands_for, summary="", parameters=rows)
        self.arguments = self._renewed(self.arguments, declared)
        if self.arguments.parent() is None:
            self.arguments.chosen.connect(self._give)
            self.arguments.reset.connect(lambda name: self._give(name, None))
            self._given.add(self.arguments)
        self._given.setVisible(bool(arguments))

    def _renewed(self, form: Form | None, declared: Declaration) -> Form:
        """Return the form itself while it is of the same declaration, so that it keeps the focus, or else a new one."""
        if form is not None and form.declaration == declared:
            return form
        if form is not None:
            form.hide()
            form.deleteLater()
        return Form(declared, self._theme)

    def _choose(self, name: str, value: Value) -> None:
        assert self.form is not None
        self._set(f"Change {name}", {name: value}, (), stepping=self.form.stepping, name=name)

    def _give(self, name: str, value: Value) -> None:
        """Set an argument; at the network's default, or None, it is left out."""
        assert self.arguments is not None
        inner = self._steps.document.project.networks[self._stands_for]
        held = self._drawn.parameters(self._node).get(ARGUMENTS, {})
        given = {key: entry for key, entry in held.items() if key != name}
        if value is not None and value != inner.arguments.get(name):
            given[name] = value
        self._set(f"Change {name}", {ARGUMENTS: given}, (), stepping=self.arguments.stepping, name=name)

    def _set(
        self, what: str, values: dict[str, Value], reset: tuple[str, ...], *, stepping: bool = False, name: str = ""
    ) -> None:
        movement = (self._network, self._node, name) if stepping else None
        edit = SetParameters(self._network, self._node, values, reset)
        self._steps.perform(f"{what} of {self._drawn.name(self._node)}", edit, movement=movement)

    def _enter(self) -> None:
        self._selection.show(self._stands_for, (*self._selection.path, self._node))
