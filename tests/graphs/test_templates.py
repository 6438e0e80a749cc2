"""Every template draws a project without problems that can be saved, whatever its options."""

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from graphs import catalogue, files, templates
from graphs.errors import UserError
from graphs.project import Project
from graphs.reporting import report
from graphs.templates import examples

VARIED: dict[str, dict[str, Any]] = {
    "autoencoder": {"code": 2},
    "digits_cnn": {"width": 8, "classes": 4},
    "lenet5": {"size": 32},
    "lstm_classifier": {"layers": 2, "bidirectional": True, "features": 3},
    "lstm_regressor": {"targets": 2},
    "mlp": {"hidden": (8,), "activation": "Tanh", "features": 5},
    "resnet_small": {"channels": 3, "size": 32, "depth": 3, "width": 8},
    "tabular_classifier": {"dropout": 0.0, "features": 20},
    "tabular_regression": {"hidden": (16, 16, 16), "targets": 2},
}


def drawn() -> list[tuple[str, dict[str, Any]]]:
    """Every template as it is, and once with other options."""
    return [(name, options) for name in templates.names() for options in ({}, VARIED[name])]


@pytest.mark.parametrize(("name", "options"), drawn())
def test_a_template_has_no_problems_and_can_be_saved(name: str, options: dict[str, Any]) -> None:
    project = templates.create(name, **options)
    for network in project.networks:
        assert [problem.message for problem in report(project, network).problems] == []
    data = files.dumps(project)
    assert files.loads(data) == project
    assert files.dumps(files.loads(data)) == data


@pytest.mark.parametrize("name", templates.names())
def test_a_template_tells_how_it_is_trained(name: str) -> None:
    project, spec = templates.create(name), templates.get(name)
    assert project.title == spec.title
    assert spec.summary.endswith(".")
    assert all(option.doc for option in spec.choices)
    assert project.data["split"] == {"validation": 0.2}
    assert project.training["recipe"] == "supervised"
    assert project.training["optimizer"]["kind"]
    outputs = [node for node in project.main if catalogue.get(project.main.kind(node)).objective]
    assert len(outputs) == 1


@pytest.mark.parametrize(("name", "options"), drawn())
def test_no_layers_lie_on_one_another(name: str, options: dict[str, Any]) -> None:
    for network in templates.create(name, **options).networks.values():
        places = sorted(network.position(node)[::-1] for node in network)
        for (y, x), (below, beside) in itertools.pairwise(places):
            assert abs(beside - x) >= 200 or below - y >= 28 + 8


@pytest.mark.parametrize(("size", "key"), [(28, "lenet5_28x28_pad2"), (32, "lenet5_32x32")])
def test_lenet_is_the_published_one(shared: Path, size: int, key: str) -> None:
    published = json.loads((shared / "reference" / "networks.json").read_text())[key]
    project = templates.create("lenet5", size=size)
    found = report(project)
    assert (found.parameters, found.macs) == (published["params"], published["macs"])
    main = project.main
    kinds = {kind: len(main.of_kind(kind)) for kind in published["leaf_types"]}
    assert kinds == published["leaf_types"]
    shapes = [shape for node in found.order for shape in found.nodes[node].weights.values()]
    lines = (shared / "reference" / "keys" / f"{key}.tsv").read_text().splitlines()
    assert [str(shape) for shape in shapes] == [line.split("\t")[1] for line in lines]


def test_the_digits_network_is_small_and_residual_blocks_have_a_shortcut() -> None:
    assert 20_000 <= report(templates.create("digits_cnn")).parameters <= 60_000
    project = templates.create("resnet_small")
    assert set(project.networks) == {"main", "BasicBlock", "ProjectionBlock"}
    for name in ("BasicBlock", "ProjectionBlock"):
        block = project.networks[name]
        (add,) = block.of_kind("Add")
        assert len(block.wires_into(add)) == 2
        assert len(block.wires_from(block.of_kind("Inlet")[0])) == 2
    assert [project.main.parameters(node).get("repeat", 1) for node in project.main.of_kind("Block")] == [2, 1, 1, 1, 1]


def test_options_are_checked() -> None:
    with pytest.raises(UserError, match="lenet5"):
        templates.create("lenet")
    with pytest.raises(UserError, match="width"):
        templates.create("digits_cnn", widht=3)
    with pytest.raises(UserError, match="from 2 to"):
        templates.create("digits_cnn", classes=1)


def test_each_call_draws_a_project_of_its_own() -> None:
    first = templates.create("digits_cnn")
    first.main.graph.remove_node("n1")
    first.data["source"]["kind"] = "iris"
    assert templates.create("digits_cnn").data["source"] == {"kind": "digits"}
    assert "n1" in templates.create("digits_cnn").main


@pytest.mark.parametrize("name", examples.names())
def test_the_examples_are_what_their_templates_draw(name: str) -> None:
    written = examples.path(name).read_bytes()
    assert hashlib.sha256(written).digest() == hashlib.sha256(examples.contents(name)).digest(), (
        "run `python -m graphs.templates.examples`"
    )
    assert isinstance(files.loads(written), Project)
