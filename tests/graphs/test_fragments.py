"""Copy, paste and duplicate; layers put on wires and taken out of chains."""

import copy
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import fragments
from graphs.edits import Edit, Rename, SetParameters
from graphs.errors import EditProblem
from graphs.naming import FreeNames, free_name
from graphs.project import Project
from graphs.reporting import report
from graphs.splices import insert_on_wire, remove_and_heal
from tests.graphs.sketch import Sketch, classifier, with_block


def apply_and_undo(project: Project, edit: Edit) -> None:
    """Apply an edit; check that its inverse leads back and that it can be done again."""
    before = copy.deepcopy(project)
    back = edit.apply(project)
    after = copy.deepcopy(project)
    again = back.apply(project)
    assert project == before
    again.apply(project)
    assert project == after


def test_pasted_layers_are_wired_as_the_copied_ones_under_fresh_ids_and_free_names() -> None:
    project = classifier().project
    text = fragments.copy(project, "main", ["conv1", "relu1", "fc1"])
    edit = fragments.paste(project, "main", text, at=(400, 80))
    apply_and_undo(project, edit)
    new = fragments.added_nodes(edit, "main")
    assert [project.main.name(node) for node in new] == ["conv2", "fc2", "relu2"]
    assert [project.main.kind(node) for node in new] == ["Conv2d", "Linear", "ReLU"]
    assert project.main.wires_from(new[0])[0].target == new[2]
    assert project.main.parameters(new[0]) == project.main.parameters("conv1")
    assert project.main.position(new[0]) == (400, 80)
    assert project.main.position(new[2])[1] - 80 == 112


def test_the_text_is_a_project_file_of_the_copied_layers() -> None:
    text = fragments.copy(classifier().project, "main", ["fc1"])
    assert json.loads(text)["format"] == "netwright"
    other = Project()
    fragments.paste(other, "main", text).apply(other)
    assert other.main.names() == {"fc1"}


def test_networks_of_pasted_blocks_come_along() -> None:
    text = fragments.copy(with_block().project, "main", ["stage1", "stage2"])
    other = classifier().project
    apply_and_undo(other, fragments.paste(other, "main", text))
    assert other.networks["stage"].names() == {"input", "fc", "act", "output"}
    apply_and_undo(other, fragments.paste(other, "main", text))
    assert list(other.networks) == ["main", "stage"]


def test_a_network_of_the_same_name_with_other_layers_is_left_alone() -> None:
    source = with_block().project
    text = fragments.copy(source, "main", ["stage1"])
    SetParameters("stage", "fc", {"bias": False}).apply(source)
    edit = fragments.paste(source, "main", text)
    apply_and_undo(source, edit)
    (new,) = fragments.added_nodes(edit, "main")
    assert source.main.parameters(new)["network"] == "stage1"
    assert source.networks["stage"].parameters("fc")["bias"] is False
    assert "bias" not in source.networks["stage1"].parameters("fc")


def test_a_shared_layer_copied_with_its_owner_shares_with_the_copy() -> None:
    sketch = Sketch().add("left", "Input", shape=[6]).add("fc1", "Linear").add("fc2", "Linear", after="left")
    sketch.mark("fc2", shares="fc1")
    edit = fragments.duplicate(sketch.project, "main", ["fc1", "fc2"], with_wires=True)
    apply_and_undo(sketch.project, edit)
    first, second = fragments.added_nodes(edit, "main")
    assert sketch.project.main[second]["shares"] == first
    assert [w.source for w in sketch.project.main.wires_into(second)] == ["left"]


@pytest.mark.parametrize("text", ["", "hello", "[1, 2]", "{}", '{"format": "netwright"}', "{" * 100_000, "null"])
def test_text_that_is_no_piece_of_a_network_is_refused(text: str) -> None:
    project = classifier().project
    with pytest.raises(EditProblem, match="copied"):
        fragments.paste(project, "main", text)


AROUND = {
    "fenced": "Try this {{cheers}}:\n```json\n{}\n```\nand say {{what}} you think.",
    "quoted": "{}",
    "in a line": 'He sent `{}` (sic). "}}"',
    "hard spaces": "{}",
    "cut short": "Here: {}",
}


@pytest.mark.parametrize("how", AROUND)
def test_a_piece_is_found_in_a_message(how: str) -> None:
    text = fragments.copy(classifier().project, "main", ["conv1", "relu1"])
    message = AROUND[how].format(text)
    if how == "quoted":
        message = "\n".join(["Bob wrote:", *(f"> {line}" for line in message.splitlines()), "", "Nice."])
    other = Project()
    if how == "hard spaces":
        message = message.replace("  ", "\N{NO-BREAK SPACE} ")
    if how == "cut short":
        with pytest.raises(EditProblem, match="cannot be pasted"):
            fragments.paste(other, "main", message[: len(message) // 2])
        return
    fragments.paste(other, "main", message).apply(other)
    assert other.main.names() == {"conv1", "relu1"}
    assert len(list(other.main.wires())) == 1


def test_an_inserted_layer_carries_the_wire_on_and_makes_room() -> None:
    project = classifier().project
    wire = project.main.wires_into("fc1")[0]
    apply_and_undo(project, insert_on_wire("main", project.main, wire, "Linear", {"out_features": 32}))
    assert report(project).problems == ()
    (new,) = [node for node in project.main if project.main.name(node) == "fc"]
    places = [project.main.position(node)[1] for node in ("flatten", new, "fc1", "digit")]
    assert places == sorted(places)
    assert min(b - a for a, b in itertools.pairwise(places)) >= 80


def test_a_layer_without_a_way_through_cannot_stand_on_a_wire() -> None:
    project = classifier().project
    with pytest.raises(EditProblem, match="no way through"):
        insert_on_wire("main", project.main, project.main.wires_into("fc1")[0], "Classification")


def test_deleted_layers_leave_their_neighbours_joined() -> None:
    project = classifier().project
    apply_and_undo(project, remove_and_heal("main", project.main, ["conv1", "relu1", "fc1"]))
    assert project.main.wires_into("flatten")[0].source == "image"
    assert project.main.wires_into("digit")[0].source == "flatten"


def test_where_two_wires_came_in_nothing_is_joined() -> None:
    sketch = Sketch().add("left", "Input", shape=[6]).add("right", "Input", after="", shape=[6])
    sketch.add("sum", "Add", after="").wire("left", "sum", "inputs.0").wire("right", "sum", "inputs.1")
    sketch.add("out", "Output")
    apply_and_undo(sketch.project, remove_and_heal("main", sketch.project.main, ["sum"]))
    assert list(sketch.project.main.wires()) == []


@given(
    st.lists(st.sampled_from(["a", "a1", "a2", "a9", "b", "b07", "3", "12"])),
    st.sets(st.sampled_from(["a", "a3", "b7"])),
)
def test_names_are_given_out_as_if_each_was_looked_for_anew(wanted: list[str], taken: set[str]) -> None:
    names, held = FreeNames(taken), {*taken}
    for name in wanted:
        free = name if name not in held else free_name(name, held)
        held.add(free)
        assert names.take(name) == free


def test_names_that_stay_free_are_kept() -> None:
    project = classifier().project
    text = fragments.copy(project, "main", ["fc1"])
    Rename("main", "fc1", "head").apply(project)
    edit = fragments.paste(project, "main", text)
    edit.apply(project)
    assert project.main.name(fragments.added_nodes(edit, "main")[0]) == "fc1"
