"""What differs between two projects: found whole, named in words, and the same seen from either side."""

import copy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs import files, templates
from graphs.comparing.compare import Difference, compare
from graphs.comparing.differences import ADDED, CHANGED, KINDS, MOVED, REMOVED
from graphs.edits import (
    AddDot,
    AddFrame,
    AddNetwork,
    AddNode,
    AddNote,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    RemoveNode,
    Rename,
    RenameNetwork,
    ReplaceLayer,
    SetAttributes,
    SetBookmark,
    SetFrame,
    SetNetworkAttributes,
    SetParameters,
    SetSection,
    SetTitle,
)
from graphs.network import Wire
from graphs.project import Project
from tests.graphs.random_edits import Chance
from tests.graphs.sketch import classifier, with_block


def start() -> Project:
    """The small classifier beside a block, with settings and a frame."""
    project = classifier().project
    project.networks |= {"stage": with_block().project.networks["stage"]}
    for edit in (
        SetSection("training", {"epochs": 3, "optimizer": {"kind": "AdamW", "lr": 0.001}}),
        AddFrame("main", "f", {"title": "Stem"}),
        AddNode("main", "s", "stage1", "Block", {"network": "stage"}, (400, 0)),
    ):
        edit.apply(project)
    return project


def after(*edits: Edit) -> Difference:
    """Compare the start with what it is after some edits."""
    old, new = start(), start()
    for edit in edits:
        edit.apply(new)
    return compare(old, new)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (AddNode("main", "new", "fc2", "Linear"), ["The layer fc2 (Linear) was added to main."]),
        (
            RemoveNode("main", "relu1"),
            [
                "The layer relu1 (ReLU) was removed from main.",
                "The wire from conv1 to relu1 was removed from main.",
                "The wire from relu1 to flatten was removed from main.",
            ],
        ),
        (Rename("main", "fc1", "head"), ["fc1 in main is called head now."]),
        (ReplaceLayer("main", "relu1", "GELU"), ["relu1 in main was ReLU and is GELU now."]),
        (Move("main", {"fc1": (8, 9)}), ["fc1 in main was moved."]),
        (SetParameters("main", "conv1", {"kernel_size": 5}), ["conv1 in main: kernel_size was 3x3 and is 5x5 now."]),
        (SetParameters("main", "fc1", {"bias": False}), ["fc1 in main: bias was on and is off now."]),
        (SetAttributes("main", "fc1", {"comment": "x"}), ["fc1 in main: comment was not set and is x now."]),
        (SetAttributes("main", "fc1", {"frozen": False}), []),
        (Connect("main", "image", "output", "s", "x"), ["The wire from image to stage1.x was added to main."]),
        (
            Disconnect("main", "conv1", "output", "relu1", "input"),
            ["The wire from conv1 to relu1 was removed from main."],
        ),
        (
            AddDot("main", "conv1", "output", "relu1", "input", 0, (1, 2)),
            ["The wire from conv1 to relu1 in main takes another way."],
        ),
        (AddNetwork("part"), ["The network part was added."]),
        (RenameNetwork("stage", "body"), ["The network stage is called body now."]),
        (
            SetNetworkAttributes("stage", {"arguments": {"width": 4}}),
            ["In stage, the argument width was 8 and is 4 now."],
        ),
        (
            SetNetworkAttributes("main", {"flow": "right"}),
            ["In main, the network attribute flow was down and is right now."],
        ),
        (AddNote("main", "n", {"text": "# Why\nso"}), ["The note # Why was added to main."]),
        (SetFrame("main", "f", {"position": (8, 8)}), ["The frame Stem was moved in main."]),
        (SetFrame("main", "f", {"title": "Head"}), ["The frame Head was changed in main."]),
        (SetBookmark("main", "2", {}), ["The bookmark 2 was added to main."]),
        (SetSection("training", {"epochs": 5}), ["The training setting epochs was 3 and is 5 now."]),
        (SetSection("data", {"seed": 5}), ["The data setting seed was not set and is 5 now."]),
        (
            SetSection("training", {"optimizer": {"kind": "AdamW", "lr": 0.01}}),
            ["The training setting optimizer.lr was 0.001 and is 0.01 now."],
        ),
        (
            SetSection("training", {"optimizer": {"kind": "SGD", "lr": 0.001}}),
            ["The training setting optimizer was kind AdamW, lr 0.001 and is kind SGD, lr 0.001 now."],
        ),
        (SetTitle("New"), ["The title was Untitled and is New now."]),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Edit) else "",
)
def test_each_edit_is_told_in_sentences(edit: Edit, said: list[str]) -> None:
    assert after(edit).sentences == said


def test_another_kind_tells_of_the_settings_that_went_with_it() -> None:
    said = after(ReplaceLayer("main", "conv1", "Linear")).sentences
    assert said[0] == "conv1 in main was Conv2d and is Linear now."
    assert "conv1 in main: padding was 1x1 and is not set now." in said
    assert not any("stride" in sentence for sentence in said)


def test_layers_and_wires_are_marked_for_colouring() -> None:
    found = after(
        Group((SetParameters("main", "conv1", {"kernel_size": 5}), Move("main", {"conv1": (1, 1), "fc1": (2, 2)}))),
        RemoveNode("main", "digit"),
        AddNode("main", "new", "fc2", "Linear"),
        Connect("main", "fc1", "output", "new", "input"),
        SetAttributes("main", "relu1", {"comment": "x"}),
    )
    assert found.marks("main") == {"conv1": CHANGED, "fc1": MOVED, "relu1": CHANGED, "new": ADDED}
    assert found.marks("main", old=True) == {"conv1": CHANGED, "fc1": MOVED, "relu1": CHANGED, "digit": REMOVED}
    assert found.wires("main") == {Wire("fc1", "output", "new", "input"): ADDED}
    assert list(found.wires("main", old=True).values()) == [REMOVED]
    assert [change.spot.name for change in found.of_kind(MOVED)] == ["conv1", "fc1"]


def test_files_drawn_apart_are_matched_by_name_and_kind() -> None:
    old = classifier().project
    new = Project()
    for number, node in enumerate(reversed([*old.main])):
        AddNode("main", f"x{number}", node, old.main.kind(node), dict(old.main.parameters(node))).apply(new)
    found = compare(old, new)
    assert {change.subject for change in found.changes} == {"position", "wire"}
    assert found.nodes["main"]["fc1"] == new.main.find("fc1")


@pytest.mark.parametrize("name", templates.names())
def test_a_project_does_not_differ_from_its_file(name: str) -> None:
    project = templates.create(name)
    found = compare(project, files.loads(files.dumps(project)))
    assert not found
    assert found.sentences == []


def changed(random: Random, count: int) -> tuple[Project, Project]:
    """A project, and what it is after some random edits."""
    new = start()
    old = copy.deepcopy(new)
    for _ in Chance(random, new).edits(count):
        pass
    return old, new


def listed(difference: Difference) -> list[str]:
    """The changes in an order of their own."""
    return sorted(map(repr, difference.changes))


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_comparing_the_other_way_round_mirrors_every_change(random: Random, count: int) -> None:
    old, new = changed(random, count)
    found = compare(old, new)
    assert listed(compare(new, old)) == listed(found.mirrored())
    assert found.mirrored().mirrored() == found
    assert len(found.sentences) == len(found.changes)
    assert {change.kind for change in found.changes} <= {*KINDS}


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_every_layer_that_differs_is_found_and_no_other(random: Random, count: int) -> None:
    old, new = changed(random, count)
    found = compare(old, new)
    for before, name in found.networks.items():
        a, b, pairs = old.networks[before], new.networks[name], found.nodes[before]
        assert {n for n, mark in found.marks(name).items() if mark == ADDED} == {*b} - {*pairs.values()}
        assert {n for n, mark in found.marks(before, old=True).items() if mark == REMOVED} == {*a} - {*pairs}
        moved = {c.spot.node for c in found.of_kind(MOVED) if c.subject == "position" and c.spot.network == name}
        assert moved == {pairs[n] for n in pairs if a.position(n) != b.position(pairs[n])}
        renamed = {c.spot.node for c in found.changes if c.subject == "name" and c.spot.network == name}
        assert renamed == {pairs[n] for n in pairs if a.name(n) != b.name(pairs[n])}
        ends = [(w, pairs.get(w.source, "-"), pairs.get(w.target, "-")) for w in a.wires()]
        carried = {Wire(source, w.source_port, target, w.target_port) for w, source, target in ends}
        added = {w for w, mark in found.wires(name).items() if mark == ADDED}
        assert added == {*b.wires()} - carried
        assert len(carried & {*b.wires()}) + len(added) == len([*b.wires()])


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_there_is_no_difference_exactly_where_the_files_are_equal(random: Random) -> None:
    new = start()
    old = copy.deepcopy(new)
    for _ in Chance(random, new).edits(1):
        pass
    assert bool(compare(old, new)) == (files.dumps(new) != files.dumps(old))
