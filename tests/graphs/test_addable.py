"""What can be added to a network: found by what people call it, what fits first, blocks of the project with it."""

import pytest

from graphs import catalogue, templates
from graphs.addable import Addable, by_category, find, search
from graphs.errors import UserError
from graphs.feeding import accepts
from graphs.naming import stem_of
from graphs.ports import INLET
from graphs.project import MAIN, Project
from graphs.spec import CATEGORIES
from graphs.tensors import TensorSpec

IMAGE, SIGNAL = TensorSpec((16, 8, 8)), TensorSpec((16, 8))


def titles(found: list[Addable]) -> list[str]:
    """The titles of what was found."""
    return [what.title for what in found]


@pytest.mark.parametrize(
    ("text", "wanted"), [("dense", "Linear"), ("bn", "BatchNorm2d"), ("fc", "Linear"), ("deconv", "ConvTranspose2d")]
)
def test_layers_are_found_by_what_people_call_them(text: str, wanted: str) -> None:
    assert wanted in titles(search(Project(), MAIN, text))[:5]


@pytest.mark.parametrize(
    ("text", "came", "first"),
    [
        ("conv", IMAGE, ["Conv2d", "ConvTranspose2d"]),
        ("conv", SIGNAL, ["Conv1d", "ConvTranspose1d"]),
        ("pool", IMAGE, ["MaxPool2d", "AvgPool2d"]),
        ("batch", IMAGE, ["BatchNorm2d"]),
        ("batch", SIGNAL, ["BatchNorm1d"]),
    ],
)
def test_of_what_matches_alike_what_takes_the_tensor_comes_first(text: str, came: TensorSpec, first: list[str]) -> None:
    found = titles(search(Project(), MAIN, text, came))
    assert found[: len(first)] == first
    assert sorted(found) == sorted(titles(search(Project(), MAIN, text)))


def test_without_a_text_all_that_takes_the_tensor_comes_before_all_that_does_not() -> None:
    fits = [accepts(catalogue.get(what.kind), IMAGE) is not None for what in search(Project(), MAIN, "", IMAGE)]
    assert True in fits
    assert False in fits
    assert fits == sorted(fits, reverse=True)


def test_a_name_typed_in_full_comes_first_though_others_fit_better() -> None:
    assert accepts(catalogue.get("Conv1d"), IMAGE) is None
    assert titles(search(Project(), MAIN, "conv1d", IMAGE))[0] == "Conv1d"
    assert titles(search(Project(), MAIN, "lin", IMAGE))[0] == "Linear"


def test_without_a_tensor_the_kinds_that_the_network_has_come_first() -> None:
    assert titles(search(Project(), MAIN, "conv"))[0] == "Conv1d"
    assert titles(search(templates.create("digits_cnn"), MAIN, "conv"))[0] == "Conv2d"


def test_blocks_are_offered_where_they_make_no_circle() -> None:
    project = templates.create("resnet_small")
    blocks = {name for name in project.networks if name != MAIN}
    assert blocks
    assert blocks <= set(titles(by_category(project, MAIN)["block"]))
    for inside in blocks:
        assert inside not in titles(search(project, inside, ""))


def test_inlets_are_offered_inside_a_block_alone() -> None:
    project = templates.create("resnet_small")
    inside = next(name for name in project.networks if name != MAIN)
    assert INLET not in titles(search(project, MAIN, "inlet"))
    assert titles(search(project, inside, "inlet"))[0] == INLET


def test_every_layer_stands_in_its_category_in_the_order_of_the_library() -> None:
    found = by_category(Project(), MAIN)
    assert list(found) == [category for category in CATEGORIES if category != "block"]
    assert all(what.category == category for category, offered in found.items() for what in offered)


def test_a_name_that_is_nothing_is_told() -> None:
    with pytest.raises(UserError, match="Convv2d"):
        find(Project(), "Convv2d")


@pytest.mark.parametrize(
    ("kind", "stem"),
    [
        ("ReLU", "relu"), ("ReLU6", "relu6"), ("LeakyReLU", "leaky_relu"), ("PReLU", "prelu"), ("RReLU", "rrelu"),
        ("SiLU", "silu"), ("GELU", "gelu"), ("MatMul", "matmul"), ("BatchNorm2d", "batch_norm"), ("Conv2d", "conv"),
    ],
)  # fmt: skip
def test_a_new_layer_is_named_as_torch_names_its_function(kind: str, stem: str) -> None:
    assert stem_of(kind) == stem
