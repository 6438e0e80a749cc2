"""Pictures of nodes are kept as long as there is room, and stand in for one another while the zoom moves."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from tests.widgets.canvas.drawings import chain
from widgets.canvas.camera import Camera
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.painting.picture import scene_of
from widgets.canvas.painting.tiles import TileCache
from widgets.canvas.standing import Standing
from widgets.canvas.states import BARE, FAR, HOVER, NEAR, level_of
from widgets.canvas.style import CanvasStyle
from widgets.theme import Theme


def test_the_least_recently_used_go_first(qapp: QApplication) -> None:
    scene = scene_of(chain())
    tiles = TileCache(CanvasStyle(Theme.named("dark")), "down", most_bytes=400_000)
    face = scene.nodes.face(0)
    for number in range(20):
        tiles.draw((number, 0, 0), face, 1.0, 1.0)
        tiles.find((0, 0, 0), 1.0)
    assert tiles.held_bytes <= 400_000
    assert tiles.find((0, 0, 0), 1.0) is not None
    assert tiles.find((1, 0, 0), 1.0) is None
    assert tiles.nearest((1, 0, 0)) is None


def test_a_tile_of_another_zoom_stands_in(qapp: QApplication) -> None:
    scene = scene_of(chain())
    tiles = TileCache(CanvasStyle(Theme.named("dark")), "down")
    drawn = tiles.draw((7, 0, 0), scene.nodes.face(0), 1.0, 1.0)
    assert tiles.find((7, 0, 0), 1.1) is None
    assert tiles.nearest((7, 0, 0)) is drawn
    assert tiles.nearest((7, HOVER | BARE, 2)) is drawn  # as it stood before: no node is empty for a frame
    assert tiles.nearest((8, 0, 0)) is None


def test_a_second_frame_takes_every_tile_from_the_first(qapp: QApplication) -> None:
    scene, camera, ground = scene_of(chain()), Camera(), QPixmap(800, 600)
    canvas_painter, size = CanvasPainter(CanvasStyle(Theme.named("dark"))), QRectF(0, 0, 800, 600)
    camera.show(1.0, QPointF(300, 40))

    def frame() -> bool:
        painter = QPainter(ground)
        complete = canvas_painter.paint(painter, scene, camera, size, Standing())
        painter.end()
        return complete

    assert any(frame() for _ in range(100))  # a frame draws what it has time for, on a slow machine not all at once
    held = canvas_painter.tiles.held_bytes
    assert frame()
    assert canvas_painter.tiles.held_bytes == held > 0


def test_levels_go_by_the_height_of_the_text(qapp: QApplication) -> None:
    assert level_of(4.9) == FAR
    assert level_of(9.0) == NEAR
    assert CanvasPainter(CanvasStyle(Theme.named("light"))).tiles.held_bytes == 0
