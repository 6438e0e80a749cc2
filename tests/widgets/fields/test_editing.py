"""How fields answer the keyboard, the wheel and the mouse, and what they show of expressions and several values."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from graphs.declarations import Declaration
from graphs.parameters import Choice, Integer, Parameter, Real, Size, Value
from widgets.fields import Form, Row
from widgets.fields.line_editor import LineEditor, stepped
from widgets.fields.size_editor import SizeEditor
from widgets.theme import Theme

THEME = Theme.named("dark")
UNITS = Integer(name="units", default=32, low=1, high=64, expression=True, unit="images", doc="How many.")


def shown_row(qtbot: QtBot, parameter: Parameter, value: Value) -> tuple[Row, list[Value]]:
    """A row on the screen, and what it tells."""
    row = Row(parameter, THEME)
    qtbot.addWidget(row)
    row.show_value(value, default=value == parameter.default)
    told: list[Value] = []
    row.chosen.connect(told.append)
    with qtbot.waitActive(row):
        row.show()
    return row, told


def turn(widget: QWidget, up: bool, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWheelEvent:
    """Turn the wheel by one notch over a widget."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120 if up else -120),
        Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event


def line_of(row: Row) -> LineEditor:
    """The row's editor."""
    assert isinstance(row.editor, LineEditor)
    return row.editor


def test_words_below_say_the_range_while_typing_and_nothing_is_applied(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    text = line_of(row).text
    text.setFocus()
    text.selectAll()
    qtbot.keyClicks(text, "70")
    assert row.trouble.text() == "Takes a whole number from 1 to 64."
    assert row.trouble.isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert told == []
    assert text.text() == "70"
    qtbot.keyClick(text, Qt.Key.Key_Backspace)
    assert not row.trouble.isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert told == [7]


def test_escape_brings_the_value_back(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    text = line_of(row).text
    qtbot.keyClicks(text, "00")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert (text.text(), told) == ("32", [])
    assert not row.trouble.isVisible()


@pytest.mark.parametrize(
    ("key", "modifiers", "result"),
    [
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 33),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, 22),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier, 33),
    ],
)
def test_arrows_step(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, result: int) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    qtbot.keyClick(line_of(row).text, key, modifiers)
    assert told == [result]


def test_wheel_steps_only_with_the_focus(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    text = line_of(row).text
    text.clearFocus()
    assert not turn(text, True).isAccepted()
    assert told == []
    text.setFocus()
    assert turn(text, True).isAccepted()
    assert told == [33]


def test_wheel_over_a_list_without_the_focus_is_left_to_the_form(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, Choice(name="mode", default="a", options=("a", "b")), "a")
    box = row.editor.focusProxy()
    assert box is not None
    box.clearFocus()
    turn(box, False)
    assert told == []


def test_dragging_the_label_steps_and_says_so(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    steps: list[bool] = []
    row.editor.chosen.connect(lambda _value: steps.append(row.editor.stepping))
    label, start = row.label, row.label.rect().center()
    qtbot.mousePress(label, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(label, start + QPoint(13, 0))
    qtbot.mouseRelease(label, Qt.MouseButton.LeftButton, pos=start + QPoint(13, 0))
    assert (told, steps) == ([34], [True])


@pytest.mark.parametrize(
    ("parameter", "value", "steps", "result"),
    [
        (Real(name="p", low=0.0, high=1.0), 0.5, 1, 0.51),
        (Real(name="p", low=0.0, high=1.0), 0.995, 1, 1.0),
        (Real(name="lr", low=0.0, low_open=True), 0.001, 1, 0.0011),
        (Real(name="lr", low=0.0, low_open=True), 0.001, -100, 0.001),
        (Real(name="x"), 0.0, 1, 0.1),
        (Integer(name="n", low=1), 1, -1, 1),
    ],
)
def test_step_of_a_number_fits_its_size(parameter: Integer | Real, value: float, steps: float, result: float) -> None:
    assert stepped(parameter, value, steps) == pytest.approx(result)


def test_arithmetic_is_worked_out_and_arguments_show_what_they_come_to(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    row.use_arguments({"width": 8})
    text = line_of(row).text
    assert text.suffix == "images"
    for typed in ("2*16+1", "4 * width"):
        text.selectAll()
        qtbot.keyClicks(text, typed)
        qtbot.keyClick(text, Qt.Key.Key_Return)
    assert told == [33, "4 * width"]
    row.show_value("4 * width", default=False)
    assert text.suffix == "= 32"
    assert text.property("expression") is True


def test_number_is_never_hidden_by_its_unit(qtbot: QtBot) -> None:
    row, _ = shown_row(qtbot, UNITS, 32)
    text = line_of(row).text
    unit = text.findChild(QLabel)
    text.setFixedWidth(140)
    qtbot.waitUntil(unit.isVisible)
    text.setFixedWidth(48)
    qtbot.waitUntil(lambda: not unit.isVisible())
    assert text.textMargins().right() == 0


def test_words_below_have_all_lines_that_they_need(qtbot: QtBot) -> None:
    row, _ = shown_row(qtbot, UNITS, 32)
    row.resize(230, row.height())
    row.show_trouble("These words are so many that they need more than one line below the field.")
    text, words = line_of(row).text, row.trouble
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 2 * words.fontMetrics().height())
    qtbot.waitUntil(lambda: text.height() >= text.minimumSizeHint().height())


def test_name_that_is_no_argument_here_is_refused(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, UNITS, 32)
    row.use_arguments({"width": 8})
    text = line_of(row).text
    text.selectAll()
    qtbot.keyClicks(text, "depth")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert told == []
    assert "depth" in row.trouble.text()


def test_several_values_are_shown_as_mixed(qtbot: QtBot) -> None:
    form = Form(Declaration(name="two", summary="", parameters=(UNITS,)), THEME)
    qtbot.addWidget(form)
    form.show_values({}, {"units": "16 or 32"})
    row = form.rows["units"]
    assert isinstance(row, Row)
    text = line_of(row).text
    assert (text.text(), text.placeholderText(), row.editor.toolTip()) == ("", "mixed", "16 or 32")


def test_what_is_being_typed_survives_other_changes(qtbot: QtBot) -> None:
    row, _ = shown_row(qtbot, UNITS, 32)
    text = line_of(row).text
    text.setFocus()
    qtbot.keyClicks(text, "0")
    row.show_value(32, default=True)
    assert text.text() == "320"
    row.show_value(16, default=False)
    assert text.text() == "16"


def test_chain_keeps_axes_alike_until_it_is_opened(qtbot: QtBot) -> None:
    row, told = shown_row(qtbot, Size(name="kernel_size", default=3, rank=2, low=1), (3, 3))
    editor = row.editor
    assert isinstance(editor, SizeEditor)
    high, wide = editor.lines
    qtbot.keyClick(wide, Qt.Key.Key_Up)
    assert told[-1] == (4, 4)
    editor.show_value((4, 4))
    qtbot.mouseClick(editor.chain, Qt.MouseButton.LeftButton)
    qtbot.keyClick(wide, Qt.Key.Key_Up)
    assert told[-1] == (4, 5)
    high.selectAll()
    qtbot.keyClicks(high, "7x2")
    qtbot.keyClick(high, Qt.Key.Key_Return)
    assert told[-1] == (7, 2)
    high.selectAll()
    qtbot.keyClicks(high, "expansion")
    qtbot.keyClick(high, Qt.Key.Key_Return)
    assert told[-1] == ("expansion", 4)


def test_uneven_size_opens_the_chain(qtbot: QtBot) -> None:
    row, _ = shown_row(qtbot, Size(name="stride", default=1, rank=2), (1, 2))
    assert isinstance(row.editor, SizeEditor)
    assert not row.editor.chained


def test_dot_and_arrow_stand_only_where_a_value_is_not_the_default(qtbot: QtBot) -> None:
    row, _ = shown_row(qtbot, UNITS, 16)
    assert row.label.dotted
    assert row.back.isVisible()
    with qtbot.waitSignal(row.reset):
        qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    row.show_value(32, default=True)
    assert not row.label.dotted
    assert not row.back.isVisible()


def test_long_form_filters_by_name_and_help(qtbot: QtBot) -> None:
    many = tuple(Integer(name=f"choice_{number}", default=0, doc=f"Help {number}.") for number in range(12))
    form = Form(Declaration(name="long", summary="", parameters=many), THEME)
    qtbot.addWidget(form)
    form.show()
    assert form.filter.isVisible()
    for typed in ("choice_11", "help 11"):
        form.filter.clear()
        qtbot.keyClicks(form.filter, typed)
        assert [key for key, row in form.rows.items() if row.isVisible()] == ["choice_11"]
    form.filter.clear()
    assert all(row.isVisible() for row in form.rows.values())
