"""The map of the drawing shows its frames behind the blocks."""

from collections.abc import Callable

from PySide6.QtGui import QImage

from graphs.edits import AddFrame, SetFrame
from graphs.project import MAIN, Project
from tests.showpieces import googlenet
from widgets.canvas.view import CanvasView

PLACE = {"position": (-800, 400), "size": (1600, 800)}


def shown(canvas: CanvasView) -> QImage:
    """The map as it is now."""
    canvas.minimap.settle()
    assert canvas.minimap.isVisible()
    return canvas.minimap.grab().toImage()


def test_frames_are_on_the_map_in_their_colour(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(googlenet())
    plain = shown(canvas)
    canvas.document.perform(AddFrame(MAIN, "f1", PLACE))
    framed = shown(canvas)
    assert framed != plain
    canvas.document.perform(SetFrame(MAIN, "f1", {"colour": "#cc3366"}))
    assert shown(canvas) != framed
    canvas.document.undo()
    canvas.document.undo()
    assert shown(canvas) == plain
