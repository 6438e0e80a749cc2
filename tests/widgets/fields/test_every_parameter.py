"""Every parameter of every declaration has an editor that shows its default, takes good values and refuses bad ones."""

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from builder.data.choices import COLUMN, DATA, SPLIT
from builder.data.sources import SOURCES
from builder.training.choices import TRAINING
from builder.training.optimizers import OPTIMIZERS
from builder.training.schedules import SCHEDULES
from graphs import catalogue
from graphs.declarations import Declaration, Nested, Variant
from graphs.errors import UserError
from graphs.parameters import Boolean, Choice, Integer, Integers, Mapped, Parameter, Real, Size, Text, Value
from graphs.templates.registry import TEMPLATES
from widgets.fields import Form
from widgets.fields.editor import Editor
from widgets.fields.editors import editor_for
from widgets.fields.form import NestedForm, VariantForm
from widgets.fields.row import Row
from widgets.fields.word_editors import CheckEditor, ChoiceEditor, PassageEditor
from widgets.settings import SETTINGS
from widgets.theme import Theme

GROUPS: dict[str, Iterable[Declaration]] = {
    "layers": catalogue.LAYERS,
    "sources": SOURCES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "templates": TEMPLATES,
    "sections": (TRAINING, DATA, SETTINGS, SPLIT, COLUMN),
}
# A test a registry, since several hundred tests of one field each would take minutes.
every = pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS.keys())


def plain(group: Iterable[Declaration]) -> Iterator[tuple[Declaration, Parameter]]:
    """The parameters that are one value each, each once."""
    seen = set()
    for declaration in group:
        for parameter in declaration.choices:
            if not isinstance(parameter, Variant | Nested | Mapped) and repr(parameter) not in seen:
                seen.add(repr(parameter))
                yield declaration, parameter


BAD = ("?", "-5", "1.5", "99999999999999999999999", "1 2 3")
THEME = Theme.named("dark")


def good_values(parameter: Parameter) -> list[Value]:
    """Values that a parameter may well take, of which `check` says whether it does."""
    if isinstance(parameter, Boolean):
        return [True, False]
    if isinstance(parameter, Choice):
        return list(parameter.options)
    if isinstance(parameter, Real):
        middle = [(parameter.low + parameter.high) / 2] if None not in (parameter.low, parameter.high) else []
        return [*middle, 0.25, 3.0, 1e-5, "4 * width"]
    if isinstance(parameter, Size):
        return [(2,) * parameter.rank, (3,) * parameter.rank, tuple(range(2, 2 + parameter.rank)), *parameter.words]
    if isinstance(parameter, Integers):
        return [(1,), (2, 3), (2, 3, 1)]
    if isinstance(parameter, Integer):
        return [2, 7, 12, parameter.low, parameter.high, "4 * width"]
    return ["some words", "conv", "1x8x8"]


def taken(parameter: Parameter) -> list[Value]:
    """The good values in canonical form, and none where it is allowed."""
    found: list[Value] = [None] if parameter.optional else []
    for value in good_values(parameter):
        try:
            found.append(parameter.check(value))
        except UserError:
            continue
    return list(dict.fromkeys(found))


def put_in(qtbot: QtBot, editor: Editor, parameter: Parameter, value: Value) -> None:
    """Do what a user does to choose a value."""
    if isinstance(editor, CheckEditor):
        if editor.box.isChecked() == value:
            editor.box.click()
        editor.box.click()
    elif isinstance(editor, ChoiceEditor):
        index = editor.box.findData(value)
        editor.box.setCurrentIndex(index)
        editor.box.activated.emit(index)
    elif isinstance(editor, PassageEditor):
        editor.text.setPlainText(value)
        qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        type_in(qtbot, editor, parameter.show(value) if value is not None else "")


def type_in(qtbot: QtBot, editor: Editor, text: str) -> None:
    """Replace the text of a line, or of the first of several, and press Enter."""
    line = editor.findChild(QLineEdit)
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def shown(editor: Editor, parameter: Parameter) -> Value:
    """Read back what an editor shows."""
    if isinstance(editor, CheckEditor):
        return editor.box.isChecked()
    if isinstance(editor, ChoiceEditor):
        return editor.box.currentData()
    if isinstance(editor, PassageEditor):
        return editor.text.toPlainText()
    texts = [line.text() for line in editor.findChildren(QLineEdit)]
    if texts[0] == "" and editor.findChild(QLineEdit).placeholderText() == "none":
        return None
    return parameter.parse("x".join(text for text in texts if text))


def same(parameter: Parameter, value: Value) -> Value:
    """A default that its own kind does not take, such as an empty path, counts as it stands."""
    try:
        return parameter.check(value)
    except UserError:
        return value


@every
def test_default_is_shown(qtbot: QtBot, group: Iterable[Declaration]) -> None:
    for declaration, parameter in plain(group):
        editor = editor_for(parameter, THEME)
        qtbot.addWidget(editor)
        default = declaration.default(parameter)
        editor.show_value(default)
        if default == same(parameter, default) and (default is not None or parameter.optional):
            assert shown(editor, parameter) == default, f"{declaration.name}.{parameter.name}"


@every
def test_what_is_put_in_comes_out_in_canonical_form(qtbot: QtBot, group: Iterable[Declaration]) -> None:
    for declaration, parameter in plain(group):
        editor = editor_for(parameter, THEME)
        qtbot.addWidget(editor)
        told: list[Value] = []
        editor.chosen.connect(told.append)
        values = taken(parameter)
        assert len(values) > 1 or isinstance(parameter, Choice), f"{declaration.name}.{parameter.name}"
        for place, value in enumerate(values):
            editor.show_value(values[place - 1])
            told.clear()
            put_in(qtbot, editor, parameter, value)
            assert told[-1:] == [value], f"{declaration.name}.{parameter.name}"
            editor.show_value(value)
            assert shown(editor, parameter) == value, f"{declaration.name}.{parameter.name}"


@every
def test_what_does_not_fit_is_refused_and_not_told(qtbot: QtBot, group: Iterable[Declaration]) -> None:
    for declaration, parameter in plain(group):
        editor = editor_for(parameter, THEME)
        qtbot.addWidget(editor)
        bad = next((text for text in BAD if not _takes(parameter, text)), None)
        if bad is None or editor.findChild(QLineEdit) is None:
            assert isinstance(parameter, Text | Boolean | Choice)  # these offer nothing that could be wrong
            continue
        editor.show_value(declaration.default(parameter))
        told: list[Value] = []
        words: list[str] = []
        editor.chosen.connect(told.append)
        editor.refused.connect(words.append)
        type_in(qtbot, editor, bad)
        assert told == [], f"{declaration.name}.{parameter.name}"
        assert words[-1]
        assert editor.findChild(QLineEdit).property("problem") is True
        assert editor.findChild(QLineEdit).text() == bad


def _takes(parameter: Parameter, text: str) -> bool:
    try:
        parameter.parse(text)
    except UserError:
        return False
    return True


@every
def test_form_has_a_row_for_each_choice_and_names_each(qtbot: QtBot, group: Iterable[Declaration]) -> None:
    for declaration in group:
        form = Form(declaration, THEME)
        qtbot.addWidget(form)
        form.show_values({})
        assert set(form.rows) == {p.name for p in declaration.choices if not isinstance(p, Mapped)}
        for name, row in form.rows.items():
            if isinstance(row, Row):
                assert row.editor.focusProxy().accessibleName().startswith(name)
                assert not row.back.isVisibleTo(row)
        form.show_theme(Theme.named("light"))


@pytest.mark.parametrize("parameter", [p for p in (*TRAINING.choices, *DATA.choices) if isinstance(p, Variant)])
def test_each_kind_of_a_variant_unfolds(qtbot: QtBot, parameter: Variant) -> None:
    form = Form(Declaration(name="one", summary="", parameters=(parameter,)), THEME)
    qtbot.addWidget(form)
    told: list[Value] = []
    form.chosen.connect(lambda _name, value: told.append(value))
    form.show_values({})
    row = form.rows[parameter.name]
    assert isinstance(row, VariantForm)
    for kind in parameter.registry:
        put_in(qtbot, row.kind.editor, row.kind.parameter, kind.name)
        assert told[-1]["kind"] == kind.name
        assert told[-1] == parameter.check(told[-1])
        form.show_values({parameter.name: told[-1]})
        assert row.form is not None
        assert set(row.form.rows) == {p.name for p in kind.choices if not isinstance(p, Mapped)}


def test_choices_within_choices_are_told_as_a_whole(qtbot: QtBot) -> None:
    form = Form(DATA, THEME, only=("split",))
    qtbot.addWidget(form)
    told: list[tuple[str, Value]] = []
    form.chosen.connect(lambda name, value: told.append((name, value)))
    form.show_values({"split": {"seed": 3}})
    split = form.rows["split"]
    assert isinstance(split, NestedForm)
    assert split.form is not None
    row = split.form.rows["validation"]
    assert isinstance(row, Row)
    type_in(qtbot, row.editor, "0.3")
    assert told == [("split", {"validation": 0.3, "seed": 3})]
    split.form.rows["seed"].reset.emit()
    assert told[-1] == ("split", {})
