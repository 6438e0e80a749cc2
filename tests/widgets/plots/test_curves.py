"""The plot of curves: what it draws, zoom, scale, cursor, marks, themes."""

import itertools
from collections.abc import Iterator

import numpy
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.drawings import EMPTY, OTHER, TRAINING, VALIDATION, Curve, Drawing
from widgets.plots.curves import CurvePlot
from widgets.plots.maker import PlotMaker
from widgets.theme import THEME_NAMES, Theme, ThemeSource

EPOCHS = numpy.arange(1.0, 21.0)
FALLING = 2 * numpy.exp(-EPOCHS / 5)


@pytest.fixture
def themes() -> ThemeSource:
    return ThemeSource("dark")


@pytest.fixture
def plot(qtbot: QtBot, themes: ThemeSource) -> CurvePlot:
    made = PlotMaker(themes).curves()
    qtbot.addWidget(made)
    made.show_title("Loss", "cross entropy")
    made.resize(400, 200)
    made.show()
    QApplication.processEvents()
    return made


def drawing(**more: object) -> Drawing:
    curves = (Curve("training", EPOCHS, FALLING, TRAINING), Curve("validation", EPOCHS, FALLING + 0.2, VALIDATION))
    return Drawing(curves, **{"best": 20.0, "span": 40.0, **more})  # type: ignore[arg-type]  # a test's own options


def count_of(plot: CurvePlot, colour: object) -> int:
    """How many pixels of the plot have exactly this colour."""
    QApplication.processEvents()
    picture = plot.picture().toImage()
    return sum(picture.pixelColor(x, y) == colour for x in range(picture.width()) for y in range(picture.height()))


def drag(plot: CurvePlot, start: QPoint, end: QPoint) -> None:
    area = plot.view.viewport()
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, (start + end) / 2, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton),
    ):
        spot = QPointF(place)
        there = QPointF(area.mapToGlobal(place))
        event = QMouseEvent(kind, spot, there, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(area, event)
    QApplication.processEvents()


@pytest.fixture
def reader() -> Iterator[None]:
    """A screen reader is there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("reader")
def test_where_each_curve_has_got_to_is_said_to_those_who_cannot_see_it(plot: CurvePlot) -> None:
    plot.show_drawing(Drawing())
    assert plot.accessibleDescription() == EMPTY
    plot.show_drawing(drawing())
    assert plot.accessibleDescription() == "training 0.03663 at 20; validation 0.2366 at 20"


def test_an_empty_plot_says_where_curves_come_from(plot: CurvePlot) -> None:
    plot.show_drawing(Drawing())
    assert plot.empty.isVisible()
    assert "Ctrl+R" in plot.empty.text()
    plot.show_drawing(drawing())
    assert not plot.empty.isVisible()


def test_the_plot_reaches_to_the_end_of_the_run_and_round_all_values(plot: CurvePlot) -> None:
    plot.show_drawing(drawing())
    (left, right), (low, high) = plot.box.viewRange()
    assert left == 0.0
    assert 40.0 < right < 41.0  # the ring round the last point is whole
    assert low < FALLING.min()
    assert high > FALLING.max() + 0.2


@pytest.mark.parametrize("name", THEME_NAMES)
def test_curves_have_the_colours_of_the_theme(plot: CurvePlot, themes: ThemeSource, name: str) -> None:
    flat = Curve("training", EPOCHS, numpy.full(20, 1.0), TRAINING)
    plot.show_drawing(Drawing((flat, Curve("up", EPOCHS, EPOCHS, VALIDATION)), span=20.0))
    before = {key: count_of(plot, Theme.named(key).surface.panel) for key in THEME_NAMES}
    themes.choose(name)
    assert count_of(plot, Theme.named(name).surface.panel) >= before["dark"] * 0.9


def test_items_are_kept_while_a_run_grows(plot: CurvePlot) -> None:
    plot.show_drawing(drawing(marks=((10.0, "lr 0.05"),)))
    before = set(map(id, plot.plot.items))
    curves = (Curve("training", EPOCHS[:10], FALLING[:10]), Curve("validation", EPOCHS, FALLING, VALIDATION))
    plot.show_drawing(Drawing(curves, marks=((10.0, "lr 0.05"),)))
    assert set(map(id, plot.plot.items)) == before
    plot.show_drawing(Drawing(curves[:1]))
    assert len(plot.plot.items) < len(before)


def test_there_are_four_horizontal_lines_at_most(plot: CurvePlot) -> None:
    for top in (0.003, 0.9, 1.0, 7.0, 43.0, 1e5):
        plot.show_drawing(Drawing((Curve("training", EPOCHS, EPOCHS / 20 * top),), span=20.0))
        assert 1 <= len(plot.numbers) <= 4


def test_a_logarithmic_scale_leaves_out_what_it_cannot_show(plot: CurvePlot) -> None:
    plot.set_log(True)
    plot.show_drawing(Drawing((Curve("training", numpy.array([1.0, 2.0, 3.0]), numpy.array([0.0, 10.0, 1000.0])),)))
    low, high = plot.box.viewRange()[1]
    assert low < 1.0 < 3.0 < high
    assert low > 0.5


def test_a_drag_zooms_in_and_a_double_click_shows_the_whole_again(plot: CurvePlot, qtbot: QtBot) -> None:
    plot.show_drawing(drawing())
    whole = plot.box.viewRange()
    drag(plot, QPoint(100, 40), QPoint(200, 100))
    zoomed = plot.box.viewRange()
    assert zoomed[0][1] - zoomed[0][0] < (whole[0][1] - whole[0][0]) / 2
    plot.show_drawing(drawing(span=60.0))
    assert plot.box.viewRange() == zoomed  # what the user zoomed to stays while the run goes on
    qtbot.mouseDClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 80))
    assert plot.box.viewRange()[0] == pytest.approx([0.0, 60.0], abs=1.5)


def test_the_cursor_tells_the_epoch_under_it(plot: CurvePlot, qtbot: QtBot) -> None:
    plot.show_drawing(drawing())
    seen: list[float | None] = []
    plot.pointed.connect(seen.append)

    def points_at(epoch: float, wobble: int) -> bool:
        """Move there again and again: moves that follow too closely on one another are dropped."""
        place = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(epoch, 1.0)))
        qtbot.mouseMove(plot.view.viewport(), place + QPoint(0, wobble))
        return bool(seen) and seen[-1] == pytest.approx(epoch, abs=0.5)

    for epoch in (10.0, 30.0):
        wobbles = itertools.cycle((0, 1, 2))
        qtbot.waitUntil(lambda epoch=epoch, wobbles=wobbles: points_at(epoch, next(wobbles)))
    QApplication.sendEvent(plot.view.viewport(), QEvent(QEvent.Type.Leave))
    assert seen[-1] is None


def test_the_cursor_line_is_drawn_and_taken_away(plot: CurvePlot, themes: ThemeSource) -> None:
    plot.show_drawing(drawing())
    colour = themes.theme.text.primary
    without = count_of(plot, colour)
    plot.point_at(30.0)
    assert count_of(plot, colour) > without + 50
    plot.point_at(None)
    assert count_of(plot, colour) == without


def test_smoothing_leaves_validation_as_it_is(plot: CurvePlot) -> None:
    jagged = numpy.where(EPOCHS % 2, 1.0, 0.0)
    plot.set_smoothing(0.9)
    plot.show_drawing(Drawing((Curve("training", EPOCHS, jagged),), span=20.0))
    low, high = plot.box.viewRange()[1]
    assert high - low < 1.1
    smooth = high - low
    plot.show_drawing(Drawing((Curve("validation", EPOCHS, jagged, VALIDATION),), span=20.0))
    low, high = plot.box.viewRange()[1]
    assert high - low >= 1.0
    plot.show_drawing(Drawing((Curve("Run 1", EPOCHS, jagged, OTHER),), span=20.0))
    assert plot.box.viewRange()[1][1] - plot.box.viewRange()[1][0] == pytest.approx(smooth)


def test_the_word_of_an_early_mark_is_not_cut_off(plot: CurvePlot) -> None:
    plot.show_drawing(drawing(marks=((1.0, "snapshot"), (30.0, "lr 0.01"))))
    QApplication.processEvents()
    words = [item for item in plot.view.scene().items() if isinstance(item, pg.InfLineLabel)]
    room = plot.box.sceneBoundingRect()
    assert {word.format for word in words} == {"snapshot", "lr 0.01"}
    assert all(room.left() <= word.textItem.sceneBoundingRect().left() for word in words)
