"""Frames and notes without a pointer: Tab and arrows reach them, keys write, fold and delete them, readers say them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from graphs import files
from graphs.annotations import frames, notes
from graphs.edits import AddFrame, AddNote, SetAttributes
from graphs.project import MAIN
from tests.widgets.canvas.drawings import FLOWS
from widgets.canvas.view import CanvasView

Name, Description = QAccessible.Text.Name, QAccessible.Text.Description
FRAME, NOTE = ("frames", "f1"), ("notes", "t1")


@pytest.fixture
def annotated(canvas: CanvasView) -> CanvasView:
    """The chain with a frame round two layers and a note far to the side."""
    left, top, _, _ = canvas.scene.rect("n2")
    _, _, right, bottom = canvas.scene.rect("n3")
    place = {"position": (left - 24, top - 48), "size": (right - left + 48, bottom - top + 72)}
    canvas.document.perform(AddFrame(MAIN, "f1", {"title": "Stem", **place}))
    for node in ("n2", "n3"):
        canvas.document.perform(SetAttributes(MAIN, node, {"frame": "f1"}))
    canvas.document.perform(AddNote(MAIN, "t1", {"text": "Why so wide?\nBecause.", "position": (1900, 1400)}))
    canvas.setFocus()
    return canvas


def selected(view: CanvasView) -> frozenset[tuple[str, str]]:
    """The frames and notes that are selected."""
    return view.structure.annotations.selected


@FLOWS
def test_tab_comes_to_frames_and_notes_after_the_layers(annotated: CanvasView) -> None:
    seen: list[object] = []
    for _ in range(8):
        QTest.keyClick(annotated, Qt.Key.Key_Tab)
        seen.append(annotated.selection.current or next(iter(selected(annotated))))
    assert seen == ["n1", "n2", "n3", "n4", "n5", FRAME, NOTE, "n1"]
    assert not selected(annotated)
    QTest.keyClick(annotated, Qt.Key.Key_Backtab)
    assert selected(annotated) == {NOTE}
    assert annotated.rect().contains(annotated.structure.annotations.on_screen(NOTE).center().toPoint())
    QTest.keyClick(annotated, Qt.Key.Key_Up)
    assert selected(annotated) == {FRAME}
    QTest.keyClick(annotated, Qt.Key.Key_Down)
    assert selected(annotated) == {NOTE}


@FLOWS
def test_a_frame_is_renamed_folded_and_deleted_by_keys(annotated: CanvasView) -> None:
    before = files.dumps(annotated.document.project)
    network = annotated.document.project.main
    annotated.selection.select(["n5"])
    QTest.keyClick(annotated, Qt.Key.Key_Tab)
    assert selected(annotated) == {FRAME}
    QTest.keyClick(annotated, Qt.Key.Key_F2)
    QTest.keyClicks(annotated.structure.title_field, "Head")
    QTest.keyClick(annotated.structure.title_field, Qt.Key.Key_Return)
    assert frames(network)["f1"].title == "Head"
    assert not frames(network)["f1"].collapsed  # the Enter that ended the writing is no other act
    QTest.keyClick(annotated, Qt.Key.Key_Return)
    assert frames(network)["f1"].collapsed
    stops = []
    for _ in range(5):
        QTest.keyClick(annotated, Qt.Key.Key_Tab)
        stops.append(annotated.selection.current)
    assert "n2" not in stops  # what is folded away is no stop
    annotated.structure.annotations.select([FRAME])
    QTest.keyClick(annotated, Qt.Key.Key_Return)
    QTest.keyClick(annotated, Qt.Key.Key_Delete)
    assert not frames(network)
    assert "n2" in network
    for _ in range(4):
        annotated.document.undo()
    assert files.dumps(annotated.document.project) == before


def test_a_note_is_written_and_deleted_by_keys(annotated: CanvasView) -> None:
    network = annotated.document.project.main
    annotated.selection.select(["n1"])
    QTest.keyClick(annotated, Qt.Key.Key_Backtab)
    QTest.keyClick(annotated, Qt.Key.Key_Return)
    field = annotated.structure.note_field
    assert field.isVisible()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "Because.")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    field.commit()
    annotated.structure.annotations.select([NOTE])
    QTest.keyClick(annotated, Qt.Key.Key_Escape)
    assert not selected(annotated)
    annotated.structure.annotations.select([NOTE])
    QTest.keyClick(annotated, Qt.Key.Key_Delete)
    assert not notes(network)


@FLOWS
def test_a_screen_reader_finds_frames_and_notes_among_the_layers(annotated: CanvasView) -> None:
    root = QAccessible.queryAccessibleInterface(annotated)
    names = [root.child(place).text(Name) for place in range(7)]
    assert names[5:] == ["Stem, frame", "Why so wide?, note"]
    frame, note = root.child(5), root.child(6)
    assert frame.text(Description) == "holds conv, relu"
    assert "Because." in note.text(Description)
    assert [root.indexOfChild(child) for child in (frame, note)] == [5, 6]
    assert frame.parent().text(Name) == "Canvas"
    corner = annotated.mapToGlobal(annotated.structure.annotations.on_screen(FRAME).topLeft().toPoint())
    assert frame.rect().topLeft() == corner
    actions = frame.actionInterface()
    actions.doAction("Select")
    assert selected(annotated) == {FRAME}
    assert root.focusChild().text(Name) == "Stem, frame"
    assert frame.state().selected
    actions.doAction("Collapse or open")
    assert frame.text(Description).startswith("collapsed")
    annotated.document.undo()
    annotated.structure.annotations.delete()
    assert not frame.isValid()
    assert root.child(5).text(Name) == "Why so wide?, note"
