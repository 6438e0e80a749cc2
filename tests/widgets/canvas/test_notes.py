"""Notes show all that is written in them, and the pointer how they are resized."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from graphs.annotations import notes
from graphs.edits import AddFrame, AddNote
from graphs.project import MAIN
from tests.widgets.canvas.drawings import FLOWS
from tests.widgets.canvas.hands import body, port
from widgets.canvas.view import CanvasView

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_note_grows_with_its_text_as_one_step(canvas: CanvasView) -> None:
    canvas.structure.annotations.add_note()
    field = canvas.structure.note_field
    lines = "\n".join(f"- point {number}" for number in range(12))
    field.setPlainText(lines)
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    (note,) = notes(canvas.document.project.main).values()
    assert note.text == lines
    assert note.size[0] == 240
    assert note.size[1] > 12 * 12
    canvas.rename()
    field.setPlainText("short")
    QTest.keyClick(field, Qt.Key.Key_Return, CONTROL)
    (short,) = notes(canvas.document.project.main).values()
    assert short.size == note.size  # what somebody made room for stays
    canvas.document.undo()
    canvas.document.undo()
    assert not notes(canvas.document.project.main)


@FLOWS
def test_the_pointer_shows_where_wires_begin_and_notes_are_resized(canvas: CanvasView) -> None:
    place = {"position": (-600.0, 40.0), "size": (200, 96)}
    canvas.document.perform(AddNote(MAIN, "t1", {"text": "why", **place}))
    canvas.centre_on(QPointF(-300, 60))
    shapes = Qt.CursorShape
    rect = canvas.scene.board.on_screen(("notes", "t1"), canvas.camera)
    expected = {
        (rect.right(), rect.center().y()): shapes.SizeHorCursor,
        (rect.center().x(), rect.bottom()): shapes.SizeVerCursor,
        (rect.right(), rect.bottom()): shapes.SizeFDiagCursor,
        (rect.left(), rect.bottom()): shapes.SizeBDiagCursor,
        (rect.center().x(), rect.center().y()): shapes.ArrowCursor,
        (rect.right() + 30, rect.bottom() + 30): shapes.ArrowCursor,
    }
    for (x, y), shape in expected.items():
        QTest.mouseMove(canvas, QPointF(x, y).toPoint())
        assert canvas.cursor().shape() == shape
    QTest.mouseMove(canvas, port(canvas, "image"))
    assert canvas.cursor().shape() == shapes.CrossCursor
    QTest.mouseMove(canvas, body(canvas, "image"))
    assert canvas.cursor().shape() == shapes.ArrowCursor
    canvas.locked = True
    QTest.mouseMove(canvas, port(canvas, "image"))
    assert canvas.cursor().shape() == shapes.ArrowCursor


def test_a_shape_is_not_written_over_a_note(canvas: CanvasView) -> None:
    """It goes to the other side of its wire."""
    _, _, _, bottom = canvas.scene.rect("n3")

    def written(side: int) -> bool:
        picture, low = canvas.grab().toImage(), canvas.camera.to_view(0, bottom + 8).toPoint()
        places = ((low.x() + side * x, low.y() + y) for x in range(10, 80) for y in range(14))
        return any(picture.pixelColor(*place).lightness() > 110 for place in places)  # of the dark theme

    assert (written(1), written(-1)) == (True, False)
    canvas.document.perform(AddNote(MAIN, "t1", {"text": "", "position": (6, bottom), "size": (200, 40)}))
    assert (written(1), written(-1)) == (False, True)


def test_a_note_that_is_sought_elsewhere_is_selected_and_comes_into_view(canvas: CanvasView) -> None:
    canvas.document.perform(AddNote(MAIN, "t1", {"text": "far", "position": (4000, 4000), "size": (200, 96)}))
    canvas.selection.annotation_sought.emit("notes", "t1")
    assert canvas.structure.annotations.selected == {("notes", "t1")}
    assert canvas.rect().contains(canvas.scene.board.on_screen(("notes", "t1"), canvas.camera).toRect())
    canvas.selection.annotation_sought.emit("notes", "gone")
    assert canvas.structure.annotations.selected == {("notes", "t1")}


def test_a_long_title_ends_before_the_wire_and_is_told_in_full(canvas: CanvasView) -> None:
    left, top, right, bottom = canvas.scene.rect("n2")
    place = {"position": (left - 20, top - 40), "size": (right - left + 40, bottom - top + 60)}
    canvas.document.perform(AddFrame(MAIN, "f1", {"title": "W" * 40, **place}))
    assert canvas.scene.board.clear_head("f1") == (right - left) / 2 + 20
    canvas.document.perform(AddFrame(MAIN, "f2", {"title": "aside", "position": (600, 0), "size": (200, 100)}))
    assert canvas.scene.board.clear_head("f2") == 200
    at = canvas.camera.to_view(left + 10, top - 24).toPoint()
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert "W" * 40 in QToolTip.text()
    QToolTip.hideText()
