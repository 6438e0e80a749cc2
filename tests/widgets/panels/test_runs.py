"""The list of runs: rows, ticks, names, sorting, menu, deleting, live figures."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from builder.runs import Run
from graphs.errors import UserError
from tests.widgets.answers import Answers, answers
from tests.widgets.training import ended, endless, made, session, short, trained, until_ended
from widgets.document import Document
from widgets.panels.runs import RunsPanel
from widgets.panels.runs_model import COLUMNS, best_metric
from widgets.session import Session
from widgets.theme import ThemeSource

__all__ = ["ended", "session", "trained"]

TITLES = [column.title for column in COLUMNS]


@pytest.fixture
def given() -> type[Answers]:
    return answers()


@pytest.fixture
def panel(session: Session, qtbot: QtBot, given: type[Answers]) -> RunsPanel:
    made_panel = RunsPanel(Document(short()), session, ThemeSource("dark"), given)
    qtbot.addWidget(made_panel)
    made_panel.resize(1100, 200)
    made_panel.show()
    return made_panel


def texts(panel: RunsPanel, title: str) -> list[str]:
    """The words of a column, from the top."""
    column = TITLES.index(title)
    return [panel.sorted.index(row, column).data() for row in range(panel.sorted.rowCount())]


def listed(panel: RunsPanel, session: Session, qtbot: QtBot, count: int) -> None:
    session.runs.refresh()  # as the panel asks for by itself every few seconds
    qtbot.waitUntil(lambda: panel.sorted.rowCount() == count)


def test_a_run_is_a_row_with_its_figures(panel: RunsPanel, ended: Run, session: Session, qtbot: QtBot) -> None:
    listed(panel, session, qtbot, 1)
    assert texts(panel, "State") == ["done"]
    assert texts(panel, "Device") == ["cpu"]
    assert texts(panel, "Epochs") == ["6"]
    assert texts(panel, "Best")[0].startswith("Accuracy ")
    assert texts(panel, "Started") != [""]


def test_a_tick_lays_a_run_over_the_shown_one(panel: RunsPanel, ended: Run, session: Session, qtbot: QtBot) -> None:
    listed(panel, session, qtbot, 1)
    index = panel.sorted.index(0, 0)
    assert panel.sorted.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert session.overlaid == (ended.folder,)
    session.overlay(ended.folder, False)
    assert Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Unchecked


def test_a_run_is_renamed_in_place(panel: RunsPanel, ended: Run, session: Session, qtbot: QtBot) -> None:
    listed(panel, session, qtbot, 1)
    assert panel.sorted.setData(panel.sorted.index(0, 0), "Deep one")
    assert ended.title == "Deep one"
    qtbot.waitUntil(lambda: texts(panel, "Run") == ["Deep one"])
    with pytest.raises(UserError, match="name"):
        panel.model.setData(panel.model.index(0, 0), "  ")


def test_a_double_click_shows_a_run(panel: RunsPanel, ended: Run, session: Session, qtbot: QtBot) -> None:
    listed(panel, session, qtbot, 1)
    with qtbot.waitSignal(panel.shown):
        panel.tree.doubleClicked.emit(panel.sorted.index(0, 1))
    assert session.shown is not None
    assert session.shown.run.folder == ended.folder
    qtbot.waitUntil(lambda: session.shown is not None and session.shown.ready)


def test_enter_shows_and_delete_deletes_what_is_selected(
    panel: RunsPanel, ended: Run, session: Session, given: type[Answers], qtbot: QtBot
) -> None:
    listed(panel, session, qtbot, 1)
    panel.tree.setCurrentIndex(panel.sorted.index(0, 0))
    with qtbot.waitSignal(panel.shown):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.shown is not None and session.shown.ready)
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert ended.folder.exists()  # the safe answer keeps it
    given.answers.append("delete")
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert not ended.folder.exists()
    listed(panel, session, qtbot, 0)
    assert session.shown is None


def test_several_runs_are_deleted_after_one_question(
    panel: RunsPanel, session: Session, given: type[Answers], qtbot: QtBot
) -> None:
    for _ in range(3):
        made(session.root, short())
    session.runs.refresh()
    listed(panel, session, qtbot, 3)
    panel.tree.selectAll()
    given.answers.append("delete")
    panel.delete(panel.chosen)
    assert [question.title for question in given.asked] == ["Delete 3 runs"]
    listed(panel, session, qtbot, 0)


def test_rows_are_sorted_by_what_they_mean(panel: RunsPanel, session: Session, qtbot: QtBot) -> None:
    for number in range(11):
        made(session.root, short(), f"Run {number + 1}")
    session.runs.refresh()
    listed(panel, session, qtbot, 11)
    panel.tree.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert texts(panel, "Run") == [f"Run {number + 1}" for number in range(11)]
    panel.tree.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert texts(panel, "Run")[0] == "Run 11"


def test_the_menu_has_what_can_be_done(panel: RunsPanel, ended: Run, session: Session, qtbot: QtBot) -> None:
    listed(panel, session, qtbot, 1)
    assert not panel.menu().actions()
    panel.tree.setCurrentIndex(panel.sorted.index(0, 0))
    menu = panel.menu()
    acts = {action.text(): action for action in menu.actions() if action.text()}
    assert {"Show", "Resume", "Open its drawing", "Rename", "Show its folder", "Delete..."} <= set(acts)
    assert not acts["Resume"].isEnabled()  # it is done
    with qtbot.waitSignal(panel.drawing_requested) as heard:
        acts["Open its drawing"].trigger()
    assert heard.args[0].folder == ended.folder
    menu.deleteLater()


def test_a_run_under_way_moves_in_the_list(panel: RunsPanel, session: Session, qtbot: QtBot) -> None:
    watch = session.start(endless(), None)
    listed(panel, session, qtbot, 1)
    qtbot.waitUntil(lambda: texts(panel, "State") == ["running"])
    qtbot.waitUntil(lambda: texts(panel, "Epochs")[0].endswith(" of 100000"))
    qtbot.waitUntil(lambda: texts(panel, "Best")[0].startswith("Accuracy"))
    session.stop()
    until_ended(qtbot, watch)
    qtbot.waitUntil(lambda: texts(panel, "State") == ["stopped"])


def test_the_best_metric_is_one_of_validation() -> None:
    assert best_metric({"loss": 1.0, "accuracy": 0.5, "validation.accuracy": 0.4}) == ("validation.accuracy", 0.4)
    assert best_metric({"loss": 1.0}) == ("loss", 1.0)
    assert best_metric({"epochs": 1.0}) is None
