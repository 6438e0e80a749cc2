"""What is kept from frame to frame never shows: every frame is what painting from nothing would give."""

import random
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs.edits import (
    AddDot,
    AddFrame,
    AddNetwork,
    AddNode,
    AddNote,
    Connect,
    RemoveNode,
    Rename,
    ReplaceLayer,
    SetAttributes,
    SetParameters,
)
from graphs.project import MAIN, Project
from tests.benchmarks.canvas import drawing
from tests.widgets.canvas import hands
from tests.widgets.canvas.comparing import differing
from tests.widgets.canvas.drawings import DOWN, FLOWS, RIGHT, chain, turned
from widgets.canvas.view import CanvasView
from widgets.theme import Theme

_FEW = 8
"""Pixels that may look different: where a line that ran on is taken up again, its edges are rounded otherwise."""
_OF_RING = 60
"""Pixels of the ring of a selected node at the end of a wire to what rests: in hand this end lies above the ring."""


def settle(view: CanvasView) -> QPixmap:
    """Paint until nothing is missing; return the picture."""
    picture = view.grab()
    while view.painting_on:
        QApplication.processEvents()
        picture = view.grab()
    return picture


def compare(one: QPixmap, other: QPixmap, view: CanvasView, after: str, few: int = _FEW) -> None:
    """Fail unless two pictures look the same."""
    others = differing(one.toImage(), other.toImage())
    if others.sum() > few:
        rows, columns = np.nonzero(others)
        place = columns.min(), rows.min(), columns.max(), rows.max()
        pytest.fail(f"{others.sum()} pixels in {place} are others after {after}, at zoom {view.zoom:.3f}")


def check(view: CanvasView, after: str) -> None:
    """Fail unless the view is painted as it is from nothing."""
    kept = settle(view)
    view.show_theme(view.theme)
    compare(kept, settle(view), view, after)


def busy(flow: str = DOWN) -> Project:
    """Many layers, most with a problem, blocks open and closed, frames, a note, a dot, one layer bypassed."""
    project = drawing(100)
    AddNetwork("inner").apply(project)
    for number, (name, kind) in enumerate((("input", "Inlet"), ("act", "ReLU"), ("output", "Outlet"))):
        AddNode("inner", f"i{number}", name, kind, {}, (0.0, 60.0 * number)).apply(project)
    for number in (1, 2):
        Connect("inner", f"i{number - 1}", "output", f"i{number}", "input").apply(project)
    for node, name, place in (("open", "stage", (420.0, 60.0)), ("closed", "again", (740.0, -120.0))):
        AddNode(MAIN, node, name, "Block", {"network": "inner"}, place).apply(project)
    SetAttributes(MAIN, "open", {"open": True}).apply(project)
    RemoveNode(MAIN, "n0").apply(project)
    AddNote(MAIN, "note", {"position": (500.0, 260.0), "text": "# Here\nand *there*"}).apply(project)
    AddFrame(MAIN, "frame", {"position": (-40.0, -60.0), "size": (620.0, 420.0), "title": "Head"}).apply(project)
    AddFrame(MAIN, "tail", {"position": (930.0, 170.0), "size": (280.0, 130.0), "collapsed": True}).apply(project)
    SetAttributes(MAIN, "n14", {"frame": "tail"}).apply(project)
    AddDot(MAIN, "n5", "output", "n6", "input", 0, (460.0, 190.0)).apply(project)
    SetParameters(MAIN, "n7", {"bias": False}).apply(project)
    SetAttributes(MAIN, "n9", {"colour": "#e06c75", "comment": "Why?"}).apply(project)
    SetAttributes(MAIN, "n10", {"bypassed": True}).apply(project)
    SetAttributes(MAIN, "n13", {"disabled": True}).apply(project)
    return turned(project, flow)


class Hand:
    """Does things to a view by chance, and says what it did."""

    def __init__(self, view: CanvasView, seed: int) -> None:
        self.view, self.chance = view, random.Random(seed)
        self.holds = False

    def act(self) -> str:
        """Do one of the things that can be done now."""
        often = [self.pan] * 6 + [self.take] * 4
        acts: list[Callable[[], object]] = [
            *often, self.hover, self.hover, self.select, self.edit, self.edit_inside, self.undo, self.zoom, self.fit,
            self.tab, self.nudge, self.trace, self.shapes, self.heat, self.theme, self.annotations, self.open,
        ]  # fmt: skip
        if self.holds:
            acts = [self.drag, self.drag, self.drag, self.pan, self.let_go, self.leave, self.zoom]
        act = self.chance.choice(acts)
        act()
        return act.__name__

    def spot(self) -> QPoint:
        """Return a point of the view where a hand that holds something does not make the view move on."""
        return QPoint(self.chance.randint(30, self.view.width() - 30), self.chance.randint(30, self.view.height() - 30))

    def pan(self) -> None:
        self.view.camera.pan(QPointF(self.chance.randint(-60, 60), self.chance.randint(-60, 60)))
        self.view.pointer.follow()

    def hover(self) -> None:
        QTest.mouseMove(self.view, self.there())

    def there(self) -> QPoint:
        """Return where something lies that can be taken in hand, or anywhere."""
        scene, camera = self.view.scene, self.view.camera
        ends = scene.wires.ends[[*scene.wires.rows.values()]].reshape(-1, 2).tolist()
        dots = [place for way in scene.wires.dots.values() for place in way]
        shown = scene.board
        heads = [(left + 30, top + 10) for left, top, _, _ in (shown.rect(item) for item in shown.shown())]
        bodies = [(left + 60, (top + bottom) / 2) for left, top, _, bottom in scene.nodes.rects.tolist()]
        what = self.chance.choice((bodies, bodies, bodies, ends, dots, heads, self.inside(), self.inside()))
        room = self.view.rect().adjusted(30, 30, -30, -30)
        seen = [at for x, y in what if room.contains(at := camera.to_view(x, y).toPoint())]
        return self.chance.choice(seen) if seen else self.spot()

    def inside(self) -> list[tuple[float, float]]:
        """Return where the layers of open blocks are, as on the canvas of the network on view."""
        camera, found = self.view.camera, list[tuple[float, float]]()
        for stage in list(self.view.root.all())[1:]:
            for left, top, _, bottom in stage.scene.nodes.rects.tolist():
                at = camera.to_scene(stage.lens.to_view(left + 60, (top + bottom) / 2))
                found.append((at.x(), at.y()))
        return found

    def take(self) -> None:
        """Take in hand what lies somewhere, or begin what a drag from there begins."""
        at = self.there()
        QTest.mouseMove(self.view, at)
        QTest.mousePress(self.view, hands.LEFT, hands.NONE, at)
        self.holds = True
        self.drag()

    def drag(self) -> None:
        hands.move(self.view, self.spot(), hands.NONE)

    def let_go(self) -> None:
        QTest.mouseRelease(self.view, hands.LEFT, hands.NONE, self.spot())
        self.view.adding.popup.leave()
        self.holds = False

    def leave(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Escape)
        self.let_go()

    def select(self) -> None:
        self.view.work_on(self.view.root)
        self.view.selection.select(self.chance.sample(sorted(self.view.scene.nodes), self.chance.choice((0, 1, 3, 40))))

    def annotations(self) -> None:
        self.view.structure.annotations.select([*self.view.scene.board.shown()][:1])

    def edit(self) -> None:
        node = self.chance.choice(sorted(self.view.scene.nodes))
        if self.chance.random() < 0.5:
            self.view.perform(SetAttributes(MAIN, node, {"bypassed": self.chance.random() < 0.5}))
        elif self.view.scene.network.kind(node) == "Conv2d":
            self.view.perform(SetParameters(MAIN, node, {"out_channels": self.chance.randint(1, 9)}))

    def edit_inside(self) -> None:
        self.view.document.perform(SetAttributes("inner", "i1", {"bypassed": self.chance.random() < 0.5}))

    def undo(self) -> None:
        if self.view.document.can_undo:
            self.view.document.undo()

    def open(self) -> None:
        self.view.perform(SetAttributes(MAIN, "open", {"open": self.chance.random() < 0.5}))

    def tab(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Tab)

    def nudge(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)

    def trace(self) -> None:
        self.view.trace = not self.view.trace

    def shapes(self) -> None:
        self.view.toggle_shapes()

    def heat(self) -> None:
        self.view.structure.heat.next()

    def theme(self) -> None:
        self.view.show_theme(Theme.named(self.chance.choice(("dark", "light"))))

    def zoom(self) -> None:
        hands.wheel(self.view, self.spot(), self.chance.choice((-2, -1, 1)), Qt.KeyboardModifier.ControlModifier)

    def fit(self) -> None:
        if self.chance.random() < 0.3:
            self.view.fit()


@pytest.mark.parametrize("seed", range(4))
def test_every_frame_is_as_painted_from_nothing(seed: int, open_canvas: Callable[[Project], CanvasView]) -> None:
    view = open_canvas(busy((DOWN, RIGHT)[seed % 2]))
    view.minimap.enabled = False  # it is drawn anew when the hand has let go
    hand = Hand(view, seed)
    done = ["opening"]
    for _ in range(24):
        done.append(hand.act())
        if hand.chance.random() < 0.7:
            settle(view)
        else:
            check(view, " ".join(done[-4:]))
    check(view, " ".join(done[-4:]))


@pytest.mark.parametrize(("zoom", "flow"), [(1.0, DOWN), (0.5, RIGHT), (0.12, DOWN)])
def test_where_edits_leave_all_in_place_only_what_they_spoil_is_painted(
    zoom: float, flow: str, open_canvas: Callable[[Project], CanvasView]
) -> None:
    project = busy(flow)
    SetAttributes(MAIN, "open", {"open": False}).apply(project)
    view = open_canvas(project)
    view.minimap.enabled = False
    view.camera.show(zoom, QPointF(200.0, 120.0))
    settle(view)
    settle(view)
    for number, edit in enumerate(
        (
            SetParameters(MAIN, "n4", {"bias": False}),  # a shape, problems of others, wires and labels stay
            SetParameters(MAIN, "n1", {"out_channels": 5}),  # what others put out changes
            Rename(MAIN, "n3", "another_name"),
            Rename(MAIN, "closed", "twice"),
            ReplaceLayer(MAIN, "n6", "Conv1d"),  # which refuses what it gets
            SetParameters(MAIN, "n6", {"out_channels": 3}),
        )
    ):
        rest, few = view.scene.rest, len(view.scene.spoilt)
        view.document.perform(edit)
        if not number:
            assert view.scene.rest == rest
            assert len(view.scene.spoilt) > few
        if number % 2:
            view.camera.pan(QPointF(9.0, -50.0))
        check(view, edit.title)
        settle(view)
    while view.document.can_undo:
        view.document.undo()
        settle(view)
    check(view, "undoing all")


@FLOWS
def test_what_is_carried_is_painted_once(flow: str, open_canvas: Callable[[Project], CanvasView]) -> None:
    view = open_canvas(turned(drawing(60), flow))
    view.camera.show(0.27, QPointF(80.0, 60.0))
    held = [f"n{number}" for number in range(30)]
    view.selection.select(held)
    settle(view)
    at, pictures = hands.body(view, "layer1"), list[int]()
    QTest.mousePress(view, hands.LEFT, hands.NONE, at)
    for step in range(1, 24):
        hands.move(view, at + QPoint(3 * step, step), hands.NONE)
        settle(view)
        pictures.append(view._canvas_painter._carried._picture.cacheKey())  # another one once it is painted on
    assert len({*pictures[4:]}) == 1
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, hands.LEFT, hands.NONE, at)


def test_frames_that_are_selected_stand_out_at_once(open_canvas: Callable[[Project], CanvasView]) -> None:
    view = open_canvas(busy())
    for chosen in ([("frames", "frame")], [("notes", "note")], []):
        settle(view)
        settle(view)
        view.structure.annotations.select(chosen)
        check(view, f"selecting {chosen}")


@FLOWS
@pytest.mark.parametrize("others", [["fc"], ["image", "fc"], []])
def test_what_is_in_hand_over_nothing_else_is_painted_as_what_rests(
    others: list[str], flow: str, open_canvas: Callable[[Project], CanvasView]
) -> None:
    project = chain(flow)
    for number in range(20):  # so many that a picture of them is kept
        place = (120.0 * number, -200.0) if flow == DOWN else (-300.0, 60.0 * number)
        AddNode(MAIN, f"m{number}", f"more{number}", "ReLU", {}, place).apply(project)
    Connect(MAIN, "n4", "output", "n5", "input").apply(project)
    view = open_canvas(project)
    view.minimap.enabled = False
    view.camera.show(1.0, QPointF(200, 250) if flow == DOWN else QPointF(350, 100))
    view.selection.select(node for node in view.scene.nodes if view.scene.network.name(node) not in others)
    at, way = hands.body(view, "flatten"), QPoint(136, 0) if flow == DOWN else QPoint(0, 136)
    hands.drag(view, at, at + way, release=False, modifiers=Qt.KeyboardModifier.ShiftModifier)
    settle(view)
    in_hand = settle(view)
    assert len(view.scene.held.nodes) > 20
    view.scene.let_go()
    compare(in_hand, settle(view), view, "letting go where the hand is", _FEW + _OF_RING * len(others))
