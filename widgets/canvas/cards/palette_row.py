"""The rows of the search that opens on the canvas."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.hit_row import HEIGHT, paint_hit
from widgets.theme import Theme

LISTED = Qt.ItemDataRole.UserRole


@runtime_checkable
class Listed(Protocol):
    """What a row shows: its title, the category that gives icon and label, and a line of help."""

    @property
    def title(self) -> str:
        """What is searched for first."""

    @property
    def category(self) -> str:
        """One of CATEGORIES."""

    @property
    def summary(self) -> str:
        """The line below."""


class PaletteRow(QStyledItemDelegate):
    """Paints rows whose items hold something Listed under LISTED; `wanted` is the text searched for."""

    wanted = ""
    theme: Theme | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        what, theme = index.data(LISTED), self.theme
        if not isinstance(what, Listed) or theme is None:
            return
        painter.save()
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent.row)
            painter.drawRoundedRect(rect, theme.measures.radius.control, theme.measures.radius.control)
        paint_hit(painter, rect, theme, what.title, what.category, what.summary, self.wanted)
        painter.restore()
