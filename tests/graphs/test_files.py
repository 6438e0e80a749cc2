"""What is saved is what opens again, to the byte; what cannot be saved leaves the old file."""

import json
import os
import stat
import time
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import catalogue, edits, files
from graphs.attributes import NODE_KINDS
from graphs.errors import FileProblem
from graphs.filing.migrations import upgrade
from graphs.network import NODE_ATTRIBUTES
from graphs.project import Project
from tests.graphs.sample_projects import document, sample


def test_saved_and_opened_again_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    project, path = sample(), tmp_path / "sample.netwright"
    saved = files.save(project, path)
    first = path.read_bytes()
    opened, stamped = files.load_stamped(path)
    assert opened == project
    assert stamped == saved
    files.save(opened, path)
    assert path.read_bytes() == first
    assert files.loads(files.dumps(project)) == project


def test_the_text_is_one_node_and_one_wire_a_line_in_a_fixed_order() -> None:
    text = files.dumps(sample()).decode("utf-8")
    lines = [line.strip().rstrip(",]}") for line in text.splitlines()]
    assert text.startswith('{"format": "netwright", "version": 1, "title": "A sample",\n')
    assert text.endswith("}\n")
    assert '{"id": "n1", "name": "image", "layer": "Input", "parameters": {"shape": [8]}, "position": [0, 80]}' in text
    nodes = [line[8:11].rstrip('"') for line in lines if line.startswith('{"id"')]
    assert nodes == ["n1", "n2", "n9", "n10", "n1", "n2", "n3"]
    assert sum(line.startswith('{"source"') for line in lines) == 5
    assert "größer ✓" in text


def test_each_network_is_a_node_link_document_of_networkx() -> None:
    for name, network in sample().networks.items():
        read = nx.node_link_graph(json.loads(files.dumps(sample()))["networks"][name], edges="edges")
        assert isinstance(read, nx.MultiDiGraph)
        assert set(read) == set(network)
        assert set(read.edges(keys=True)) == set(network.graph.edges(keys=True))


def test_a_parameter_at_its_default_is_left_out_and_comes_back() -> None:
    given = document()
    given["networks"]["main"]["nodes"][1]["parameters"] = {"out_features": 64, "bias": True}
    project = files.from_json(given)
    assert files.to_json(project)["networks"]["main"]["nodes"][1]["parameters"] == {}
    assert catalogue.get("Linear").complete(project.main.parameters("n2")) == {"out_features": 64, "bias": True}


def test_an_unknown_layer_and_unknown_keys_come_through_unchanged() -> None:
    written = files.to_json(files.loads(files.dumps(sample())))
    wanted = document()
    main, expected = written["networks"]["main"], wanted["networks"]["main"]
    assert main["nodes"][2] == expected["nodes"][2]
    assert main["edges"][2] == expected["edges"][2]
    assert main["graph"] == expected["graph"]
    assert written["later"] == wanted["later"]
    assert list(written) == list(wanted)


def test_an_attribute_of_any_name_comes_through() -> None:
    given = document()
    for name in ("node_for_adding", "u_for_edge", "self", "attr"):
        given["networks"]["main"]["nodes"][0][name] = 1
        given["networks"]["main"]["edges"][0][name] = 1
    assert files.to_json(files.from_json(given)) == given


def test_every_attribute_of_a_node_has_a_kind() -> None:
    assert NODE_KINDS.keys() == NODE_ATTRIBUTES.keys()
    assert all(kind.name == name for name, kind in NODE_KINDS.items())


def test_what_edits_leave_can_be_saved() -> None:
    project = sample()
    edits.Move("main", {"n1": (8.0, -16.5)}).apply(project)
    edits.SetParameters("main", "n2", {}, reset=("bias",)).apply(project)
    edits.SetAttributes("main", "n1", {"comment": "a\nb", "pinned": True}).apply(project)
    edits.SetNetworkAttributes("main", {"later": ((1, 2), (3, 4))}).apply(project)
    edits.SetSection("training", {"betas": (0.9, 0.99)}).apply(project)
    edits.SetTitle("x" * 100).apply(project)
    data = files.dumps(project)
    assert files.dumps(files.loads(data)) == data
    assert b'"position": [8, -16.5]' in data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p.training.update(lr=float("nan")), "training.lr: nan"),
        (lambda p: p.training.update(lr=10**400), r"training.lr: .*2\*\*53"),
        (lambda p: p.training.update(when={1, 2}), "training.when: a set"),
        (lambda p: p.main.graph.nodes["n1"].update(comment="\ud800"), r"nodes\[0\].comment: .*surrogate"),
        (lambda p: p.main.graph.nodes["n1"].update(name="two words"), r"nodes\[0\].name.*'two words'"),
        (lambda p: p.main.graph.nodes["n2"].update(parameters={"bias": 3}), r"nodes\[1\].parameters.*true or false"),
        (lambda p: p.networks.pop("main"), "no network 'main'"),
        (lambda p: p.data.update({1: 2}), "data: the names"),
    ],
)
def test_what_a_file_cannot_hold_leaves_the_old_file(tmp_path: Path, change: Any, words: str) -> None:
    project, path = sample(), tmp_path / "sample.netwright"
    files.save(project, path)
    before = path.read_bytes()
    change(project)
    with pytest.raises(FileProblem, match=words):
        files.save(project, path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == [path.name]


def test_a_newer_version_opens_to_read_only(tmp_path: Path) -> None:
    path = tmp_path / "newer.netwright"
    newer = {**document(), "version": 7}
    newer["networks"]["main"]["made_of"] = "wood"
    path.write_text(json.dumps(newer))
    project = files.load(path)
    assert project.read_only
    assert project.main == sample().main
    with pytest.raises(FileProblem, match=r"newer Netwright.*Update"):
        files.save(project, tmp_path / "copy.netwright")
    assert json.loads(path.read_text()) == newer
    newer["networks"] = ["something else"]
    with pytest.raises(FileProblem, match=r"version 7, this one knows 1.*expected an object"):
        files.from_json(newer)


def test_older_documents_are_upgraded_step_by_step() -> None:
    def rename(old: dict[str, Any]) -> dict[str, Any]:
        return {("title" if key == "caption" else key): value for key, value in old.items()}

    def shout(old: dict[str, Any]) -> dict[str, Any]:
        return {**old, "title": old["title"].upper()}

    old = {"version": 1, "caption": "an old one", "kept": [1]}
    steps = {1: rename, 2: shout}
    assert upgrade(old, steps, 3) == {"version": 3, "title": "AN OLD ONE", "kept": [1]}
    assert old["caption"] == "an old one"
    assert upgrade({"version": 9}, steps, 3) == {"version": 9}


def test_windows_line_ends_and_a_byte_order_mark_are_taken() -> None:
    data = files.dumps(sample())
    assert files.loads(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) == sample()


def test_modes_and_links_are_those_of_the_atomic_writer(tmp_path: Path) -> None:
    path, link = tmp_path / "sample.netwright", tmp_path / "link.netwright"
    files.save(sample(), path)
    path.chmod(0o600)
    link.symlink_to(path)
    files.save(sample(), link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_twenty_thousand_nodes_open_in_seconds() -> None:
    end = '"layer": "Linear", "parameters": {"out_features": 9}, "position": [0, 8]}'
    nodes = [f'{{"id": "n{n}", "name": "fc{n}", {end}' for n in range(20_000)]
    edges = [f'{{"source": "n{n}", "target": "n{n + 1}", "key": "output:input"}}' for n in range(19_999)]
    text = (
        '{"format": "netwright", "version": 1, "networks": {"main": {"nodes": ['
        + ",".join(nodes)
        + '], "edges": ['
        + ",".join(edges)
        + "]}}}"
    )
    started = time.process_time()
    project = files.loads(text.encode())
    assert time.process_time() - started < 5  # a bound against quadratic work, not a benchmark
    assert len(project.main) == 20_000


numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(words, values, max_size=3), max_size=6), st.dictionaries(words, values, max_size=3))
def test_any_drawing_of_placeholders_is_the_same_after_two_trips(parameters: Any, section: Any) -> None:
    nodes = [
        {"id": f"n{n}", "name": f"layer{n}", "layer": "Unheard", "parameters": given, "position": [n, -n / 3]}
        for n, given in enumerate(parameters)
    ]
    edges = [{"source": "n0", "target": at["id"], "key": "a:b.1"} for at in nodes]
    main = {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    given = {"format": "netwright", "version": 1, "title": "", "networks": {"main": main}, "data": section}
    project = files.from_json(given)
    data = files.dumps(project)
    assert files.to_json(files.loads(data)) == {**given, "training": {}}
    assert files.dumps(files.loads(data)) == data


def test_a_new_project_can_be_saved() -> None:
    assert files.loads(files.dumps(Project())) == Project()
