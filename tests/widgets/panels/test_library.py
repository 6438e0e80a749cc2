"""The library: found by typing, added by Enter, double-click and drag; what fits comes first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from graphs import catalogue, templates
from graphs.spec import CATEGORIES
from widgets.document import Document
from widgets.dragged import MIME
from widgets.hit_row import matched
from widgets.panels.library import LibraryPanel
from widgets.panels.library_delegate import COUNT, KIND, PICK
from widgets.selection import Selection
from widgets.theme import ThemeSource


@pytest.fixture
def panel(qtbot: QtBot) -> LibraryPanel:
    """The library on the digits example."""
    made = LibraryPanel(Document(templates.create("digits_cnn")), Selection(), ThemeSource("dark"))
    qtbot.addWidget(made)
    made.resize(232, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


def _rows(panel: LibraryPanel) -> list[QTreeWidgetItem]:
    rows = [panel.tree.topLevelItem(place) for place in range(panel.tree.topLevelItemCount())]
    return [row for row in rows if row is not None]


def test_every_layer_that_can_be_placed_is_there_once(panel: LibraryPanel) -> None:
    found = [row.child(place).text(0) for row in _rows(panel) for place in range(row.childCount())]
    outside = {"Block", "Inlet", "Outlet"}
    assert sorted(found) == sorted(set(catalogue.names()) - outside)
    assert all(row.data(0, COUNT) == row.childCount() for row in _rows(panel))
    assert [row.data(0, PICK)[1] for row in _rows(panel)] == [c for c in CATEGORIES if c != "block"]


def test_slash_begins_a_search_and_enter_adds_the_best_hit(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_Slash)
    assert panel.search.hasFocus()
    QTest.keyClicks(panel.search, "conv2")
    assert all(row.data(0, KIND) == "hit" for row in _rows(panel))
    with qtbot.waitSignal(panel.add_requested) as added:
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert added.args == ["Conv2d"]


def test_arrows_go_through_the_hits_and_escape_ends_the_search(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.focus_search()
    QTest.keyClicks(panel.search, "norm")
    second = _rows(panel)[1].text(0)
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.add_requested) as added:
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert added.args == [second]
    qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.search.text() == ""
    assert _rows(panel)[0].data(0, KIND) == "category"


def test_a_double_click_adds(panel: LibraryPanel, qtbot: QtBot) -> None:
    head = next(row for row in _rows(panel) if row.data(0, PICK)[1] == "convolution")
    head.setExpanded(True)
    item = head.child(0)
    place = panel.tree.visualItemRect(item).center()
    with qtbot.waitSignal(panel.add_requested) as added:
        qtbot.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert added.args == [item.text(0)]


def test_what_is_dragged_carries_its_name(panel: LibraryPanel) -> None:
    head = next(row for row in _rows(panel) if row.data(0, PICK)[1] == "pooling")
    data = panel.tree.mimeData([head.child(0)])
    assert bytes(data.data(MIME).data()).decode() == head.child(0).text(0)
    assert not panel.tree.mimeData([head]).hasFormat(MIME)


def test_a_search_without_hits_says_what_to_try(panel: LibraryPanel) -> None:
    panel.search.setText("zzzz")
    assert _rows(panel) == []
    panel.search.clear()
    assert _rows(panel)


def test_blocks_of_the_project_can_be_picked(qtbot: QtBot) -> None:
    project = templates.create("resnet_small")
    panel = LibraryPanel(Document(project), Selection(), ThemeSource("dark"))
    qtbot.addWidget(panel)
    own = next(row for row in _rows(panel) if row.data(0, PICK)[1] == "block")
    names = {own.child(place).text(0) for place in range(own.childCount())}
    assert names == set(project.networks) - {"main"}


@pytest.mark.parametrize(
    ("text", "match", "pieces"),
    [
        ("Conv2d", "conv", [("Conv", True), ("2d", False)]),
        ("BatchNorm", "norm", [("Batch", False), ("Norm", True)]),
        ("GRU", "x", [("GRU", False)]),
    ],
)
def test_the_letters_that_matched_are_told_apart(text: str, match: str, pieces: list[tuple[str, bool]]) -> None:
    assert matched(text, match) == pieces


def test_letters_in_order_are_told_apart_one_by_one() -> None:
    strong = "".join(letters for letters, hit in matched("LeakyReLU", "lru") if hit)
    assert strong.lower() == "lru"
