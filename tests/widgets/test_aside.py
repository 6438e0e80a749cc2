"""Work aside: done in a thread while the window lives on; nothing comes between, and long work can be given up."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from graphs import files
from graphs.edits import SetTitle
from graphs.errors import EditProblem, UserError
from tests.widgets.answers import answers
from widgets import aside as module
from widgets.aside import Stopped, aside
from widgets.dialogs.working import WorkingDialog
from widgets.document import Document
from widgets.file_watch import FileWatch
from widgets.files_flow import FilesFlow
from widgets.memory import WindowMemory
from widgets.settings import Settings


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the work is done for."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """All work counts as long, and is put into words at once."""
    monkeypatch.setattr(module, "AT_ONCE", 0)
    monkeypatch.setattr(module, "WORDLESS", 0)


def _dialog() -> WorkingDialog | None:
    shown = QApplication.activeModalWidget()
    return shown if isinstance(shown, WorkingDialog) else None


def _meanwhile(act: Callable[[], object]) -> QTimer:
    timer = QTimer(interval=5)
    timer.timeout.connect(act)
    timer.start()
    return timer


def _fail() -> None:
    raise UserError("There is no such file.")


def test_what_is_done_at_once_comes_back_from_another_thread(window: QWidget) -> None:
    assert aside(window, "Working…", threading.get_ident) != threading.get_ident()
    with pytest.raises(UserError, match="no such file"):
        aside(window, "Working…", _fail)


def test_the_window_lives_while_it_waits(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORDLESS", 60_000)
    enough, beats = threading.Event(), list[int]()

    def beat() -> None:
        beats.append(1)
        if len(beats) == 5:
            enough.set()

    timer = _meanwhile(beat)
    assert aside(window, "Working…", lambda: enough.wait(60))
    timer.stop()
    assert len(beats) >= 5
    assert _dialog() is None


@pytest.mark.usefixtures("impatient")
def test_long_work_is_put_into_words_and_can_be_given_up(window: QWidget) -> None:
    go_on = threading.Event()

    def press() -> None:
        dialog = _dialog()
        if dialog is not None and dialog.isVisible():
            QTest.mouseClick(dialog.findChild(QPushButton), Qt.MouseButton.LeftButton)

    timer = _meanwhile(press)
    with pytest.raises(Stopped):
        aside(window, "Opening big.netwright…", lambda: go_on.wait(60), stoppable=True)
    timer.stop()
    go_on.set()


@pytest.mark.usefixtures("impatient")
def test_what_must_be_finished_cannot_be_given_up(window: QWidget) -> None:
    go_on, pressed = threading.Event(), list[bool]()

    def press() -> None:
        dialog = _dialog()
        if dialog is not None and dialog.isVisible():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            pressed.append(dialog.isVisible() and dialog.findChild(QPushButton) is None)
            go_on.set()

    timer = _meanwhile(press)
    assert aside(window, "Saving big.netwright…", lambda: go_on.wait(60))
    timer.stop()
    assert pressed[0]


@pytest.mark.usefixtures("impatient")
def test_no_edit_comes_between_while_a_file_is_written(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, given, path = Document(), answers(), tmp_path / "mine.netwright"
    document.perform(SetTitle("Mine"))
    given.paths[:] = [path]
    flow, watch = FilesFlow(window, document, Settings(), WindowMemory(), given), FileWatch(document, window)
    seen, refused, go_on = list[str](), list[str](), threading.Event()
    watch.changed.connect(lambda: seen.append("changed"))
    write = files.save

    def slow(*arguments: object) -> object:
        stamp = write(*arguments)
        go_on.wait(60)
        return stamp

    monkeypatch.setattr(files, "save", slow)

    def edit() -> None:
        watch.look()
        for act in (lambda: document.perform(SetTitle("Late")), document.undo):
            with pytest.raises(EditProblem, match="Try again") as caught:
                act()
            refused.append(str(caught.value))
        go_on.set()

    timer = _meanwhile(lambda: edit() if path.exists() and document.held and not go_on.is_set() else None)
    assert flow.save()
    timer.stop()
    assert refused == ["Saving mine.netwright… Try again when that is done."] * 2
    assert not document.dirty
    assert not seen
    assert files.load(path).title == "Mine"
