"""Notes show all that is written in them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from graphs.annotations import notes
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
