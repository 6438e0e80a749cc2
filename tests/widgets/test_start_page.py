"""The start page: templates drawn from themselves, recent projects with what came of them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from builder.runs import Run
from builder.states import State
from graphs import files, templates
from graphs.reporting import report
from tests.widgets.opening import Opened
from tests.widgets.training import made, short
from widgets.run_list import RunSummary
from widgets.start.picture import picture
from widgets.start.results import last_results
from widgets.start.sketch import MOST_BARS, of_template, sketch
from widgets.start.template_card import TemplateCard, use_of
from widgets.theme import Theme, ThemeSource
from widgets.watch import Watch


@pytest.mark.parametrize("name", templates.names())
def test_every_template_has_a_picture_of_its_own_layers(name: str, qtbot: QtBot) -> None:
    project = templates.create(name)
    drawing = sketch(project, report(project))
    assert 2 <= len(drawing.bars) <= MOST_BARS
    assert drawing.bars[0].category == "data"
    assert "objective" in {bar.category for bar in drawing.bars}
    assert {place for wire in drawing.wires for place in wire} == set(range(len(drawing.bars)))
    shown = picture(drawing, Theme.named("dark"), 241, 118, 1.0).toImage()
    assert len({shown.pixel(x, 59) for x in range(241)}) > 1


@pytest.mark.parametrize("name", templates.names())
def test_every_template_says_its_use_in_few_words(name: str) -> None:
    assert 2 <= len(use_of(templates.get(name).summary).split()) <= 14


def test_a_card_shows_its_count_once_drawn(qtbot: QtBot) -> None:
    card = TemplateCard(templates.get("lenet5"), ThemeSource("dark"))
    qtbot.addWidget(card)
    card.show_sketch(*of_template("lenet5"))
    assert "61.7 K" in {label.text() for label in card.findChildren(QLabel)}


def test_a_recent_project_opens_by_a_click(opened: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "kept.netwright"
    files.save(templates.create("mlp"), path)
    opened.parts.memory.add_recent(path, "Kept", 5)
    opened.window.start_page.renew()
    (row,) = opened.window.start_page.rows
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert opened.parts.document.path == path


def test_a_missing_project_can_be_found_again(opened: Opened, tmp_path: Path) -> None:
    moved = tmp_path / "moved.netwright"
    files.save(templates.create("mlp"), moved)
    opened.parts.memory.add_recent(tmp_path / "lost.netwright", "Lost", 5)
    opened.window.start_page.renew()
    (row,) = opened.window.start_page.rows
    assert "missing" in {label.text() for label in row.findChildren(QLabel)}
    opened.answers.paths[:] = [moved]
    find = row.findChild(QPushButton)
    assert find is not None
    find.click()
    assert opened.parts.document.path == moved
    assert [recent.path for recent in opened.parts.memory.recent()] == [moved]


def _summary(project: str, created: float, state: State, metrics: dict[str, float]) -> RunSummary:
    return RunSummary(Run(Path("run-0001")), "Run 1", project, state, "cpu", created, 3.0, 2, metrics)


def test_the_newest_run_of_a_project_is_told() -> None:
    found = last_results(
        [
            _summary("Digits", 2.0, State.DONE, {"validation.accuracy": 0.941, "accuracy": 0.99}),
            _summary("Digits", 1.0, State.FAILED, {}),
            _summary("Leaves", 1.0, State.FAILED, {}),
            _summary("Prices", 1.0, State.DONE, {"validation.mae": 0.081}),
            _summary("Now", 1.0, State.RUNNING, {}),
        ],
        None,
    )
    assert found["Digits"].text == "94.1 % accuracy"
    assert (found["Leaves"].text, found["Leaves"].role) == ("failed", "error")
    assert found["Prices"].text == "0.081 MAE"
    assert found["Now"].role == "running"


def test_a_run_under_way_is_told_as_it_is_now(tmp_path: Path) -> None:
    run = made(tmp_path, short())
    read_before = RunSummary(run, "Run 1", "Digits", State.WAITING, "cpu", 1.0, None, 0, {})
    watch = Watch.of(run)
    watch.state, watch.step, watch.total_epochs = State.RUNNING, 1, 4
    assert last_results([read_before], watch)["Digits"].text == "training, 25 %"
