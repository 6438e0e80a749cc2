"""How a hit of a search for layers is drawn: icon, name with the matched letters semibold, category, help below."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from graphs.spec import CATEGORIES
from widgets.icons import category_icon
from widgets.theme import Theme

HEIGHT = 40
_ICON, _TEXT_X, _PAD, _GAP = 16, 32.0, 8.0, 6.0
_NAME_Y, _HELP_Y = 16.0, 32.0


def paint_hit(
    painter: QPainter, rect: QRectF, theme: Theme, title: str, category: str, summary: str, wanted: str
) -> None:
    """Draw one hit into a row of HEIGHT; long names and helps are elided."""
    category_icon(category, theme).paint(painter, int(rect.left() + _PAD), int(rect.top() + 4), _ICON, _ICON)
    small, label = theme.font("caption"), CATEGORIES[category]
    metrics = QFontMetricsF(small)
    left, right = rect.left() + _TEXT_X, rect.right() - _PAD
    name = QFontMetricsF(theme.font("control", "semibold"))
    room = right - left - metrics.horizontalAdvance(label) - _GAP
    if name.horizontalAdvance(title) > room:  # the name is what is searched for: the category goes first
        label, room = "", right - left
    painter.setFont(small)
    painter.setPen(theme.text.tertiary)
    painter.drawText(QPointF(right - metrics.horizontalAdvance(label), rect.top() + _NAME_Y), label)
    help_text = metrics.elidedText(summary, Qt.TextElideMode.ElideRight, right - left)
    painter.drawText(QPointF(left, rect.top() + _HELP_Y), help_text)
    painter.setPen(theme.text.primary)
    for letters, hit in matched(name.elidedText(title, Qt.TextElideMode.ElideRight, room), wanted):
        font = theme.font("control", "semibold" if hit else "regular")
        painter.setFont(font)
        painter.drawText(QPointF(left, rect.top() + _NAME_Y), letters)
        left += QFontMetricsF(font).horizontalAdvance(letters)


def matched(text: str, wanted: str) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether it matched: as a whole if it is there, else letter by letter."""
    wanted = wanted.strip().lower()
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
    return pieces if wanted and not letters else [(text, False)]
