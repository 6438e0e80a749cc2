"""What a screen reader hears of the window: all that takes the keyboard has a name."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.opening import Opened

VIEWS = ("data", "source", "network")
PAGES = ("properties", "training", "problems", "runs", "log", "library", "outline")


def heard(part: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """All that is on show, outer parts first."""
    if part.isValid() and not part.state().invisible:
        yield part
        for number in range(part.childCount()):
            yield from heard(part.child(number))


def nameless(window: QWidget) -> list[str]:
    """What takes the keyboard without a name of its own, or of a label that stands for it, told by its parents."""
    found = []
    for part in heard(QAccessible.queryAccessibleInterface(window)):
        labels = [held.text(QAccessible.Text.Name) for held, _ in part.relations(QAccessible.RelationFlag.Label)]
        own = "" if part.role() == QAccessible.Role.ComboBox else part.text(QAccessible.Text.Name)
        names = [name for name in (own, *labels) if name and name == name.strip()]
        if part.state().focusable and not names:
            found.append(f"{part.role()} in {part.parent().text(QAccessible.Text.Name)!r}: {own!r}")
    return found


def test_all_that_takes_the_keyboard_has_a_name(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    for page in PAGES:
        window.show_panel(page)
        qtbot.waitUntil(lambda page=page: window.regions.page(page).panel is not None)
        assert nameless(window) == [], page
    for view in VIEWS:
        window.show_view(view)
        assert nameless(window) == [], view
    for node in ("n2", "n3"):
        project.parts.selection.select([node])
        assert nameless(window) == [], node


def test_the_start_page_has_a_name_for_all_that_takes_the_keyboard(opened: Opened) -> None:
    assert nameless(opened.window) == []


@pytest.mark.parametrize("show", ["show_settings", "show_keyboard", "show_about"])
def test_so_has_each_dialog(opened: Opened, show: str) -> None:
    before = set(opened.window.findChildren(QWidget))
    getattr(opened.window, show)()
    (dialog,) = (one for one in set(opened.window.findChildren(QWidget)) - before if one.isWindow() and one.isVisible())
    assert nameless(dialog) == []
    dialog.close()
