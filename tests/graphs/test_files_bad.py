"""A file that is not a project gives one clear error that says where; nothing else ever comes out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import files
from graphs.errors import FileProblem
from tests.graphs.sample_projects import document, sample

GOOD = files.dumps(sample())


def opens_or_says_why(data: bytes) -> bool:
    """Return whether `data` opens; it may only do that and save again, or raise FileProblem."""
    try:
        project = files.loads(data, "some.netwright")
    except FileProblem as problem:
        text = str(problem)
        assert text.startswith("some.netwright: ")
        assert len(text) < 700
        text.encode("utf-8")
        return False
    if not project.read_only:
        files.dumps(project)
    return True


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"[" * 200_000, "nested more than 64"),
        (b'{"a":' * 200_000, "nested more than 64"),
        (GOOD.replace(b"0.2", b"NaN"), "data.split.validation: NaN"),
        (GOOD.replace(b"0.2", b"-Infinity"), "data.split.validation: -Infinity"),
        (GOOD.replace(b"0.2", b"1e999"), "data.split.validation: 1e999"),
        (GOOD.replace(b"20,", b"1" * 4301 + b","), "training.epochs.*4301 digits"),
        (GOOD.replace(b"20,", b"9007199254740993,"), r"training.epochs.*2\*\*53"),
        (GOOD.replace(b'"title"', b'"version"'), "'version' is there twice"),
        (GOOD.replace(b'"bias"', b'"out_features"'), r"line 6, .*nodes\[1\].parameters.*'out_features' is there twice"),
        (GOOD.decode().encode("utf-16"), "UTF-16"),
        (GOOD.decode().encode("utf-16-le"), "UTF-16"),
        (GOOD.decode().encode("utf-32"), "UTF-32"),
        (GOOD.replace("größer ✓".encode(), b"gr\xf6\xdfer"), "line 3: .*not UTF-8"),
        (GOOD.replace(b"fc1", b"\\ud800"), r"nodes\[1\].name.*surrogate"),
        (GOOD.replace(b'"spin"', b'"\\udc00"'), "surrogate"),
        (GOOD[:-200], "cut off"),
        (GOOD + GOOD, "extra data"),
        (b"PK\x03\x04" + b"\0" * 50, "zip"),
        (b"\x80\x02}q\x00.", "pickle"),
        (b"[1, 2]", "expected an object"),
        (b'"text"', "expected an object"),
        (b"{}", "no Netwright project"),
        (b'{"format": "other"}', "no Netwright project"),
        (b" " * (64 * 2**20 + 1), "at most 67,108,864"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bytes_that_are_no_project(data: bytes, words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        files.loads(data)


def main(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the change of a document that `change` makes to its main network."""
    return lambda given: change(given["networks"]["main"])


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (lambda d: d.pop("version"), "", "'version' is missing"),
        (lambda d: d.update(version="1"), "version", "got '1', expected a whole number"),
        (lambda d: d.update(version=True), "version", "got true"),
        (lambda d: d.update(version=0), "version", "no version 0"),
        (lambda d: d.update(title=3), "title", "expected text"),
        (lambda d: d.update(title="x" * 300), "title", "at most 256"),
        (lambda d: d.update(data=[]), "data", "got \\[\\], expected an object"),
        (lambda d: d["networks"].pop("main"), "networks", "no network 'main'"),
        (lambda d: d["networks"].update({"import": d["networks"]["main"]}), "networks.import", "already uses"),
        (lambda d: d["networks"].update({"a\nb": d["networks"]["main"]}), "networks.a\ufffdb", "cannot name"),
        (lambda d: d["networks"].update(main=None), "networks.main", "got null"),
        (main(lambda n: n.update(directed=False)), "networks.main.directed", "expected true"),
        (main(lambda n: n.update(links=[])), "networks.main.links", "no 'links'"),
        (main(lambda n: n.pop("edges")), "networks.main", "'edges' is missing"),
        (main(lambda n: n.update(nodes={})), "networks.main.nodes", "got an object, expected a list"),
        (main(lambda n: n["graph"].update(flow="up")), "networks.main.graph.flow", "one of down, right"),
        (main(lambda n: n["graph"].update(arguments={"a b": 1})), "networks.main.graph.arguments.a b", "letters"),
        (main(lambda n: n["graph"].update(arguments={"a": "b"})), "networks.main.graph.arguments.a", "a number"),
        (main(lambda n: n["nodes"].append(7)), "networks.main.nodes[4]", "got 7"),
        (main(lambda n: n["nodes"][1].update(id="n1")), "networks.main.nodes[1].id", "'n1' already"),
        (main(lambda n: n["nodes"][1].update(id="")), "networks.main.nodes[1].id", "1 to 64"),
        (main(lambda n: n["nodes"][1].update(id=5)), "networks.main.nodes[1].id", "got 5"),
        (main(lambda n: n["nodes"][1].update(name="image")), "networks.main.nodes[1].name", "'image' already"),
        (main(lambda n: n["nodes"][1].update(name="os.system")), "networks.main.nodes[1].name", "letters, digits"),
        (main(lambda n: n["nodes"][1].update(name="__class__")), "networks.main.nodes[1].name", "a letter first"),
        (main(lambda n: n["nodes"][1].update(layer=None)), "networks.main.nodes[1].layer", "got null"),
        (
            main(lambda n: n["nodes"][1]["parameters"].update(out_features="many things")),
            "networks.main.nodes[1].parameters.out_features",
            "got 'many things', expected a whole number of 1 or more",
        ),
        (
            main(lambda n: n["nodes"][1]["parameters"].update(out_feature=3)),
            "networks.main.nodes[1].parameters.out_feature",
            "did you mean out_features",
        ),
        (main(lambda n: n["nodes"][1].update(position=[1])), "networks.main.nodes[1].position", "two numbers"),
        (main(lambda n: n["nodes"][1].update(position=[1, 1e8])), "networks.main.nodes[1].position", "two numbers"),
        (main(lambda n: n["nodes"][1].update(frozen=1)), "networks.main.nodes[1].frozen", "true or false"),
        (main(lambda n: n["nodes"][1].update(colour="red")), "networks.main.nodes[1].colour", "#3366cc"),
        (main(lambda n: n["edges"][0].update(target="n77")), "networks.main.edges[0].target", "no node 'n77'"),
        (main(lambda n: n["edges"][0].update(key=["a", "b"])), "networks.main.edges[0].key", "input port"),
        (main(lambda n: n["edges"][0].update(key="a:b:c")), "networks.main.edges[0].key", "output:input"),
        (main(lambda n: n["edges"].append(n["edges"][0])), "networks.main.edges[3]", "twice"),
    ],
)
def test_what_does_not_fit_is_named_by_its_place_and_line(change: Any, place: str, words: str) -> None:
    given = document()
    change(given)
    with pytest.raises(FileProblem, match=words) as problem:
        files.from_json(given)
    assert problem.value.place == place
    text = json.dumps(given, indent=1)
    with pytest.raises(FileProblem, match=words) as problem:
        files.loads(text.encode())
    line, _, shown = problem.value.place.partition(", ")
    assert shown == place
    if line:
        last = place.rstrip("]").replace("[", ".").split(".")[-1]
        named = text.splitlines()[int(line.removeprefix("line ")) - 1]
        assert last.isdecimal() or f'"{last}":' in named or "\ufffd" in last or not place


def test_numbers_too_large_are_refused_from_objects_too() -> None:
    for number in (10**400, 10**5000, float("nan")):
        given = document()
        given["networks"]["main"]["nodes"][0]["position"] = [number, 0]
        with pytest.raises(FileProblem, match="two numbers"):
            files.from_json(given)


def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    expected = {
        tmp_path: "is a folder",
        tmp_path / "pipe": "device or a pipe",
        Path("/dev/zero"): "device or a pipe",
        tmp_path / "none": "no such file",
        tmp_path / "loop": "cannot be read",
        tmp_path / "x\0y": "no name",
        tmp_path / ("x" * 300): "cannot be read",
    }
    for path, words in expected.items():
        with pytest.raises(FileProblem, match=words):
            files.load(path)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(FileProblem, match="1,099,511,627,776 bytes"):
        files.load(path)


def test_a_key_that_comes_twice_is_found_among_very_many() -> None:
    keys = b",".join(b'"k%d":0' % number for number in range(200_000))
    with pytest.raises(FileProblem, match="'k199999' is there twice"):
        files.loads(b"{" + keys + b',"k199999":0}')


def test_opening_a_file_runs_and_imports_nothing_that_it_names(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    (tmp_path / "evil.py").write_text(f"open({str(canary)!r}, 'w')")
    given = document()
    given["networks"]["main"]["nodes"][2].update(layer="evil.Layer", module="evil")
    given["networks"]["main"]["nodes"][2]["parameters"] = {"__class__": "evil.Layer", "a": "__import__('evil')"}
    path = tmp_path / "evil.netwright"
    path.write_text(json.dumps(given))
    script = "import sys; from graphs import files; files.load(sys.argv[1]); assert 'evil' not in sys.modules"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(files.__file__).parents[1]), str(tmp_path)])}
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, env=environment, cwd=tmp_path)
    assert not canary.exists()


def test_a_file_cut_off_at_any_byte_never_opens() -> None:
    whole = GOOD.rstrip()
    for length in range(len(whole)):
        assert not opens_or_says_why(whole[:length]), length
    assert opens_or_says_why(whole)


@given(st.data())
def test_changed_bytes_open_or_say_why(data: st.DataObject) -> None:
    changed = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        length = data.draw(st.integers(0, 6))
        changed[at : at + length] = data.draw(st.binary(max_size=6) | st.sampled_from(TOKENS))
    opens_or_says_why(bytes(changed))


TOKENS = [b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"null", b"-", b"1e9", b"NaN", b"\\ud83d", b"\xff", b"\0"]


@given(st.binary(max_size=200))
def test_any_bytes_say_why(data: bytes) -> None:
    assert not opens_or_says_why(data)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_documents_with_anything_anywhere_open_or_say_why(data: st.DataObject) -> None:
    changed = document()
    for _ in range(data.draw(st.integers(1, 3))):
        replace_somewhere(changed, data)
    opens_or_says_why(json.dumps(changed).encode())


def replace_somewhere(value: Any, data: st.DataObject) -> None:
    """Replace, remove or add one entry at a random depth."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(value[key], dict | list) and value[key] and data.draw(st.integers(0, 9)):
            value = value[key]
            continue
        change = data.draw(st.sampled_from(["replace", "remove", "repeat"]))
        if change == "replace":
            value[key] = data.draw(anything)
        elif change == "remove":
            del value[key]
        elif isinstance(value, list):
            value.append(value[key])
        else:
            value[data.draw(st.text(max_size=8))] = value[key]
        return
