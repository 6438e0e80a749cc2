"""Turns a theme into the application's style sheet and dresses the application and single widgets with it."""

import re
from functools import cache

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from widgets.icons import application_icon, tinted_file
from widgets.theme import Theme, palette
from widgets.theme_fonts import families
from widgets.theme_reading import THEMES

_TOKEN = re.compile(r"@\{(?:(?P<icon>icon) (?P<name>[a-z-]+) )?(?P<path>[a-z_]+\.[a-z_]+)(?:-(?P<less>\d+))?\}")


def stylesheet(theme: Theme) -> str:
    """The style sheet of the whole application; needs a QGuiApplication for the fonts.

    The sheets in `resources/themes/style` hold `@{group.token}` where a value of the theme stands, `@{group.token-2}`
    for a size less its borders, and `@{icon name group.token}` for an icon's path in that colour.
    """
    return _TOKEN.sub(lambda found: _value(theme, found), _sheets())


def dress(application: QApplication, theme: Theme) -> None:
    """Give the whole application the look of `theme`; to be called again whenever the theme changes."""
    if application.styleSheet():
        # Taken off before the next is put on: over another, Qt polishes each widget anew for every one that holds it.
        application.setStyleSheet("")
    else:
        application.setStyle("Fusion")  # again would polish every widget for nothing
    application.setPalette(palette(theme))
    application.setFont(theme.font("body"))
    application.setWindowIcon(application_icon(theme))
    application.setStyleSheet(stylesheet(theme))


def mark(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet asks about (`role`, `chip`, `primary`, ...) and restyle `widget`."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()
    widget.update()


@cache
def _sheets() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((THEMES / "style").glob("*.qss")))


def _value(theme: Theme, found: re.Match[str]) -> str:
    group, token = found["path"].split(".")
    if group == "font":
        return f'"{getattr(families(), token)}"'
    owner = theme if hasattr(theme, group) else theme.measures
    value = getattr(getattr(owner, group), token)
    if found["icon"]:
        return f'url("{tinted_file(found["name"], value).as_posix()}")'
    if isinstance(value, QColor):
        return value.name()
    return str(value - int(found["less"] or 0))
