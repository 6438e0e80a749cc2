"""The canvas through the eyes of a screen reader: Qt's own door to accessibility, and nothing else."""

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphs import templates
from graphs.edits import AddNode, RemoveNode, Rename
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, chain, with_block
from tests.widgets.canvas.test_open_blocks import drawn, opened
from widgets.canvas.accessibility.accessible import DIVE, RENAME, SELECT
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import ThemeSource

Name, Description, Help = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Help
Event = QAccessible.Event


def root(view: CanvasView) -> QAccessibleInterface:
    """What Qt answers for the canvas."""
    return QAccessible.queryAccessibleInterface(view)


def node(view: CanvasView, name: str) -> QAccessibleInterface:
    """The child of the canvas whose name begins with that of a layer."""
    whole = root(view)
    children = [whole.child(place) for place in range(whole.childCount())]
    return next(child for child in children if child.text(Name).startswith(f"{name},"))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[QAccessible.Event, str]]]:
    """What a listening screen reader is told: event, and name of what it is about ("" for the canvas)."""
    told: list[tuple[QAccessible.Event, str]] = []

    def hear(event: QAccessibleEvent) -> None:
        about = QAccessible.accessibleInterface(event.uniqueId())
        told.append((event.type(), about.text(Name).partition(",")[0] if event.object() is None else ""))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    QAccessible.setActive(True)
    yield told
    QAccessible.setActive(False)


@FLOWS
def test_every_node_is_a_child_in_topological_order(canvas: CanvasView) -> None:
    whole = root(canvas)
    assert whole.role() == QAccessible.Role.List
    assert whole.text(Name) == "Canvas"
    assert whole.text(Description) == "main: 5 layers, 3 wires, 2 errors"
    names = [whole.child(place).text(Name) for place in range(5)]
    assert names == ["image, Input", "conv, Conv2d", "relu, ReLU", "flatten, Flatten", "fc, Linear"]
    assert [whole.indexOfChild(whole.child(place)) for place in range(5)] == list(range(5))
    child = whole.child(1)
    assert child.role() == QAccessible.Role.ListItem
    assert child.parent().text(Name) == "Canvas"
    assert child.object() is None
    assert not child.childCount()


@pytest.mark.parametrize("template", templates.names())
def test_every_template_is_read_whole(open_canvas: Callable[[Project], CanvasView], template: str) -> None:
    view = open_canvas(templates.create(template))
    whole = root(view)
    for place in range(len(view.scene.nodes)):
        child = whole.child(place)
        assert child.isValid()
        assert child.text(Name)
        assert child.text(Description)


def test_what_stands_on_the_canvas_comes_after_the_nodes(canvas: CanvasView) -> None:
    whole = root(canvas)
    names = [whole.child(place) for place in range(5, whole.childCount())]
    assert names
    assert all(child.object() is not None for child in names)
    assert [whole.indexOfChild(child) for child in names] == list(range(5, whole.childCount()))


@FLOWS
def test_wires_shape_and_parameters_are_described(canvas: CanvasView) -> None:
    words = node(canvas, "conv").text(Description)
    assert words == "from image; to relu; gives 16×8×8; 16, 3×3, pad 1; 160 parameters"
    assert node(canvas, "image").text(Description) == "to conv; gives 1×8×8"
    flows = [(end.text(Name), flag) for end, flag in node(canvas, "conv").relations()]
    Flag = QAccessible.RelationFlag
    assert flows == [("image, Input", Flag.FlowsFrom), ("relu, ReLU", Flag.FlowsTo)]


@FLOWS
def test_a_problem_is_said_first(canvas: CanvasView) -> None:
    faulty, fine = node(canvas, "fc"), node(canvas, "conv")
    assert faulty.text(Description).startswith("error: fc ")
    assert faulty.text(Help).startswith("error: fc ")
    assert not fine.text(Help)


@FLOWS
def test_selection_and_focus_are_states(canvas: CanvasView) -> None:
    canvas.selection.select(["n2", "n3"], "n2")
    conv, relu, fc = (node(canvas, name).state() for name in ("conv", "relu", "fc"))
    assert (conv.selected, relu.selected, fc.selected) == (1, 1, 0)
    assert (conv.focused, relu.focused) == (1, 0)
    assert root(canvas).focusChild().text(Name) == "conv, Conv2d"
    assert conv.focusable
    assert conv.selectable


@FLOWS
def test_a_node_is_found_where_it_stands_on_the_screen(canvas: CanvasView) -> None:
    relu = node(canvas, "relu")
    middle = relu.rect().center()
    assert root(canvas).childAt(middle.x(), middle.y()).text(Name) == "relu, ReLU"
    assert root(canvas).childAt(*canvas.mapToGlobal(QPoint(2, 2)).toTuple()) is None
    before = relu.rect()
    canvas.set_zoom(0.5)
    assert relu.rect().width() == pytest.approx(before.width() / 2, abs=2)
    assert not relu.state().offscreen
    canvas.camera.show(1.0, canvas.camera.offset * 0 - canvas.rect().bottomRight().toPointF() * 9)
    assert relu.state().offscreen


def test_layers_are_selected_renamed_and_opened_by_action(
    open_canvas: Callable[[Project], CanvasView], qtbot: QtBot
) -> None:
    view = open_canvas(with_block())
    conv, stage = node(view, "conv").actionInterface(), node(view, "stage").actionInterface()
    assert conv.actionNames() == [SELECT, RENAME]
    assert stage.actionNames() == [SELECT, RENAME, DIVE]
    assert all(stage.localizedActionDescription(action) for action in stage.actionNames())
    conv.doAction(SELECT)
    assert view.selection.nodes == {"n2"}
    conv.doAction(RENAME)
    QTest.keyClicks(view.name_field, "stem")
    QTest.keyClick(view.name_field, Qt.Key.Key_Return)
    assert node(view, "stem").text(Name) == "stem, Conv2d"
    stage.doAction(DIVE)
    assert view.selection.network == "inner"
    assert root(view).child(1).text(Name) == "act, ReLU"


def test_interfaces_go_with_what_they_are_about(open_canvas: Callable[[Project], CanvasView]) -> None:
    view = open_canvas(with_block())
    relu, conv = node(view, "relu"), node(view, "conv")
    view.document.perform(RemoveNode(MAIN, "n3"))
    assert not shiboken6.isValid(relu)
    assert conv.isValid()
    assert "nothing wired out" in conv.text(Description)
    view.document.undo()
    assert "to relu" in conv.text(Description)
    view.dive("b1")
    assert not shiboken6.isValid(conv)
    assert not view.reader.held
    view.leave()
    assert node(view, "conv").isValid()


def test_nothing_is_kept_of_a_canvas_that_is_gone(qtbot: QtBot) -> None:
    themes = ThemeSource("dark")
    view = CanvasView(Document(chain()), Selection(), themes)
    interfaces = [root(view), node(view, "conv"), node(view, "relu")]
    gone = weakref.ref(view)
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(shiboken6.isValid(interface) for interface in interfaces)
    del view, interfaces
    gc.collect()
    assert gone() is None


def test_changes_are_told_while_somebody_listens(
    canvas: CanvasView, heard: list[tuple[QAccessible.Event, str]]
) -> None:
    node(canvas, "conv")
    canvas.document.perform(Rename(MAIN, "n2", "stem"))
    assert (Event.NameChanged, "stem") in heard
    canvas.document.perform(AddNode(MAIN, "n9", "late", "ReLU", {}, (400, 0)))
    assert (Event.ObjectCreated, "late") in heard
    assert (Event.ObjectReorder, "") in heard
    canvas.document.undo()
    assert (Event.ObjectDestroyed, "") in heard or any(event is Event.ObjectDestroyed for event, _ in heard)


@FLOWS
def test_the_keyboard_takes_the_reader_along(canvas: CanvasView, heard: list[tuple[QAccessible.Event, str]]) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert [about for event, about in heard if event is Event.Focus] == ["image", "conv"]
    assert (Event.SelectionRemove, "image") in heard
    assert (Event.SelectionAdd, "conv") in heard


def test_nothing_is_made_while_nobody_listens(canvas: CanvasView) -> None:
    canvas.selection.select(["n2"])
    canvas.document.perform(Rename(MAIN, "n2", "stem"))
    assert not canvas.reader.held


@FLOWS
def test_layers_of_an_open_block_are_its_children(commanded: Callable[[Project], CanvasView], flow: str) -> None:
    view, block = opened(commanded, drawn(flow))
    stage = node(view, view.scene.network.name(block))
    names = [stage.child(place).text(Name) for place in range(stage.childCount())]
    assert names[:2] == ["x, Inlet", "conv1, Conv2d"]
    assert len(names) == len(view.scene.insides[block].scene.nodes)
    conv = stage.child(1)
    assert conv.parent() is stage
    assert stage.indexOfChild(conv) == 1
    assert root(view).indexOfChild(conv) == -1
    assert "from x" in conv.text(Description)
    assert stage.rect().contains(conv.rect())
    assert (stage.state().expandable, stage.state().expanded, conv.state().expandable) == (1, 1, 0)
    middle = conv.rect().center()
    assert root(view).childAt(middle.x(), middle.y()) is conv
    conv.actionInterface().doAction(SELECT)
    assert view.selection.path == (block,)
    assert (conv.state().selected, conv.state().focused, stage.state().selected) == (1, 1, 0)
    assert root(view).focusChild() is conv
    assert {other.text(Name) for other, _ in conv.relations()} == {"x, Inlet", "bn1, BatchNorm2d"}
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert (stage.childCount(), stage.state().expanded) == (0, 0)
    assert view.reader.held.isdisjoint({conv.thing})


def test_the_keyboard_takes_the_reader_along_in_an_open_block(
    commanded: Callable[[Project], CanvasView], heard: list[tuple[QAccessible.Event, str]]
) -> None:
    view, _ = opened(commanded)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert [about for event, about in heard if event is Event.Focus][-2:] == ["x", "conv1"]
    conv = view.selection.current
    view.document.perform(Rename(view.selection.network, str(conv), "stem"))
    assert (Event.NameChanged, "stem") in heard
