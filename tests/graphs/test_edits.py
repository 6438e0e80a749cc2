"""Edits: whatever was done is undone exactly, and done again exactly."""

import copy
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import edits
from graphs.edits import AddNode, Connect, Group, Move, RemoveNode, Rename, SetParameters
from graphs.errors import EditProblem, UserError
from tests.graphs.random_edits import Chance
from tests.graphs.sketch import classifier, with_block


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_undoing_all_gives_the_start_and_redoing_all_the_end(random: Random) -> None:
    project = with_block().project
    start = copy.deepcopy(project)
    backs = [back for _, back in Chance(random, project).edits(60)]
    end = copy.deepcopy(project)
    forwards = [back.apply(project) for back in reversed(backs)]
    assert project == start
    for forward in reversed(forwards):
        forward.apply(project)
    assert project == end


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_edits_mean_the_same_read_back_from_json(random: Random) -> None:
    project = with_block().project
    copied = copy.deepcopy(project)
    for edit, _ in Chance(random, project).edits(20):
        edits.from_json(json.loads(json.dumps(edit.to_json()))).apply(copied)
    assert json.dumps(_plain(copied)) == json.dumps(_plain(project))


def _plain(project: edits.base.Project) -> list[object]:
    return [
        [name, sorted((n, {**network[n]}) for n in network), sorted(map(str, network.wires()))]
        for name, network in project.networks.items()
    ]


def test_a_refused_group_changes_nothing() -> None:
    project = classifier().project
    before = copy.deepcopy(project)
    with pytest.raises(EditProblem, match="nothing"):
        Group((Rename("main", "fc1", "head"), RemoveNode("main", "nothing"))).apply(project)
    assert project == before


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (AddNode("main", "fc1", "other", "Linear"), "already"),
        (AddNode("main", "new", "fc1", "Linear"), "called fc1"),
        (AddNode("main", "new", "import", "Linear"), "cannot name"),
        (AddNode("main", "new", "fc9", "Linear", {"out_features": 0}), "out_features"),
        (AddNode("main", "new", "fc9", "Linear", {}, (float("nan"), 0)), "position"),
        (AddNode("nowhere", "new", "fc9", "Linear"), "no network"),
        (RemoveNode("main", "gone"), "gone"),
        (Rename("main", "fc1", "conv1"), "conv1"),
        (Move("main", {"fc1": (1e9, 0)}), "position"),
        (Connect("main", "conv1", "output", "relu1", "input"), "already"),
        (Connect("main", "conv1", "output", "gone", "input"), "gone"),
        (SetParameters("main", "fc1", {"colour": 3}), "colour"),
        (edits.SetAttributes("main", "fc1", {"size": 3}), "no attribute"),
        (edits.SetAttributes("main", "fc1", {"comment": "x" * 65_537}), "fc1: comment"),
        (edits.RemoveNetwork("main"), "main"),
        (edits.AddNetwork("main"), "already"),
        (edits.RenameNetwork("main", "other"), "main"),
        (edits.SetSection("colours", {}), "section"),
    ],
)
def test_an_edit_that_does_not_fit_says_so_and_changes_nothing(edit: edits.Edit, words: str) -> None:
    project = classifier().project
    before = copy.deepcopy(project)
    with pytest.raises(UserError, match=words):
        edit.apply(project)
    assert project == before


@pytest.mark.parametrize("document", [None, 3, {}, {"edit": "Format"}, {"edit": "Rename", "node": "n1"}])
def test_what_is_no_edit_is_refused(document: object) -> None:
    with pytest.raises(EditProblem):
        edits.from_json(document)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_a_snapshot_stays_as_it_is_while_edits_go_on(random: Random) -> None:
    project = with_block().project
    taken, before = project.snapshot(), copy.deepcopy(project)
    for _ in Chance(random, project).edits(40):
        pass
    assert taken == before
