"""The log: what is said and printed, levels, following the end, copying."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from builder.events import Message, encode
from builder.lines import append
from tests.widgets.training import made, session, short
from widgets.panels.log import LEVELS, LogPanel
from widgets.session import Session
from widgets.theme import THEME_NAMES, ThemeSource

__all__ = ["session"]


@pytest.fixture
def themes() -> ThemeSource:
    return ThemeSource("dark")


@pytest.fixture
def panel(session: Session, themes: ThemeSource, qtbot: QtBot) -> LogPanel:
    made_panel = LogPanel(session, themes)
    qtbot.addWidget(made_panel)
    made_panel.resize(800, 160)
    made_panel.show()
    return made_panel


def show_run(session: Session, qtbot: QtBot, *messages: Message, printed: str = "") -> None:
    """Show a run that said and printed this."""
    run = made(session.root, short())
    for message in messages:
        append(run.events_file, encode(message))
    run.log_file.write_text(printed)
    watch = session.watch(run)
    qtbot.waitUntil(lambda: watch.ready)
    session.show(watch)


def test_messages_and_prints_of_the_shown_run_are_lines(panel: LogPanel, session: Session, qtbot: QtBot) -> None:
    show_run(session, qtbot, Message("warning", "Look out"), printed="first\n\nsecond\n")
    assert sorted(line.text for line in panel.lines) == ["Look out", "first", "second"]
    assert "warning: Look out" in panel.text.toPlainText()


def test_what_came_as_a_message_is_not_said_again_as_a_print(panel: LogPanel, session: Session, qtbot: QtBot) -> None:
    stamp = "2026-11-29 10:51:21"
    printed = f"{stamp} warning: Look out\n{stamp} Traceback (most recent call last):\n  File\n"
    show_run(session, qtbot, Message("warning", "Look out"), printed=printed)
    assert [line.text for line in panel.lines] == ["Look out", "Traceback (most recent call last):", "  File"]


def test_another_run_has_its_own_lines_and_the_window_keeps_its(
    panel: LogPanel, session: Session, qtbot: QtBot
) -> None:
    panel.add_line("info", "Inserted Flatten")
    show_run(session, qtbot, Message("info", "one"))
    show_run(session, qtbot, Message("info", "two"))
    assert [line.text for line in panel.lines] == ["Inserted Flatten", "two"]


def test_what_is_printed_later_is_added_once(panel: LogPanel, session: Session, qtbot: QtBot) -> None:
    show_run(session, qtbot, printed="first\n")
    assert session.shown is not None
    with session.shown.run.log_file.open("a") as file:
        file.write("second\n")
    for _ in range(3):
        panel.refresh()
    assert [line.text for line in panel.lines] == ["first", "second"]


def test_levels_filter_what_is_shown(panel: LogPanel) -> None:
    for level in LEVELS:
        panel.add_line(level, f"some {level}")
    shown = []
    for place in range(len(LEVELS)):
        panel.level.setCurrentIndex(place)
        shown.append(panel.text.toPlainText().count("some"))
    assert shown == [4, 3, 2, 1]


def test_the_end_is_followed_until_one_scrolls_up(panel: LogPanel) -> None:
    for number in range(100):
        panel.add_line("info", f"line {number}")
    bar = panel.text.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(0)
    panel.add_line("info", "one more")
    assert bar.value() == 0


def test_all_or_the_selection_is_copied(panel: LogPanel) -> None:
    panel.add_line("info", "one")
    panel.add_line("info", "two")
    panel.copy_all()
    assert [line.split("  ")[1] for line in QApplication.clipboard().text().splitlines()] == ["one", "two"]
    panel.text.selectAll()
    panel.copy_all()
    assert QApplication.clipboard().text().count("\n") == 1


@pytest.mark.parametrize("name", THEME_NAMES)
def test_lines_have_the_colours_of_the_theme(panel: LogPanel, themes: ThemeSource, name: str) -> None:
    panel.add_line("error", "broken")
    themes.choose(name)
    cursor = panel.text.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    assert cursor.charFormat().foreground().color() == themes.theme.status.error
