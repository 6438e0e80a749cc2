"""The problem panel: order, folding, going there, fixing, and the problems of data."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from graphs import templates
from graphs.edits import Connect, Disconnect, Group, RemoveNode, SetParameters, SetSection
from graphs.project import Project
from widgets.document import Document
from widgets.panels.data_watch import DataWatch
from widgets.panels.problem_rows import ACTIONS, NAME
from widgets.panels.problems import ProblemsPanel
from widgets.problem_acts import ProblemActs
from widgets.problem_list import ProblemList
from widgets.selection import Selection
from widgets.theme import ThemeSource


class Bench:
    """A panel on the screen with what it works on."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.document, self.selection = Document(project), Selection()
        self.data = DataWatch(self.document)
        self.found = ProblemList(self.document)
        self.found.add_data(self.data)
        self.acts = ProblemActs(self.document, self.selection, self.found)
        self.panel = ProblemsPanel(ThemeSource("dark"), self.found, self.acts)
        qtbot.addWidget(self.panel)
        qtbot.addWidget(self.panel.head_extra)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.settle(qtbot)

    def settle(self, qtbot: QtBot) -> None:
        """Wait until the data was looked at."""
        qtbot.waitUntil(lambda: not self.data.working)

    def rows(self) -> list[tuple[str, list[str]]]:
        """The names of the root causes, each with those of its knock-ons."""
        tree = self.panel.tree
        found = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
        return [
            (item.text(NAME), [item.child(place).text(NAME) for place in range(item.childCount())])
            for item in found
            if item is not None
        ]


@pytest.fixture
def broken(qtbot: QtBot) -> Bench:
    """Digits without its flatten layer, and with a bias that a normalization takes away."""
    bench = Bench(qtbot, templates.create("digits_cnn"))
    network = bench.document.project.main
    flatten, third = network.find("flatten"), network.find("conv3")
    assert flatten is not None
    assert third is not None
    before, after = network.wires_into(flatten)[0], network.wires_from(flatten)[0]
    wire = Connect("main", before.source, before.source_port, after.target, after.target_port)
    bench.document.perform(Group((RemoveNode("main", flatten), wire), "Delete flatten"))
    bench.document.perform(SetParameters("main", third, {"bias": True}))
    return bench


def test_knock_ons_are_folded_under_their_cause(broken: Bench) -> None:
    assert broken.rows() == [("fc", ["digit"]), ("conv3", [])]
    assert broken.panel.counts.text() == "1 error, 1 that follows from it, 1 warning"
    assert (broken.found.errors, broken.found.warnings) == (1, 1)


def test_next_goes_round_the_causes_and_selects_their_nodes(broken: Bench) -> None:
    network = broken.document.project.main
    seen = []
    for _ in range(3):
        broken.acts.next()
        assert broken.selection.current is not None
        seen.append(network.name(broken.selection.current))
        item = broken.panel.tree.currentItem()
        assert item is not None
        assert item.text(NAME) == seen[-1]
    assert seen == ["fc", "conv3", "fc"]


def test_click_selects_the_node_of_a_row(qtbot: QtBot, broken: Bench) -> None:
    tree = broken.panel.tree
    item = tree.topLevelItem(1)
    assert item is not None
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(item).center())
    assert broken.selection.current == broken.document.project.main.find("conv3")


def test_fix_button_mends_and_is_one_step(qtbot: QtBot, broken: Bench) -> None:
    item = broken.panel.tree.topLevelItem(0)
    assert item is not None
    button = broken.panel.tree.itemWidget(item, ACTIONS).findChild(QPushButton)
    title = button.text()
    with qtbot.waitSignals([broken.acts.fixed, broken.found.changed]):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert broken.rows() == [("conv3", [])]
    assert broken.document.undo_title == title
    broken.document.undo()
    assert broken.rows()[0] == ("fc", ["digit"])


def test_the_fix_at_hand_is_that_of_the_problem_gone_to(broken: Bench) -> None:
    broken.acts.next()
    broken.acts.next()
    broken.acts.fix_next()
    assert broken.rows() == [("fc", ["digit"])]
    broken.acts.fix_next()
    assert broken.rows() == []


def test_all_safe_fixes_at_once(qtbot: QtBot, broken: Bench) -> None:
    qtbot.mouseClick(broken.panel.fix_all, Qt.MouseButton.LeftButton)
    assert broken.panel.problems == ()
    assert broken.panel.counts.text() == ""


def test_folded_cause_stays_folded(broken: Bench) -> None:
    item = broken.panel.tree.topLevelItem(0)
    assert item is not None
    assert item.isExpanded()
    item.setExpanded(False)
    third = broken.document.project.main.find("conv3")
    assert third is not None
    broken.document.perform(SetParameters("main", third, {"bias": False}))
    item = broken.panel.tree.topLevelItem(0)
    assert item is not None
    assert not item.isExpanded()


def test_problem_inside_a_block_leads_into_it(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("resnet_small"))
    inner = bench.document.project.networks["BasicBlock"]
    second = inner.find("conv2")
    assert second is not None
    wire = inner.wires_into(second)[0]
    bench.document.perform(Disconnect("BasicBlock", wire.source, wire.source_port, wire.target, wire.target_port))
    bench.acts.next()
    assert bench.selection.network == "BasicBlock"
    assert bench.selection.path
    assert bench.selection.current == second


def test_data_that_does_not_fit_is_a_problem_with_its_fix(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("tabular_classifier"))
    assert bench.panel.problems == ()
    bench.document.perform(SetSection("data", {"source": {"kind": "wine"}}))
    qtbot.waitUntil(lambda: bench.found.errors > 0)
    assert any(problem.kind == "data-shape" or problem.fixes for problem in bench.panel.problems)
    bench.acts.fix_next()
    qtbot.waitUntil(lambda: bench.found.errors == 0)
    bench.settle(qtbot)


def test_data_that_cannot_be_read_says_which_file(qtbot: QtBot, tmp_path: Path) -> None:
    bench = Bench(qtbot, templates.create("tabular_classifier"))
    missing = {"kind": "csv", "path": str(tmp_path / "gone.csv")}
    bench.document.perform(SetSection("data", {"source": missing}))
    qtbot.waitUntil(lambda: bench.found.errors > 0)
    assert "gone.csv" in bench.panel.problems[0].message
    actions = bench.panel.findChildren(QToolButton)
    with qtbot.waitSignal(bench.acts.data_asked):
        qtbot.mouseClick(next(b for b in actions if b.accessibleName() == "Go to the data"), Qt.MouseButton.LeftButton)


def test_choices_that_do_not_fit_are_problems(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("digits_cnn"))
    bench.document.perform(SetSection("training", {"epochs": 0}))
    assert [problem.kind for problem in bench.panel.problems] == ["bad-training"]
