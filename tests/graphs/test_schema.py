"""The committed JSON Schema is the one that the declarations make; it takes good files and refuses bad ones."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from graphs import catalogue, files, schema, templates
from graphs.errors import FileProblem
from tests.graphs.sample_projects import document, edge, node

VALIDATOR = Draft202012Validator(schema.schema())


def test_the_committed_schema_is_up_to_date() -> None:
    assert schema.PATH.read_text("utf-8") == schema.text(), "run `python -m graphs.schema`"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema.schema())


@pytest.mark.parametrize("name", templates.names())
def test_saved_projects_are_valid(name: str) -> None:
    VALIDATOR.validate(json.loads(files.dumps(templates.create(name))))


def test_a_document_with_everything_in_it_is_valid() -> None:
    VALIDATOR.validate(document())


def with_layer(layer: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return a document of one node."""
    main = {"nodes": [node(1, "x", layer, **parameters)], "edges": []}
    return {"format": "netwright", "version": 1, "networks": {"main": main}}


def defaults() -> list[tuple[str, str]]:
    """Every parameter of every layer."""
    return [(spec.name, kind.name) for spec in catalogue.LAYERS for kind in spec.choices]


@pytest.mark.parametrize(("layer", "name"), defaults())
def test_every_default_is_valid_when_it_is_written_out(layer: str, name: str) -> None:
    spec = catalogue.get(layer)
    default = json.loads(json.dumps(spec.default(spec.parameter(name))))
    VALIDATOR.validate(with_layer(layer, {name: default}))


leaves = st.none() | st.booleans() | st.integers(-3, 9) | st.floats(-2, 2) | st.sampled_from(["a", "zeros", "2 * n"])


@given(st.sampled_from(defaults()), leaves | st.lists(leaves, max_size=3))
def test_what_a_parameter_takes_the_schema_takes(parameter: tuple[str, str], value: Any) -> None:
    layer, name = parameter
    given = with_layer(layer, {name: value})
    try:
        saved = files.to_json(files.from_json(given))
    except FileProblem:
        return
    VALIDATOR.validate(given)
    VALIDATOR.validate(saved)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(format="other"),
        lambda d: d.update(version=0),
        lambda d: d.pop("networks"),
        lambda d: d["networks"].pop("main"),
        lambda d: d["networks"].update({"two words": d["networks"]["main"]}),
        lambda d: d["networks"]["main"].update(links=[]),
        lambda d: d["networks"]["main"].update(directed=False),
        lambda d: d["networks"]["main"]["nodes"].append({"id": "n7"}),
        lambda d: d["networks"]["main"]["nodes"][1].update(name="a-b"),
        lambda d: d["networks"]["main"]["nodes"][1].update(position=[1]),
        lambda d: d["networks"]["main"]["nodes"][1].update(frozen="yes"),
        lambda d: d["networks"]["main"]["nodes"][1]["parameters"].update(out_features=0),
        lambda d: d["networks"]["main"]["nodes"][1]["parameters"].update(out_features=[4]),
        lambda d: d["networks"]["main"]["nodes"][1]["parameters"].update(unheard=1),
        lambda d: d["networks"]["main"]["edges"].append(edge(1, 2, "output")),
        lambda d: d.update(data=[1]),
    ],
)
def test_bad_documents_are_refused_by_schema_and_reader_alike(change: Callable[[Any], Any]) -> None:
    bad = document()
    change(bad)
    assert not VALIDATOR.is_valid(bad)
    with pytest.raises(FileProblem):
        files.from_json(bad)
