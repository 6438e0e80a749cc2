"""Hit tests by grid agree with looking at every node."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from graphs.edits import AddNode
from graphs.project import MAIN, Project
from widgets.canvas.camera import Camera
from widgets.canvas.painting.picture import scene_of
from widgets.canvas.tables.grid import Grid
from widgets.canvas.tables.hit import Hits

NUMBERS = st.floats(-2000, 2000)
PLACES = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=30)


@given(PLACES, NUMBERS, NUMBERS, st.sampled_from([0.1, 0.5, 1.0, 3.0]))
def test_the_node_under_a_point_is_found(places: list[tuple[int, int]], x: float, y: float, zoom: float) -> None:
    project = Project()
    for number, (across, along) in enumerate(places):
        AddNode(MAIN, f"n{number}", f"relu{number}", "ReLU", {}, (across * 40, along * 40)).apply(project)
    scene, camera = scene_of(project), Camera()
    camera.show(zoom, QPointF(0, 0))
    rects = {node: scene.rect(node) for node in scene.nodes}
    under = {n for n, (left, top, right, bottom) in rects.items() if left <= x <= right and top <= y <= bottom}
    found = Hits(scene, camera).node(camera.to_view(x, y))
    assert (found in under) if under else (found is None)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.floats(0, 600), st.floats(0, 600)), max_size=20), NUMBERS, NUMBERS)
def test_the_grid_names_all_boxes_at_a_point(
    boxes: list[tuple[float, float, float, float]], x: float, y: float
) -> None:
    grid = Grid()
    for number, (left, top, wide, high) in enumerate(boxes):
        grid.put(number, (0, 0, 0, 0))
        grid.put(number, (left, top, left + wide, top + high))
    there = {n for n, (left, top, w, h) in enumerate(boxes) if left <= x <= left + w and top <= y <= top + h}
    assert there <= set(grid.near(x, y))
    for number in range(len(boxes)):
        grid.drop(number)
    assert set(grid.near(x, y, 10_000)) == set()
