"""What panels are made of: sections that fold, rows of facts, and labels by role."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from widgets.elided import ElidedLabel, WrappedLabel
from widgets.fields.editor import remark
from widgets.icons import put_icon
from widgets.theme import Theme
from widgets.theme_style import mark


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label of plain text; `role` is its style."""
    made = WrappedLabel(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    mark(made, role=role)
    return made


def wrapped(text: str, role: str) -> QLabel:
    """Return a label of plain text over several lines, in which long words such as paths are broken."""
    made = WrappedLabel(text)
    mark(made, role=role)
    return made


def rule(direction: str = "horizontal") -> QFrame:
    """Return a line of 1 px between regions."""
    line = QFrame()
    mark(line, line=direction)
    return line


class Section(QWidget):
    """A heading that folds what stands below it; a note stands at its right.

    `folded` holds the titles of folded sections and is kept current, so that a panel's choices outlive its pages.
    """

    def __init__(self, title: str, theme: Theme, folded: set[str], note: str = "") -> None:
        super().__init__()
        self._folded = folded
        self._theme = theme
        space = theme.measures.space
        self.head = QToolButton()
        mark(self.head, fold=True)
        self.head.setText(title)
        self.head.setCheckable(True)
        self.head.setChecked(title not in folded)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.note = ElidedLabel(note)  # gives way to the title
        mark(self.note, role="tertiary")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.setContentsMargins(space.small, space.tiny, space.medium, 0)
        top.addWidget(self.head)
        top.addWidget(self.note, 1)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(space.medium, 0, space.medium, space.small)
        self.column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(rule())
        whole.addLayout(top)
        whole.addWidget(self.body)
        self.head.toggled.connect(self._fold)
        self._fold(self.head.isChecked())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.head.setChecked(self.head.text() not in self._folded)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the foot."""
        self.column.addWidget(widget)

    def show_note(self, note: str) -> None:
        """Change the note."""
        self.note.setText(note)

    def _fold(self, opened: bool) -> None:
        (self._folded.discard if opened else self._folded.add)(self.head.text())
        put_icon(self.head, "chevron-down" if opened else "chevron-right", self._theme, self._theme.text.tertiary)
        self.head.setAccessibleName(f"{self.head.text()}, {'open' if opened else 'folded'}")
        self.body.setVisible(opened)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line that only tells: `role` styles the value."""

    name: str
    value: str
    note: str = ""
    role: str = "mono"
    tip: str = ""


class Facts(QWidget):
    """Lines of name, value and note; the labels stay while only their texts change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self.facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.measures.space.small)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, in order."""
        if tuple(facts) == self.facts:
            return
        self.facts = tuple(facts)
        while len(self._rows) < len(facts):
            self._rows.append(self._add())
        for place, labels in enumerate(self._rows):
            wanted = place < len(facts)
            self._grid.setRowMinimumHeight(place, self._theme.measures.size.row_compact if wanted else 0)
            for widget in labels:
                widget.setVisible(wanted)
        for fact, (name, value, note) in zip(facts, self._rows, strict=False):
            name.setText(fact.name)
            name.setToolTip(fact.tip)
            value.setText(fact.value)
            value.setToolTip(fact.tip)
            remark(value, role=fact.role)
            note.setText(fact.note)

    def _add(self) -> tuple[QLabel, QLabel, QLabel]:
        sizes, row = self._theme.measures.size, len(self._rows)
        labels = label(role="secondary"), label(role="mono", wrap=True), label(role="tertiary")
        labels[0].setFixedWidth(sizes.form_label)
        labels[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        labels[1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for column, widget in enumerate(labels):
            self._grid.addWidget(widget, row, column)
        return labels
