"""Draws the rows of the library: categories with their count, layers with their icon, hits with what matched."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.icons import pixmap
from widgets.theme import ThemeSource

CATEGORY_ROW, LAYER_ROW, HIT_ROW = 28, 26, 44

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
        heights = {"category": CATEGORY_ROW, "layer": LAYER_ROW, "hit": HIT_ROW}
        return QSize(120, heights[index.data(KIND)])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, kind = self._themes.theme, index.data(KIND)
        area = QRect(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area.adjusted(-area.left(), 0, 0, 0), theme.accent.row)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area.adjusted(-area.left(), 0, 0, 0), theme.surface.hover)
        side = _ICON_LAYER if kind == "layer" else _ICON_CATEGORY
        category = str(index.data(PICK)[1])
        name = theme.measures.category(category).icon
        line = QRect(area.left(), area.top() + 5, area.width(), HIT_ROW // 2 - 5) if kind == "hit" else area
        top = line.center().y() - side // 2
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(area.left() + 4, top, pixmap(name, theme.category_colour(category), side, ratio))
        text = area.adjusted(4 + side + 8, 0, -12, 0)
        if kind == "hit":
            self._paint_hit(painter, text, index)
            return
        painter.setPen(theme.text.primary)
        painter.setFont(theme.font("control", "medium") if kind == "category" else theme.font("body"))
        painter.drawText(text, _MIDDLE_LEFT, str(index.data(_Role.DisplayRole)))
        if kind == "category":
            painter.setPen(theme.text.secondary)
            painter.setFont(theme.font("body"))
            painter.drawText(text, _MIDDLE_RIGHT, str(index.data(COUNT)))

    def _paint_hit(self, painter: QPainter, area: QRect, index: _Index) -> None:
        theme = self._themes.theme
        upper, lower = area.adjusted(0, 5, 0, -HIT_ROW // 2), area.adjusted(0, HIT_ROW // 2, 0, -4)
        category = theme.measures.category(str(index.data(PICK)[1])).label
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.text.tertiary)
        painter.drawText(upper, _MIDDLE_RIGHT, category)
        self._paint_matched(painter, upper, str(index.data(_Role.DisplayRole)), str(index.data(MATCH)))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.text.secondary)
        summary = str(index.data(_Role.ToolTipRole))
        elided = QFontMetrics(theme.font("caption")).elidedText(summary, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, _MIDDLE_LEFT, elided)

    def _paint_matched(self, painter: QPainter, area: QRect, text: str, match: str) -> None:
        """Draw `text` with the letters of `match` in semibold."""
        theme, left = self._themes.theme, area.left()
        for letters, strong in matched(text, match):
            font = theme.font("control", "semibold" if strong else "regular")
            painter.setFont(font)
            painter.setPen(theme.text.primary if strong else theme.text.secondary)
            painter.drawText(QRect(left, area.top(), area.right() - left, area.height()), _MIDDLE_LEFT, letters)
            left += QFontMetrics(font).horizontalAdvance(letters)


def matched(text: str, match: str) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether it matched: as a whole if it is there, else letter by letter."""
    wanted = match.strip().lower()
    start = text.lower().find(wanted)
    if wanted and start >= 0:
        end = start + len(wanted)
        pieces = [(text[:start], False), (text[start:end], True), (text[end:], False)]
        return [piece for piece in pieces if piece[0]]
    letters, pieces = list(wanted), []
    for letter in text:
        hit = bool(letters) and letter.lower() == letters[0]
        if hit:
            letters.pop(0)
        pieces.append((letter, hit))
    return pieces if not letters else [(text, False)]


_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
