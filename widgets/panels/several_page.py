"""The property form of several nodes: the choices that all of them have, set for all in one step."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from graphs import multi
from graphs.declarations import Declaration
from graphs.edits import SetParameters
from graphs.multi import SharedParameter, shared_parameters
from graphs.network import Network
from graphs.parameters import Value
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
            button.clicked.connect(lambda _on, attribute=attribute: self._mark(attribute))
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
        shared = tuple(each.parameter for each in self._shared)
        self.form = Form(Declaration(name="selection", summary="", parameters=shared), theme)
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
    def _shared(self) -> tuple[SharedParameter, ...]:
        return shared_parameters(self._drawn, self.nodes)

    @property
    def _drawn(self) -> Network:
        return self._steps.document.project.networks[self._network]

    def refresh(self) -> None:
        """Show the nodes as they are now."""
        drawn, whole = self._drawn, self._steps.document.report(self._network, self._path)
        shared = self._shared
        self.form.use_arguments(whole.arguments)
        self.form.show_values(
            {each.parameter.name: each.value for each in shared if not each.mixed},
            {each.parameter.name: told(each) for each in shared if each.mixed},
        )
        self.frozen.setChecked(all(drawn[node].get("frozen") for node in self.nodes))
        self.bypassed.setChecked(all(drawn[node].get("bypassed") for node in self.nodes))
        measured = [whole.nodes[node] for node in self.nodes]
        parameters, macs = sum(node.parameters for node in measured), sum((node.macs for node in measured), start=0)
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

    def _mark(self, attribute: str) -> None:
        edit = multi.toggle(self._steps.document.project, self._network, self.nodes, attribute)
        self._steps.perform(edit.title, edit)

    def _title(self, what: str) -> str:
        return f"{what} {counted(len(self.nodes), 'layer')}"


def told(shared: SharedParameter) -> str:
    """Return the values of a parameter in which layers differ, in words."""
    shown = sorted({shared.parameter.show(v) for v in shared.values.values()}, key=lambda text: (len(text), text))
    return " or ".join(shown) if len(shown) <= LISTED else f"{shown[0]} to {shown[-1]}"
