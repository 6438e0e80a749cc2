"""Templates on the canvas: layers drawn as large as they are keep off one another."""

import itertools

import pytest
from PySide6.QtCore import QRectF

from graphs import templates
from graphs.reporting import report
from widgets.canvas.tables.node_face import Faces
from widgets.canvas.tables.node_geometry import node_rect


@pytest.mark.parametrize("name", templates.names())
def test_no_layer_of_a_template_covers_another(name: str) -> None:
    project, faces = templates.create(name), Faces()
    for title, network in project.networks.items():
        told = report(project, title).nodes
        boxes = []
        for node in network:
            face = faces.of(project, network, node, told[node])
            left, top, right, bottom = node_rect(network.position(node), face.width, face.height, network.flow)
            boxes.append(QRectF(left, top, right - left, bottom - top))
        assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))
