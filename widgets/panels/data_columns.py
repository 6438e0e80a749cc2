"""The columns of the data and where each goes: to an input, to an output as its target, or nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from builder.data.ends import COPY
from builder.data.previews import Facts
from builder.data.table import IGNORE, IMAGE, INPUT, LABEL, SEQUENCE, TARGET, TEXT
from graphs import catalogue
from graphs.network import Network
from graphs.tensors import shape_text
from widgets.elided import ElidedLabel
from widgets.icons import icon, pixmap
from widgets.named import name_choice
from widgets.panels.data_table import told
from widgets.panels.section import label
from widgets.theme import Theme
from widgets.theme_style import mark

MOST_COLUMNS = 100
_KINDS = {IMAGE: "map", SEQUENCE: "sequence", LABEL: "index", TEXT: "index"}


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a column may go: a role, and the node's name if it is one of several or the only one."""

    role: str
    node: str = ""


def goals(network: Network) -> tuple[Goal, ...]:
    """Return all places that a network offers, and to be ignored."""
    inputs = [Goal(INPUT, network.name(node)) for node in network.of_kind("Input")]
    objectives = {spec.name: spec.objective for spec in catalogue.LAYERS if spec.objective is not None}
    wanting = [name for name, objective in objectives.items() if objective and objective.target not in ("", COPY)]
    targets = [Goal(TARGET, network.name(node)) for node in network.of_kind(*wanting)] if wanting else []
    return (*inputs, *targets, Goal(IGNORE))


def has_both_ends(network: Network) -> bool:
    """Whether a network takes something in and has an output that is compared with something."""
    objectives = [spec.name for spec in catalogue.LAYERS if spec.objective is not None and spec.objective.losses]
    return bool(network.of_kind("Input")) and bool(network.of_kind(*objectives))


class Glyph(QWidget):
    """The mark of a kind of tensor, as on the ports of the canvas."""

    def __init__(self, kind: str, theme: Theme) -> None:
        super().__init__()
        self._colour, self._shape = theme.wire[kind], theme.measures.tensor_kinds[kind].port
        self.setToolTip(theme.measures.tensor_kinds[kind].label)
        self.setFixedSize(QSize(theme.measures.size.icon, theme.measures.size.icon))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.translate(self.width() / 2, self.height() / 2)
        if self._shape == "square":
            painter.drawRect(QRectF(-4, -4, 8, 8))
        elif self._shape == "triangle":
            painter.drawPolygon(QPolygonF([QPointF(-4.5, -3.5), QPointF(4.5, -3.5), QPointF(0, 4.5)]))
        elif self._shape == "diamond":
            painter.drawPolygon(QPolygonF([QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)]))
        else:
            painter.drawEllipse(QPointF(0, 0), 4.5, 4.5)
        painter.end()


class ColumnRows(QWidget):
    """A row a column. `chosen` carries its name, and the role and node that it shall have; `forgotten` its name alone,
    when these are to be found out again."""

    chosen = Signal(str, str, str)
    forgotten = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self.boxes: dict[str, QComboBox] = {}
        self._places: dict[str, int] = {}
        self._details: dict[str, ElidedLabel] = {}
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.measures.space.tiny)
        self._rest = label(role="caption tertiary", wrap=True)
        self._column.addWidget(self._rest)

    def show_columns(self, facts: Sequence[Facts], network: Network) -> None:
        """Show these columns and where they go now."""
        offered = goals(network)
        key = (tuple((fact.name, fact.kind) for fact in facts), offered)
        if key != self._shown:
            self._shown = key
            self._rebuild(facts[:MOST_COLUMNS], offered)
            left = len(facts) - MOST_COLUMNS
            self._rest.setText(f"and {left:,} columns more, found out by themselves" if left > 0 else "")
            self._rest.setVisible(left > 0)
        for fact in facts[:MOST_COLUMNS]:
            self._show(fact, offered)

    def _rebuild(self, facts: Sequence[Facts], offered: tuple[Goal, ...]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self.boxes.clear()
        self._lines = [self._line(fact, offered) for fact in facts]
        for place, line in enumerate(self._lines):
            self._column.insertWidget(place, line)

    def _line(self, fact: Facts, offered: tuple[Goal, ...]) -> QWidget:
        theme = self._theme
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.measures.space.small)
        grid.setVerticalSpacing(0)
        name = ElidedLabel(fact.name)
        mark(name, role="strong")
        detail = self._details[fact.name] = ElidedLabel()
        mark(detail, role="caption tertiary mono")
        arrow = QLabel()
        arrow.setPixmap(pixmap("go-to", theme.text.tertiary, theme.measures.size.icon, self.devicePixelRatioF()))
        grid.addWidget(Glyph(_KINDS.get(fact.kind, "vector"), theme), 0, 0)
        grid.addWidget(name, 0, 1)
        grid.addWidget(arrow, 0, 2)
        grid.addWidget(self._box(fact, offered), 0, 3)
        grid.addWidget(detail, 1, 1, 1, 3)  # the whole width, for why a column is left out is a sentence
        grid.setColumnStretch(1, 1)
        return line

    def _box(self, fact: Facts, offered: tuple[Goal, ...]) -> QComboBox:
        box = self.boxes[fact.name] = QComboBox()
        box.setFixedWidth(120)
        name_choice(box, f"Where {fact.name} goes")
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.installEventFilter(self)
        for goal in offered:
            name, colour = {
                INPUT: ("category-data", self._theme.category["data"]),
                TARGET: ("category-objective", self._theme.category["objective"]),
            }.get(goal.role, ("minus", self._theme.text.tertiary))
            box.addItem(icon(name, self._theme, colour=colour), goal.node or goal.role, goal)
        box.addItem(icon("reset", self._theme, colour=self._theme.text.tertiary), "as found")
        box.setItemData(box.count() - 1, "Let Netwright find out again where it goes", Qt.ItemDataRole.ToolTipRole)
        box.activated.connect(partial(self._tell, fact.name))
        return box

    def _tell(self, column: str, place: int) -> None:
        goal = self.boxes[column].itemData(place)
        if isinstance(goal, Goal):
            self.chosen.emit(column, goal.role, goal.node)
        else:
            self.boxes[column].setCurrentIndex(self._places[column])  # until the data was looked at again
            self.forgotten.emit(column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the panel past a list that has not the focus."""
        if event.type() != QEvent.Type.Wheel or (isinstance(watched, QWidget) and watched.hasFocus()):
            return False
        event.ignore()
        return True

    def _show(self, fact: Facts, offered: tuple[Goal, ...]) -> None:
        use = fact.use
        names = [(goal.role, goal.node) for goal in offered]
        wanted = (use.role, use.nodes[0]) if use.nodes else (IGNORE, "")
        self._places[fact.name] = names.index(wanted) if wanted in names else -1
        self.boxes[fact.name].setCurrentIndex(self._places[fact.name])
        several = f"goes to {', '.join(use.nodes)}" if len(use.nodes) > 1 else ""
        self.boxes[fact.name].setToolTip(several)
        shape = f"{shape_text(fact.shape)}  " if fact.shape else ""
        words = use.reason or f"{shape}{told(fact)}"
        self._details[fact.name].setText(words)


class Legend(QWidget):
    """The three parts of the split with their rows."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        self._labels = [label(), label(), label()]
        for place, made in enumerate(self._labels):
            row.addWidget(made)
            if place == 0:
                row.addStretch()

    def show_shares(self, validation: float, test: float, rows: int) -> None:
        """Show the shares, as rows where their number is known."""
        shares = {"Training": 1 - validation - test, "Valid.": validation, "Test": test}
        for made, (name, share) in zip(self._labels, shares.items(), strict=True):
            made.setText(f"{name} {round(share * rows):,}" if rows else f"{name} {share * 100:.0f} %")
            made.setToolTip(f"{share * 100:.0f} %")
