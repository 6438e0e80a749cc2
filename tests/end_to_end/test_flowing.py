"""While a run trains the drawing, a wire tells what flows along it."""

import re

from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from tests.end_to_end.hands import Hands


def rest_on_the_wire_from(hands: Hands, name: str) -> None:
    """Move the pointer onto the middle of the first wire out of a layer, and leave it there."""
    canvas = hands.canvas
    network = canvas.scene.network
    node = network.find(name)
    assert node is not None
    canvas.reveal(network.wires_from(node)[0].target)
    canvas.reveal(node)
    hands.wait(lambda: not canvas.painting_on)
    x0, y0, x1, y1 = canvas.scene.wires.ends[canvas.scene.wires.rows[network.wires_from(node)[0]]].tolist()
    middle = canvas.camera.to_view((x0 + x1) / 2, (y0 + y1) / 2)
    QTest.mouseMove(canvas, (middle + QPointF(120, 0)).toPoint())
    QTest.mouseMove(canvas, middle.toPoint())


def test_a_wire_tells_what_flows_along_it_while_a_run_trains(hands: Hands) -> None:
    hands.activate()
    hands.press("Train")
    hands.wait(lambda: hands.session.active is not None and hands.session.active.epoch >= 1)
    rest_on_the_wire_from(hands, "pool1")
    hands.wait(lambda: "mean" in QToolTip.text())
    told = QToolTip.text()
    assert re.search(r"^Step [\d,]+: mean -?\d\S*, spread \d\S*$", told, re.MULTILINE), told
    hands.wait(lambda: "mean" in QToolTip.text() and QToolTip.text() != told)  # and goes on telling
    rest_on_the_wire_from(hands, "pool2")  # what was seen holds for all wires: within the time of any tip
    hands.wait(lambda: "pool2" in QToolTip.text())
    assert "mean" in QToolTip.text()
