"""Tidying drawings that have frames, notes and dots, and framing layers: both make room and are undone exactly."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import files
from graphs.annotations import contents, dots, frames, notes
from graphs.arranging.measures import USUAL_SIZE
from graphs.edits import AddDot, AddNote, Connect, SetAttributes
from graphs.enclosing import add_frame_around
from graphs.framing import box_at, box_of
from graphs.network import Network
from graphs.project import Project
from graphs.tidying import tidy
from tests.graphs.sketch import Sketch, classifier
from tests.graphs.test_arrange_properties import Sizes, overlaps, strewn
from tests.graphs.test_fragments import apply_and_undo

randoms = st.randoms(use_true_random=False)


def frame_at_random(random: Random, project: Project, sizes: Sizes, count: int) -> None:
    """Put frames around random layers, each inside one frame or outside of all."""
    for number in range(count):
        pools: dict[str | None, list[str]] = {}
        for node in project.main:
            pools.setdefault(project.main[node].get("frame"), []).append(node)
        pool = random.choice([*pools.values()])
        chosen = random.sample(pool, random.randint(1, len(pool)))
        add_frame_around("main", project.main, chosen, sizes, f"Frame {number}").apply(project)


def covered(network: Network, sizes: Sizes) -> set[tuple[str, str]]:
    """Frames and the layers that a frame covers without holding them."""
    found = set()
    for id_, frame in frames(network).items():
        left, top, right, bottom = box_at(frame.position, frame.size)
        for node in set(network) - contents(network, id_).nodes:
            box = box_of(network.position(node), sizes.get(node, USUAL_SIZE), network.flow)
            if box[0] < right and box[2] > left and box[1] < bottom and box[3] > top:
                found.add((frame.title, network.name(node)))
    return found


def held_within(network: Network, sizes: Sizes) -> bool:
    """Whether every frame reaches round what it holds."""
    for id_, frame in frames(network).items():
        left, top, right, bottom = box_at(frame.position, frame.size)
        held = contents(network, id_)
        inner = [box_of(network.position(n), sizes.get(n, USUAL_SIZE), network.flow) for n in held.nodes]
        inner += [box_at(frames(network)[other].position, frames(network)[other].size) for other in held.frames]
        if any(box[0] < left or box[1] < top or box[2] > right or box[3] > bottom for box in inner):
            return False
    return True


def chain(flow: str = "down") -> Project:
    """An input, six layers close together, and an output."""
    sketch = Sketch()
    sketch.project.main.graph.graph["flow"] = flow
    sketch.add("image", "Input", shape=[8])
    for number in range(6):
        sketch.add(f"layer{number}", "ReLU")
    sketch.add("end", "Output")
    edit = tidy("main", sketch.project.main, {})
    assert edit is not None
    edit.apply(sketch.project)
    return sketch.project


@settings(max_examples=30, deadline=None)
@given(randoms, st.integers(2, 30), st.sampled_from(["down", "right"]), st.integers(1, 4))
def test_tidying_twice_changes_nothing_and_frames_reach_round_their_layers(
    random: Random, count: int, flow: str, framed: int
) -> None:
    project, sizes = strewn(random, count, flow)
    frame_at_random(random, project, sizes, framed)
    edit = tidy("main", project.main, sizes)
    if edit is not None:
        apply_and_undo(project, edit)
    assert tidy("main", project.main, sizes) is None
    assert not overlaps(project.main, sizes, set(project.main))
    if edit is not None:
        assert held_within(project.main, sizes)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4)), max_size=3), st.sampled_from(["down", "right"]))
def test_frames_of_a_chain_cover_no_layer_that_they_do_not_hold(pieces: list[tuple[int, int]], flow: str) -> None:
    project = chain(flow)
    for start, length in pieces:
        chosen = [*project.main][start : start + length]
        if len({project.main[node].get("frame") for node in chosen}) == 1:
            add_frame_around("main", project.main, chosen, {}, f"{start}").apply(project)
    assert not covered(project.main, {})
    assert held_within(project.main, {})
    before = files.dumps(project)
    edit = tidy("main", project.main, {})
    if edit is not None:
        back = edit.apply(project)
        assert not covered(project.main, {})
        assert held_within(project.main, {})
        assert tidy("main", project.main, {}) is None
        back.apply(project)
    assert files.dumps(project) == before


@settings(max_examples=30, deadline=None)
@given(randoms, st.integers(2, 25), st.sampled_from(["down", "right"]), st.integers(1, 4))
def test_framing_is_undone_exactly_and_lays_no_layer_on_another(
    random: Random, count: int, flow: str, framed: int
) -> None:
    project, sizes = strewn(random, count, flow)
    edit = tidy("main", project.main, sizes)
    if edit is not None:
        edit.apply(project)
    frame_at_random(random, project, sizes, framed - 1)
    chosen = random.sample([*project.main], random.randint(1, count))
    apply_and_undo(project, add_frame_around("main", project.main, chosen, sizes, "Last"))
    assert not overlaps(project.main, sizes, set(project.main))


def test_what_stands_behind_a_new_frame_moves_on_with_its_notes_and_dots() -> None:
    project = chain()
    ids = [*project.main]
    y = project.main.position(ids[5])[1]
    AddNote("main", "n", {"text": "behind", "position": (300, y), "size": (100, 40)}).apply(project)
    AddDot("main", ids[5], "output", ids[6], "input", 0, (8, y + 40)).apply(project)
    apply_and_undo(project, add_frame_around("main", project.main, ids[2:4], {}, "Middle"))
    step = project.main.position(ids[5])[1] - y
    assert step > 0
    assert notes(project.main)["n"].position == (300, y + step)
    (wire,) = project.main.wires_from(ids[5])
    assert dots(project.main, wire) == ((8, y + 40 + step),)
    assert project.main.position(ids[0]) == chain().main.position(ids[0])


def test_pinned_layers_make_no_room() -> None:
    project = chain()
    ids = [*project.main]
    SetAttributes("main", ids[5], {"pinned": True}).apply(project)
    place = project.main.position(ids[5])
    add_frame_around("main", project.main, ids[2:4], {}, "Middle").apply(project)
    assert project.main.position(ids[5]) == place


def test_a_note_in_a_frame_keeps_its_place_beside_the_layers() -> None:
    project = chain()
    ids = [*project.main]
    add_frame_around("main", project.main, ids[2:4], {}, "Middle").apply(project)
    x, y = project.main.position(ids[2])
    note = {"text": "why", "position": (x - 260, y), "size": (120, 40), "frame": "frame1"}
    AddNote("main", "n", note).apply(project)
    for by in (40.0, 80.0):
        project.main.graph.nodes[ids[0]]["position"] = (x + by, 0)
        edit = tidy("main", project.main, {})
        assert edit is not None
        edit.apply(project)
        left, top = project.main.position(ids[2])
        assert notes(project.main)["n"].position == (left - 260, top)
    assert held_within(project.main, {})


def test_tidying_takes_the_dots_off_what_it_lays_out_and_leaves_a_tidy_drawing_alone() -> None:
    sketch = classifier()
    first = tidy("main", sketch.project.main, {})
    if first is not None:
        first.apply(sketch.project)
    wire = next(iter(sketch.project.main.wires()))
    AddDot("main", wire.source, wire.source_port, wire.target, wire.target_port, 0, (500, 20)).apply(sketch.project)
    assert tidy("main", sketch.project.main, {}) is None
    x, y = sketch.project.main.position(wire.target)
    sketch.project.main.graph.nodes[wire.target]["position"] = (x + 200, y)
    edit = tidy("main", sketch.project.main, {})
    assert edit is not None
    apply_and_undo(sketch.project, edit)
    assert dots(sketch.project.main, wire) == ()


def test_tidying_a_part_fits_the_frame_round_it_and_moves_nothing_else() -> None:
    project = chain()
    ids = [*project.main]
    add_frame_around("main", project.main, ids[2:5], {}, "Part").apply(project)
    Connect("main", ids[2], "output", ids[6], "side").apply(project)
    for number, node in enumerate(ids[2:5]):
        x, y = project.main.position(node)
        project.main.graph.nodes[node]["position"] = (x + 70 * number, y)
    others = {node: project.main.position(node) for node in ids if node not in ids[2:5]}
    edit = tidy("main", project.main, {}, only=ids[2:5])
    assert edit is not None
    apply_and_undo(project, edit)
    assert {node: project.main.position(node) for node in others} == others
    assert held_within(project.main, {})
