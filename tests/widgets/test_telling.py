"""What the window says and asks: toasts, the card for errors, questions, settings and the keyboard help."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.opening import Opened
from widgets.dialogs.ask import Ask
from widgets.dialogs.keyboard import KeyboardDialog
from widgets.dialogs.question import Answer, Question, QuestionDialog
from widgets.dialogs.settings import SettingsDialog
from widgets.files_flow import unsaved_question
from widgets.frame.error_card import ErrorCard
from widgets.frame.toasts import MOST, Toasts
from widgets.palette import ranked
from widgets.settings import SETTINGS, Settings
from widgets.theme import ThemeSource


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    """A widget on the screen for things to lie on."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    with qtbot.waitActive(widget):
        widget.show()
    return widget


def test_toasts_are_two_at_most_and_lie_inside(ground: QWidget) -> None:
    toasts = Toasts(ground, ThemeSource("dark"))
    for word in ("one", "two", "three"):
        toasts.show(word)
    assert [toast.text for toast in toasts.shown] == ["two", "three"]
    assert len(toasts.shown) == MOST
    ground.resize(500, 400)
    QApplication.processEvents()
    for toast in toasts.shown:
        assert ground.rect().contains(toast.geometry())
    first, second = (toast.geometry() for toast in toasts.shown)
    assert not first.intersects(second)


def test_the_button_of_a_toast_acts_once_and_takes_it_away(ground: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    toasts = Toasts(ground, ThemeSource("dark"))
    toasts.show("Inserted Flatten", "Undo", lambda: done.append("undone"))
    qtbot.mouseClick(toasts.shown[0].button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert toasts.shown == []


def test_a_question_shows_a_title_as_it_is_written(ground: QWidget) -> None:
    dialog = QuestionDialog(unsaved_question("<b>Bold</b> & co"), ground)
    assert [label.textFormat() for label in dialog.findChildren(QLabel)] == [Qt.TextFormat.PlainText] * 2
    assert dialog.findChild(QLabel).text() == "Save the changes to <b>Bold</b> & co?"


def test_the_card_copies_everything_it_says(ground: QWidget, qtbot: QtBot) -> None:
    card = ErrorCard(ground, ThemeSource("dark"))
    card.tell("Something went wrong", "Your work is here.", "Traceback: all of it")
    copy = next(button for button in card.findChildren(QPushButton) if button.text() == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    words = QGuiApplication.clipboard().text()
    assert "Something went wrong" in words
    assert "Traceback: all of it" in words
    assert ground.rect().contains(card.geometry())


@pytest.mark.parametrize(("key", "given"), [(Qt.Key.Key_Escape, "cancel"), (Qt.Key.Key_Return, "cancel")])
def test_escape_and_enter_give_the_safe_answer(ground: QWidget, qtbot: QtBot, key: Qt.Key, given: str) -> None:
    def press() -> None:
        qtbot.keyClick(QApplication.activeModalWidget(), key)

    QTimer.singleShot(100, press)
    assert Ask.question(ground, unsaved_question("Digits")) == given


def test_a_button_gives_its_answer(ground: QWidget, qtbot: QtBot) -> None:
    def press() -> None:
        dialog = QApplication.activeModalWidget()
        button = dialog.findChild(QPushButton, "go")
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, press)
    question = Question("Go?", "There is no way back.", (Answer("stay", "Stay"), Answer("go", "Go", True)), "stay")
    assert Ask.question(ground, question) == "go"


def test_the_settings_dialog_has_a_row_for_each_and_changes_count(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = SettingsDialog(settings, ThemeSource("dark"))
    qtbot.addWidget(dialog)
    assert list(dialog.rows) == [choice.name for choice in SETTINGS.choices]
    dialog.rows["theme"].chosen.emit("light")
    assert settings["theme"] == "light"
    dialog.rows["theme"].reset.emit()
    assert settings["theme"] == "system"


def test_the_keyboard_help_has_every_shortcut(opened: Opened, qtbot: QtBot) -> None:
    registry = opened.window.commands.registry
    dialog = KeyboardDialog(registry, opened.parts.themes)
    qtbot.addWidget(dialog)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for command in registry:
        if command.shortcuts:
            assert command.text in words


def test_the_palette_wants_every_word_and_prefers_beginnings() -> None:
    lines = ["File Save as", "View Canvas alone", "File Save", "Edit Unsaved"]
    assert ranked("save file", lines) == [0, 2]
    assert ranked("save", lines) == [0, 2, 3]
    assert ranked("", lines) == [0, 1, 2, 3]
