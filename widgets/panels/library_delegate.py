"""Draws the rows of the library: categories with their count, layers with their icon, hits with what matched."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.hit_row import HEIGHT, paint_hit
from widgets.icons import pixmap
from widgets.theme import ThemeSource

CATEGORY_ROW, LAYER_ROW = 28, 26

_Role = Qt.ItemDataRole
KIND, PICK, COUNT, MATCH = (int(_Role.UserRole) + number for number in range(4))

_ICON_CATEGORY, _ICON_LAYER = 16, 14
_Index = QModelIndex | QPersistentModelIndex


class LibraryDelegate(QStyledItemDelegate):
    """KIND is `category`, `layer` or `hit`; a hit has its MATCH (the text searched) in semibold letters."""

    def __init__(self, themes: ThemeSource) -> None:
        super().__init__()
        self._themes = themes

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heights = {"category": CATEGORY_ROW, "layer": LAYER_ROW, "hit": HEIGHT}
        return QSize(120, heights[index.data(KIND)])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, kind = self._themes.theme, index.data(KIND)
        area = QRect(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area.adjusted(-area.left(), 0, 0, 0), theme.accent.row)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area.adjusted(-area.left(), 0, 0, 0), theme.surface.hover)
        if kind == "hit":
            title, summary = str(index.data(_Role.DisplayRole)), str(index.data(_Role.ToolTipRole))
            category, wanted = str(index.data(PICK)[1]), str(index.data(MATCH))
            paint_hit(painter, QRectF(area), theme, title, category, summary, wanted)
            return
        side = _ICON_LAYER if kind == "layer" else _ICON_CATEGORY
        category = str(index.data(PICK)[1])
        name = theme.measures.category(category).icon
        top = area.center().y() - side // 2
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(area.left() + 4, top, pixmap(name, theme.category_colour(category), side, ratio))
        text = area.adjusted(4 + side + 8, 0, -12, 0)
        painter.setPen(theme.text.primary)
        painter.setFont(theme.font("control", "medium") if kind == "category" else theme.font("body"))
        painter.drawText(text, _MIDDLE_LEFT, str(index.data(_Role.DisplayRole)))
        if kind == "category":
            painter.setPen(theme.text.secondary)
            painter.setFont(theme.font("body"))
            painter.drawText(text, _MIDDLE_RIGHT, str(index.data(COUNT)))


_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
