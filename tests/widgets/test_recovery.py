"""Recovery: what a crash leaves is brought back, what was saved or given up is not."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from graphs import files, templates
from graphs.edits import SetTitle
from graphs.project import Project
from tests.widgets.opening import Opened
from widgets.document import Document
from widgets.frame.recovery_card import RecoveryCard
from widgets.recovery import Recovery

_CRASH = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from graphs import files
from graphs.edits import SetTitle
from widgets.document import Document
from widgets.recovery import Recovery
application = QCoreApplication([])
document = Document()
recovery = Recovery(document)
document.replace(files.load(sys.argv[1]), Path(sys.argv[1]))
for word in ("one", "two", "three"):
    document.perform(SetTitle(word))
os.kill(os.getpid(), 9)
"""


def _crash(path: Path) -> None:
    """Edit the project in a file three times in a process that is then killed."""
    done = subprocess.run([sys.executable, "-c", _CRASH, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr


def test_a_killed_window_loses_nothing(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "digits.netwright"
    files.save(templates.create("digits_cnn"), path)
    _crash(path)
    window, document = opened.window, opened.parts.document
    window.offer_recovery()
    card = window.findChild(RecoveryCard)
    assert card is not None
    back = next(button for button in card.findChildren(QPushButton) if button.text() == "Bring back")
    back.click()
    assert window.in_project
    assert document.project.title == "three"
    assert document.path == path
    assert document.dirty
    document.save(path)
    assert files.load(path).title == "three"
    assert window.recovery.found() == []


def test_what_was_brought_back_survives_a_second_crash(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mlp.netwright"
    files.save(templates.create("mlp"), path)
    _crash(path)
    document = Document()
    recovery = Recovery(document)
    (entry,) = recovery.found()
    assert entry.steps == 3
    recovery.bring_back(entry)
    recovery.close()  # as the end of the process would
    (again,) = Recovery(Document()).found()
    assert again.title == "three"


def test_saved_work_leaves_nothing_to_bring_back(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    recovery = Recovery(document)
    document.perform(SetTitle("Mine"))
    document.save(tmp_path / "mine.netwright")
    recovery.close()
    assert Recovery(Document()).found() == []


def test_work_given_up_leaves_nothing_to_bring_back(qtbot: QtBot) -> None:
    document = Document()
    recovery = Recovery(document)
    document.perform(SetTitle("Mine"))
    recovery.forget()
    assert Recovery(Document()).found() == []


def test_nothing_is_kept_aside_while_it_is_off(qtbot: QtBot) -> None:
    document = Document()
    recovery = Recovery(document)
    recovery.on = False
    document.perform(SetTitle("Mine"))
    recovery.close()
    assert Recovery(Document()).found() == []


def test_what_a_crash_left_stays_while_no_journal_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mlp.netwright"
    files.save(templates.create("mlp"), path)
    _crash(path)
    recovery = Recovery(Document())
    recovery.on = False
    (entry,) = recovery.found()
    recovery.bring_back(entry)
    recovery.close()
    (again,) = Recovery(Document()).found()
    assert again.steps == 3


def test_an_edit_before_any_project_was_shown_is_brought_back(qtbot: QtBot) -> None:
    document = Document()
    recovery = Recovery(document)
    document.perform(SetTitle("Mine"))
    recovery.close()
    (entry,) = Recovery(Document()).found()
    assert entry.title == "Mine"


def test_the_journal_stays_when_the_file_is_not_what_was_saved(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document(Project())
    recovery = Recovery(document)
    told: list[str] = []
    recovery.troubled.connect(told.append)
    document.perform(SetTitle("Mine"))
    path = tmp_path / "mine.netwright"
    document.saved.disconnect()
    document.saved.connect(lambda: path.write_text("something else"))
    document.saved.connect(recovery.follow_save)
    document.save(path)
    assert "is not what was saved" in told[0]
    recovery.close()
    (entry,) = Recovery(Document()).found()
    assert entry.steps == 1
