"""The training panel with real runs: choices, live controls, curves, read-out, confusion, failure, export."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from builder.runs import Run
from builder.states import State
from builder.training.choices import TRAINING
from graphs import edits
from graphs.errors import FileProblem, UserError
from graphs.project import MAIN
from tests.builder.training.test_driver import exploding
from tests.widgets.answers import Answers, answers
from tests.widgets.training import ended, endless, kill, session, short, trained, until_ended
from widgets.document import Document
from widgets.panels.training import TrainingPanel
from widgets.panels.training_head import CONFUSION, CURVES
from widgets.plots.maker import PlotMaker
from widgets.problem_list import ProblemList
from widgets.selection import Selection
from widgets.session import Session
from widgets.settings import Settings
from widgets.starting import Starting
from widgets.theme import THEME_NAMES, ThemeSource
from widgets.theme_style import dress

__all__ = ["ended", "session", "trained"]


class Desk:
    """A panel on the screen and all that it stands on."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session, self.qtbot = session, qtbot
        self.themes, self.document, self.selection = ThemeSource("dark"), Document(short()), Selection()
        self.answers: type[Answers] = answers()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self.themes.theme)
        self.problems = ProblemList(self.document)
        starting = Starting(self.document, session, Settings(), self.problems)
        plots = PlotMaker(self.themes)
        self.panel = TrainingPanel(self.document, session, self.selection, self.themes, plots, starting, self.answers)
        qtbot.addWidget(self.panel)
        self.panel.resize(1100, 208)
        self.panel.show()

    def show(self, run: Run) -> None:
        """Show a run of the past, read."""
        watch = self.session.watch(run)
        self.qtbot.waitUntil(lambda: watch.ready)
        self.session.show(watch)

    def click(self, button: object) -> None:
        """Click with the mouse."""
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]  # any widget


@pytest.fixture
def desk(session: Session, qtbot: QtBot) -> Desk:
    return Desk(session, qtbot)


def test_before_the_first_run_there_are_choices_and_empty_plots(desk: Desk) -> None:
    assert desk.panel.left.currentWidget() is desk.panel.choices
    form = desk.panel.choices.form
    assert form is not None
    assert set(form.rows) == {parameter.name for parameter in TRAINING.choices}
    assert not desk.panel.choices.back.isVisible()
    assert desk.panel.strip_text == ""


def test_a_choice_is_an_edit_and_can_be_undone(desk: Desk) -> None:
    form = desk.panel.choices.form
    assert form is not None
    form.chosen.emit("epochs", 12)
    assert desk.document.project.training["epochs"] == 12
    assert desk.document.undo_title
    desk.document.undo()
    assert desk.document.project.training["epochs"] == 3
    form.reset.emit("epochs")
    assert "epochs" not in desk.document.project.training


def test_the_device_is_chosen_here_and_elsewhere(desk: Desk) -> None:
    box = desk.panel.choices.device
    assert box.currentData() == "auto"
    desk.session.device = "cuda:7"
    assert box.currentData() == "cuda:7"
    box.setCurrentIndex(box.findData("auto"))
    box.activated.emit(box.currentIndex())
    assert desk.session.device == "auto"


def test_training_is_refused_while_an_error_stands_and_the_tip_names_it(desk: Desk) -> None:
    desk.document.perform(edits.Disconnect(MAIN, "n0", "output", "n1", "input"))
    first = desk.document.report().errors[0].message
    assert not desk.panel.choices.train.isEnabled()
    assert desk.panel.choices.train.toolTip() == first
    with pytest.raises(UserError) as caught:
        desk.panel.train()
    assert str(caught.value) == first
    desk.document.undo()
    assert desk.panel.choices.train.isEnabled()


def test_a_run_is_started_steered_and_stopped_from_the_panel(desk: Desk, qtbot: QtBot) -> None:
    desk.document.replace(endless())
    desk.click(desk.panel.choices.train)
    watch = desk.session.active
    assert watch is not None
    page = desk.panel.run_page
    assert desk.panel.left.currentWidget() is page
    qtbot.waitUntil(lambda: watch.epoch > 3 and page.left.text() != "")
    assert page.chip.text() == "running"
    assert page.epoch.text().endswith(" of 100000")
    assert page.left.text().startswith("about ")
    qtbot.waitUntil(lambda: "samples/s" in page.speed.text())
    page.rate.setText("0.5")
    desk.click(page.set_rate)
    desk.click(page.snapshot)
    desk.click(page.more)
    qtbot.waitUntil(lambda: len(watch.marks) == 2 and watch.total_epochs == 100_010)
    desk.click(page.pause)
    qtbot.waitUntil(lambda: page.pause.text() == "Resume")
    assert page.chip.text() == "paused"
    desk.click(page.pause)
    qtbot.waitUntil(lambda: page.chip.text() == "running")
    desk.click(page.stop)
    until_ended(qtbot, watch)
    qtbot.waitUntil(lambda: page.chip.text() == "stopped")
    assert page.resume.isVisible()
    assert not page.pause.isVisible()


def test_a_learning_rate_that_is_none_is_marked_and_not_sent(desk: Desk, ended: Run) -> None:
    desk.show(ended)
    page = desk.panel.run_page
    sent: list[object] = []
    page.asked.connect(sent.append)
    for text in ("-1", "0", "soon"):
        page.rate.setText(text)
        page.rate.returnPressed.emit()
        assert page.rate.property("problem")
        assert page.rate.toolTip()
    assert not sent


def test_an_ended_run_has_curves_a_best_epoch_and_its_values(desk: Desk, ended: Run) -> None:
    desk.show(ended)
    panel = desk.panel
    assert panel.run_page.chip.text() == "done"
    assert {curve.name for curve in panel.curves.loss_drawing.curves} == {"training", "validation"}
    assert panel.curves.loss_drawing.curves[0].x[-1] == 6.0
    assert panel.curves.shown_metric == "accuracy"
    assert panel.readout.epoch.text() == "Epoch 6"
    names = [reading.name for reading in panel.readout.loss_group.readings]
    assert names == ["training", "validation"]
    assert panel.readout.loss_group.readings[0].value == f"{ended.history[-1]['loss']:.3f}"


def test_the_cursor_reads_out_whole_epochs(desk: Desk, ended: Run) -> None:
    desk.show(ended)
    desk.panel.curves.loss_plot.pointed.emit(3.2)
    assert desk.panel.readout.epoch.text() == "Epoch 3"
    assert desk.panel.readout.loss_group.readings[0].value == f"{ended.history[2]['loss']:.3f}"
    desk.panel.curves.metric_plot.pointed.emit(99.0)
    assert desk.panel.readout.epoch.text() == "Epoch 6"
    desk.panel.curves.loss_plot.pointed.emit(None)
    assert desk.panel.readout.epoch.text() == "Epoch 6"


def test_another_metric_can_be_drawn(desk: Desk, ended: Run) -> None:
    desk.show(ended)
    desk.panel.curves.show_metric("f1")
    assert desk.panel.curves.metric_drawing.curves[0].y.tolist() == [row["f1"] for row in ended.history]


def test_the_confusion_matrix_of_a_classifier_is_a_view(desk: Desk, ended: Run) -> None:
    assert not desk.panel.head_extra.views.isVisible()
    desk.show(ended)
    assert desk.panel.head_extra.views.isVisible()
    desk.click(desk.panel.head_extra.view_buttons[CONFUSION])
    assert desk.panel.confusion.isVisible()
    assert not desk.panel.head_extra.smooth.isEnabled()  # of curves alone
    classes, rows = desk.panel.confusion.matrices["species"]
    assert list(classes) == ["setosa", "versicolor", "virginica"]
    assert sum(map(sum, rows)) == 30
    desk.click(desk.panel.head_extra.view_buttons[CURVES])
    assert desk.panel.curves.isVisible()
    assert desk.panel.head_extra.smooth.isEnabled()


def test_another_run_is_laid_over_and_read_out(desk: Desk, ended: Run, trained: Path, qtbot: QtBot) -> None:
    other = Run.create(desk.session.root, ended.job, "Other")
    for path in (ended.events_file, ended.metrics_file, ended.folder / "run.json"):
        (other.folder / path.name).write_bytes(path.read_bytes())
    other.rename("Other")
    desk.session.runs.refresh()
    qtbot.waitUntil(lambda: len(desk.session.runs.summaries) == 2)
    desk.show(ended)
    desk.session.overlay(other.folder, True)
    qtbot.waitUntil(lambda: desk.session.watch(other).ready)
    qtbot.waitUntil(lambda: "Other" in [curve.name for curve in desk.panel.curves.loss_drawing.curves])
    assert [reading.name for reading in desk.panel.readout.loss_group.readings][-1] == "Other"
    assert desk.panel.head_extra.others.text() == "1 run"
    desk.session.overlay(other.folder, False)
    assert "Other" not in [curve.name for curve in desk.panel.curves.loss_drawing.curves]


def test_a_failed_run_says_what_happened_and_leads_to_the_layer(desk: Desk, qtbot: QtBot) -> None:
    desk.document.replace(exploding())
    desk.panel.train()
    watch = desk.session.active
    assert watch is not None
    until_ended(qtbot, watch)
    card = desk.panel.failure
    qtbot.waitUntil(card.isVisible)
    assert "not-a-number" in card.what.text()
    assert desk.panel.curves.metric_plot.empty.text() == "This run ended before its first epoch"
    assert card.node.isVisible()
    desk.click(card.node)
    (node,) = desk.selection.nodes
    assert card.node.text() == f"Show {desk.document.project.main.name(node)}"
    desk.document.replace(short())
    desk.document.perform(edits.RemoveNode(MAIN, "n1"))
    desk.panel.refresh()
    assert card.node.isVisible() is (node in desk.document.project.main)


class Shows(QObject):
    """Notes, at each show of one widget, whether another is on show already."""

    def __init__(self, watched: QWidget, other: QWidget) -> None:
        super().__init__(watched)
        self.other = other
        self.both: list[bool] = []
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.both.append(self.other.isVisible())
        return False


def test_a_killed_run_can_be_resumed_from_its_card(desk: Desk, qtbot: QtBot) -> None:
    desk.document.replace(endless())
    desk.panel.train()
    first = desk.session.active
    assert first is not None
    qtbot.waitUntil(lambda: first.epoch > 2)
    desk.panel.stop()
    until_ended(qtbot, first)
    shows = Shows(desk.panel.run_page.live, desk.panel.run_page.ended)
    desk.panel.resume()
    second = desk.session.active
    assert second is not None
    qtbot.waitUntil(lambda: second.ready and second.epoch > first.epoch)
    kill(second)
    until_ended(qtbot, second)
    assert second.messages[-1].text.startswith("The run was lost.")
    assert shows.both == [False]  # never both at once, for which the dock would grow
    card = desk.panel.failure
    qtbot.waitUntil(card.isVisible)
    assert card.resume.isVisible()
    for width, beside in ((1000, True), (600, False)):  # in a narrow dock the words keep the room there is
        desk.panel.resize(width, 260)
        qtbot.waitUntil(lambda beside=beside: (card.resume.x() > card.what.geometry().right()) is beside)
        assert card.what.width() > 200
    desk.click(card.resume)
    third = desk.session.active
    assert third is not None
    assert not card.isVisible()
    qtbot.waitUntil(lambda: third.state is State.RUNNING)
    desk.panel.stop()
    until_ended(qtbot, third)


def test_curves_are_exported_as_csv_and_as_a_picture(desk: Desk, ended: Run, tmp_path: Path) -> None:
    desk.show(ended)
    table, picture = tmp_path / "curves.csv", tmp_path / "curves.png"
    desk.answers.paths += [table, picture, None]
    for what in ("csv", "picture", "csv"):
        desk.panel.export(what)
    lines = table.read_text().splitlines()
    assert lines[0] == "plot,curve,epoch,value"
    assert len(lines) == 1 + 6 * 8 + 3 * 6
    assert picture.read_bytes().startswith(b"\x89PNG")
    desk.panel.export("copy")
    assert not QApplication.clipboard().pixmap().isNull()


def test_an_export_that_cannot_be_written_is_said(desk: Desk, ended: Run, tmp_path: Path) -> None:
    desk.show(ended)
    desk.answers.paths += [tmp_path / "none" / "curves.csv", tmp_path / "none" / "curves.png"]
    for what in ("csv", "picture"):
        with pytest.raises(FileProblem):
            desk.panel.export(what)


def test_one_can_look_at_the_choices_while_a_run_is_shown(desk: Desk, ended: Run) -> None:
    desk.show(ended)
    desk.click(desk.panel.run_page.choices)
    assert desk.panel.left.currentWidget() is desk.panel.choices
    desk.click(desk.panel.choices.back)
    assert desk.panel.left.currentWidget() is desk.panel.run_page


@pytest.mark.parametrize("name", THEME_NAMES)
def test_the_panel_fits_its_dock_in_every_theme(desk: Desk, ended: Run, name: str) -> None:
    desk.show(ended)
    desk.themes.choose(name)
    room = desk.themes.theme.measures.size.training - desk.themes.theme.measures.size.dock_title
    desk.panel.head_extra.setParent(None)  # as the dock does, which has it in its row of tabs
    assert desk.panel.minimumSizeHint().height() <= room
    desk.panel.head_extra.deleteLater()
