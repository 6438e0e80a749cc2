"""Blocks open in their place on the canvas: drawn with what they hold, dived into where they are pressed, saved."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from graphs import files, templates
from graphs.edits import AddNode, Connect, SetNetworkAttributes, SetParameters
from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from graphs.tidying import tidy
from tests.widgets.canvas.drawings import DOWN, FLOWS, RIGHT, with_block
from widgets.canvas import states
from widgets.canvas.painting import picture
from widgets.canvas.tables.inside import PADDING
from widgets.canvas.tables.node_geometry import node_measures
from widgets.canvas.view import CanvasView
from widgets.theme import Theme

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Open = Callable[[Project], CanvasView]


def drawn(flow: str = DOWN) -> Project:
    """A residual network, laid out in a flow."""
    project = templates.create("resnet_small")
    for name, network in project.networks.items() if flow == RIGHT else ():
        SetNetworkAttributes(name, {"flow": RIGHT}).apply(project)
        made = tidy(name, network, dict.fromkeys(network, (200, 52)))
        assert made is not None
        made.apply(project)
    return project


def opened(show: Open, project: Project | None = None) -> tuple[CanvasView, str]:
    """A canvas with the first block of a project opened by key, and that block."""
    canvas = show(project or drawn())
    block = canvas.document.project.main.of_kind(BLOCK)[0]
    canvas.focus_node(block)
    QTest.keyClick(canvas, Qt.Key.Key_O, CONTROL | ALT)
    canvas.focus_node(block)
    return canvas, block


def inner_place(canvas: CanvasView, block: str, node: str) -> QPoint:
    """Where in the view the middle of a layer in an open block is."""
    inside = canvas.scene.insides[block]
    x, y = inside.corner(canvas.scene.rect(block))
    left, top, right, bottom = inside.scene.rect(node)
    return canvas.camera.to_view((left + right) / 2 + x, (top + bottom) / 2 + y).toPoint()


@FLOWS
def test_a_block_is_opened_and_closed_by_key_as_one_step_each(commanded: Open, flow: str) -> None:
    before = files.dumps(drawn(flow))
    canvas, block = opened(commanded, drawn(flow))
    assert canvas.scene.nodes.face(canvas.scene.nodes.rows[block]).marks & states.OPEN
    network = canvas.document.project.main
    rects = {node: canvas.scene.rect(node) for node in canvas.scene.nodes}
    left, top, right, bottom = rects.pop(block)
    assert not any(x0 < right and x1 > left and y0 < bottom and y1 > top for x0, y0, x1, y1 in rects.values())
    assert network[block]["open"] is True
    QTest.keyClick(canvas, Qt.Key.Key_O, CONTROL | ALT)
    assert files.dumps(canvas.document.project) == before
    canvas.document.undo()
    assert network[block]["open"] is True
    canvas.document.undo()
    assert files.dumps(canvas.document.project) == before
    assert not canvas.document.can_undo


@FLOWS
def test_an_open_block_shows_its_layers_where_they_are(commanded: Open, flow: str) -> None:
    canvas, block = opened(commanded, drawn(flow))
    inside = canvas.scene.insides[block]
    conv = inside.scene.network.find("conv1")
    assert conv is not None
    left, top, _, _ = inside.scene.rect(conv)
    x, y = inside.corner(canvas.scene.rect(block))
    canvas.centre_on(QPointF(left + x, top + y))
    image = canvas.grab().toImage()
    stripe = canvas.camera.to_view(left + x + 2, top + y + 20).toPoint()
    assert image.pixelColor(stripe).name() == canvas.theme.category["convolution"].name()


@FLOWS
def test_ways_into_an_open_block_that_flows_otherwise_keep_to_its_margin(commanded: Open, flow: str) -> None:
    """So that none runs behind layers that it has nothing to do with."""
    project = drawn(flow)
    SetNetworkAttributes(MAIN, {"flow": RIGHT if flow == DOWN else DOWN}).apply(project)
    canvas, block = opened(commanded, project)
    canvas.set_zoom(1.0)
    left, top, right, bottom = canvas.scene.rect(block)
    across, middle, margin = (left + right) / 2, (top + bottom) / 2, PADDING / 2
    into, out = (left + margin, middle - 60), (right - margin, middle + 60)
    if flow == RIGHT:
        into, out = (across - 60, top + node_measures().header + margin), (across + 60, bottom - margin)
    for place in (into, out):
        canvas.centre_on(QPointF(*place))
        assert canvas.grab().toImage().pixelColor(canvas.camera.to_view(*place).toPoint()) == canvas.theme.wire["map"]


@FLOWS
def test_a_double_click_dives_to_the_layer_under_it(commanded: Open, flow: str) -> None:
    canvas, block = opened(commanded, drawn(flow))
    conv = canvas.scene.insides[block].scene.network.find("conv2")
    assert conv is not None
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=inner_place(canvas, block, conv))
    assert canvas.selection.path == (block,)
    assert canvas.selection.nodes == {conv}
    QTest.keyClick(canvas, Qt.Key.Key_Up, ALT)
    assert canvas.selection.path == ()
    assert block in canvas.scene.insides


def test_an_edit_inside_shows_in_the_open_block(commanded: Open) -> None:
    canvas, block = opened(commanded)
    name = canvas.document.project.main.parameters(block)["network"]
    before = canvas.scene.insides[block].size
    AddNode(name, "more", "more", "ReLU", {}, (0, 2000)).apply(canvas.document.project)
    canvas.document.project.networks[name].graph.remove_node("more")
    canvas.document.perform(AddNode(name, "more", "more", "ReLU", {}, (0, 2000)))
    assert "more" in canvas.scene.insides[block].scene.nodes
    assert canvas.scene.insides[block].size[1] > before[1]
    canvas.document.undo()
    assert canvas.scene.insides[block].size == before


def test_each_use_shows_its_own_shapes(commanded: Open) -> None:
    canvas, first = opened(commanded)
    blocks = canvas.document.project.main.of_kind(BLOCK)
    name = canvas.document.project.main.parameters(first)["network"]
    other = next(b for b in blocks if b != first and canvas.document.project.main.parameters(b)["network"] == name)
    canvas.focus_node(other)
    QTest.keyClick(canvas, Qt.Key.Key_O, CONTROL | ALT)
    scenes = [canvas.scene.insides[block].scene for block in (first, other)]
    conv = scenes[0].network.find("conv1")
    assert conv is not None
    shapes = [scene.nodes.face(scene.nodes.rows[conv]).shape for scene in scenes]
    assert len(set(shapes)) == 2


def test_blocks_in_blocks_open_and_one_that_holds_itself_stays_closed(commanded: Open) -> None:
    project = with_block()
    AddNode("inner", "deep", "deep", BLOCK, {"network": "inner"}, (300, 80), {"open": True}).apply(project)
    canvas, block = opened(commanded, project)
    assert canvas.scene.insides[block].scene.insides == {}
    canvas.grab()


def test_a_block_of_nothing_is_refused_with_the_reason(commanded: Open) -> None:
    project = with_block()
    SetParameters(MAIN, "b1", {"network": "nowhere"}).apply(project)
    canvas = commanded(project)
    canvas.selection.select(["b1"])
    QTest.keyClick(canvas, Qt.Key.Key_O, CONTROL | ALT)
    assert canvas.card.refused is not None
    assert not canvas.document.can_undo


def test_pictures_show_what_an_open_block_holds(commanded: Open) -> None:
    canvas, block = opened(commanded)
    scene = picture.scene_of(canvas.document.project)
    text = picture.svg(scene, Theme.named("light")).decode()
    for name in ("conv1", "bn1", "add"):
        assert text.count(f">{name}<") >= 1
    assert picture.pdf(scene, Theme.named("dark")).startswith(b"%PDF")
    assert block in scene.insides
    closed = picture.scene_of(templates.create("resnet_small"))
    assert picture.image(scene, Theme.named("light")).height() > picture.image(closed, Theme.named("light")).height()


@FLOWS
def test_wires_can_end_at_the_ports_of_an_open_block(commanded: Open, flow: str) -> None:
    canvas, block = opened(commanded, drawn(flow))
    face = canvas.scene.nodes.face(canvas.scene.nodes.rows[block])
    (port,) = face.outputs
    x, y = canvas.scene.nodes.port(canvas.scene.nodes.rows[block], port.name, output=True)
    found = canvas.hits.port(canvas.camera.to_view(x, y), 4.0)
    assert found is not None
    assert found.node == block


def test_pictures_of_nodes_are_not_mixed_up_when_a_network_is_shown_anew(commanded: Open) -> None:
    """Tiles are kept by the number of a face, so two faces never have the same, whatever was loaded between."""
    project = with_block()
    Connect(MAIN, "n1", "output", "b1", "side").apply(project)
    canvas = commanded(project)
    known = {canvas.scene.nodes.face(row): canvas.scene.nodes.revision(row) for row in canvas.scene.nodes.rows.values()}
    canvas.document.perform(SetNetworkAttributes(MAIN, {"arguments": {"width": 4}}))
    canvas.document.perform(AddNode(MAIN, "new", "brand_new", "GELU", {}, (600, 0)))
    rows = canvas.scene.nodes.rows
    for row in (rows["new"], *rows.values()):
        number, face = canvas.scene.nodes.revision(row), canvas.scene.nodes.face(row)
        assert known.setdefault(face, number) == number
    assert len(set(known.values())) == len(known)


def test_the_heat_of_an_open_block_is_on_its_head(commanded: Open) -> None:
    canvas, block = opened(commanded)
    rect, zoom = canvas.scene.rect(block), canvas.camera.zoom
    inside = canvas.camera.to_view(rect[0] + 5, rect[3] - 6).toPoint()
    head = canvas.camera.to_view(rect[2] - 4, rect[1] + 14).toPoint()
    canvas.grab()
    plain = canvas.grab().toImage()
    canvas.structure.heat.show_mode("macs")
    tinted = canvas.grab().toImage()
    assert zoom == 1.0
    assert tinted.pixelColor(inside) == plain.pixelColor(inside)
    assert tinted.pixelColor(head) != plain.pixelColor(head)


@FLOWS
def test_the_trunk_runs_straight_through_an_open_block(commanded: Open, flow: str) -> None:
    canvas, block = opened(commanded, drawn(flow))
    scene, inside = canvas.scene, canvas.scene.insides[block]
    x, y = inside.corner(scene.rect(block))
    for name, inner, output in (("x", "x", False), ("y", "y", True)):
        end = inside.scene.network.find(inner)
        assert end is not None
        left, top, right, bottom = inside.scene.rect(end)
        px, py = scene.nodes.port(scene.nodes.rows[block], name, output=output)
        assert (px, py)[flow == RIGHT] == ((left + right) / 2 + x, (top + bottom) / 2 + y)[flow == RIGHT]
