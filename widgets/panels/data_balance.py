"""How many rows each class has, as bars that are split into training, validation and test."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import Theme

ROW = 23
BAR = 12
NAMES = 96
FIGURES = 116
MOST_CLASSES = 12
UNEVEN = 3.0
EVEN = 1.2

Balance = Mapping[str, tuple[int, int, int]]


def unevenness(balance: Balance) -> str:
    """Return a sentence where one class has three times the rows of another or more, empty where none has."""
    totals = {name: sum(parts) for name, parts in balance.items()}
    if len(totals) < 2:
        return ""
    most, least = max(totals, key=totals.__getitem__), min(totals, key=totals.__getitem__)
    if not totals[least]:
        return f"{least} has no rows"
    ratio = totals[most] / totals[least]
    return f"{most} is {ratio:.1f} times {least}" if ratio >= UNEVEN else ""


def _even(totals: list[int]) -> bool:
    """Tell whether all classes have nearly the same number of rows, so that their own order says more."""
    return max(totals, default=0) < EVEN * min(totals, default=0)


class BalanceBars(QWidget):
    """A bar a class, the largest first unless all are alike; beyond MOST_CLASSES the rest are one line of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: list[tuple[str, tuple[int, int, int]]] = []
        self._left_out = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_balance(self, balance: Balance) -> None:
        """Show these classes."""
        ordered = list(balance.items())
        if not _even([sum(parts) for parts in balance.values()]):
            ordered.sort(key=lambda entry: -sum(entry[1]))
        self.rows, self._left_out = ordered[:MOST_CLASSES], max(0, len(ordered) - MOST_CLASSES)
        self._total = sum(sum(parts) for parts in balance.values())
        self.setAccessibleName("Class balance: " + ", ".join(f"{name} {sum(parts)}" for name, parts in self.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        pad = self.theme.measures.space.medium
        return QSize(320, (len(self.rows) + bool(self._left_out)) * ROW + 2 * pad)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, pad = self.theme, self.theme.measures.space.medium
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.border.subtle)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.measures.radius.node, theme.measures.radius.node)
        most = max((sum(parts) for _, parts in self.rows), default=0) or 1
        for place, (name, parts) in enumerate(self.rows):
            row = QRect(pad, pad + place * ROW, self.width() - 2 * pad, ROW)
            self._paint_row(painter, row, name, parts, most)
        if self._left_out:
            rest = QRect(pad, pad + len(self.rows) * ROW, self.width() - 2 * pad, ROW)
            painter.setPen(theme.text.tertiary)
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"and {self._left_out:,} classes with fewer rows")
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRect, name: str, parts: tuple[int, int, int], most: int) -> None:
        theme = self.theme
        painter.setFont(theme.font("body"))
        painter.setPen(theme.text.primary)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, NAMES - 8)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, shown)
        room = row.width() - NAMES - FIGURES
        left, top = float(row.left() + NAMES), row.center().y() - BAR / 2 + 1
        painter.fillRect(QRectF(left, top, room, BAR), theme.surface.raised)
        for part, count in enumerate(parts):
            width = room * count / most
            if width:
                painter.fillRect(QRectF(left, top, max(1.0, width - 1), BAR), theme.series[part])
            left += width
        painter.setFont(theme.font("body", mono=True))
        figures = row.adjusted(row.width() - FIGURES, 0, -60, 0)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(figures, right, f"{sum(parts):,}")
        painter.setPen(theme.text.tertiary)
        painter.drawText(row, right, f"{100 * sum(parts) / max(1, self._total):.1f} %")
