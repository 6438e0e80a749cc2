"""The camera: steps of the hand move what is seen by whole device pixels, and lose nothing."""

import pytest
from PySide6.QtCore import QPointF

from widgets.canvas.camera import Camera


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_odd_steps_move_by_whole_device_pixels_and_add_up(ratio: float) -> None:
    camera = Camera()
    camera.ratio = ratio
    camera.show(0.7, QPointF(10.3, -4.1))
    start = QPointF(camera.offset)
    for count in range(1, 21):
        camera.pan(QPointF(1, -3))
        way = (camera.offset - start) * ratio
        assert abs(way.x() - round(way.x())) + abs(way.y() - round(way.y())) < 1e-6
        assert (camera.offset - start - QPointF(count, -3 * count)).manhattanLength() < 1 / ratio + 1e-6
