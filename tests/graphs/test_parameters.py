"""Parameter kinds: what each takes, how it is typed and shown, and what it says when it refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import catalogue
from graphs.errors import UserError, ValueProblem
from graphs.parameters import (
    Boolean,
    Choice,
    FilePath,
    Integer,
    Integers,
    Mapped,
    Pair,
    Pairs,
    Parameter,
    Real,
    Size,
    Sized,
    Text,
)

count = Integer(name="count", default=3, low=1, high=10, expression=True)
rate = Real(name="rate", default=0.5, low=0, high=1, low_open=True)
kernel = Size(name="kernel", default=3, rank=2, low=1)
padding = Size(name="padding", default=0, rank=2, words=("same", "valid"))
axes = Integers(name="axes", default=(0,), low=0, shortest=1, symbols=True)
mode = Choice(name="mode", default="zeros", options=("zeros", "reflect"))
label = Text(name="label", pattern="[a-z]+", form="small letters")
flag = Boolean(name="flag", default=False)
maybe = Integer(name="maybe", optional=True, low=0)
place = Pair(name="place")
extent = Pair(name="extent", low=1, high=100)
places = Pairs(name="places", longest=2)
table = Mapped(name="table", each=Integer(name="value", low=0, expression=True))


@pytest.mark.parametrize(
    ("parameter", "value", "canonical"),
    [
        (count, 4, 4),
        (count, 4.0, 4),
        (count, "2 * width", "2 * width"),
        (count, "2 * 3", 6),
        (rate, 1, 1.0),
        (kernel, 5, (5, 5)),
        (kernel, [3, 5], (3, 5)),
        (kernel, ["k", 1], ("k", 1)),
        (padding, "same", "same"),
        (axes, 2, (2,)),
        (axes, ["T", 3], ("T", 3)),
        (mode, "reflect", "reflect"),
        (label, "abc", "abc"),
        (flag, True, True),
        (maybe, None, None),
        (place, [1.0, -2.5], (1, -2.5)),
        (places, [[1, 2], (3, 4.5)], ((1, 2), (3, 4.5))),
        (table, {"a": 1, "b": "2 * n"}, {"a": 1, "b": "2 * n"}),
    ],
)
def test_a_fitting_value_becomes_canonical(parameter: Parameter, value: Any, canonical: Any) -> None:
    found = parameter.check(value)
    assert found == canonical
    assert type(found) is type(canonical)
    assert parameter.check(found) == found


@pytest.mark.parametrize(
    ("parameter", "value", "expected"),
    [
        (count, 0, "from 1 to 10"),
        (count, 11, "from 1 to 10"),
        (count, True, "whole number"),
        (count, 2.5, "whole number"),
        (count, "2 *", "whole number"),
        (count, "5 * 9", "from 1 to 10"),
        (count, None, "whole number"),
        (count, 10**400, "whole number"),
        (rate, 0, "above 0"),
        (rate, float("nan"), "number"),
        (rate, float("inf"), "number"),
        (rate, 10**400, "number"),
        (rate, "0.5", "number"),
        (kernel, [3], "one for each axis"),
        (kernel, [3, 0], "1 or more"),
        (kernel, "2 *", "1 or more"),
        (padding, "as before", "'same'"),
        (axes, [], "at least 1"),
        (axes, list(range(65)), "whole numbers"),
        (mode, "Zeros", "zeros, reflect"),
        (mode, ["zeros"], "zeros, reflect"),
        (label, "ABC", "small letters"),
        (label, "a" * 70_000, "small letters"),
        (flag, 1, "true or false"),
        (maybe, -1, "or none"),
        (place, [1], "two numbers from -10,000,000"),
        (place, [float("nan"), 1], "two numbers"),
        (place, "12", "two numbers"),
        (extent, [0, 5], "from 1 to 100"),
        (places, [], "1 to 2 places"),
        (places, [[1, 2]] * 3, "1 to 2 places"),
        (places, [[1, "x"]], "1 to 2 places"),
        (table, {"a": -1}, "0 or more"),
        (table, [1], "names"),
        (Sized(name="channels"), 3, "incoming wire"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(parameter: Parameter, value: Any, expected: str) -> None:
    with pytest.raises(ValueProblem, match=expected) as caught:
        parameter.check(value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (count, " 2*3 ", 6),
        (count, "2*width", "2*width"),
        (rate, "1e-1", 0.1),
        (kernel, "3x5", (3, 5)),
        (kernel, "3, 5", (3, 5)),
        (kernel, "7", (7, 7)),
        (padding, "same", "same"),
        (axes, "T, 3", ("T", 3)),
        (axes, "[1, 2]", (1, 2)),
        (flag, "Yes", True),
        (maybe, "none", None),
        (maybe, "", None),
        (label, "abc", "abc"),
        (place, "1.5, -2", (1.5, -2)),
        (places, "[[1, 2]]", ((1, 2),)),
        (table, '{"a": 2}', {"a": 2}),
    ],
)
def test_typed_text_is_read(parameter: Parameter, text: str, value: Any) -> None:
    assert parameter.parse(text) == value


def test_expressions_are_worked_out_with_the_arguments_of_a_block() -> None:
    assert count.resolve("2 * width", {"width": 4}) == 8
    assert kernel.resolve(("k", 3), {"k": 5}) == (5, 3)
    assert axes.resolve(("T", "k"), {"k": 5}) == ("T", 5)
    assert table.resolve({"a": "2 * n"}, {"n": 3}) == {"a": 6}
    with pytest.raises(ValueProblem, match="from 1 to 10"):
        count.resolve("2 * width", {"width": 40})
    with pytest.raises(UserError, match="width"):
        count.resolve("2 * width", {})


@pytest.mark.parametrize("layer", catalogue.names())
def test_defaults_of_every_layer_fit_and_are_typed_back_as_shown(layer: str) -> None:
    for parameter in catalogue.get(layer).choices:
        default = catalogue.get(layer).default(parameter)
        assert parameter.check(default) == default
        assert parameter.parse(parameter.show(default)) == default
        assert parameter.doc
        assert parameter.expected


@given(st.integers(1, 10) | st.none() | st.floats() | st.text(max_size=9) | st.lists(st.integers(), max_size=3))
def test_whatever_comes_is_taken_or_refused_as_a_user_error(value: Any) -> None:
    kinds = (count, rate, kernel, padding, axes, mode, label, flag, maybe, table, FilePath(name="path"))
    for parameter in kinds:
        try:
            found = parameter.check(value)
        except UserError:
            continue
        assert parameter.check(found) == found


def test_a_whole_number_beyond_what_is_exact_is_told_why() -> None:
    with pytest.raises(ValueProblem, match=r"no further from zero than 2\*\*53"):
        Integer(name="width", default=1, low=1).check(2**53 + 1)
