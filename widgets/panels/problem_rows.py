"""The rows of the problem list: a mark, who, what in two tones, and on the right where to go and what would help."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidgetItem,
    QWidget,
)

from graphs.problems import Problem
from widgets.icons import icon, put_icon
from widgets.panels.problem_card import sentence
from widgets.plain import plain_tip
from widgets.problem_acts import OF_DATA
from widgets.theme import Theme
from widgets.theme_style import mark

ROW = 32
NAME_WIDTH = 168
NAME, TOLD, ACTIONS = range(3)
_Index = QModelIndex | QPersistentModelIndex
DETAIL = Qt.ItemDataRole.UserRole + 1


class TwoTones(QStyledItemDelegate):
    """Draws a sentence in the primary colour and its detail after it in the secondary one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW)

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        room = QRect(option.rect).adjusted(4, 0, -8, 0)
        painter.save()
        text, detail = index.data(Qt.ItemDataRole.DisplayRole), index.data(DETAIL)
        used = self._write(painter, room, str(text), self.theme.text.primary) if text else 0
        self._write(painter, room.adjusted(used, 0, 0, 0), str(detail or ""), self.theme.text.secondary)
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, text: str, colour: QColor) -> int:
        """Write what there is room for; return its width and that of the gap after it."""
        font = self.theme.font("body")
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return metrics.horizontalAdvance(shown) + 8


class Actions(QWidget):
    """The buttons of one row: go there, and the first fix."""

    go_asked = Signal()
    fix_asked = Signal()

    def __init__(self, problem: Problem, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.measures.space.medium, 0)
        row.setSpacing(theme.measures.space.small)
        row.addStretch()
        if problem.node or problem.kind in OF_DATA:
            go, where = QToolButton(), problem.name if problem.node else "the data"
            go.setToolTip(f"Go to {where}")
            go.setAccessibleName(f"Go to {where}")
            put_icon(go, "go-to", theme)
            go.clicked.connect(self.go_asked)
            row.addWidget(go)
        self.fix: QPushButton | None = None
        if problem.fixes:
            self.fix = QPushButton(problem.fixes[0].title)
            mark(self.fix, compact=True)
            put_icon(self.fix, "fix", theme)
            self.fix.clicked.connect(self.fix_asked)
            row.addWidget(self.fix)

    def show_chosen(self, chosen: bool, theme: Theme) -> None:
        """Fill the fix button of the row in hand: it is the list's one primary action."""
        if self.fix is not None and bool(self.fix.property("primary")) != chosen:
            mark(self.fix, primary=chosen)
            put_icon(self.fix, "fix", theme)


def problem_item(problem: Problem, theme: Theme) -> QTreeWidgetItem:
    """Return the row of a problem: that of a knock-on says only for whom it waits."""
    item = QTreeWidgetItem()
    item.setText(NAME, problem.name or problem.network)
    item.setToolTip(TOLD, plain_tip(problem.message))
    item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, problem.message)
    if problem.cause is not None:
        item.setText(TOLD, "")
        item.setData(TOLD, DETAIL, f"waits for {problem.cause.name}")
        item.setIcon(NAME, icon("ring", theme, colour=theme.status.error))
        return item
    item.setText(TOLD, problem.title.rstrip(".") + ".")
    item.setData(TOLD, DETAIL, sentence(problem))
    colour = theme.status.error if problem.severity == "error" else theme.status.warning
    item.setIcon(NAME, icon(problem.severity, theme, colour=colour))
    return item
