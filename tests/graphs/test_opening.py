"""Opening blocks in place makes room, closing takes it back, and what is computed stays as it was."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import files, templates
from graphs.annotations import frames
from graphs.edits import Move
from graphs.enclosing import add_frame_around
from graphs.opening import close_block, open_block
from graphs.ports import BLOCK
from graphs.project import Project
from graphs.reporting import report
from graphs.room import boxes_of
from graphs.tidying import tidy
from tests.graphs.test_arrange_properties import overlaps, strewn
from tests.graphs.test_fragments import apply_and_undo

SMALL, LARGE = (200.0, 28.0), (640.0, 404.0)


def usual(project: Project) -> dict[str, tuple[float, float]]:
    """All nodes of one size."""
    return dict.fromkeys(project.main, SMALL)


def test_a_block_opened_and_closed_leaves_the_drawing_as_it_was() -> None:
    project = templates.create("resnet_small")
    before, told = files.dumps(project), report(project)
    for node in project.main.of_kind(BLOCK):
        apply_and_undo(project, open_block("main", project.main, node, LARGE, usual(project)))
        assert not overlaps(project.main, {**usual(project), node: LARGE}, {node})
        assert (report(project).parameters, report(project).problems) == (told.parameters, told.problems)
        again = files.loads(files.dumps(project), "again")
        assert again.main[node]["open"] is True
        close_block("main", project.main, node, SMALL, {**usual(project), node: LARGE}).apply(project)
    assert files.dumps(project) == before


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(2, 25), st.sampled_from(["down", "right"]))
def test_what_stands_round_an_opened_node_makes_room(random: Random, count: int, flow: str) -> None:
    project, sizes = strewn(random, count, flow)
    edit = tidy("main", project.main, sizes)
    if edit is not None:
        edit.apply(project)
    node = random.choice([*project.main])
    apply_and_undo(project, open_block("main", project.main, node, LARGE, sizes))
    covered = {frozenset(pair) for pair in overlaps(project.main, {**sizes, node: LARGE}, {node})}
    boxes = boxes_of(project.main, sizes, SMALL)
    before = {other for other in project.main if boxes[other].end <= boxes[node].start}
    assert not {other for pair in covered for other in pair - {node}} - before


def test_a_frame_grows_with_the_block_that_it_holds() -> None:
    project = templates.create("resnet_small")
    block = project.main.of_kind(BLOCK)[0]
    add_frame_around("main", project.main, [block], usual(project), "Stage").apply(project)
    (frame,) = frames(project.main).values()
    open_block("main", project.main, block, (200.0, 404.0), usual(project)).apply(project)
    (grown,) = frames(project.main).values()
    assert grown.size[1] == frame.size[1] + 376
    place = project.main.position(block)
    close_block("main", project.main, block, SMALL, {**usual(project), block: (200.0, 404.0)}).apply(project)
    assert frames(project.main) == {frame.id: frame}
    assert project.main.position(block) == place


def test_pinned_layers_stay_where_they_are() -> None:
    project = templates.create("resnet_small")
    block = project.main.of_kind(BLOCK)[0]
    label = project.main.find("label")
    assert label is not None
    project.main.graph.nodes[label]["pinned"] = True
    edit = open_block("main", project.main, block, LARGE, usual(project))
    assert not any(label in part.positions for part in edit.edits if isinstance(part, Move))
