"""Arithmetic in parameters: what it gives, what it refuses, and that Python never sees it."""

import ast
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import expressions
from graphs.expressions import ExpressionError, evaluate

OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def oracle(node: ast.expr) -> float:
    """Work out Python's own syntax tree."""
    if isinstance(node, ast.BinOp):
        return float(OPERATORS[type(node.op)](oracle(node.left), oracle(node.right)))
    if isinstance(node, ast.UnaryOp):
        return -oracle(node.operand)
    assert isinstance(node, ast.Constant)
    return float(node.value)


texts = st.recursive(
    st.integers(0, 99).map(str),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "//", "%", "/"]), inner)
        | st.builds("-{}".format, inner)
        | st.builds("{} {} {}".format, inner, st.sampled_from(["+", "-", "*", "//", "%"]), inner)
    ),
    max_leaves=8,
)


@given(texts)
def test_it_reckons_as_python_does(text: str) -> None:
    try:
        expected = oracle(ast.parse(text, mode="eval").body)
    except ZeroDivisionError:
        with pytest.raises(ExpressionError, match="zero"):
            evaluate(text, {})
        return
    assert evaluate(text, {}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 * channels", 32),
        ("channels / 2", 4),
        ("max(channels, 10) - min(1, 2)", 9),
        ("ceil(channels / 3) + floor(2.9)", 5),
        ("--channels", 8),
        (" ( channels ) ", 8),
    ],
)
def test_names_and_functions(text: str, value: int) -> None:
    found = evaluate(text, {"channels": 8})
    assert found == value
    assert isinstance(found, int)


def test_names_are_collected() -> None:
    assert expressions.names("max(a, 2) * (b + a)") == {"a", "b"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("1 +", "the end"),
        ("(1", "the end"),
        ("1 2", "'2'"),
        ("2 ** 3", "'*'"),
        ("1 & 2", "'&'"),
        ("x.y", "'.'"),
        ("__import__('os')", r'"\'"'),
        ("f(1)", "uses f"),
        ("max(1)", "takes 2"),
        ("width", "no argument.*height"),
        ("1 % 0", "zero"),
        ("1" * 300, "256 characters"),
        ("(" * 40 + "1" + ")" * 40, "32 deep"),
        ("9" * 20, "2\\*\\*40"),
        ("1000000 * 1000000 * 1000000", "2\\*\\*40"),
    ],
)
def test_what_is_no_arithmetic_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(ExpressionError, match=words):
        evaluate(text, {"height": 3})


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_clear_error(text: str) -> None:
    try:
        value = evaluate(text, {"a": 1})
    except ExpressionError:
        return
    assert abs(value) <= expressions.LARGEST
