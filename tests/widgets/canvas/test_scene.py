"""The arrays of a scene, kept current edit by edit, are those of a scene loaded anew."""

from collections.abc import Callable
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import fragments
from graphs.edits import (
    AddNetwork,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    RemoveNode,
    Rename,
    SetNetworkAttributes,
)
from graphs.errors import UserError
from graphs.past import LARGE
from graphs.project import MAIN, Project
from graphs.reporting import Reporter
from tests.benchmarks.canvas import drawing
from tests.graphs.random_edits import Chance
from tests.graphs.turning import back_and_forth
from tests.widgets.canvas.drawings import chain, with_block
from widgets.canvas.painting.picture import scene_of
from widgets.canvas.scene import Scene
from widgets.canvas.view import CanvasView

NODES = st.sampled_from(["n1", "n2", "n3", "n4", "n5", "x1", "x2"])
PLACES = st.tuples(st.integers(-40, 40), st.integers(-40, 40)).map(lambda p: (p[0] * 8.0, p[1] * 8.0))
PORTS = st.sampled_from(["input", "inputs.0"])
EDITS = st.one_of(
    st.builds(
        lambda node, kind, place: AddNode(MAIN, node, f"name_{node}", kind, {}, place),
        NODES,
        st.sampled_from(["ReLU", "Add", "Conv2d", "LSTM"]),
        PLACES,
    ),
    st.builds(lambda node: RemoveNode(MAIN, node), NODES),
    st.builds(lambda node, place: Move(MAIN, {node: place}), NODES, PLACES),
    st.builds(lambda node, name: Rename(MAIN, node, name), NODES, st.sampled_from(["a", "bb", "ccc"])),
    st.builds(lambda a, b, port: Connect(MAIN, a, "output", b, port), NODES, NODES, PORTS),
    st.builds(lambda a, b: Disconnect(MAIN, a, "output", b, "input"), NODES, NODES),
    st.builds(lambda flow: SetNetworkAttributes(MAIN, {"flow": flow}), st.sampled_from(["down", "right"])),
)


def state(scene: Scene) -> tuple[object, ...]:
    """Everything that decides the picture of the nodes, and the ends of the wires."""
    nodes, wires = scene.nodes, scene.wires
    drawn = {n: (nodes.face(row), nodes.rect(row), int(nodes.problems[row])) for n, row in nodes.rows.items()}
    marks = {w: (int(wires.kinds[row]), int(wires.states[row])) for w, row in wires.rows.items()}
    ends = {w: wires.ends[row].tolist() for w, row in wires.rows.items()}
    tight = {n: int(nodes.passing[row]) for n, row in nodes.rows.items()}
    return drawn, ends, marks, tight, scene.flow


def apply(project: Project, edit: Edit) -> Edit | None:
    """Apply an edit, if it fits."""
    try:
        return edit.apply(project)
    except UserError:
        return None


@given(st.lists(st.one_of(EDITS, st.lists(EDITS, max_size=3).map(lambda e: Group(tuple(e), "several"))), max_size=12))
def test_following_edits_leads_where_loading_does(edits: list[Edit]) -> None:
    project = chain()
    reporter = Reporter(project)
    scene = Scene()
    scene.load(project, MAIN, reporter.report)
    for edit in edits:
        if apply(project, edit) is not None:
            changed = reporter.update(edit)
            scene.follow(edit, changed, reporter.report)
    assert state(scene) == state(scene_of(project))


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_returning_to_what_was_drawn_leads_where_loading_does(random: Random) -> None:
    project = with_block()
    reporter, scene = Reporter(project), Scene()
    scene.load(project, MAIN, reporter.report)
    for edit, turn in back_and_forth(Chance(random, project), 25):
        scene.follow(edit, reporter.update(edit, turn), reporter.report, turn)
        assert state(scene) == state(scene_of(project)), edit


def test_a_large_paste_comes_and_goes_with_all_that_was_drawn(open_canvas: Callable[[Project], CanvasView]) -> None:
    view = open_canvas(chain())
    document, paste = view.document, fragments.copy(drawing(LARGE), MAIN, [f"n{number}" for number in range(LARGE)])
    document.perform(fragments.paste(document.project, MAIN, paste, (600.0, 0.0)))
    tables = [view.scene.nodes]
    for act in (
        document.undo,
        document.redo,
        lambda: document.perform(RemoveNode(MAIN, "n2")),
        document.undo,
        document.undo,
        lambda: document.perform(Rename(MAIN, "n1", "picture")),
        document.undo,
    ):
        act()
        tables.append(view.scene.nodes)
        assert state(view.scene) == state(scene_of(document.project))
    assert tables[2] is tables[0]  # nothing was drawn anew


def test_a_wire_that_skips_a_node_goes_round_it() -> None:
    project = chain()
    AddNode(MAIN, "add", "add", "Add", {}, (0, 400)).apply(project)
    Connect(MAIN, "n1", "output", "add", "inputs.0").apply(project)
    scene = scene_of(project)
    row = next(row for wire, row in scene.wires.rows.items() if wire.target == "add")
    assert scene.wires.path(row).boundingRect().right() > scene.rect("n2")[2]
    assert not any(_passes(scene, row, node) for node in ("n2", "n3", "n4", "n5"))


def _passes(scene: Scene, row: int, node: str) -> bool:
    left, top, right, bottom = scene.rect(node)
    lines = scene.wires.lines(np.array([row]), 12)
    points = np.concatenate([lines[:, :2] + (lines[:, 2:] - lines[:, :2]) * share for share in np.linspace(0, 1, 50)])
    inside = (points[:, 0] > left) & (points[:, 0] < right) & (points[:, 1] > top) & (points[:, 1] < bottom)
    return bool(inside.any())


def test_a_block_shows_a_port_that_is_added_inside() -> None:
    project = chain()
    AddNetwork("inner").apply(project)
    AddNode(MAIN, "b", "stage", "Block", {"network": "inner"}, (300, 0)).apply(project)
    reporter, scene = Reporter(project), Scene()
    scene.load(project, MAIN, reporter.report)
    edit = AddNode("inner", "i1", "left", "Inlet", {}, (0, 0))
    edit.apply(project)
    scene.follow(edit, reporter.update(edit), reporter.report)
    assert [port.name for port in scene.nodes.face(scene.nodes.rows["b"]).inputs] == ["left"]
