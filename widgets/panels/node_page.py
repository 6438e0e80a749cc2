"""The property form of one node: problems, choices, what the wires say, cost, and a comment."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphs import catalogue
from graphs.edits import SetAttributes, SetParameters
from graphs.network import Network
from graphs.parameters import Text, Value
from graphs.ports import BLOCK
from graphs.problems import Problem
from widgets.fields import Form
from widgets.fields.word_editors import PassageEditor
from widgets.panels.block_section import BlockSection
from widgets.panels.node_facts import cost_facts, wire_facts
from widgets.panels.node_header import NodeHeader
from widgets.panels.places import show_problem
from widgets.panels.problem_card import ProblemCard
from widgets.panels.section import Facts, Section
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import Theme

COMMENT = Text(name="comment", multiline=True, doc="A note to the reader; it changes nothing.")


class NodePage(QWidget):
    """Everything about one node. `refresh` follows edits; the rows serve every node of the kind."""

    def __init__(self, steps: Steps, selection: Selection, theme: Theme, node: str, folded: set[str]) -> None:
        super().__init__()
        self._steps, self._selection, self._theme, self.node = steps, selection, theme, node
        self.network, self.path = selection.network, selection.path
        self._told: tuple[Problem, ...] = ()
        self.cards: list[ProblemCard] = []
        self.header = NodeHeader(steps, self.network, node, theme)
        self.problems = QVBoxLayout()
        space = theme.measures.space
        self.problems.setContentsMargins(space.medium, 0, space.medium, 0)
        self.problems.setSpacing(space.small)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, space.large)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self.problems)
        self.block: BlockSection | None = None
        self.form: Form | None = None
        self._add_choices(column, folded)
        wires = Section("Read from the wires", theme, folded, "follows the drawing")
        self.wires = Facts(theme)
        wires.add(self.wires)
        column.addWidget(wires)
        self._cost = Section("Cost", theme, folded)
        self.cost = Facts(theme)
        self._cost.add(self.cost)
        column.addWidget(self._cost)
        note = Section("Comment", theme, folded)
        self.comment = PassageEditor(COMMENT, theme)
        self.comment.chosen.connect(self._note)
        note.add(self.comment)
        column.addWidget(note)
        column.addStretch()
        self.refresh()

    def show_node(self, node: str) -> None:
        """Show another node of the same kind, in the network that is on view now."""
        self.node = node
        self.network, self.path = self._selection.network, self._selection.path
        self.header.show_node(self.network, node)
        if self.block is not None:
            self.block.show_node(self.network, node)
        self.refresh()

    @property
    def kind(self) -> str:
        """The node's kind."""
        return self._drawn.kind(self.node)

    @property
    def _drawn(self) -> Network:
        return self._steps.document.project.networks[self.network]

    def _add_choices(self, column: QVBoxLayout, folded: set[str]) -> None:
        spec = catalogue.find(self.kind)
        if self.kind == BLOCK:
            self.block = BlockSection(self._steps, self._selection, self._theme, self.node, folded)
            column.addWidget(self.block)
        elif spec is not None and spec.choices:
            self.form = Form(spec, self._theme)
            self.form.chosen.connect(self._choose)
            self.form.reset.connect(self._reset)
            section = Section("Layer", self._theme, folded)
            section.add(self.form)
            column.addWidget(section)

    def refresh(self) -> None:
        """Show the node as it is now."""
        whole = self._steps.document.report(self.network, self.path)
        told = whole.nodes[self.node]
        self.header.refresh()
        own = tuple(p for p in whole.problems if p.node == self.node and not p.path)
        inside = tuple(p for p in whole.problems if p.path[:1] == (self.node,) and p.cause is None)
        self._show_problems((*own, *inside))
        if self.form is not None:
            self.form.use_arguments(whole.arguments)
            self.form.show_values(self._drawn.parameters(self.node))
        if self.block is not None:
            self.block.refresh(whole)
        self.wires.show_facts(tuple(wire_facts(self._drawn, self.node, told, own)))
        self.cost.show_facts(tuple(cost_facts(told, whole)))
        where = f" in {self._drawn_name}" if self.path else ""
        self._cost.show_note(f"of {whole.parameters:,}{where}" if whole.parameters else "")
        self.comment.show_value(self._drawn[self.node].get("comment", ""))

    @property
    def _drawn_name(self) -> str:
        project, name = self._steps.document.project, ""
        network = project.main
        for node in self.path:
            if node not in network:
                return self.network
            name = network.name(node)
            network = project.networks.get(str(network.parameters(node).get("network")), network)
        return name

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        if problems == self._told:
            return
        self._told = problems
        for card in self.cards:
            self.problems.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(problem) for problem in problems]
        for card in self.cards:
            self.problems.addWidget(card)
        edge = self._theme.measures.space.medium
        self.problems.setContentsMargins(edge, 0, edge, edge if problems else 0)

    def _card(self, problem: Problem) -> ProblemCard:
        if problem.cause is not None:
            card = ProblemCard(problem, self._theme, title=f"Waits for {problem.cause.name}", go_to="Go there")
        elif problem.path:
            title = f"Inside: {problem.name} {problem.title}"
            card = ProblemCard(problem, self._theme, title=title, go_to="Go there")
        else:
            card = ProblemCard(problem, self._theme)
        card.fix_chosen.connect(self._steps.fix)
        card.asked.connect(self._go)
        return card

    def _go(self, problem: Problem) -> None:
        goal = problem.cause or problem
        path = (*self.path, *goal.path)
        show_problem(self._steps.document.project, self._selection, replace(goal, path=path))

    def _choose(self, name: str, value: Value) -> None:
        assert self.form is not None
        movement = (self.network, self.node, name) if self.form.stepping else None
        title = f"Change {name} of {self._drawn.name(self.node)}"
        self._steps.perform(title, SetParameters(self.network, self.node, {name: value}), movement=movement)

    def _reset(self, name: str) -> None:
        title = f"Reset {name} of {self._drawn.name(self.node)}"
        self._steps.perform(title, SetParameters(self.network, self.node, {}, (name,)))

    def _note(self, text: str) -> None:
        given = {"comment": text} if text else {}
        edit = SetAttributes(self.network, self.node, given, () if text else ("comment",))
        self._steps.perform(f"Comment on {self._drawn.name(self.node)}", edit)
