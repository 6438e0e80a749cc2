"""The map of the drawing shows its frames behind the blocks."""

from collections.abc import Callable

from PySide6.QtGui import QImage

from graphs.edits import AddFrame, SetAttributes, SetFrame
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


def test_layers_in_a_collapsed_frame_are_not_on_the_map(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(googlenet())
    network = canvas.document.project.main
    category = canvas.style_of_canvas.theme.category["pooling"].name()
    pool = network.find("pool_4a")
    assert pool is not None

    def pools() -> int:
        picture = shown(canvas)
        places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
        return sum(picture.pixelColor(*place).name() == category for place in places)

    before = pools()
    canvas.document.perform(AddFrame(MAIN, "f1", PLACE))
    canvas.document.perform(SetAttributes(MAIN, pool, {"frame": "f1"}))
    canvas.document.perform(SetFrame(MAIN, "f1", {"collapsed": True}))
    assert pools() < before
