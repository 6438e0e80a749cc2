"""Room for what an edit adds: nothing comes to stand on anything, and what was apart stays as it was."""

import pytest

from graphs.arranging.measures import USUAL_SIZE
from graphs.clearing import cleared
from graphs.edits import AddNode, Connect, Disconnect, Edit, Group, Move
from graphs.network import Network
from graphs.project import MAIN, Project
from graphs.room import boxes_of
from tests.widgets.canvas.drawings import FLOWS, RIGHT, chain, in_flow


def overlaps(network: Network) -> list[tuple[str, str]]:
    """The pairs of nodes that stand on one another."""
    boxes = sorted(boxes_of(network, {}, USUAL_SIZE).items())
    return [
        (a, b)
        for place, (a, one) in enumerate(boxes)
        for b, two in boxes[place + 1 :]
        if one.left < two.right and two.left < one.right and one.start < two.end and two.start < one.end
    ]


def spaced(flow: str) -> Project:
    """The chain with room for usual sizes."""
    project = chain(flow)
    for place, node in enumerate(project.main):
        Move(MAIN, {node: in_flow(0, 88 * place, flow)}).apply(project)
    return project


@FLOWS
@pytest.mark.parametrize(("into", "at"), [("n5", 264), ("n3", 88), ("n3", 150), ("n2", 0)])
def test_what_is_added_before_a_layer_stands_on_nothing(flow: str, into: str, at: float) -> None:
    project = spaced(flow)
    network, held = project.main, [w for w in project.main.wires() if w.target == into]
    cuts = [Disconnect.wire(MAIN, wire) for wire in held]
    added = AddNode(MAIN, "new", "new", "ReLU", {}, in_flow(0, at, flow))
    wires: list[Edit] = [Connect(MAIN, "n1", "output", "new", "input"), Connect(MAIN, "new", "output", into, "input")]
    edit = cleared(network, MAIN, Group((*cuts, added, *wires), "Put it in"), {})
    assert edit.title == "Put it in"
    back = edit.apply(project)
    assert not overlaps(network)
    along = 0 if flow == RIGHT else 1
    places = {node: network.position(node)[along] for node in network}
    assert places["n1"] < places["new"] < places[into]
    expected = [*spaced(flow).main]
    expected.insert(expected.index(into), "new")
    assert sorted(places, key=places.__getitem__) == expected
    back.apply(project)
    assert {node: tuple(network.position(node)) for node in network} == {
        node: tuple(spaced(flow).main.position(node)) for node in network
    }


def test_an_edit_with_room_is_left_alone() -> None:
    project = spaced("down")
    edit = Group((AddNode(MAIN, "new", "new", "ReLU", {}, (300, 88)),), "Add")
    assert cleared(project.main, MAIN, edit, {}) is edit


@FLOWS
def test_moves_of_the_edit_itself_are_kept_and_carried_on(flow: str) -> None:
    project = spaced(flow)
    aside = Move(MAIN, {"n5": in_flow(0, 600, flow)})
    new = AddNode(MAIN, "new", "new", "ReLU", {}, in_flow(0, 176, flow))
    cleared(project.main, MAIN, Group((aside, new), "Add"), {}).apply(project)
    assert not overlaps(project.main)
    assert project.main.position("n5")[0 if flow == RIGHT else 1] > in_flow(0, 600, flow)[0 if flow == RIGHT else 1]
