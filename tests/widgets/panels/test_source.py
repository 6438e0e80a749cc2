"""The source panel: the code of the drawing, its marked lines, clicks on lines, copying, and errors in words."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

import builder.generator
from graphs import templates
from graphs.edits import RemoveNode, SetAttributes, SetParameters
from graphs.project import Project
from graphs.ways import uses_of
from widgets.document import Document
from widgets.panels.source import SourcePanel
from widgets.selection import Selection
from widgets.theme import ThemeSource


class Bench:
    """A panel on the screen with what it works on."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.qtbot = qtbot
        self.document, self.selection, self.themes = Document(project), Selection(), ThemeSource("dark")
        self.panel = SourcePanel(self.document, self.selection, self.themes)
        qtbot.addWidget(self.panel)
        qtbot.addWidget(self.panel.head_extra)
        self.panel.resize(1100, 400)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.settle()

    def settle(self) -> None:
        """Wait for the newest code."""
        self.qtbot.waitUntil(lambda: not self.panel.working)

    def click(self, text: str) -> None:
        """Click on the line that holds a text."""
        lines = self.panel.code.toPlainText().splitlines()
        block = self.panel.code.document().findBlockByNumber(next(n for n, line in enumerate(lines) if text in line))
        cursor = self.panel.code.textCursor()
        cursor.setPosition(block.position())
        self.panel.code.setTextCursor(cursor)
        at = self.panel.code.cursorRect().center() + QPoint(20, 0)
        self.qtbot.mouseClick(self.panel.code.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def node(self, name: str) -> str:
        """The id of a node of the network on view."""
        found = self.document.project.networks[self.selection.network].find(name)
        assert found is not None
        return found


@pytest.fixture
def digits(qtbot: QtBot) -> Bench:
    return Bench(qtbot, templates.create("digits_cnn"))


def test_code_is_the_generated_code_and_follows_edits(digits: Bench) -> None:
    assert digits.panel.code.toPlainText() == builder.generator.source(digits.document.project)
    digits.document.perform(SetParameters("main", digits.node("conv2"), {"out_channels": 24}))
    digits.settle()
    assert "nn.Conv2d(16, 24, 3" in digits.panel.code.toPlainText()


def test_lines_of_the_selected_layers_are_marked(digits: Bench) -> None:
    digits.selection.select([digits.node("conv2"), digits.node("fc")])
    lines = digits.panel.code.toPlainText().splitlines()
    assert digits.panel.code.marked
    assert all("conv2" in lines[n - 1] or "fc" in lines[n - 1] for n in digits.panel.code.marked)
    digits.selection.select()
    assert digits.panel.code.marked == ()


def test_click_on_a_line_selects_its_layer(qtbot: QtBot, digits: Bench) -> None:
    code = digits.panel.code
    lines = code.toPlainText().splitlines()
    number = next(place for place, line in enumerate(lines) if "self.bn1 =" in line)
    cursor = code.textCursor()
    cursor.setPosition(code.document().findBlockByNumber(number).position())
    middle = code.cursorRect(cursor).center() + QPoint(80, 0)
    qtbot.mouseClick(code.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert digits.selection.current == digits.node("bn1")


def test_line_of_a_block_leads_into_the_block(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("resnet_small"))
    lines = bench.panel.code.toPlainText().splitlines()
    number = next(place for place, line in enumerate(lines, 1) if "self.conv2 =" in line)
    bench.panel.code.line_clicked.emit(number)
    assert bench.selection.network != "main"
    assert bench.selection.path
    assert bench.selection.current == bench.node("conv2")


def test_line_of_a_block_leads_to_the_use_that_stands_open(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("resnet_small"))
    uses = [use.path for use in uses_of(bench.document.project, "BasicBlock")]
    assert len(uses) == 3
    for node, way in ((uses[1][0], uses[1]), (uses[0][0], uses[0])):  # the first that stands open, then
        bench.document.perform(SetAttributes("main", node, {"open": True}))
        bench.settle()
        bench.selection.select([uses[2][0]])
        bench.click("self.conv2 = nn.Conv2d(width")
        assert (bench.selection.path, bench.selection.on_view) == (way, ("main", ()))
        assert bench.selection.nodes == {bench.node("conv2")}
        bench.selection.show()
    bench.selection.show("BasicBlock", uses[2])
    bench.selection.work_in("main", ())
    bench.click("self.conv2 = nn.Conv2d(width")
    assert bench.selection.path == uses[2]


def test_drawing_that_cannot_run_is_told_in_words(digits: Bench) -> None:
    digits.document.perform(RemoveNode("main", digits.node("flatten")))
    digits.settle()
    assert digits.panel.trouble.isVisible()
    assert "cannot run yet" in digits.panel.trouble.text()
    assert not digits.panel.copy.isEnabled()
    digits.document.undo()
    digits.settle()
    assert digits.panel.code.isVisible()


def test_copy_and_save(qtbot: QtBot, digits: Bench) -> None:
    qtbot.mouseClick(digits.panel.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == digits.panel.code.toPlainText()
    with qtbot.waitSignal(digits.panel.save_requested):
        qtbot.mouseClick(digits.panel.save, Qt.MouseButton.LeftButton)


def test_nothing_is_written_while_the_panel_is_hidden(digits: Bench) -> None:
    before = digits.panel.code.toPlainText()
    digits.panel.hide()
    digits.document.perform(SetParameters("main", digits.node("conv2"), {"out_channels": 24}))
    assert not digits.panel.working
    digits.panel.show()
    digits.settle()
    assert digits.panel.code.toPlainText() != before


def test_another_theme_keeps_code_and_marks(digits: Bench) -> None:
    digits.selection.select([digits.node("conv2")])
    marked = digits.panel.code.marked
    digits.themes.choose("light")
    assert digits.panel.code.theme.name == "light"
    assert digits.panel.code.marked == marked


def test_of_many_marked_lines_only_those_on_view_are_coloured(digits: Bench) -> None:
    code = digits.panel.code
    code.show_code("x = 1\n" * 5000)
    code.mark_lines(range(1, 5000))
    assert 0 < len(code.extraSelections()) < 200
    code.verticalScrollBar().setValue(2000)
    assert {2001, 2002} <= {selection.cursor.blockNumber() + 1 for selection in code.extraSelections()}
