"""A frame costs what is seen, not what there is, at every zoom and where the level of detail changes."""

import sys
from types import FrameType

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from graphs.edits import RemoveNode
from graphs.project import MAIN
from tests.benchmarks.canvas import drawing
from widgets.canvas.camera import Camera
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.painting.picture import scene_of
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.states import FAR, level_of
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.node_geometry import node_measures
from widgets.theme import Theme

SIZE = QRectF(0, 0, 800, 500)
ZOOMS = [0.02 * 1.12**step for step in range(36)]  # from far to 1:1, through every level


class Lines:
    """Counts the lines of Python that run while it is entered."""

    def __init__(self) -> None:
        self.count = 0
        self._before = sys.gettrace()

    def __enter__(self) -> "Lines":
        sys.settrace(self)
        return self

    def __exit__(self, *error: object) -> None:
        sys.settrace(self._before)

    def __call__(self, frame: FrameType, event: str, argument: object) -> "Lines":
        self.count += event == "line"
        return self


def most_lines(scene: Scene) -> tuple[int, int]:
    """The lines of Python in the costliest frame of a sweep over all zooms: of those from afar, and of all others."""
    canvas_painter, camera, ground = CanvasPainter(CanvasStyle(Theme.named("dark"))), Camera(), QPixmap(800, 500)
    bounds = scene.nodes.bounds()
    assert bounds is not None
    middle = QPointF((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
    afar: list[int] = []
    near: list[int] = []
    for turn in range(2 * len(ZOOMS)):  # the first sweep makes fonts and pens
        zoom = ZOOMS[turn % len(ZOOMS)]
        camera.show(zoom, SIZE.center() - middle * zoom)
        painter = QPainter(ground)
        with Lines() as lines:
            canvas_painter.paint(painter, scene, camera, SIZE, Standing(settling=True))
        painter.end()
        if turn >= len(ZOOMS):
            (afar if level_of(node_measures().name_px * zoom) == FAR else near).append(lines.count)
    return max(afar), max(near)


def test_ten_times_the_network_makes_no_frame_dearer(qapp: QApplication) -> None:
    """Without its input, every layer of the drawing has a problem to show."""
    costs = []
    for count in (600, 6000):
        project = drawing(count)
        RemoveNode(MAIN, "n0").apply(project)
        costs.append(most_lines(scene_of(project)))
    (small_afar, small_near), (large_afar, large_near) = costs
    assert large_afar < 1.5 * small_afar
    assert large_near < 1.5 * small_near
