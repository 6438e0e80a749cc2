"""The head of a page of properties: a sign, the field of the title, and under it what there is to say at once."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.icons import icon
from widgets.theme import Theme


def page_head(sign: str, title: QWidget, below: tuple[QWidget, ...], theme: Theme) -> QVBoxLayout:
    """Lay a head out; `sign` is the name of an icon."""
    space, side = theme.measures.space, theme.measures.size.icon_large
    picture = QLabel()
    picture.setPixmap(icon(sign, theme, side).pixmap(side, side))
    line = QHBoxLayout()
    line.setSpacing(space.small)
    line.addWidget(picture)
    line.addWidget(title, 1)
    head = QVBoxLayout()
    head.setContentsMargins(space.medium, space.small, space.medium, space.small)
    head.setSpacing(space.tiny)
    head.addLayout(line)
    under = QVBoxLayout()
    under.setContentsMargins(side + space.small, 0, 0, 0)
    for part in below:
        under.addWidget(part)
    head.addLayout(under)
    return head
