"""Symbolic lengths: exact for every number that a symbol may stand for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.dimensions import Dim, evaluate, product, symbol, symbols
from graphs.tensors import TensorSpec, from_sizes, shape_text

T, H = symbol("T"), symbol("H")

steps = st.lists(
    st.tuples(st.sampled_from(["add", "subtract", "multiply", "divide", "symbol", "from"]), st.integers(1, 9)),
    max_size=6,
)


def run(start: Any, work: list[tuple[str, int]], other: Any) -> Any:
    """Do the same steps with numbers or with symbols."""
    value = start
    for step, number in work:
        if step == "add":
            value = value + number
        elif step == "subtract":
            value = value - number
        elif step == "multiply":
            value = value * number
        elif step == "divide":
            value = value // number
        elif step == "symbol":
            value = value + other
        else:
            value = number - value
    return value


@given(steps, st.integers(0, 500), st.integers(0, 500))
def test_symbols_reckon_as_the_numbers_they_stand_for(work: list[tuple[str, int]], t: int, h: int) -> None:
    assert evaluate(run(T, work, H), {"T": t, "H": h}) == run(t, work, h)


@given(steps)
def test_what_is_equal_compares_and_hashes_equal(work: list[tuple[str, int]]) -> None:
    once, again = run(T, work, H), run(symbol("T"), work, symbol("H"))
    assert once == again
    assert hash(once) == hash(again)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (T, "T"),
        (2 * T, "2*T"),
        (T // 2, "T/2"),
        (T // 2 // 3, "T/6"),
        ((T + 1) // 2, "(T+1)/2"),
        (T - T, "0"),
        (T * H, "H*T"),
        ((4 * T) // 2, "2*T"),
        ((T * H) // H, "T"),
    ],
)
def test_lengths_are_kept_simple(length: Dim, text: str) -> None:
    assert str(length) == text


def test_nested_halving_as_of_strided_convolutions_stays_one_quotient() -> None:
    length: Dim = H
    for _ in range(3):
        length = (length - 1) // 2 + 1
    assert str(length).count("/") == 1
    assert all(evaluate(length, {"H": h}) == -(-h // 8) for h in range(1, 200))


def test_comparisons_are_true_only_when_certain() -> None:
    assert not T < 3
    assert not T >= 3
    assert T != 3
    assert (4 * T) % 2 == 0


def test_a_division_that_is_not_exact_says_so() -> None:
    with pytest.raises(ValueError, match="cannot be divided"):
        (T + 1) // H


def test_a_symbol_without_a_number_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        evaluate(T + H, {"T": 3})


def test_symbols_are_found_inside_quotients() -> None:
    assert symbols((T + 1) // 2 * H) == {"T", "H"}
    assert product([2, T, 3]) == 6 * T
    assert product([]) == 1


def test_specs_count_and_show_themselves() -> None:
    spec = from_sizes((3, "H", "W"))
    assert (spec.kind, spec.rank, spec.known) == ("map", 3, False)
    assert str(spec.bytes) == "12*H*W"
    assert shape_text((16, 32, 32)) == "16×32×32"
    assert shape_text((H // 2, T + 1)) == "H/2×(T+1)"
    assert str(TensorSpec(())) == "scalar"
    assert from_sizes(("T",), "int64").kind == "index"
    assert from_sizes((4, 4), "bool").kind == "mask"
