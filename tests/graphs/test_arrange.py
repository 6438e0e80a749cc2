"""Automatic layout: straight trunk, no overlaps, along the flow, stable."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import catalogue, templates
from graphs.arrange import arrange
from graphs.edits import AddNode, Connect, Move
from graphs.network import Network
from graphs.project import Project
from tests.graphs.sketch import Sketch, classifier

WIDE, LOW = (200.0, 52.0), (200.0, 28.0)


def sizes(network: Network) -> dict[str, tuple[float, float]]:
    """As the canvas draws them: low without parameters."""
    return {node: WIDE if network.parameters(node) else LOW for node in network}


def boxes(network: Network) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right and bottom of every node."""
    found = {}
    for node, (width, height) in sizes(network).items():
        x, y = network.position(node)
        left, top = (x - width / 2, y) if network.flow == "down" else (x, y - height / 2)
        found[node] = (left, top, left + width, top + height)
    return found


def overlaps(network: Network) -> list[tuple[str, str]]:
    """Pairs of nodes of which one covers a part of the other."""
    placed = list(boxes(network).items())
    return [
        (one, other)
        for number, (one, a) in enumerate(placed)
        for other, b in placed[:number]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def random_network(random: Random, count: int, flow: str = "down") -> Project:
    """A random network without circles, its nodes strewn about."""
    project = Project()
    project.main.graph.graph["flow"] = flow
    for number in range(count):
        place = (random.randrange(-500, 500), random.randrange(-500, 500))
        layer = random.choice(["Linear", "ReLU", "Add", "BatchNorm1d"])
        AddNode("main", f"n{number}", f"layer{number}", layer, {}, place).apply(project)
        for wire in range(random.choice([0, 1, 1, 1, 2])):
            if number:
                source = f"n{max(0, number - random.choice([1, 1, 1, 2, 5]))}"
                Connect("main", source, "output", f"n{number}", f"inputs.{wire}").apply(project)
    return project


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.integers(1, 40), st.sampled_from(["down", "right"]))
def test_layers_follow_the_flow_on_the_grid_without_covering_one_another(random: Random, count: int, flow: str) -> None:
    project = random_network(random, count, flow)
    Move("main", arrange(project.main, sizes(project.main))).apply(project)
    network = project.main
    assert overlaps(network) == []
    along = 1 if flow == "down" else 0
    for node in network:
        assert network.position(node)[0] % 8 == network.position(node)[1] % 8 == 0
    for wire in network.wires():
        assert network.position(wire.source)[along] < network.position(wire.target)[along]


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_arranging_twice_changes_nothing(random: Random, count: int) -> None:
    project = random_network(random, count)
    Move("main", arrange(project.main, sizes(project.main))).apply(project)
    assert arrange(project.main, sizes(project.main)) == {}


def test_the_longest_path_is_a_straight_trunk_and_branches_stand_to_its_right() -> None:
    sketch = Sketch().add("image", "Input").add("conv1", "Conv2d").add("conv2", "Conv2d").add("conv3", "Conv2d")
    sketch.add("shortcut", "Conv2d", after="image", out_channels=8)
    sketch.add("sum", "Add", after="").wire("conv3", "sum", "inputs.0").wire("shortcut", "sum", "inputs.1")
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    trunk = {network.position(node)[0] for node in ("image", "conv1", "conv2", "conv3", "sum")}
    assert len(trunk) == 1
    assert boxes(network)["shortcut"][0] - boxes(network)["conv1"][2] == pytest.approx(48, abs=8)


def test_a_layer_that_keeps_the_shape_stands_close_to_the_one_before() -> None:
    sketch = classifier()
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    placed = boxes(network)
    assert placed["relu1"][1] - placed["conv1"][3] == pytest.approx(8, abs=7)
    assert placed["flatten"][1] - placed["relu1"][3] == pytest.approx(28, abs=7)


def test_pinned_layers_stay_and_others_keep_off_them() -> None:
    sketch = classifier().mark("digit", pinned=True)
    sketch.do(Move("main", {"digit": (640, 320)}))
    places = arrange(sketch.project.main, sizes(sketch.project.main), pinned=["image"])
    assert places.keys().isdisjoint({"digit", "image"})


def test_only_the_chosen_layers_move() -> None:
    sketch = classifier()
    sketch.do(Move("main", {"fc1": (400, 900), "relu1": (-96, 40), "image": (800, 8)}))
    assert arrange(sketch.project.main, sizes(sketch.project.main), only=["relu1", "flatten"]).keys() <= {
        "relu1",
        "flatten",
    }


def test_networks_that_are_not_connected_stand_side_by_side() -> None:
    sketch = classifier()
    sketch.add("noise", "Input", after="").add("fc2", "Linear")
    sketch.do(Move("main", arrange(sketch.project.main, sizes(sketch.project.main))))
    placed = boxes(sketch.project.main)
    assert placed["noise"][0] - placed["image"][2] == pytest.approx(48, abs=8)
    assert placed["noise"][1] == placed["image"][1]


def test_a_circle_does_not_stop_the_layout() -> None:
    sketch = classifier().wire("fc1", "conv1")
    sketch.do(Move("main", arrange(sketch.project.main, sizes(sketch.project.main))))
    assert overlaps(sketch.project.main) == []


def test_branches_stand_in_the_order_of_the_ports_that_they_end_in() -> None:
    sketch = Sketch().add("image", "Input")
    for name in ("one", "three", "five", "pool"):
        sketch.add(name, "Conv2d", after="image", out_channels=8)
    sketch.add("join", "Concat", after="")
    for place, name in enumerate(("five", "one", "pool", "three")):
        sketch.wire(name, "join", f"inputs.{place}")
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    places = [network.position(name) for name in ("five", "one", "pool", "three")]
    assert [x for x, _ in places] == [places[1][0] + step for step in (-248, 0, 248, 496)]
    assert len({y for _, y in places}) == 1
    assert network.position("one")[0] == network.position("image")[0] == network.position("join")[0]


@pytest.mark.parametrize("skips", [1, 2, 5])
def test_skips_have_room_of_their_own_beside_the_trunk(skips: int) -> None:
    sketch = Sketch().add("image", "Input")
    for number in range(skips):
        sketch.add(f"down{number}", "Linear")
    sketch.add("left", "Linear").add("right", "Linear", after=f"down{skips - 1}")
    sketch.add("up", "Add", after="").wire("left", "up", "inputs.0").wire("right", "up", "inputs.1")
    for number in reversed(range(skips)):
        last = sketch.last
        sketch.add(f"up{number}", "Add", after="").wire(last, f"up{number}", "inputs.0")
        sketch.wire(f"down{number}", f"up{number}", "inputs.1")
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    placed = boxes(network)
    assert placed["right"][0] - placed["left"][2] >= max(48, 24 + 12 * (skips - 1) + 24)
    assert {network.position(f"up{number}")[0] for number in range(skips)} == {network.position("image")[0]}


def test_a_column_stays_dense_beside_one_with_higher_layers() -> None:
    sketch = Sketch().add("image", "Input").add("conv1", "Conv2d").add("relu1", "ReLU").add("conv2", "Conv2d")
    sketch.add("wide", "Conv2d", after="image", out_channels=8).add("wider", "Conv2d", out_channels=8)
    sketch.add("join", "Concat", after="").wire("conv2", "join", "inputs.0").wire("wider", "join", "inputs.1")
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    placed = boxes(network)
    assert placed["relu1"][1] - placed["conv1"][3] == pytest.approx(8, abs=7)
    assert placed["conv2"][1] - placed["relu1"][3] == pytest.approx(28, abs=7)


def test_fresh_layers_come_near_their_neighbours() -> None:
    sketch = classifier()
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    sketch.add("aside", "Linear", after="flatten").do(Move("main", {"aside": (4000, -4000)}))
    sketch.do(Move("main", arrange(network, sizes(network), only=["aside"], fresh=["aside"])))
    x, y = network.position("aside")
    assert x - network.position("flatten")[0] == pytest.approx(248, abs=8)
    assert y - boxes(network)["flatten"][3] == pytest.approx(28, abs=7)


def test_layers_without_wires_stand_below_one_another() -> None:
    sketch = classifier()
    for number in range(3):
        sketch.add(f"loose{number}", "Linear", after="")
    network = sketch.project.main
    sketch.do(Move("main", arrange(network, sizes(network))))
    places = [network.position(f"loose{number}") for number in range(3)]
    assert len({x for x, _ in places}) == 1
    assert sorted(places) == places


@pytest.mark.parametrize("name", templates.names())
def test_templates_are_tidy_as_they_are_drawn(name: str) -> None:
    project = templates.create(name)
    for network in project.networks.values():
        ends = {node for node in network if catalogue.get(network.kind(node)).category in ("data", "objective")}
        told = {node for node in network if network.parameters(node) or catalogue.main_parameter(network.kind(node))}
        drawn = {node: WIDE if node in ends | told else LOW for node in network}
        assert arrange(network, drawn) == {}
