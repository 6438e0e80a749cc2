"""The confusion matrix: what it says and shows."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.confusion import ConfusionView, readable_on
from widgets.plots.maker import PlotMaker
from widgets.theme import THEME_NAMES, ThemeSource

CLASSES = ("setosa", "versicolor", "virginica")
MATRIX = ((10, 0, 0), (0, 6, 4), (0, 2, 8))


@pytest.fixture
def themes() -> ThemeSource:
    return ThemeSource("dark")


@pytest.fixture
def view(qtbot: QtBot, themes: ThemeSource) -> ConfusionView:
    made = PlotMaker(themes).matrix()
    qtbot.addWidget(made)
    made.resize(500, 160)
    made.show_matrix(CLASSES, MATRIX)
    made.show()
    return made


@pytest.mark.parametrize("name", THEME_NAMES)
def test_a_class_that_is_always_right_is_filled_with_the_colour_of_right(
    view: ConfusionView, themes: ThemeSource, name: str
) -> None:
    themes.choose(name)
    QApplication.processEvents()
    picture = view.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert themes.theme.series[0].name() in colours


def test_it_is_said_in_words(view: ConfusionView) -> None:
    assert view.accessibleDescription().split("; ") == [
        "setosa: 10 of 10 right",
        "versicolor: 6 of 10 right",
        "virginica: 8 of 10 right",
    ]


def test_a_cell_says_what_was_taken_for_what(view: ConfusionView) -> None:
    assert view.words_at(QPoint(view.width() - 30, 90)) == "4 of 10 versicolor taken for virginica"
    assert view.words_at(QPoint(view.width() - 30, view.height() - 4)) == "8 of 10 virginica taken for virginica"
    assert view.words_at(QPoint(2, 90)) == ""


@pytest.mark.parametrize(("ground", "text"), [("#000000", "white"), ("#ffffff", "black"), ("#3f8fdf", "black")])
def test_numbers_are_in_the_better_of_black_and_white(ground: str, text: str) -> None:
    assert readable_on(QColor(ground)) == QColor(text)


def test_it_can_be_emptied(view: ConfusionView) -> None:
    full = view.grab().toImage()
    view.show_matrix((), ())
    assert view.grab().toImage() != full
    assert view.accessibleDescription() == ""
