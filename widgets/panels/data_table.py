"""The first rows of a table, with what each column holds drawn in its head."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from builder.data.previews import Facts
from builder.data.table import NUMBER
from widgets.plain import plain_tip
from widgets.theme import Theme
from widgets.theme_style import mark

HEAD = 72
NARROWEST, WIDEST = 96, 220
MOST_BARS = 20
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SampleRows(QAbstractTableModel):
    """Cells as text, a column a fact."""

    def __init__(self, facts: Sequence[Facts], samples: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self.facts = tuple(fact for fact in facts if fact.name in samples)
        self._cells = [samples[fact.name] for fact in self.facts]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self._cells[0]) if self._cells else 0

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self.facts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells[index.column()][index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and self.facts[index.column()].kind == NUMBER:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.facts[section].name if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return plain_tip(f"{self.facts[section].name}\n{told(self.facts[section])}")
        return None


def told(fact: Facts) -> str:
    """Return a column's range or its classes in words, with what is missing."""
    if fact.counts:
        words = f"{len(fact.counts)} classes"
    elif fact.least is not None and fact.most is not None:
        words = f"{fact.least:.4g} to {fact.most:.4g}"
    else:
        words = fact.kind
    return f"{words}, {fact.missing:,} empty" if fact.missing else words


class FactsHeader(QHeaderView):
    """Writes each column's name, draws how its values lie, and says their range."""

    def __init__(self, facts: Sequence[Facts], theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._facts, self._theme = tuple(facts), theme

    def sizeHint(self) -> QSize:
        return QSize(0, HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, fact = self._theme, self._facts[logicalIndex]
        painter.save()
        painter.fillRect(rect, theme.surface.panel)
        painter.setPen(theme.border.subtle)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(8, 6, -8, -6)
        painter.setFont(theme.font("body", "semibold"))
        painter.setPen(theme.text.tertiary if fact.use.role == "ignore" else theme.text.primary)
        self._write(painter, inner, fact.name, Qt.AlignmentFlag.AlignTop)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.text.tertiary)
        self._write(painter, inner, told(fact), Qt.AlignmentFlag.AlignBottom)
        self._bars(painter, QRectF(inner.adjusted(0, 18, 0, -16)), fact)
        painter.restore()

    def _bars(self, painter: QPainter, area: QRectF, fact: Facts) -> None:
        heights = fact.histogram or tuple(count for _, count in fact.counts[:MOST_BARS])
        most = max(heights, default=0)
        if not most:
            return
        colour = self._theme.series[1 if fact.use.role == "target" else 0]
        if fact.use.role == "ignore":
            colour = self._theme.border.control
        width = min(area.width() / len(heights), 12.0)
        for place, height in enumerate(heights):
            tall = area.height() * height / most
            painter.fillRect(QRectF(area.left() + place * width, area.bottom() - tall, width - 1, tall), colour)

    @staticmethod
    def _write(painter: QPainter, area: QRect, text: str, where: Qt.AlignmentFlag) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, where | Qt.AlignmentFlag.AlignLeft, shown)


def sample_table(facts: Sequence[Facts], samples: Mapping[str, tuple[str, ...]], theme: Theme) -> QTableView:
    """Return a table of the sample rows."""
    view = QTableView()
    model = SampleRows(facts, samples)
    model.setParent(view)
    view.setModel(model)
    view.setHorizontalHeader(FactsHeader(model.facts, theme))
    view.verticalHeader().setDefaultSectionSize(theme.measures.size.row_compact)
    view.verticalHeader().setMinimumWidth(36)
    view.setShowGrid(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setAccessibleName("First rows of the data")
    mark(view, mono=True, rows="compact")
    metrics = view.fontMetrics()
    for column, fact in enumerate(model.facts):
        longest = max((metrics.horizontalAdvance(text) for text in samples[fact.name][:20]), default=0)
        wanted = max(longest, metrics.horizontalAdvance(fact.name)) + 28
        view.setColumnWidth(column, min(max(wanted, NARROWEST), WIDEST))
    return view
