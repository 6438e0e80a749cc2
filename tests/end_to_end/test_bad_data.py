"""Data that is not there or does not fit, told before anything is trained, though nobody opened a panel for it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from graphs import files, templates
from graphs.edits import SetParameters
from tests.end_to_end.hands import CONTROL, Hands
from widgets.canvas import states

Key = Qt.Key
CSV = "length,width,kind\n" + "".join(f"{n % 7}.5,{n % 5},{'abc'[n % 3]}\n" for n in range(60))


@pytest.fixture
def table(hands: Hands, tmp_path: Path) -> Path:
    """The file, not there yet, from which a project that is open now takes its data."""
    project = templates.create("tabular_classifier")
    project.data.clear()
    project.data["source"] = {"kind": "csv", "path": "table.csv"}
    (data,) = project.main.of_kind("Input")
    SetParameters("main", data, {"shape": (2,)}).apply(project)
    files.save(project, tmp_path / "table.netwright")
    hands.open(tmp_path / "table.netwright")
    return tmp_path / "table.csv"


def test_train_pressed_at_once_says_that_the_file_is_missing_and_starts_nothing(hands: Hands, table: Path) -> None:
    hands.press("Train")
    hands.wait(hands.window.errors.isVisible)
    assert "Training did not begin" in hands.window.errors.whole
    assert f"{table}: there is no such file. Choose it again, or move it back." in hands.window.errors.whole
    assert not list(hands.session.root.glob("*"))
    hands.wait(lambda: "there is no such file" in hands.window.commands["run.train"].toolTip())
    assert not hands.window.commands["run.train"].isEnabled()
    hands.wait(lambda: hands.window.workshop.status.findChild(QToolButton).text() == "1 problem")
    hands.window.errors.hide()
    hands.canvas.setFocus()
    hands.key(Key.Key_F8)
    assert hands.window.view == "data"


def test_a_file_that_comes_back_is_seen_when_one_comes_back_to_the_window(hands: Hands, table: Path) -> None:
    hands.wait(lambda: hands.window.workshop.problems.errors == 1)
    table.write_text(CSV)
    QApplication.sendEvent(hands.window, QEvent(QEvent.Type.ActivationChange))
    hands.wait(lambda: not hands.window.workshop.problems.errors)
    hands.wait(hands.window.commands["run.train"].isEnabled)
    table.unlink()
    hands.key(Key.Key_R, CONTROL)
    hands.wait(hands.window.errors.isVisible)
    assert "there is no such file" in hands.window.errors.whole
    assert hands.session.active is None


def test_columns_that_do_not_fit_are_a_badge_on_the_layer_that_takes_them(hands: Hands, table: Path) -> None:
    hands.window.workshop.data.look()  # which finds no file, and has not said so yet when that appears
    table.write_text(CSV)
    QApplication.sendEvent(hands.window, QEvent(QEvent.Type.ActivationChange))
    hands.wait(lambda: not hands.window.workshop.data.working and not hands.window.workshop.problems.errors)
    (data,) = hands.document.project.main.of_kind("Input")
    nodes = hands.canvas.scene.nodes
    assert nodes.problems[nodes.rows[data]] == states.CLEAR
    hands.document.perform(SetParameters("main", data, {"shape": (3,)}))
    hands.wait(lambda: nodes.problems[nodes.rows[data]] == states.ERROR)
    hands.canvas.setFocus()
    hands.key(Key.Key_F8)
    assert hands.canvas.selection.current == data
    hands.key(Key.Key_Period, CONTROL)
    hands.wait(lambda: nodes.problems[nodes.rows[data]] == states.CLEAR)
    assert not hands.window.workshop.problems.errors
