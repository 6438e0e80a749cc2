"""The data view: choosing a source, roles, preparation and split; samples, errors, and reading in the background."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from builder.data.sources import SOURCES
from graphs import templates
from graphs.edits import SetSection
from graphs.errors import UserError
from graphs.parameters import FilePath
from graphs.project import Project
from widgets.document import Document
from widgets.fields.row import Row
from widgets.panels.data import DataPanel
from widgets.panels.data_balance import BalanceBars, unevenness
from widgets.panels.data_choices import DataChoices
from widgets.panels.data_split import SplitBar
from widgets.panels.data_tiles import Curves, Thumbnails
from widgets.theme import Theme, ThemeSource

CSV = "height,width,kind\n" + "".join(f"{n % 7}.5,{n % 5},{'ab'[n % 2]}\n" for n in range(40))


class Bench:
    """A panel on the screen with what it works on."""

    def __init__(self, qtbot: QtBot, project: Project, path: str = "") -> None:
        self.qtbot, self.document, self.themes = qtbot, Document(project), ThemeSource("dark")
        self.panel = DataPanel(self.document, self.themes, ask_path=lambda _parent, _kind, _start: path)
        qtbot.addWidget(self.panel)
        self.panel.resize(1440, 800)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.settle()

    def settle(self) -> None:
        """Wait until the data was looked at."""
        self.qtbot.waitUntil(lambda: not self.panel.data.working)

    @property
    def choices(self) -> DataChoices:
        """The left side."""
        assert self.panel.choices is not None
        return self.panel.choices

    def words(self) -> str:
        """What the cards and ticks below the columns say."""
        return " ".join(card.accessibleName() or "fed" for card in self.choices.cards)


@pytest.fixture
def iris(qtbot: QtBot) -> Bench:
    return Bench(qtbot, templates.create("tabular_classifier"))


def test_images_are_shown_as_thumbnails_with_their_class(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("digits_cnn"))
    tiles = bench.panel.findChild(Thumbnails)
    assert tiles.count == 50
    assert tiles.captions[:4] == ("0", "1", "2", "3")
    assert len(bench.panel.findChild(BalanceBars).rows) == 10
    assert bench.words() == "fed"


def test_a_network_without_ends_is_not_said_to_be_fed(qtbot: QtBot) -> None:
    bench = Bench(qtbot, Project(data={"source": {"kind": "iris"}}))
    assert bench.words() == "Columns go to an Input and to an output such as Classification: draw these first."


def test_sequences_are_shown_as_curves(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.create("lstm_classifier"))
    assert bench.panel.findChild(Curves).count == 50


def test_tables_are_shown_row_by_row(iris: Bench) -> None:
    model = iris.panel.findChild(QTableView).model()
    assert (model.rowCount(), model.columnCount()) == (50, 5)
    assert model.data(model.index(0, 0)) == "5.1"
    assert model.headerData(4, Qt.Orientation.Horizontal) == "species"


def pick(box: QComboBox, text: str) -> None:
    """Take an entry of a list that is not open."""
    place = box.findText(text)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_role_is_chosen_and_what_follows_is_told_with_its_fix(qtbot: QtBot, iris: Bench) -> None:
    box = iris.choices.columns.boxes["sepal_width"]
    assert box.currentText() == "features"
    pick(box, "ignore")
    assert iris.document.project.data["columns"] == {"sepal_width": {"role": "ignore"}}
    iris.settle()
    assert "another shape than the data" in iris.words()
    button = iris.choices.cards[0].findChild(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    iris.settle()
    assert iris.words() == "fed"
    iris.document.undo()
    iris.document.undo()
    assert "columns" not in iris.document.project.data


def test_a_role_that_was_chosen_is_found_out_again(qtbot: QtBot, iris: Bench) -> None:
    box = iris.choices.columns.boxes["sepal_width"]
    pick(box, "as found")
    assert box.currentText() == "features"
    assert not iris.document.can_undo  # there was nothing to take back
    pick(box, "ignore")
    pick(box, "as found")
    assert "columns" not in iris.document.project.data
    iris.settle()
    assert box.currentText() == "features"
    assert iris.document.undo_title == "Find out the role of sepal_width"


def test_source_is_chosen_from_the_empty_state(qtbot: QtBot) -> None:
    project = templates.create("tabular_classifier")
    project.data.clear()
    bench = Bench(qtbot, project)
    buttons = {button.accessibleName(): button for button in bench.panel.findChildren(QPushButton)}
    assert {f"Use {spec.title}" for spec in SOURCES} <= set(buttons)
    qtbot.mouseClick(buttons["Use Iris"], Qt.MouseButton.LeftButton)
    assert project.data == {"source": {"kind": "iris"}}
    bench.settle()
    assert bench.panel.title.text() == "Iris"


def test_file_is_asked_for_and_read(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shapes.csv"
    path.write_text(CSV, "utf-8")
    bench = Bench(qtbot, templates.create("tabular_classifier"), str(path))
    bench.panel.choose_source("csv")
    bench.settle()
    assert bench.document.project.data["source"] == {"kind": "csv", "path": str(path)}
    assert bench.panel.facts.text() == "40 rows, 3 columns"
    assert set(bench.choices.columns.boxes) == {"height", "width", "kind"}


def test_no_file_chosen_changes_nothing(iris: Bench) -> None:
    iris.panel.choose_source("csv")
    assert iris.document.project.data["source"] == {"kind": "iris"}


def test_dropped_file_of_another_kind_is_refused_in_words(iris: Bench, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holiday\.mp4 is no file that data is read from"):
        iris.panel.open_file(tmp_path / "holiday.mp4")
    iris.panel.open_file(tmp_path / "new.npz")
    assert iris.document.project.data["source"]["kind"] == "npz"


def test_bad_file_is_told_with_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "torn.csv"
    path.write_text("a,b\n1,2\n3\n", "utf-8")
    bench = Bench(qtbot, templates.create("tabular_classifier"))
    bench.document.perform(SetSection("data", {"source": {"kind": "csv", "path": str(path)}}))
    bench.settle()
    assert bench.panel.data.error is not None
    assert "torn.csv" in str(bench.panel.data.error)
    assert "line 3" in str(bench.panel.data.error)


def test_changed_file_is_read_again_on_asking(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "shapes.csv"
    path.write_text(CSV, "utf-8")
    bench = Bench(qtbot, templates.create("tabular_classifier"), str(path))
    bench.panel.choose_source("csv")
    bench.settle()
    path.write_text(CSV + "1,1,a\n", "utf-8")
    qtbot.mouseClick(bench.panel.again, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.panel.facts.text() == "41 rows, 3 columns"


def test_preparation_and_split_are_edits_and_the_bar_follows(qtbot: QtBot, iris: Bench) -> None:
    row = iris.choices.split.rows["split"].form.rows["test"]
    assert isinstance(row, Row)
    line = row.editor.findChild(QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, "0.1")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert iris.document.project.data["split"] == {"test": 0.1}
    assert iris.choices.bar.test == 0.1
    iris.settle()
    assert iris.panel.data.preview is not None
    assert iris.panel.data.preview.parts["test"] == 15


@pytest.mark.parametrize(
    ("start", "end", "shares"),
    [
        (80, 60, (0.4, 0.0)),
        (101, 90, (0.1, 0.1)),
        (80, -50, (0.9, 0.0)),
        (80, 200, (0.0, 0.0)),
    ],
)
def test_edges_of_the_split_are_dragged_within_their_limits(
    qtbot: QtBot, start: int, end: int, shares: tuple[float, float]
) -> None:
    bar = SplitBar(Theme.named("dark"))
    qtbot.addWidget(bar)
    bar.resize(100, 20)
    bar.show()
    told: list[tuple[float, float]] = []
    bar.chosen.connect(lambda validation, test: told.append((validation, test)))
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(start, 10))
    qtbot.mouseMove(bar, QPoint(end, 10))
    assert told == []
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(end, 10))
    assert told == [pytest.approx(shares)]


def test_split_is_moved_by_keys(qtbot: QtBot) -> None:
    bar = SplitBar(Theme.named("dark"))
    qtbot.addWidget(bar)
    qtbot.keyClick(bar, Qt.Key.Key_Left)
    assert (bar.validation, bar.test) == (0.21, 0.0)
    qtbot.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert (bar.validation, bar.test) == (0.2, 0.01)


def test_uneven_classes_are_told() -> None:
    assert unevenness({"healthy": (30, 6, 0), "mildew": (8, 2, 0)}) == "healthy is 3.6 times mildew"
    assert unevenness({"yes": (10, 2, 0), "no": (9, 2, 0)}) == ""
    assert unevenness({"yes": (10, 2, 0), "no": (0, 0, 0)}) == "no has no rows"


def test_edits_that_have_nothing_to_do_with_data_read_nothing(iris: Bench) -> None:
    iris.document.perform(SetSection("training", {"epochs": 3}))
    assert not iris.panel.data.working


def test_every_source_with_a_file_is_found_by_its_suffix(iris: Bench, tmp_path: Path) -> None:
    for spec in SOURCES:
        for parameter in spec.choices:
            if isinstance(parameter, FilePath):
                for suffix in parameter.suffixes:
                    iris.panel.open_file(tmp_path / f"file{suffix}")
                    assert iris.document.project.data["source"]["kind"] == spec.name


def test_another_theme_draws_everything_anew(iris: Bench) -> None:
    before = iris.panel.choices
    iris.themes.choose("light")
    assert iris.panel.choices is not before
    assert iris.words() == "fed"
