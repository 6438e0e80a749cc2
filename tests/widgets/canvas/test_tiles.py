"""Pictures of nodes are kept as long as there is room, and stand in for one another while the zoom moves."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from graphs.edits import AddNode, Connect, SetAttributes
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, chain, turned
from widgets.canvas.camera import Camera
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.painting.node_painter import NodePainter
from widgets.canvas.painting.picture import scene_of
from widgets.canvas.painting.tiles import TileCache
from widgets.canvas.standing import Standing
from widgets.canvas.states import BARE, CLOSE, FAR, HOVER, MIDDLE, NEAR, level_of
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


@FLOWS
@pytest.mark.parametrize("level", [MIDDLE, NEAR, CLOSE])
@pytest.mark.parametrize("passing", [0, HOVER])
def test_all_that_sticks_out_of_a_node_has_room_on_its_picture(
    passing: int, level: int, flow: str, qapp: QApplication
) -> None:
    project = Project()
    for number, kind in enumerate(("LSTM", "MultiheadAttention", "Add", "ReLU", "Block")):
        AddNode(MAIN, f"n{number}", f"layer{number}", kind, {}, (0.0, 200.0 * number)).apply(project)
    for source, port in (("n3", "inputs.0"), ("n0", "inputs.1"), ("n1", "inputs.2")):
        Connect(MAIN, source, "output", "n2", port).apply(project)
    SetAttributes(MAIN, "n3", {"bypassed": True}).apply(project)
    scene, painters = scene_of(turned(project, flow)), NodePainter(CanvasStyle(Theme.named("dark")), flow)
    for row in scene.nodes.rows.values():
        face, around = scene.nodes.face(row), 120
        across, along = painters.room(face, level, passing)
        picture = QImage(400 + 2 * around, 200 + 2 * around, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(around, around)
        painters.draw(painter, face, level, passing, 0)
        painter.end()
        drawn = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), picture.width()) > 0
        rows, columns = np.nonzero(drawn)
        assert columns.min() >= around - across, face.kind
        assert columns.max() < around + face.width + across, face.kind
        assert rows.min() >= around - along, face.kind
        assert rows.max() < around + face.height + 5 + along, face.kind  # a block has another outline below


def test_levels_go_by_the_height_of_the_text(qapp: QApplication) -> None:
    assert level_of(4.9) == FAR
    assert level_of(9.0) == NEAR
    assert CanvasPainter(CanvasStyle(Theme.named("light"))).tiles.held_bytes == 0
