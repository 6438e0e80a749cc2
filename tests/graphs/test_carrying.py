"""Frames, notes and dots go where their layers go: copied, pasted, duplicated, into blocks and out again."""

import json

import pytest

from graphs import files, fragments
from graphs.annotations import contents, dots, frames, notes
from graphs.blocks import make_block, make_unique
from graphs.edits import AddDot, AddFrame, AddNote, Move, SetParameters
from graphs.errors import EditProblem
from graphs.network import Wire
from graphs.project import Project
from graphs.splices import insert_on_wire
from graphs.unfolding import expand
from tests.graphs.sketch import with_block
from tests.graphs.test_annotations import ENDS, framed
from tests.graphs.test_fragments import apply_and_undo


def test_a_frame_whose_layers_are_copied_comes_along_with_its_notes_and_dots() -> None:
    project = framed().project
    text = fragments.copy(project, "main", ["conv1", "relu1", "fc1"])
    edit = fragments.paste(project, "main", text, at=(1000, 110))
    apply_and_undo(project, edit)
    new = fragments.added_nodes(edit, "main")
    (copied,) = [frame for frame in frames(project.main).values() if frame.id not in ("body", "stem")]
    assert (copied.title, copied.frame, copied.position) == ("Stem", None, (1000, 110))
    assert fragments.added_entries(edit, "main")[0] == [copied.id]
    held = contents(project.main, copied.id)
    assert held.nodes == {n for n in new if project.main.kind(n) != "Linear"}
    (note,) = held.notes
    assert notes(project.main)[note].position == (1190, 120)
    (wire,) = [w for n in new for w in project.main.wires_from(n) if dots(project.main, w)]
    assert dots(project.main, wire) == ((1170.5, 180),)


def test_layers_of_a_frame_that_stays_are_copied_without_it() -> None:
    project = framed().project
    edit = fragments.duplicate(project, "main", ["conv1"], with_wires=True)
    apply_and_undo(project, edit)
    (new,) = fragments.added_nodes(edit, "main")
    assert "frame" not in project.main[new]
    assert len(frames(project.main)) == 2


def test_a_chosen_frame_brings_all_that_it_holds() -> None:
    project = framed().project
    other = Project()
    edit = fragments.paste(other, "main", fragments.copy(project, "main", [], ["body"]))
    apply_and_undo(other, edit)
    assert other.main.names() == {"conv1", "relu1", "flatten"}
    assert [(frame.title, frame.frame is None) for frame in frames(other.main).values()] == [
        ("Body", True),
        ("Stem", False),
    ]
    (note,) = notes(other.main).values()
    assert frames(other.main)[str(note.frame)].title == "Stem"


def test_a_note_alone_can_be_copied() -> None:
    project = framed().project
    text = fragments.copy(project, "main", [], notes=["why"])
    assert "frame" not in json.loads(text)["networks"]["main"]["graph"]["notes"]["why"]
    edit = fragments.paste(project, "main", text)
    assert edit.title == "Paste notes and frames"
    apply_and_undo(project, edit)
    assert len(notes(project.main)) == 2
    assert fragments.added_entries(edit, "main") == ([], ["note1"])
    with pytest.raises(EditProblem, match="holds no layers"):
        fragments.paste(project, "main", fragments.copy(project, "main", []))


def test_frames_go_into_a_block_with_their_layers_and_come_out_again() -> None:
    project = framed().project
    project.main.graph.edges["image", "conv1", "output:input"]["dots"] = ((0, 50),)
    apply_and_undo(project, make_block(project, "main", ["conv1", "relu1"], "step"))
    inner = project.networks["step"]
    assert contents(inner, "stem").nodes == {"conv1", "relu1"}
    assert list(notes(inner)) == ["why"]
    (block,) = project.main.of_kind("Block")
    assert (list(frames(project.main)), project.main[block]["frame"]) == (["body"], "body")
    assert dots(project.main, project.main.wires_into(block)[0]) == ((0, 50),)
    assert dots(inner, Wire("conv1", "output", "relu1", "input")) == ((20.5, 180),)
    SetParameters("main", block, {"repeat": 2}).apply(project)
    apply_and_undo(project, expand(project, "main", block))
    held = contents(project.main, "body")
    assert (len(held.nodes), len(held.frames), len(held.notes)) == (5, 2, 2)
    conv = project.main.find("conv1")
    assert conv is not None
    assert dots(project.main, project.main.wires_into(conv)[0]) == ((0, 50),)
    assert sum(len(dots(project.main, w)) for w in project.main.wires()) == 3
    assert files.loads(files.dumps(project)) == project


def test_a_copy_of_a_block_of_its_own_keeps_its_frames() -> None:
    project = with_block().project
    AddFrame("stage", "f", {"title": "Core"}).apply(project)
    AddNote("stage", "n", {"text": "x", "frame": "f"}).apply(project)
    AddDot("stage", "fc", "output", "act", "input", 0, (3, 4)).apply(project)
    project.networks["stage"].graph.nodes["fc"]["frame"] = "f"
    apply_and_undo(project, make_unique(project, "main", "stage1"))
    assert project.networks["stage1"] == project.networks["stage"]


def test_dots_in_front_of_an_inlet_and_behind_it_make_one_wire() -> None:
    project = with_block(uses=1).project
    AddDot("main", "features", "output", "stage1", "input", 0, (1, 2)).apply(project)
    AddDot("stage", "input", "output", "fc", "input", 0, (0, 112)).apply(project)
    apply_and_undo(project, expand(project, "main", "stage1"))
    (fc,) = project.main.of_kind("Linear")
    (wire,) = project.main.wires_into(fc)
    assert dots(project.main, wire) == ((1, 2), (0, 112))


def test_dots_of_a_wire_are_shared_out_by_a_layer_put_on_it() -> None:
    project = framed().project
    Move("main", {"relu1": (0, 400), "flatten": (0, 512), "fc1": (0, 624)}).apply(project)
    AddDot(*ENDS, 1, (20, 390)).apply(project)
    (wire,) = project.main.wires_from("conv1")
    apply_and_undo(project, insert_on_wire("main", project.main, wire, "BatchNorm2d"))
    (new,) = project.main.of_kind("BatchNorm2d")
    assert dots(project.main, project.main.wires_into(new)[0]) == ((20.5, 180),)
    assert dots(project.main, project.main.wires_from(new)[0]) == ((20, 390),)
