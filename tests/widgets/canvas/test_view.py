"""The canvas as the window drives it: fitting, following, themes, the map, what is painted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphs.edits import AddNode, Connect, Group, Move, RemoveNode, SetAttributes, SetNetworkAttributes, SetParameters
from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import FLOWS, chain, with_block
from tests.widgets.canvas.hands import body, drag, empty, move
from tests.widgets.canvas.test_open_blocks import drawn
from widgets.canvas import states
from widgets.canvas.painting import wire_painter
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import THEME_NAMES, Theme, ThemeSource

NONE = Qt.KeyboardModifier.NoModifier


def painted(view: CanvasView, at: QPoint) -> str:
    """The colour of one pixel of the view."""
    return view.grab().toImage().pixelColor(at).name()


def inked(colour: QColor) -> bool:
    """Whether that is a pixel of grey text on the dark ground."""
    return colour.lightness() > 100 and colour.hslSaturation() < 60


def test_shapes_follow_an_edit_at_once(canvas: CanvasView) -> None:
    canvas.document.perform(SetParameters(MAIN, "n2", {"out_channels": 24}))
    face = canvas.scene.nodes.face(canvas.scene.nodes.rows["n3"])
    assert face.shape == "24×8×8"


@FLOWS
def test_no_wire_runs_through_the_shape_that_is_written_beside_it(
    open_canvas: Callable[[Project], CanvasView], flow: str
) -> None:
    project = Project()
    project.main.graph.graph.update({"flow": flow} if flow != "down" else {})
    AddNode(MAIN, "s", "image", "Input", {"shape": [3, 28, 28]}, (0, 0)).apply(project)
    for number, aside in enumerate((-500, -250, 0, 250, 500)):
        place = (aside, 90) if flow == "down" else (260, aside // 3)
        AddNode(MAIN, f"t{number}", f"conv{number}", "Conv2d", {}, place).apply(project)
        Connect(MAIN, "s", "output", f"t{number}", "input").apply(project)
    canvas = open_canvas(project)
    canvas.centre_on(QPointF(0, 60))
    x, y = canvas.scene.nodes.port(canvas.scene.nodes.rows["s"], "output", output=True)
    beside, after = [(x - 37, y + 14), (x + 37, y + 14)], [(x + 42, y - 10), (x + 42, y + 11), (x - 23, y + 37)]
    image, wire = canvas.grab().toImage(), canvas.theme.wire["map"]
    written = []
    for middle in beside if flow == "down" else after:
        at = canvas.camera.to_view(*middle).toPoint()
        colours = [image.pixelColor(at + QPoint(a, b)) for a in range(-16, 17) for b in range(-4, 5)]
        if any(map(inked, colours)):
            written.append(wire in colours)
    assert written == [False]


def test_a_shape_stands_under_its_node_where_the_gap_to_the_right_is_narrow(canvas: CanvasView) -> None:
    canvas.document.perform(SetNetworkAttributes(MAIN, {"flow": "right"}))
    canvas.arrange()
    canvas.set_zoom(1.0)
    canvas.reveal("n3")
    _, _, right, bottom = canvas.scene.rect("n3")
    at = canvas.camera.to_view(right - 23, bottom + 11).toPoint()
    image = canvas.grab().toImage()
    assert any(inked(image.pixelColor(at + QPoint(x, y))) for x in range(-20, 21) for y in range(-4, 5))


def test_a_problem_is_marked_and_goes_when_it_is_mended(canvas: CanvasView) -> None:
    row = canvas.scene.nodes.rows["n5"]
    assert canvas.scene.nodes.problems[row] == states.ERROR
    wire = {"source": "n4", "source_port": "output", "target": "n5", "target_port": "input"}
    canvas.document.perform(Connect(MAIN, **wire))
    assert canvas.scene.nodes.problems[row] != states.ERROR


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_the_ground_has_the_colour_of_the_theme(qtbot: QtBot, theme: str) -> None:
    themes = ThemeSource("dark")
    view = CanvasView(Document(chain()), Selection(), themes)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    themes.choose(theme)
    assert painted(view, QPoint(3, 3)) == themes.theme.surface.canvas.name()


def test_a_network_is_shown_whole_at_first(qtbot: QtBot, open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(chain())
    canvas.document.replace(chain())
    seen, bounds = canvas.camera.seen(canvas.rect().toRectF()), canvas.scene.nodes.bounds()
    assert bounds is not None
    assert seen[0] < bounds[0]
    assert seen[3] > bounds[3]
    assert canvas.zoom <= 1.0


def test_each_network_keeps_its_place_on_the_screen(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(with_block())
    canvas.set_zoom(1.7)
    before = (canvas.zoom, QPointF(canvas.camera.offset))
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, NONE, body(canvas, "stage"))
    assert canvas.selection.network == "inner"
    canvas.set_zoom(0.8)
    canvas.leave()
    assert (canvas.zoom, canvas.camera.offset) == before


def test_selection_forgets_what_is_deleted(canvas: CanvasView) -> None:
    canvas.selection.select(["n2", "n3"])
    canvas.document.perform(RemoveNode(MAIN, "n2"))
    assert canvas.selection.nodes == {"n3"}


def test_an_edit_from_elsewhere_ends_what_is_in_hand(canvas: CanvasView) -> None:
    start = body(canvas, "fc")
    drag(canvas, start, start + QPoint(60, 0), release=False)
    canvas.document.perform(RemoveNode(MAIN, "n5"))
    move(canvas, start + QPoint(90, 0), NONE)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, start)
    assert canvas.document.undo_title == "Delete layer"
    canvas.document.undo()
    assert canvas.scene.network.position("n5") == (0, 320)


def test_flow_to_the_right_turns_the_same_geometry(canvas: CanvasView) -> None:
    canvas.document.perform(SetNetworkAttributes(MAIN, {"flow": "right"}))
    row = canvas.scene.nodes.rows["n2"]
    left, top, right, bottom = canvas.scene.nodes.rect(row)
    assert canvas.scene.nodes.port(row, "output", output=True) == (right, (top + bottom) / 2)
    assert canvas.scene.nodes.port(row, "input", output=False) == (left, (top + bottom) / 2)
    canvas.arrange()
    assert len({canvas.scene.position(f"n{number}")[1] for number in range(1, 5)}) == 1


@pytest.mark.parametrize("zoom", [0.05, 0.2, 0.5, 1.0, 2.0, 4.0])
def test_every_state_is_painted_at_every_level(open_canvas: Callable[[Project], CanvasView], zoom: float) -> None:
    project = with_block()
    AddNode(MAIN, "k", "mystery", "NoSuchLayer", {}, (300, 0)).apply(project)
    AddNode(MAIN, "l", "lstm", "LSTM", {}, (300, 80)).apply(project)
    AddNode(MAIN, "a", "add", "Add", {}, (300, 300)).apply(project)
    for node, attribute in (("n2", "frozen"), ("n3", "bypassed"), ("n4", "disabled")):
        SetAttributes(MAIN, node, {attribute: True}).apply(project)
    canvas = open_canvas(project)
    canvas.set_zoom(zoom)
    canvas.centre_on(QPointF(-60, 100))
    canvas.selection.select(["n2", "b1"])
    plain = canvas.theme.surface.canvas.name()
    left, top, _, _ = canvas.scene.rect("n2")
    assert painted(canvas, canvas.camera.to_view(left + 20, top + 14).toPoint()) != plain
    canvas.trace = True
    assert not canvas.grab().isNull()
    canvas.dive("b1")
    assert not canvas.grab().isNull()


def test_tiles_missing_in_one_frame_are_drawn_in_the_next(qtbot: QtBot, canvas: CanvasView) -> None:
    edits = [AddNode(MAIN, f"x{n}", f"x{n}", "Conv2d", {}, (240.0 * (n % 8), 60.0 * n)) for n in range(120)]
    canvas.document.perform(Group(tuple(edits), "Many"))
    canvas.fit()
    canvas.set_zoom(0.5)
    qtbot.waitUntil(lambda: not canvas.painting_on)
    canvas.repaint()
    assert not canvas.painting_on


def test_the_map_hides_when_all_is_seen_and_leads_elsewhere_when_not(qtbot: QtBot, canvas: CanvasView) -> None:
    canvas.fit()
    qtbot.waitUntil(lambda: not canvas.minimap.isVisible())
    canvas.document.perform(Move(MAIN, {"n5": (4000, 4000)}))
    qtbot.waitUntil(canvas.minimap.isVisible)
    corner = canvas.minimap.rect().center() + QPoint(44, 44)  # the map is as high as the network is wide
    QTest.mouseClick(canvas.minimap, Qt.MouseButton.LeftButton, NONE, corner)
    assert canvas.hits.node(canvas.camera.to_view(*canvas.scene.position("n5")) + QPointF(0, 5)) == "n5"
    assert canvas.rect().contains(canvas.camera.to_view(*canvas.scene.position("n5")).toPoint())


def test_an_empty_canvas_says_how_to_begin(open_canvas: Callable[[Project], CanvasView]) -> None:
    canvas = open_canvas(Project())
    middle = canvas.grab().toImage().copy(400, 310, 200, 80)
    colours = {middle.pixelColor(x, y).name() for x in range(0, 200, 2) for y in range(80)}
    assert len(colours) > 3
    QGuiApplication.clipboard().clear()
    canvas.fit()
    canvas.arrange()
    canvas.paste()
    assert not canvas.document.can_undo


def test_hints_tell_what_the_hand_can_do(qtbot: QtBot, canvas: CanvasView) -> None:
    with qtbot.waitSignal(canvas.status_hint, check_params_cb=lambda text: "Shift" in text):
        drag(canvas, empty(canvas, 200, 0), empty(canvas, 300, 60))


def test_the_context_menu_is_asked_for_with_its_node(qtbot: QtBot, canvas: CanvasView) -> None:
    at = body(canvas, "relu")
    with qtbot.waitSignal(canvas.menu_requested) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
        QApplication.sendEvent(canvas, event)
    assert asked.args is not None
    assert asked.args[0] == "n3"
    assert canvas.selection.nodes == {"n3"}


def test_a_first_look_stays_in_the_middle_of_a_view_that_grows(canvas: CanvasView) -> None:
    canvas.document.replace(chain())
    canvas.resize(canvas.width() + 400, canvas.height() + 100)
    left, top, right, bottom = canvas.scene.nodes.bounds() or (0, 0, 0, 0)
    middle = canvas.camera.to_view((left + right) / 2, (top + bottom) / 2)
    assert (middle - canvas.rect().toRectF().center()).manhattanLength() < 1


@FLOWS
def test_the_body_of_a_block_far_away_hides_the_flat_node_below_it(
    open_canvas: Callable[[Project], CanvasView], flow: str
) -> None:
    canvas = open_canvas(drawn(flow))
    canvas.set_zoom(0.25)
    _, top, right, _ = canvas.scene.rect(canvas.scene.network.of_kind(BLOCK)[0])
    surface = canvas.theme.surface
    for _ in range(4):
        canvas.camera.pan(QPointF(0.25, 0))
        image = canvas.grab().toImage()
        end = canvas.camera.to_view(right, top + 4).toPoint()
        beside = (image.pixelColor(end + QPoint(x, 0)) for x in range(-2, 4))
        assert {colour.name() for colour in beside} <= {surface.raised.name(), surface.canvas.name()}


@FLOWS
@pytest.mark.parametrize("theme", THEME_NAMES)
def test_a_selected_node_far_away_stands_out_from_others_of_its_colour(
    open_canvas: Callable[[Project], CanvasView], theme: str, flow: str
) -> None:
    canvas = open_canvas(chain(flow))
    canvas.show_theme(Theme.named(theme))
    canvas.set_zoom(0.25)
    canvas.selection.select(["n2"])
    left, top, _, _ = canvas.scene.rect("n2")
    image, at = canvas.grab().toImage(), canvas.camera.to_view(left + 60, top).toPoint()
    colours = [image.pixelColor(at + QPoint(0, y)) for y in range(-6, 4)]
    ring, gap = colours.index(canvas.theme.selection.ring), canvas.theme.surface.canvas
    assert gap in colours[ring:]
    assert colours[-1] != gap


def test_wires_that_stand_out_are_lit_from_afar_however_many_they_are(
    canvas: CanvasView, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.set_zoom(0.5)
    wire = canvas.scene.wires.ends[0]
    middle = canvas.camera.to_view((wire[0] + wire[2]) / 2, (wire[1] + wire[3]) / 2).toPoint()
    beside = [middle + QPoint(aside, 0) for aside in (-1, 0, 1)]

    def ink() -> int:
        image = canvas.grab().toImage()
        return sum(image.pixelColor(at).lightness() for at in beside)

    plain = ink()
    everything = list(canvas.scene.nodes.rows)
    canvas.selection.select(everything)
    few = ink()
    canvas.selection.select()
    monkeypatch.setattr(wire_painter, "_MOST_LIFTED", 0)
    canvas.selection.select(everything)
    assert plain < ink() <= few


def test_what_the_view_glides_to_is_painted_with_its_words(qtbot: QtBot) -> None:
    view = CanvasView(Document(chain()), Selection(), ThemeSource("dark"))
    view.resize(500, 400)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitExposed(view)
    view.set_zoom(1.0)
    qtbot.waitUntil(lambda: not view.painting_on)
    bright: list[int] = []

    def look() -> None:
        image = view.grab().toImage()
        left, top, right, bottom = view.scene.rect("new")
        corners = (view.camera.to_view(left + 20, top + 8), view.camera.to_view(right - 60, bottom - 8))
        (x0, y0), (x1, y1) = ((corner.toPoint().x(), corner.toPoint().y()) for corner in corners)
        inside = [image.pixelColor(x, y) for x in range(x0, x1) for y in range(y0, min(y1, image.height()))]
        bright.append(sum(inked(colour) for colour in inside))

    view.document.perform(AddNode(MAIN, "new", "a_new_layer", "Conv2d", {}, (0.0, 900.0)))
    view.reveal("new")
    qtbot.waitUntil(
        lambda: not view.camera.gliding or view.scene.rect("new")[3] < view.camera.to_scene(QPointF(0, 400)).y()
    )
    assert view.camera.gliding
    look()
    qtbot.waitUntil(lambda: not view.painting_on)
    look()
    during, after = bright
    assert during > after / 2 > 0


def test_a_view_that_somebody_chose_or_drew_in_stays_when_it_grows(canvas: CanvasView) -> None:
    canvas.camera.pan(QPointF(30, 10))
    chosen = canvas.camera.goal
    canvas.resize(canvas.width() + 400, canvas.height())
    assert canvas.camera.goal == chosen
    canvas.document.replace(chain())
    seen = canvas.camera.goal
    canvas.document.perform(AddNode(MAIN, "far", "far", "ReLU", {}, (900, 900)))
    canvas.resize(canvas.width() + 100, canvas.height())
    assert canvas.camera.goal == seen


@FLOWS
def test_the_ring_of_a_selected_block_far_away_goes_round_its_name(
    open_canvas: Callable[[Project], CanvasView], flow: str
) -> None:
    project = with_block(flow)
    project.main.graph.nodes["b1"]["name"] = "stage_with_a_long_name"
    canvas = open_canvas(project)
    canvas.set_zoom(0.25)
    left, top, right, bottom = canvas.scene.rect("b1")
    canvas.centre_on(QPointF((left + right) / 2, (top + bottom) / 2))
    canvas.selection.select(["b1"])
    picture, ring = canvas.grab().toImage(), canvas.theme.selection.ring
    middle = canvas.camera.to_view((left + right) / 2, (top + bottom) / 2).toPoint()
    reach = 200
    row = [picture.pixelColor(x, middle.y()) for x in range(middle.x() - reach, middle.x() + reach)]
    assert ring in row[:reach]
    assert ring in row[reach:]
