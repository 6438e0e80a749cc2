"""The left side of the data view: where the data comes from, what its columns are for, preparation and split."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from builder.data.choices import DATA
from builder.data.sources import SOURCES, SourceSpec
from builder.data.splits import PARTS
from graphs.parameters import Value
from graphs.problems import Problem
from graphs.project import MAIN
from widgets.document import Document
from widgets.fields import Form
from widgets.icons import icon, pixmap
from widgets.panels.data_columns import ColumnRows, Legend, has_both_ends
from widgets.panels.data_edits import SOURCE, SPLIT, DataEdits
from widgets.panels.data_split import SplitBar
from widgets.panels.data_watch import DataWatch
from widgets.panels.problem_card import ProblemCard
from widgets.panels.section import Section, label
from widgets.panels.steps import Steps
from widgets.theme import Theme
from widgets.theme_style import mark

PREPARE = ("scale", "target_scale", "missing", "categories")
MOST_CARDS = 4


class DataChoices(QWidget):
    """Everything that is chosen about data; it follows every edit and every new look at the data.

    source_asked: carries the kind of source that the user wants instead. fix_chosen: carries a Fix.
    """

    source_asked = Signal(str)
    fix_chosen = Signal(object)

    def __init__(self, document: Document, data: DataWatch, steps: Steps, theme: Theme, folded: set[str]) -> None:
        super().__init__()
        self._document, self._data, self._theme, self._folded = document, data, theme, folded
        self._edits = DataEdits(steps)
        self._told: tuple[tuple[Problem, ...] | None, bool] | None = None
        self.source: Form | None = None
        self.change = QPushButton("Change")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.measures.space.large)
        self._column.setSpacing(0)
        self._column.addWidget(self._head())
        self._source_section = Section("Source", theme, folded)
        self._column.addWidget(self._source_section)
        self._rest = QWidget()
        self._lay_out_rest()
        self._column.addWidget(self._rest)
        self._column.addStretch()
        self.refresh()

    def _head(self) -> QWidget:
        theme, space = self._theme, self._theme.measures.space
        self._sign = QLabel()
        self._title, self._summary = label(role="heading"), label(role="secondary", wrap=True)
        mark(self.change, compact=True, menu=True)
        menu = QMenu(self.change)
        for spec in SOURCES:
            action = menu.addAction(spec.title, partial(self.source_asked.emit, spec.name))
            action.setToolTip(spec.summary)
        menu.setToolTipsVisible(True)
        self.change.setMenu(menu)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        line.setSpacing(space.small)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        side = theme.measures.size.icon_large
        self._sign.setPixmap(icon("data", theme, side, theme.category["data"]).pixmap(QSize(side, side)))
        return head

    def _lay_out_rest(self) -> None:
        theme, space = self._theme, self._theme.measures.space
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._roles = roles = Section("Columns and roles", theme, self._folded, "bound to main")
        self.columns = ColumnRows(theme)
        self.columns.chosen.connect(self._edits.set_role)
        self.columns.forgotten.connect(self._edits.forget_role)
        roles.add(self.columns)
        self._verdict = QVBoxLayout()
        self._verdict.setContentsMargins(0, space.small, 0, 0)
        self._verdict.setSpacing(space.small)
        roles.column.addLayout(self._verdict)
        self.cards: list[QWidget] = []
        prepare = Section("Prepare", theme, self._folded, "fitted on training only")
        self.prepare = Form(DATA, theme, only=PREPARE)
        prepare.add(self.prepare)
        self._split_section = Section("Split", theme, self._folded)
        self.bar, self.legend = SplitBar(theme), Legend()
        self.split = Form(DATA, theme, only=(SPLIT,))
        for widget in (self.bar, self.legend, self.split):
            self._split_section.add(widget)
        for section in (roles, prepare, self._split_section):
            column.addWidget(section)
        for form in (self.prepare, self.split):
            form.chosen.connect(lambda name, value, form=form: self._choose(form, name, value))
            form.reset.connect(lambda name: self._edits.set(f"Reset {name} of the data", name, None))
        self.bar.chosen.connect(self._split)
        self.bar.moved.connect(lambda validation, test: self.legend.show_shares(validation, test, self._usable))

    def refresh(self) -> None:
        """Show the data section and the newest look at the data."""
        held = self._document.project.data
        source = held.get(SOURCE) or {}
        spec = SOURCES.get(source["kind"]) if source.get("kind") in SOURCES else None
        self._title.setText(spec.title if spec is not None else "No data yet")
        self._summary.setText(spec.summary if spec is not None else "Choose where it comes from.")
        self.change.setText("Change" if spec is not None else "Choose")
        self._show_source(spec, source)
        self._rest.setVisible(spec is not None)
        self.prepare.show_values(held)
        self.split.show_values(held)
        chosen = {"validation": 0.2, "test": 0.0, "seed": 0} | dict(held.get(SPLIT) or {})
        self._split_section.show_note(f"seed {chosen['seed']}")
        self.bar.show_shares(chosen["validation"], chosen["test"])
        self.legend.show_shares(self.bar.validation, self.bar.test, self._usable)
        seen = self._data.preview
        self._roles.setVisible(seen is not None)
        if seen is not None:
            self.columns.show_columns(seen.facts, self._document.project.networks[MAIN])
        self._show_verdict()

    @property
    def _usable(self) -> int:
        seen = self._data.preview
        return sum(seen.parts.get(part, 0) for part in PARTS) if seen is not None else 0

    def _show_source(self, spec: SourceSpec | None, source: dict[str, Value]) -> None:
        if spec is None or not spec.choices:
            self._source_section.hide()
            return
        if self.source is None or self.source.declaration is not spec:
            if self.source is not None:
                self.source.hide()
                self.source.deleteLater()
            self.source = Form(spec, self._theme)
            self.source.chosen.connect(self._choose_of_source)
            self.source.reset.connect(lambda name: self._choose_of_source(name, None))
            self._source_section.add(self.source)
        self._source_section.show()
        self.source.show_values({name: value for name, value in source.items() if name != "kind"})

    def _show_verdict(self) -> None:
        """Say that both ends are fed, or what keeps them from it."""
        seen = self._data.preview
        problems = None if seen is None else seen.problems
        ends = has_both_ends(self._document.project.main)
        if (problems, ends) == self._told and self.cards:
            return
        self._told = problems, ends
        for card in self.cards:
            self._verdict.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [self._card(problem) for problem in (problems or ())[:MOST_CARDS]]
        if problems is not None and not any(problem.severity == "error" for problem in problems):
            self.cards.insert(0, self._tick() if ends else self._lacking())
        for card in self.cards:
            self._verdict.addWidget(card)

    def _tick(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        sign = QLabel()
        side = self._theme.measures.size.icon
        sign.setPixmap(pixmap("check", self._theme.status.success, side, self.devicePixelRatioF()))
        row.addWidget(sign)
        row.addWidget(label("Both ends of the network are fed", "success"), 1)
        return line

    def _lacking(self) -> QWidget:
        words = "Columns go to an Input and to an output such as Classification: draw these first."
        line = label(words, "secondary", wrap=True)
        line.setAccessibleName(words)
        return line

    def _card(self, problem: Problem) -> ProblemCard:
        card = ProblemCard(problem, self._theme, title=f"{problem.name} {problem.title}".strip())
        card.fix_chosen.connect(self.fix_chosen)
        return card

    def _choose(self, form: Form, name: str, value: Value) -> None:
        self._edits.set(f"Change {name} of the data", name, value, movement=name if form.stepping else None)

    def _choose_of_source(self, name: str, value: Value) -> None:
        assert self.source is not None
        held = {key: entry for key, entry in self._edits.values[SOURCE].items() if key != name}
        changed = held if value is None else {**held, name: value}
        movement = (SOURCE, name) if self.source.stepping else None
        self._edits.set(f"Change {name} of the source", SOURCE, changed, movement=movement)

    def _split(self, validation: float, test: float) -> None:
        shares = {**(self._edits.values.get(SPLIT) or {}), "validation": validation, "test": test}
        self._edits.set("Change the split", SPLIT, DATA.parameter(SPLIT).check(shares))
