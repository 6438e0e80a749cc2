"""What is kept from frame to frame never shows: every frame is what painting from nothing would give."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs.edits import AddFrame, AddNote, RemoveNode, SetAttributes, SetParameters
from graphs.project import MAIN, Project
from tests.benchmarks.canvas import drawing
from tests.widgets.canvas import hands
from tests.widgets.canvas.comparing import differing
from widgets.canvas.view import CanvasView

_FEW = 8
"""Pixels that may look different: where a line that ran on is taken up again, its edges are rounded otherwise."""


def settle(view: CanvasView) -> QPixmap:
    """Paint until nothing is missing; return the picture."""
    picture = view.grab()
    while view.painting_on:
        QApplication.processEvents()
        picture = view.grab()
    return picture


def check(view: CanvasView, after: str) -> None:
    """Fail unless the view is painted as it is from nothing."""
    kept = settle(view)
    view.show_theme(view.theme)
    anew = settle(view)
    others = differing(kept.toImage(), anew.toImage())
    if others.sum() > _FEW:
        rows, columns = np.nonzero(others)
        place = columns.min(), rows.min(), columns.max(), rows.max()
        pytest.fail(f"{others.sum()} pixels in {place} are others after {after}, at zoom {view.zoom:.3f}")


def busy() -> Project:
    """Many layers, most with a problem, a frame and a note."""
    project = drawing(120)
    RemoveNode(MAIN, "n0").apply(project)
    AddNote(MAIN, "note", {"position": (500.0, 120.0), "text": "# Here\nand *there*"}).apply(project)
    AddFrame(MAIN, "frame", {"position": (-40.0, -60.0), "size": (620.0, 420.0), "title": "Head"}).apply(project)
    SetParameters(MAIN, "n7", {"bias": False}).apply(project)
    SetAttributes(MAIN, "n9", {"colour": "#e06c75"}).apply(project)
    return project


class Hand:
    """Does things to a view by chance, and says what it did."""

    def __init__(self, view: CanvasView, seed: int) -> None:
        self.view, self.chance = view, random.Random(seed)
        self.holds = False

    def act(self) -> str:
        """Do one of the things that can be done now."""
        acts: list[Callable[[], object]] = [self.pan, self.pan, self.move, self.select, self.edit, self.zoom, self.fit]
        if self.holds:
            acts = [self.drag, self.drag, self.drag, self.pan, self.let_go, self.leave, self.zoom]
        act = self.chance.choice(acts)
        act()
        return act.__name__

    def spot(self) -> QPoint:
        return QPoint(self.chance.randint(5, 995), self.chance.randint(5, 695))

    def pan(self) -> None:
        self.view.camera.pan(QPointF(self.chance.randint(-60, 60), self.chance.randint(-60, 60)))
        self.view.pointer.follow()

    def move(self) -> None:
        """Hover, or take in hand what lies there."""
        seen = [n for n in self.view.scene.nodes if self.view.rect().contains(hands.body(self.view, self.name(n)))]
        if not seen or self.chance.random() < 0.3:
            QTest.mouseMove(self.view, self.spot())
            return
        at = hands.body(self.view, self.name(self.chance.choice(seen)))
        QTest.mouseMove(self.view, at)
        QTest.mousePress(self.view, hands.LEFT, hands.NONE, at)
        self.holds = True
        self.drag()

    def name(self, node: str) -> str:
        return self.view.scene.network.name(node)

    def drag(self) -> None:
        hands.move(self.view, self.spot(), hands.NONE)

    def let_go(self) -> None:
        QTest.mouseRelease(self.view, hands.LEFT, hands.NONE, self.spot())
        self.holds = False

    def leave(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Escape)
        self.let_go()

    def select(self) -> None:
        nodes = sorted(self.view.scene.nodes)
        self.view.selection.select(self.chance.sample(nodes, self.chance.choice((1, 3, 40))))

    def edit(self) -> None:
        node = self.chance.choice(sorted(self.view.scene.nodes))
        kind = self.view.scene.network.kind(node)
        if self.chance.random() < 0.3:
            self.view.document.undo()
        elif kind == "Conv2d":
            self.view.perform(SetParameters(MAIN, node, {"out_channels": self.chance.randint(1, 9)}))

    def zoom(self) -> None:
        hands.wheel(self.view, self.spot(), self.chance.choice((-2, -1, 1)), Qt.KeyboardModifier.ControlModifier)

    def fit(self) -> None:
        if self.chance.random() < 0.3:
            self.view.fit()


@pytest.mark.parametrize("seed", range(6))
def test_every_frame_is_as_painted_from_nothing(seed: int, open_canvas: Callable[[Project], CanvasView]) -> None:
    view = open_canvas(busy())
    view.minimap.enabled = False  # it is drawn anew when the hand has let go
    hand = Hand(view, seed)
    done = ["opening"]
    for _ in range(40):
        done.append(hand.act())
        if hand.chance.random() < 0.5:
            settle(view)
        else:
            check(view, " ".join(done[-4:]))
    check(view, " ".join(done[-4:]))
