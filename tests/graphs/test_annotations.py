"""Frames, notes, dots and bookmarks: what they hold, and every edit of them undone to the byte."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import annotations, edits, files
from graphs.annotations import bookmarks, contents, dots, frames, notes, place_on_wire
from graphs.edits import (
    AddDot,
    AddFrame,
    AddNote,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    MoveDot,
    RemoveDot,
    RemoveFrame,
    RemoveNode,
    SetBookmark,
    SetFrame,
    SetNote,
)
from graphs.enclosing import add_frame_around
from graphs.framing import fit_frames, move_frame, put_into, remove_dots
from graphs.network import Wire
from graphs.project import Project
from graphs.reporting import Reporter
from tests.graphs.random_edits import Chance
from tests.graphs.sketch import Sketch, classifier, with_block
from tests.graphs.test_fragments import apply_and_undo

WIRE = Wire("conv1", "output", "relu1", "input")
ENDS = ("main", "conv1", "output", "relu1", "input")


def framed() -> Sketch:
    """The small classifier with a frame in a frame, a note and a dot."""
    sketch = classifier()
    sketch.do(AddFrame("main", "body", {"title": "Body", "position": (-200, 100), "size": (400, 400)}))
    sketch.do(AddFrame("main", "stem", {"title": "Stem", "position": (-150, 110), "frame": "body"}))
    sketch.mark("conv1", frame="stem").mark("relu1", frame="stem").mark("flatten", frame="body")
    sketch.do(AddNote("main", "why", {"text": "as in the *paper*", "position": (40, 120), "frame": "stem"}))
    sketch.do(AddDot(*ENDS, 0, (20.5, 180)))
    return sketch


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_random_edits_are_undone_to_the_byte_and_redone_to_the_byte(random: Random) -> None:
    sketch = with_block()
    project = sketch.project
    edits.SetSection("training", {"epochs": 3, "seed": 1, "device": "cpu"}).apply(project)
    start = files.dumps(project)
    backs = [back for _, back in Chance(random, project).edits(60)]
    end = files.dumps(project)
    assert files.loads(end) == project
    forwards = [back.apply(project) for back in reversed(backs)]
    assert files.dumps(project) == start
    for forward in reversed(forwards):
        forward.apply(project)
    assert files.dumps(project) == end


def test_what_was_taken_out_of_the_settings_comes_back_in_its_place() -> None:
    project = Project(training={"recipe": "supervised", "epochs": 3, "seed": 1})
    start = files.dumps(project)
    back = edits.SetSection("training", {"device": "cpu"}, ("epochs",)).apply(project)
    again = back.apply(project)
    assert files.dumps(project) == start
    again.apply(project)
    assert list(project.training) == ["recipe", "seed", "device"]


def test_a_removed_network_comes_back_in_its_place() -> None:
    project = with_block(uses=0).project
    edits.AddNetwork("head").apply(project)
    edits.AddNetwork("spare", index=1).apply(project)
    start = files.dumps(project)
    assert list(project.networks) == ["main", "spare", "stage", "head"]
    edits.RemoveNetwork("spare").apply(project).apply(project)
    assert files.dumps(project) == start


def test_a_frame_names_what_it_holds_with_all_inside_it() -> None:
    network = framed().project.main
    assert contents(network, "body") == annotations.Contents(
        frozenset({"conv1", "relu1", "flatten"}), frozenset({"stem"}), frozenset({"why"})
    )
    assert contents(network, "stem").nodes == {"conv1", "relu1"}
    assert list(frames(network)) == ["body", "stem"]
    assert frames(network)["stem"].size == (320, 240)
    assert notes(network)["why"].text == "as in the *paper*"


def test_deleting_a_layer_takes_it_out_of_its_frame_and_undo_brings_it_back() -> None:
    project = framed().project
    back = RemoveNode("main", "conv1").apply(project)
    assert contents(project.main, "stem").nodes == {"relu1"}
    back.apply(project)
    assert contents(project.main, "stem").nodes == {"conv1", "relu1"}
    assert dots(project.main, WIRE) == ((20.5, 180),)


def test_a_frame_moves_with_all_it_holds() -> None:
    project = framed().project
    before = {node: project.main.position(node) for node in project.main}
    start = files.dumps(project)
    move_frame("main", project.main, "body", (0.1, 0.7)).apply(project).apply(project)
    assert files.dumps(project) == start
    apply_and_undo(project, move_frame("main", project.main, "body", (16, 8)))
    assert project.main.position("flatten") == (before["flatten"][0] + 16, before["flatten"][1] + 8)
    assert project.main.position("fc1") == before["fc1"]
    assert frames(project.main)["stem"].position == (-134, 118)
    assert notes(project.main)["why"].position == (56, 128)
    assert dots(project.main, WIRE) == ((36.5, 188),)


def test_what_a_removed_frame_held_stays_in_the_frame_around_it() -> None:
    project = framed().project
    apply_and_undo(project, RemoveFrame("main", "stem"))
    assert contents(project.main, "body").nodes == {"conv1", "relu1", "flatten"}
    assert notes(project.main)["why"].frame == "body"
    RemoveFrame("main", "body").apply(project)
    assert "frame" not in project.main["conv1"]
    assert "frames" not in project.main.attributes


def test_a_frame_put_around_layers_leaves_room_for_them_and_its_title() -> None:
    project = framed().project
    edit = add_frame_around("main", project.main, ["conv1", "relu1"], {"conv1": (240, 60)}, "Pair")
    apply_and_undo(project, edit)
    (frame,) = [frame for frame in frames(project.main).values() if frame.title == "Pair"]
    assert frame.frame == "stem"
    assert contents(project.main, frame.id).nodes == {"conv1", "relu1"}
    x, y = project.main.position("conv1")
    assert (frame.position, frame.size) == ((x - 144, y - 56), (288, 248))


def test_layers_are_put_into_a_frame_and_taken_out() -> None:
    project = framed().project
    edit = put_into("main", project.main, "stem", ["fc1", "conv1"])
    assert len(edit.edits) == 1
    apply_and_undo(project, edit)
    apply_and_undo(project, put_into("main", project.main, None, ["conv1"], ["stem"], ["why"]))


def test_frames_are_fitted_when_their_layers_were_laid_out_anew() -> None:
    project = framed().project
    sizes = {"conv1": (240.0, 60.0)}
    places = {"conv1": (1000.0, 0.0), "relu1": (1000.0, 112.0), "fc1": (0.0, 900.0)}
    edit = Group((Move("main", places), *fit_frames("main", project.main, places, sizes)), "Arrange")
    apply_and_undo(project, edit)
    around = frames(project.main)
    assert (around["stem"].position, around["stem"].size) == ((856, -56), (448, 248))  # round its note too
    assert around["body"].position[1] == -56 - 24 - 32
    assert around["body"].position[0] + around["body"].size[0] == 856 + 448 + 24
    assert fit_frames("main", project.main, {"fc1": (8, 8)}, sizes) == []


def test_dots_among_layers_are_taken_off_together() -> None:
    project = framed().project
    AddDot(*ENDS, 0, (1, 2)).apply(project)
    apply_and_undo(project, Group(tuple(remove_dots("main", project.main, ["conv1", "relu1"])), "Arrange"))
    assert dots(project.main, WIRE) == ()
    assert remove_dots("main", project.main, ["conv1"]) == []


def test_dots_go_with_their_wire_and_come_back_with_it() -> None:
    project = framed().project
    back = Disconnect(*ENDS).apply(project)
    assert dots(project.main, WIRE) == ()
    Connect(*ENDS).apply(project).apply(project)
    back.apply(project)
    assert dots(project.main, WIRE) == ((20.5, 180),)


def test_dots_are_added_moved_and_taken_off() -> None:
    project = framed().project
    for edit in (AddDot(*ENDS, 1, (8, 9.0)), MoveDot(*ENDS, 0, (1, 2)), RemoveDot(*ENDS, 0)):
        apply_and_undo(project, edit)
    assert dots(project.main, WIRE) == ((8, 9),)
    assert b'"dots": [[8, 9]]' in files.dumps(project)


def test_a_new_dot_goes_where_the_wire_passes_by() -> None:
    points = [(0, 0), (0, 100), (100, 100)]
    assert place_on_wire(points, (2, 40)) == 0
    assert place_on_wire(points, (50, 98)) == 1


def test_bookmarks_are_set_replaced_and_cleared() -> None:
    project = classifier().project
    apply_and_undo(project, SetBookmark("main", "3", {"centre": (8, 9.5), "zoom": 0.5}))
    assert bookmarks(project.main) == {"3": annotations.Bookmark((8, 9.5), 0.5)}
    apply_and_undo(project, SetBookmark("main", "3", None))


def test_annotations_change_no_report() -> None:
    project = classifier().project
    reporter = Reporter(project)
    for edit in (
        AddFrame("main", "frame1"),
        AddNote("main", "note1", {"text": "x"}),
        SetFrame("main", "frame1", {"title": "A"}),
        AddDot(*ENDS, 0, (1, 2)),
        SetBookmark("main", "1", {}),
    ):
        edit.apply(project)
        assert reporter.update(edit) == frozenset()


@pytest.mark.parametrize(
    ("edit", "title"),
    [
        (SetFrame("main", "f", {"title": "Stem"}), "Rename frame"),
        (SetFrame("main", "f", {"collapsed": True}), "Collapse frame"),
        (SetFrame("main", "f", {}, ("collapsed",)), "Open frame"),
        (SetFrame("main", "f", {"position": (0, 0), "size": (9, 9)}), "Resize frame"),
        (SetFrame("main", "f", {"title": "Stem", "colour": None}), "Change frame"),
        (SetNote("main", "n", {"text": "x"}), "Edit note"),
        (SetBookmark("main", "4", None), "Clear bookmark 4"),
    ],
)
def test_the_undo_menu_says_what_was_done(edit: Edit, title: str) -> None:
    assert edit.title == title
