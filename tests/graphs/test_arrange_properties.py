"""What holds for every layout: no overlaps, stable, pinned nodes stay, a selection moves nothing else."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.arrange import arrange
from graphs.edits import AddNode, Connect, Move
from graphs.network import Network
from graphs.project import Project

Sizes = dict[str, tuple[float, float]]
Rect = tuple[float, float, float, float]

randoms = st.randoms(use_true_random=False)
counts = st.integers(1, 45)
flows = st.sampled_from(["down", "right"])


def strewn(random: Random, count: int, flow: str, *, circles: bool = True) -> tuple[Project, Sizes]:
    """A network in several parts, with long wires, nodes without wires and perhaps a circle, and sizes of its nodes."""
    project = Project()
    project.main.graph.graph["flow"] = flow
    kinds = ["Linear", "ReLU", "Add", "BatchNorm1d", "Concat"]
    for number in range(count):
        place = (random.randrange(-900, 900), random.randrange(-900, 900))
        AddNode("main", f"n{number}", f"layer{number}", random.choice(kinds), {}, place).apply(project)
    for number in range(1, count):
        for wire in range(random.choice([0, 1, 1, 1, 2, 3])):
            source = max(0, number - random.choice([1, 1, 1, 2, 5, 20]))
            Connect("main", f"n{source}", "output", f"n{number}", f"inputs.{wire}").apply(project)
    if circles and random.random() < 0.3:
        source, target = sorted(random.choices(range(count), k=2), reverse=True)
        Connect("main", f"n{source}", "output", f"n{target}", "inputs.9").apply(project)
    sizes = {n: (random.choice([120, 200, 264, 77]), random.choice([28, 52, 133])) for n in project.main}
    return project, {node: (float(width), float(height)) for node, (width, height) in sizes.items()}


def rects(network: Network, sizes: Sizes) -> dict[str, Rect]:
    """Left, top, right and bottom of every node."""
    found = {}
    for node, (width, height) in sizes.items():
        x, y = network.position(node)
        left, top = (x - width / 2, y) if network.flow == "down" else (x, y - height / 2)
        found[node] = (left, top, left + width, top + height)
    return found


def overlaps(network: Network, sizes: Sizes, moved: set[str]) -> set[tuple[str, str]]:
    """Pairs of nodes, one of them in `moved`, of which one covers a part of the other."""
    placed = list(rects(network, sizes).items())
    return {
        (one, other)
        for number, (one, a) in enumerate(placed)
        for other, b in placed[:number]
        if (one in moved or other in moved) and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    }


@settings(max_examples=50)
@given(randoms, counts, flows)
def test_nothing_covers_anything_and_twice_is_once(random: Random, count: int, flow: str) -> None:
    project, sizes = strewn(random, count, flow)
    Move("main", arrange(project.main, sizes)).apply(project)
    assert overlaps(project.main, sizes, set(sizes)) == set()
    assert all(x % 8 == y % 8 == 0 for x, y in map(project.main.position, project.main))
    assert arrange(project.main, sizes) == {}


@settings(max_examples=40)
@given(randoms, counts, flows)
def test_pinned_nodes_stay_and_nothing_covers_them(random: Random, count: int, flow: str) -> None:
    project, sizes = strewn(random, count, flow)
    pinned = {node for node in sizes if random.random() < 0.2}
    before = {node: project.main.position(node) for node in pinned}
    Move("main", arrange(project.main, sizes, pinned=pinned)).apply(project)
    assert {node: project.main.position(node) for node in pinned} == before
    assert overlaps(project.main, sizes, set(sizes) - pinned) == set()
    assert arrange(project.main, sizes, pinned=pinned) == {}


@settings(max_examples=40)
@given(randoms, counts, flows, st.booleans())
def test_a_selection_fits_in_among_what_stays(random: Random, count: int, flow: str, fresh: bool) -> None:
    project, sizes = strewn(random, count, flow)
    chosen = {node for node in sizes if random.random() < 0.4}
    places = arrange(project.main, sizes, only=chosen, fresh=chosen if fresh else ())
    assert places.keys() <= chosen
    Move("main", places).apply(project)
    assert overlaps(project.main, sizes, chosen) == set()
    assert arrange(project.main, sizes, only=chosen, fresh=chosen if fresh else ()) == {}


@settings(max_examples=25)
@given(randoms, counts)
def test_both_flows_give_the_same_picture_turned(random: Random, count: int) -> None:
    project, sizes = strewn(random, count, "down")
    turned = {node: (height, width) for node, (width, height) in sizes.items()}
    Move("main", dict.fromkeys(sizes, (0.0, 0.0))).apply(project)
    down = arrange(project.main, sizes, flow="down")
    right = arrange(project.main, turned, flow="right")
    assert {node: (y, x) for node, (x, y) in right.items()} == down


@settings(max_examples=25)
@given(randoms, counts)
def test_wires_go_forward(random: Random, count: int) -> None:
    project, sizes = strewn(random, count, "down", circles=False)
    Move("main", arrange(project.main, sizes)).apply(project)
    placed = rects(project.main, sizes)
    assert all(placed[wire.source][3] < placed[wire.target][1] for wire in project.main.wires())
