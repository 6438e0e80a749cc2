"""Colours and comments of layers, as the canvas shows them."""

from PySide6.QtGui import QColor

from graphs.edits import SetAttributes
from graphs.project import MAIN
from tests.widgets.canvas.hands import body, told
from tests.widgets.opening import Opened
from widgets.canvas.painting.reader_marks import COLOURS
from widgets.canvas.view import CanvasView


def test_a_colour_is_drawn_and_taken_off_again(canvas: CanvasView) -> None:
    canvas.selection.select(["n2"])
    canvas.structure.set_colour(COLOURS["Red"])
    _, _, right, _ = canvas.scene.rect("n2")
    place = canvas.camera.to_view(right - 2, 0).toPoint()
    place.setY(body(canvas, "conv").y())
    assert canvas.grab().toImage().pixelColor(place) == QColor(COLOURS["Red"])
    canvas.document.undo()
    assert canvas.grab().toImage().pixelColor(place) != QColor(COLOURS["Red"])


def test_a_comment_is_told(canvas: CanvasView) -> None:
    before = canvas.grab().toImage()
    canvas.document.perform(SetAttributes(MAIN, "n3", {"comment": "Why no bias here?"}))
    assert "Why no bias here?" in told(canvas, "relu")
    assert canvas.grab().toImage() != before


def test_the_menu_colours_a_frame_where_no_layer_is_selected(project: Opened) -> None:
    window, document = project.window, project.parts.document
    project.parts.selection.select(document.project.main.of_kind("Conv2d"))
    window.canvas.structure.annotations.frame_selection()
    entries = window.commands.registry.get("network.colour").entries
    assert entries is not None
    next(entry for entry in entries() if entry.title == "Blue").run()
    (frame,) = document.project.main.attributes["frames"].values()
    assert frame["colour"] == COLOURS["Blue"]
