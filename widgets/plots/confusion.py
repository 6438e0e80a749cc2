"""A confusion matrix: rows are true classes, columns predicted ones; right and wrong ones differ in colour."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from widgets.drawings import MatrixView
from widgets.theme import Theme, ThemeSource

AXES = "true ↓  predicted →"


class ConfusionView(MatrixView):
    """The matrix of one classifying output. Numbers are always written; the tip of a cell says it in words."""

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes
        self.classes: Sequence[str] = ()
        self.matrix: Sequence[Sequence[int]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        themes.changed.connect(lambda _: self.update())

    def show_matrix(self, classes: Sequence[str], matrix: Sequence[Sequence[int]]) -> None:
        self.classes, self.matrix = classes, matrix
        self.setAccessibleDescription("; ".join(self._words(row) for row in range(len(matrix))))
        self.update()

    def minimumSizeHint(self) -> QSize:
        row = self.themes.theme.measures.size.row
        return QSize(row * 6, row * 4)

    def _words(self, row: int) -> str:
        right, total = self.matrix[row][row], sum(self.matrix[row])
        return f"{self.classes[row]}: {right} of {total} right"

    def _cells(self) -> QRectF:
        """The square that the cells fill; labels stand left of it and above."""
        space = self.themes.theme.measures.space
        metrics = QFontMetrics(self.themes.theme.font("caption"))
        left = min(max(metrics.horizontalAdvance(name) for name in (*self.classes, AXES)), self.width() // 3)
        top = metrics.height() + space.small
        width, height = self.width() - left - space.medium, self.height() - top
        return QRectF(left + space.small, top, max(0, width), max(0, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.themes.theme
        painter.setFont(theme.font("caption"))
        count = len(self.classes)
        if not count:
            painter.setPen(theme.text.tertiary)
            words = "The confusion matrix appears here when a classifier is trained"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        area = self._cells()
        step_x, step_y = area.width() / count, area.height() / count
        painter.setPen(theme.text.tertiary)
        corner = QRectF(0, 0, area.x() - theme.measures.space.small, area.y())
        painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, AXES)
        for row in range(count):
            self._label(painter, theme, row, area, step_x, step_y)
            for column in range(count):
                cell = QRectF(area.x() + column * step_x, area.y() + row * step_y, step_x - 1, step_y - 1)
                self._cell(painter, theme, row, column, cell)

    def _label(self, painter: QPainter, theme: Theme, place: int, area: QRectF, step_x: float, step_y: float) -> None:
        painter.setPen(theme.text.secondary)
        gap = theme.measures.space.small
        name, metrics = self.classes[place], painter.fontMetrics()
        left = QRectF(0, area.y() + place * step_y, area.x() - gap, step_y)
        right_aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, right_aligned, metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(left.width())))
        top = QRectF(area.x() + place * step_x, 0, step_x, area.y())
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(step_x))
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, short)

    def _cell(self, painter: QPainter, theme: Theme, row: int, column: int, cell: QRectF) -> None:
        number, total = self.matrix[row][column], max(1, sum(self.matrix[row]))
        fill = QColor(theme.series[0] if row == column else theme.series[1])
        share = number / total
        ground = theme.surface.raised
        mixed = QColor(*(round(g + (f - g) * share) for f, g in zip(_rgb(fill), _rgb(ground), strict=True)))
        painter.fillRect(cell, mixed)
        metrics = painter.fontMetrics()
        if cell.height() >= metrics.height() - 2 and cell.width() >= metrics.horizontalAdvance(str(number)):
            faint = number == 0
            painter.setPen(theme.text.tertiary if faint else readable_on(mixed))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(number))

    def words_at(self, place: QPoint) -> str:
        """Return what the cell at a place of the widget says; empty where there is none."""
        area, count = self._cells(), len(self.classes)
        if not count or not area.contains(QPointF(place)):
            return ""
        column = min(count - 1, int((place.x() - area.x()) / area.width() * count))
        row = min(count - 1, int((place.y() - area.y()) / area.height() * count))
        number, total = self.matrix[row][column], sum(self.matrix[row])
        return f"{number} of {total} {self.classes[row]} taken for {self.classes[column]}"

    def event(self, event: QEvent) -> bool:
        """Say a cell in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().event(event)


def readable_on(ground: QColor) -> QColor:
    """Return black or white, whichever is read better on `ground` (WCAG 2.2 contrast)."""
    light = sum(
        weight * _linear(part / 255) for weight, part in zip((0.2126, 0.7152, 0.0722), _rgb(ground), strict=True)
    )
    return QColor("black") if (light + 0.05) / 0.05 > 1.05 / (light + 0.05) else QColor("white")


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
