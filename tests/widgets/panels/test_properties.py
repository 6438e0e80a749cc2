"""The property form: what it shows of nodes, blocks and networks, and what its fields, cards and menus do."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from graphs import templates
from graphs.edits import AddFrame, Connect, Group, Move, RemoveFrame, RemoveNode, Rename, SetAttributes, SetParameters
from graphs.project import Project
from widgets.document import Document
from widgets.elided import WrappedLabel, breakable
from widgets.fields.editor import Editor
from widgets.fields.row import Row
from widgets.panels.frame_page import FramePage
from widgets.panels.network_page import NetworkPage
from widgets.panels.node_page import NodePage
from widgets.panels.properties import PropertiesPanel
from widgets.panels.section import Facts
from widgets.panels.several_page import SeveralPage
from widgets.selection import Selection
from widgets.theme import ThemeSource


class Bench:
    """A panel on the screen with what it works on."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.document, self.selection, self.themes = Document(project), Selection(), ThemeSource("dark")
        self.panel = PropertiesPanel(self.document, self.selection, self.themes)
        qtbot.addWidget(self.panel)
        self.panel.resize(312, 800)
        with qtbot.waitExposed(self.panel):
            self.panel.show()

    def select(self, *names: str) -> QWidget:
        """Select nodes of the network on view by name; return the page."""
        network = self.document.project.networks[self.selection.network]
        nodes = [network.find(name) for name in names]
        self.selection.select([node for node in nodes if node is not None])
        assert self.panel.page is not None
        return self.panel.page

    def node(self, *names: str) -> NodePage:
        """Select one node; return its page."""
        page = self.select(*names)
        assert isinstance(page, NodePage)
        return page

    def parameters(self, name: str) -> dict[str, object]:
        """The parameters of a node of main as they are now."""
        network = self.document.project.main
        node = network.find(name)
        assert node is not None
        return dict(network.parameters(node))


@pytest.fixture
def digits(qtbot: QtBot) -> Bench:
    return Bench(qtbot, templates.create("digits_cnn"))


@pytest.fixture
def residual(qtbot: QtBot) -> Bench:
    return Bench(qtbot, templates.create("resnet_small"))


def enter(qtbot: QtBot, editor: QWidget, text: str) -> None:
    """Type a text in place of the one there, and press Enter."""
    line = editor if isinstance(editor, QLineEdit) else editor.findChild(QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def editor(page: NodePage | SeveralPage, name: str) -> Editor:
    """The editor of a parameter."""
    assert page.form is not None
    row = page.form.rows[name]
    assert isinstance(row, Row)
    return row.editor


def told(facts: Facts) -> dict[str, str]:
    """The facts by name."""
    return {fact.name: fact.value for fact in facts.facts}


def break_drawing(document: Document) -> None:
    """Take the flatten layer out, so that fc gets a map."""
    network = document.project.main
    flatten = network.find("flatten")
    assert flatten is not None
    before, after = network.wires_into(flatten)[0], network.wires_from(flatten)[0]
    wire = Connect("main", before.source, before.source_port, after.target, after.target_port)
    document.perform(Group((RemoveNode("main", flatten), wire), "Delete flatten"))


def test_typed_value_is_one_readable_step_and_shapes_follow_at_once(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv2")
    enter(qtbot, editor(page, "out_channels"), "24")
    assert digits.parameters("conv2")["out_channels"] == 24
    assert digits.document.undo_title == "Change out_channels of conv2"
    assert told(page.wires)["Output"] == "24×8×8"
    assert told(page.cost)["Parameters"] == f"{16 * 24 * 9:,}"
    digits.document.undo()
    assert told(page.wires)["Output"] == "32×8×8"
    assert digits.panel.page is page


def test_edits_elsewhere_keep_rows_focus_and_what_is_being_typed(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv2")
    line = editor(page, "out_channels").findChild(QLineEdit)
    with qtbot.waitActive(digits.panel):
        digits.panel.activateWindow()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "7")
    first = digits.document.project.main.find("conv1")
    assert first is not None
    digits.document.perform(SetParameters("main", first, {"out_channels": 12}))
    digits.document.perform(Move("main", {page.node: (8, 8)}))
    assert digits.panel.page is page
    assert line.text() == "7"
    assert line.hasFocus()
    assert told(page.wires)["in_channels"] == "12"


def test_steps_of_one_movement_are_one_step_to_undo(qtbot: QtBot, digits: Bench) -> None:
    line = editor(digits.node("conv2"), "out_channels").findChild(QLineEdit)
    for _ in range(5):
        qtbot.keyClick(line, Qt.Key.Key_Up)
    assert digits.parameters("conv2")["out_channels"] == 37
    digits.document.undo()
    assert "out_channels" not in digits.parameters("conv2")
    assert not digits.document.can_undo


def test_what_is_typed_goes_to_the_node_that_was_selected_then(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv1")
    with qtbot.waitActive(digits.panel):
        digits.panel.activateWindow()
    line = editor(page, "out_channels").findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "9")
    page = digits.node("conv2")
    assert digits.parameters("conv1")["out_channels"] == 9
    assert "out_channels" not in digits.parameters("conv2")
    assert editor(page, "out_channels").findChild(QLineEdit).text() == "32"
    assert page.header.name.text() == "conv2"
    digits.node("relu1")
    assert not page.isVisible()


def test_reset_arrow_takes_a_value_back(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv1")
    row = page.form.rows["out_channels"] if page.form is not None else None
    assert isinstance(row, Row)
    qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert "out_channels" not in digits.parameters("conv1")


def test_name_is_checked_while_typed_and_renames_on_enter(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv2")
    enter(qtbot, page.header.name, "conv1")
    assert "called conv1 already" in page.header.trouble.text()
    enter(qtbot, page.header.name, "for")
    assert page.header.trouble.isVisible()
    assert digits.document.project.main.name(page.node) == "conv2"
    enter(qtbot, page.header.name, "middle")
    assert digits.document.project.main.name(page.node) == "middle"
    assert digits.document.undo_title == "Rename conv2 to middle"


def test_toggles_and_menu_change_the_node(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv2")
    qtbot.mouseClick(page.header.frozen, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.header.bypassed, Qt.MouseButton.LeftButton)
    held = digits.document.project.main[page.node]
    assert (held["frozen"], held["bypassed"]) == (True, True)
    qtbot.mouseClick(page.header.frozen, Qt.MouseButton.LeftButton)
    assert "frozen" not in digits.document.project.main[page.node]
    page.header.fill_menu()
    actions = {action.text(): action for action in page.header.menu.actions()}
    actions["Disable"].trigger()
    assert digits.document.project.main[page.node]["disabled"] is True
    actions["Reset all to defaults"].trigger()
    assert digits.parameters("conv2") == {}
    others = {action.text(): action for action in actions["Replace by"].menu().actions()}
    others["ConvTranspose2d"].trigger()
    assert digits.document.project.main.kind(page.node) == "ConvTranspose2d"
    assert digits.panel.page is not page


def test_layer_without_weights_has_nothing_to_freeze(digits: Bench) -> None:
    assert not digits.node("relu1").header.frozen.isVisible()


def test_problem_stands_on_top_and_its_fix_mends_it(qtbot: QtBot, digits: Bench) -> None:
    whole = digits.node("fc").cost.sizeHint().height()
    break_drawing(digits.document)
    assert digits.node("fc").cost.sizeHint().height() < whole / 2  # what is not known yet leaves no gap
    page = digits.node("fc")
    [card] = page.cards
    assert "wants flat features" in card.accessibleName()
    assert told(page.wires)["Output"] == "not known yet"
    qtbot.mouseClick(card.buttons[0], Qt.MouseButton.LeftButton)
    assert digits.document.report().problems == ()
    assert digits.document.undo_title == card.buttons[0].text()
    assert page.cards == []


def test_knock_on_leads_to_its_cause(qtbot: QtBot, digits: Bench) -> None:
    break_drawing(digits.document)
    [card] = digits.node("digit").cards
    qtbot.mouseClick(card.buttons[-1], Qt.MouseButton.LeftButton)
    assert digits.selection.current == digits.document.project.main.find("fc")


def test_several_nodes_share_rows_and_are_set_in_one_step(qtbot: QtBot, digits: Bench) -> None:
    page = digits.select("conv1", "conv2", "conv3")
    assert isinstance(page, SeveralPage)
    line = editor(page, "out_channels").findChild(QLineEdit)
    assert (line.text(), line.placeholderText()) == ("", "mixed")
    assert editor(page, "out_channels").toolTip() == "16 or 32 or 64"
    enter(qtbot, editor(page, "out_channels"), "20")
    assert [digits.parameters(f"conv{n}")["out_channels"] for n in (1, 2, 3)] == [20, 20, 20]
    digits.document.undo()
    assert digits.parameters("conv3")["out_channels"] == 64
    assert not digits.document.can_undo


def test_kinds_share_only_choices_that_mean_the_same(digits: Bench) -> None:
    page = digits.select("conv1", "fc")
    assert isinstance(page, SeveralPage)
    assert list(page.form.rows) == ["bias"]


def test_block_shows_its_network_and_arguments_and_lets_in(qtbot: QtBot, residual: Bench) -> None:
    block = residual.document.project.main.of_kind("Block")[-1]
    page = residual.node(residual.document.project.main.name(block))
    assert page.block is not None
    assert page.block.arguments is not None
    row = page.block.arguments.rows["width"]
    assert isinstance(row, Row)
    enter(qtbot, row.editor, "24")
    assert residual.document.project.main.parameters(block)["arguments"]["width"] == 24
    assert page.block.arguments.rows["width"] is row
    qtbot.mouseClick(page.block.inside, Qt.MouseButton.LeftButton)
    name = residual.document.project.main.parameters(block)["network"]
    assert (residual.selection.network, residual.selection.path) == (name, (block,))
    assert isinstance(residual.panel.page, NetworkPage)


def test_expressions_inside_a_block_show_what_they_come_to_in_this_use(residual: Bench) -> None:
    block = residual.document.project.main.of_kind("Block")[0]
    name = residual.document.project.main.parameters(block)["network"]
    residual.selection.show(name, (block,))
    page = residual.node("conv1")
    line = editor(page, "out_channels").findChild(QLineEdit)
    arguments = residual.document.report(name, (block,)).arguments
    assert line.text() == "width"
    assert line.suffix == f"= {arguments['width']}"


def test_network_page_shows_totals_and_edits_arguments(qtbot: QtBot, residual: Bench) -> None:
    page = residual.panel.page
    assert isinstance(page, NetworkPage)
    assert told(page.totals)["Parameters"] == f"{residual.document.report().parameters:,}"
    enter(qtbot, page.title, "My residual network")
    assert residual.document.project.title == "My residual network"
    enter(qtbot, page.title, "x" * 300)  # which no file could hold
    assert residual.document.project.title == "My residual network"
    assert page.trouble.text() == "A title has at most 256 characters, this one 300."
    enter(qtbot, page.title, "My residual network")
    assert not page.trouble.isVisible()
    residual.selection.show("BasicBlock", (residual.document.project.main.of_kind("Block")[0],))
    page = residual.panel.page
    assert isinstance(page, NetworkPage)
    arguments = residual.document.project.networks["BasicBlock"]
    qtbot.keyClicks(page.arguments.name, "depth")
    qtbot.mouseClick(page.arguments.plus, Qt.MouseButton.LeftButton)
    assert arguments.arguments["depth"] == 1
    enter(qtbot, page.arguments.editors["depth"], "3")
    assert arguments.arguments["depth"] == 3
    qtbot.keyClicks(page.arguments.name, "width")
    assert not page.arguments.plus.isEnabled()
    assert page.arguments.trouble.isVisible()


def test_comment_is_kept_when_the_field_is_left(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv2")
    qtbot.keyClicks(page.comment.text, "the wide one")
    qtbot.keyClick(page.comment.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert digits.document.project.main[page.node]["comment"] == "the wide one"


def test_another_theme_and_another_project_make_the_page_anew(qtbot: QtBot, digits: Bench) -> None:
    page = digits.node("conv2")
    digits.themes.choose("light")
    assert isinstance(digits.panel.page, NodePage)
    assert digits.panel.page is not page
    digits.selection.select()
    digits.document.replace(templates.create("lenet5"))
    page = digits.panel.page
    assert isinstance(page, NetworkPage)
    assert page.title.text() == digits.document.project.title


def test_another_theme_leaves_in_view_what_was(qtbot: QtBot, digits: Bench) -> None:
    digits.panel.resize(312, 420)
    digits.node("conv2")
    area = digits.panel.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    for theme in ("light", "high_contrast"):
        digits.themes.choose(theme)
        QApplication.processEvents()
        page = digits.panel.page
        assert isinstance(page, NodePage)
        box = page.comment.text
        assert area.viewport().rect().contains(QRect(box.mapTo(area.viewport(), QPoint(0, 0)), box.size()))
    digits.node("conv1")
    assert bar.value() == 0


def test_long_names_and_shapes_take_no_more_room_than_the_panel_has(digits: Bench) -> None:
    project = digits.document.project
    image = next(iter(project.main.of_kind("Input")))
    names = ["sequence_length_symbol", "another_long_symbol_name", "T", 1024]
    digits.document.perform(SetParameters("main", image, {"shape": names}))
    conv = next(iter(project.main.of_kind("Conv2d")))
    digits.document.perform(Group((Rename("main", image, "i" * 64), Rename("main", conv, "W" * 64)), "Rename"))
    page = digits.node("W" * 64)
    assert page.cards
    assert page.minimumSizeHint().width() <= 280
    came = next(fact.value for fact in page.wires.facts if fact.name == "Input")
    (shown,) = (label for label in page.wires.findChildren(WrappedLabel) if label.text() == came)
    shown.setSelection(0, len(breakable(came)))
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == came


@pytest.mark.parametrize("text", ["a short one", "sequence_length_symbol×another_symbol×3", "w" * 60, "/a/b" * 20])
def test_long_words_are_broken_and_short_ones_are_not(text: str) -> None:
    broken = breakable(text)
    assert broken.replace("\N{ZERO WIDTH SPACE}", "") == text
    assert all(len(piece) <= 24 for word in broken.split() for piece in word.split("\N{ZERO WIDTH SPACE}"))
    assert (broken == text) == (len(max(text.split(), key=len)) <= 16)


def test_a_frame_tells_what_it_holds_and_what_that_costs(digits: Bench) -> None:
    project, main = digits.document.project, digits.document.project.main
    held = [node for node in main if main.name(node) in ("conv1", "bn1")]
    digits.document.perform(AddFrame("main", "f1", {"title": "Stem"}))
    for node in held:
        digits.document.perform(SetAttributes("main", node, {"frame": "f1"}))
    digits.selection.select()
    digits.selection.annotate(frozenset({("frames", "f1")}))
    page = digits.panel.page
    assert isinstance(page, FramePage)
    assert (page.title.text(), page.held.text()) == ("Stem", "Frame, 2 layers")
    whole = digits.document.report("main")
    assert page.cost.facts[0].value == f"{sum(whole.nodes[node].parameters for node in held):,}"
    assert [fact.name for fact in page.layers.facts] == ["conv1", "bn1"]
    page.title.setText("First layers")
    page.title.setModified(True)
    page.title.editingFinished.emit()
    assert main.attributes["frames"]["f1"]["title"] == "First layers"
    digits.document.perform(SetAttributes("main", held[0], {}, ("frame",)))
    assert page.held.text() == "Frame, 1 layer"
    sought: list[tuple[str, str]] = []
    digits.selection.annotation_sought.connect(lambda *what: sought.append(what))
    assert page.frames.rows["f1"].isChecked()
    digits.document.perform(AddFrame("main", "f2", {"title": "Head", "position": (0, 900)}))
    QTest.mouseClick(page.frames.rows["f2"], Qt.MouseButton.LeftButton)
    assert sought == [("frames", "f2")]
    digits.document.undo()
    digits.selection.select([held[0]])
    assert isinstance(digits.panel.page, NodePage)
    digits.selection.select()
    digits.document.perform(RemoveFrame("main", "f1"))
    page_of_all = digits.panel.page
    assert isinstance(page_of_all, NetworkPage)
    assert not page_of_all.frames.rows
    digits.selection.annotate(frozenset())
    digits.document.undo()
    assert list(page_of_all.frames.rows) == ["f1"]
    assert project.main is main
