"""Draws one row of the search: icon, name with the matched letters semibold, category, and the help below."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from graphs.spec import CATEGORIES
from widgets.icons import category_icon
from widgets.theme import Theme

HEIGHT = 40
LISTED = Qt.ItemDataRole.UserRole
_TEXT_X, _PAD = 32.0, 8.0


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
        icon = category_icon(what.category, theme)
        icon.paint(painter, int(rect.left() + _PAD), int(rect.top() + 4), 16, 16)
        self._texts(painter, rect, what, theme)
        painter.restore()

    def _texts(self, painter: QPainter, rect: QRectF, what: Listed, theme: Theme) -> None:
        small = theme.font("caption")
        metrics = QFontMetricsF(small)
        label = CATEGORIES[what.category]
        painter.setFont(small)
        painter.setPen(theme.text.tertiary)
        right = rect.right() - _PAD
        painter.drawText(QPointF(right - metrics.horizontalAdvance(label), rect.top() + 16), label)
        left = rect.left() + _TEXT_X
        help_text = metrics.elidedText(what.summary, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QPointF(left, rect.top() + 32), help_text)
        painter.setPen(theme.text.primary)
        for text, matched in matched_parts(what.title, self.wanted):
            font = theme.font("control", "bold" if matched else "regular")
            painter.setFont(font)
            painter.drawText(QPointF(left, rect.top() + 16), text)
            left += _advance(font, text)


def _advance(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def matched_parts(title: str, wanted: str) -> list[tuple[str, bool]]:
    """Return the title in parts, each with whether it is what was searched for."""
    at = title.lower().find(wanted.strip().lower()) if wanted.strip() else -1
    if at < 0:
        return [(title, False)]
    end = at + len(wanted.strip())
    return [(text, match) for text, match in ((title[:at], False), (title[at:end], True), (title[end:], False)) if text]
