"""Frames, notes, dots and bookmarks that do not fit: refused by place, from edits and from files alike."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import edits, files
from graphs.edits import (
    AddDot,
    AddFrame,
    AddNote,
    Edit,
    MoveDot,
    RemoveDot,
    RemoveFrame,
    SetAttributes,
    SetBookmark,
    SetFrame,
    SetNote,
)
from graphs.errors import FileProblem, UserError
from tests.graphs.sample_projects import document
from tests.graphs.test_annotations import ENDS, framed


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (AddFrame("main", "stem"), "already"),
        (AddFrame("main", ""), "printable"),
        (AddFrame("main", "new", {"size": (0, 5)}), "frame new, size: got .*two numbers from 1"),
        (AddFrame("main", "new", {"position": (float("nan"), 5)}), "two numbers"),
        (AddFrame("main", "new", {"frame": "gone"}), "no frame 'gone'"),
        (AddFrame("main", "new", {"colour": "red"}), "#3366cc"),
        (AddFrame("main", "new", {"title": "two\nlines"}), "one line"),
        (SetFrame("main", "body", {"frame": "stem"}), "inside itself"),
        (SetFrame("main", "body", {"frame": "body"}), "inside itself"),
        (SetFrame("main", "body", {"wood": 1}), "no parameter 'wood'"),
        (SetFrame("main", "gone", {}), "no frame 'gone'"),
        (RemoveFrame("main", "gone"), "gone"),
        (AddNote("main", "new", {"text": 3}), "text"),
        (SetNote("main", "why", {"frame": "gone"}), "no frame 'gone'"),
        (SetAttributes("main", "fc1", {"frame": "gone"}), "no frame 'gone'"),
        (edits.AddNode("main", "n9", "fc9", "Linear", {}, (0, 0), {"frame": "gone"}), "no frame 'gone'"),
        (edits.SetNetworkAttributes("main", {"frames": {}}), "one by one"),
        (edits.AddNetwork("part", {"frames": {"a": {"frame": "a"}}}), "inside itself"),
        (AddDot("main", "conv1", "output", "fc1", "input", 0, (1, 2)), "not there"),
        (AddDot(*ENDS, 2, (1, 2)), "1 dots"),
        (AddDot(*ENDS, 0, (1e9, 2)), "places"),
        (MoveDot(*ENDS, 1, (1, 2)), "none to change"),
        (RemoveDot(*ENDS, -1), "none to change"),
        (edits.Connect("main", "conv1", "output", "fc1", "input", {"dots": []}), "1 to 256 places"),
        (SetBookmark("main", "0", {}), "1 to 9"),
        (SetBookmark("main", "1", {"zoom": 0}), "zoom"),
    ],
)
def test_what_does_not_fit_says_so_and_changes_nothing(edit: Edit, words: str) -> None:
    project = framed().project
    before = copy.deepcopy(project)
    with pytest.raises(UserError, match=words):
        edit.apply(project)
    assert project == before


def with_graph(**attributes: Any) -> Callable[[Any], Any]:
    """Return the change of a document that sets attributes of its main network."""
    return lambda given: given["networks"]["main"]["graph"].update(attributes)


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (with_graph(frames=[]), "graph.frames", "expected an object"),
        (with_graph(frames={"": {}}), "graph.frames", "printable"),
        (with_graph(frames={"a": 3}), "graph.frames.a", "expected an object"),
        (with_graph(frames={"a": {"size": [1]}}), "graph.frames.a.size", r"got \[1\], expected two numbers"),
        (with_graph(frames={"a": {"position": [1, "2"]}}), "graph.frames.a.position", "expected two numbers"),
        (with_graph(frames={"a": {"collapsed": 1}}), "graph.frames.a.collapsed", "true or false"),
        (with_graph(frames={"a": {"frame": "b"}}), "graph.frames.a.frame", "no frame 'b'"),
        (with_graph(frames={"a": {"frame": "b"}, "b": {"frame": "a"}}), "graph.frames.a.frame", "inside itself"),
        (
            with_graph(frames={f"a{i}": {"frame": f"a{i + 1}"} for i in range(40)} | {"a40": {}}),
            "a0.frame",
            "32 frames",
        ),
        (with_graph(frames={str(i): {} for i in range(10_001)}), "graph.frames", "at most 10,000"),
        (with_graph(notes={"a": {"text": "x" * 70_000}}), "graph.notes.a.text", "65,536"),
        (with_graph(notes={"a": {"frame": "b"}}), "graph.notes.a.frame", "no frame 'b'"),
        (with_graph(bookmarks={"0": {}}), "graph.bookmarks", "1 to 9"),
        (with_graph(bookmarks={"1": {"zoom": -1}}), "graph.bookmarks.*zoom", "from 0.001"),
        (lambda d: d["networks"]["main"]["nodes"][1].update(frame="x"), r"nodes\[1\].frame", "no frame 'x'"),
        (lambda d: d["networks"]["main"]["nodes"][1].update(frame=3), r"nodes\[1\].frame", "id of a frame"),
        (lambda d: d["networks"]["main"]["edges"][1].update(dots=[[1]]), r"edges\[1\].dots", "places"),
        (lambda d: d["networks"]["main"]["edges"][1].update(dots=[]), r"edges\[1\].dots", "1 to 256"),
        (lambda d: d["networks"]["main"]["edges"][1].update(dots={"0": [1, 2]}), r"edges\[1\].dots", "places"),
    ],
)
def test_what_a_file_says_wrongly_is_named_by_its_place(change: Callable[[Any], Any], place: str, words: str) -> None:
    bad = document()
    change(bad)
    with pytest.raises(FileProblem, match=words) as caught:
        files.from_json(bad)
    with pytest.raises(FileProblem, match=place):
        files.loads(json.dumps(bad).encode())
    assert len(str(caught.value)) < 700


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(["title", "text", "colour", "position", "size", "collapsed", "frame", "centre", "zoom", "x"])
entries = st.dictionaries(st.sampled_from(["a", "b", "1", ""]), st.dictionaries(keys, json_values), max_size=3)


@given(
    st.dictionaries(st.sampled_from(["frames", "notes", "bookmarks"]), entries | json_values, max_size=3), json_values
)
def test_whatever_stands_there_it_opens_or_says_why(attributes: dict[str, Any], wire: Any) -> None:
    given = document()
    given["networks"]["main"]["graph"] = attributes
    given["networks"]["main"]["edges"][0]["dots"] = wire
    try:
        project = files.from_json(given)
    except FileProblem:
        return
    data = files.dumps(project)
    assert files.dumps(files.loads(data)) == data


def test_keys_of_a_later_version_are_kept() -> None:
    given = document()
    with_graph(frames={"a": {"title": "Stem", "shape": {"corner": [8]}}})(given)
    project = files.from_json(given)
    SetFrame("main", "a", {"title": "Head"}).apply(project)
    assert files.to_json(project)["networks"]["main"]["graph"]["frames"] == {
        "a": {"title": "Head", "shape": {"corner": [8]}}
    }
