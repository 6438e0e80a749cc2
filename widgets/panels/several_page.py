"""The property form of several nodes: the choices that all of them have, set for all in one step."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from graphs import catalogue
from graphs.declarations import Declaration
from graphs.edits import Edit, SetAttributes, SetParameters
from graphs.network import Network
from graphs.parameters import Parameter, Value
from widgets.fields import Form
from widgets.figures import counted, rounded
from widgets.panels.node_facts import share
from widgets.panels.node_header import toggle
from widgets.panels.section import Fact, Facts, Section, label
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import Theme

LISTED = 6


class SeveralPage(QWidget):
    """What is said and set of a whole selection."""

    def __init__(self, steps: Steps, selection: Selection, theme: Theme, folded: set[str]) -> None:
        super().__init__()
        self._steps, self._network, self._path = steps, selection.network, selection.path
        drawn = self._drawn
        self.nodes = tuple(node for node in drawn if node in selection.nodes)
        kinds = sorted({drawn.kind(node) for node in self.nodes})
        space = theme.measures.space
        self.frozen = toggle("snowflake", "Freeze: training leaves their weights as they are", theme)
        self.bypassed = toggle("bypass", "Bypass: the wire goes round them", theme)
        top = QHBoxLayout()
        top.addWidget(label(counted(len(self.nodes), "layer"), "heading"), 1)
        for button, attribute in ((self.frozen, "frozen"), (self.bypassed, "bypassed")):
            top.addWidget(button)
            button.clicked.connect(lambda on, attribute=attribute: self._mark(attribute, on))
        head = QVBoxLayout()
        head.setContentsMargins(space.medium, space.small, space.small, space.small)
        head.addLayout(top)
        more = f" and {len(kinds) - LISTED} more kinds" if len(kinds) > LISTED else ""
        head.addWidget(label(", ".join(kinds[:LISTED]) + more, "secondary", wrap=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, space.large)
        column.setSpacing(0)
        column.addLayout(head)
        choices = Section("Shared choices", theme, folded, "set for all")
        self.form = Form(Declaration(name="selection", summary="", parameters=shared_choices(kinds)), theme)
        self.form.chosen.connect(self._choose)
        self.form.reset.connect(self._reset)
        choices.add(self.form if self.form.rows else label("These kinds have no choice in common.", "tertiary"))
        column.addWidget(choices)
        cost = Section("Cost", theme, folded)
        self.cost = Facts(theme)
        cost.add(self.cost)
        column.addWidget(cost)
        column.addStretch()
        self.refresh()

    @property
    def _drawn(self) -> Network:
        return self._steps.document.project.networks[self._network]

    def refresh(self) -> None:
        """Show the nodes as they are now."""
        drawn, whole = self._drawn, self._steps.document.report(self._network, self._path)
        held = [drawn.parameters(node) for node in self.nodes]
        values, mixed = merge(self.form.declaration, held)
        self.form.use_arguments(whole.arguments)
        self.form.show_values(values, mixed)
        self.frozen.setChecked(all(drawn[node].get("frozen") for node in self.nodes))
        self.bypassed.setChecked(all(drawn[node].get("bypassed") for node in self.nodes))
        told = [whole.nodes[node] for node in self.nodes]
        parameters, macs = sum(node.parameters for node in told), sum((node.macs for node in told), start=0)
        self.cost.show_facts(
            (
                Fact("Parameters", f"{parameters:,}", share(parameters, whole.parameters)),
                Fact("Multiply-adds", rounded(macs), share(macs, whole.macs)),
            )
        )

    def _choose(self, name: str, value: Value) -> None:
        movement = (self._network, self.nodes, name) if self.form.stepping else None
        edits = [SetParameters(self._network, node, {name: value}) for node in self.nodes]
        self._steps.perform(self._title(f"Change {name} of"), *edits, movement=movement)

    def _reset(self, name: str) -> None:
        edits = [SetParameters(self._network, node, {}, (name,)) for node in self.nodes]
        self._steps.perform(self._title(f"Reset {name} of"), *edits)

    def _mark(self, attribute: str, on: bool) -> None:
        given, reset = ({attribute: True}, ()) if on else ({}, (attribute,))
        edits: list[Edit] = [SetAttributes(self._network, node, given, reset) for node in self.nodes]
        verb = {"frozen": "Freeze", "bypassed": "Bypass"}[attribute]
        self._steps.perform(self._title(verb if on else f"Undo {verb.lower()} of"), *edits)

    def _title(self, what: str) -> str:
        return f"{what} {counted(len(self.nodes), 'layer')}"


def shared_choices(kinds: list[str]) -> tuple[Parameter, ...]:
    """Return the parameters that all these kinds declare alike, but for their defaults and help."""
    specs = [catalogue.find(kind) for kind in kinds]
    known = [spec for spec in specs if spec is not None]
    if not known or len(known) < len(specs):
        return ()
    first, *others = known
    return tuple(p for p in first.choices if all(any(_alike(p, q) for q in spec.choices) for spec in others))


def _alike(one: Parameter, other: Parameter) -> bool:
    return type(one) is type(other) and (one.name, one.expected) == (other.name, other.expected)


def merge(declared: Declaration, held: list[Mapping[str, Value]]) -> tuple[dict[str, Value], dict[str, str]]:
    """Return the values that all nodes share, and for each parameter in which they differ, in what way."""
    values, mixed = {}, {}
    for parameter in declared.choices:
        default = declared.default(parameter)
        found = [entry.get(parameter.name, default) for entry in held]
        if all(value == found[0] for value in found):
            values[parameter.name] = found[0]
        else:
            shown = sorted({parameter.show(value) for value in found}, key=lambda text: (len(text), text))
            mixed[parameter.name] = " or ".join(shown) if len(shown) <= LISTED else f"{shown[0]} to {shown[-1]}"
    return values, mixed
