"""Arithmetic that a parameter may hold instead of a number, such as `4 * channels`.

A recursive-descent reader of its own, because a file's text must never reach Python's evaluator:
numbers, names, + - * / // % ( ), and min, max, ceil, floor. Lengths, depths and results are bounded.
"""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from graphs.errors import UserError

Number = int | float

LONGEST_TEXT = 256
DEEPEST = 32
LARGEST = 2**40

_TOKEN = re.compile(r"\s*(?:(\d+\.\d*|\.\d+|\d+)|([A-Za-z_][A-Za-z_0-9]*)|(//|[-+*/%(),]))", re.ASCII)
_FUNCTIONS: dict[str, tuple[int, Callable[..., Number]]] = {
    "min": (2, min),
    "max": (2, max),
    "ceil": (1, math.ceil),
    "floor": (1, math.floor),
}


class ExpressionError(UserError):
    """An expression that cannot be read or worked out; the text says where."""


def evaluate(text: str, values: Mapping[str, Number]) -> Number:
    """Return the number that `text` stands for, its names taken from `values`.

    Raises ExpressionError for a name that is not there, a division by zero, or a result beyond 2**40.
    """
    return _Reader(text, values).result()


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """Return the names that `text` uses. Raises ExpressionError when it is not an expression."""
    reader = _Reader(text, None)
    reader.result()
    return frozenset(reader.used)


class _Reader:
    """One pass over one text; with `values` None it only checks the grammar and collects names."""

    def __init__(self, text: str, values: Mapping[str, Number] | None) -> None:
        self.text = text
        self.values = values
        self.used: set[str] = set()
        self.tokens = self._split()
        self.place = 0
        self.depth = 0

    def _split(self) -> list[str]:
        text = self.text
        if len(text) > LONGEST_TEXT:
            raise ExpressionError(f"An expression may have {LONGEST_TEXT} characters, this one has {len(text)}.")
        tokens, place = [], 0
        stripped = text.rstrip()
        while place < len(stripped):
            match = _TOKEN.match(stripped, place)
            if match is None:
                raise ExpressionError(f"{text!r} is not arithmetic: {stripped[place:].strip()[0]!r} is no sign of it.")
            tokens.append(match.group(match.lastindex or 0))
            place = match.end()
        if not tokens:
            raise ExpressionError("An expression is empty; write a number or arithmetic such as 4 * channels.")
        return tokens

    def _next(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self.place += 1
        return token

    def result(self) -> Number:
        value = self._sum()
        if self._next():
            raise self._unexpected()
        return value

    def _unexpected(self) -> ExpressionError:
        found = repr(self._next()) if self._next() else "the end"
        return ExpressionError(f"{self.text!r} is not arithmetic: {found} came where a number or a sign was expected.")

    def _bounded(self, value: Number) -> Number:
        if self.values is not None and not abs(value) <= LARGEST:
            raise ExpressionError(f"{self.text!r} gives a number beyond 2**40.")
        return value

    def _sum(self) -> Number:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(f"{self.text!r} is nested more than {DEEPEST} deep.")
        value = self._product()
        while self._next() in ("+", "-"):
            sign = self._take()
            right = self._product()
            value = self._bounded(value + right if sign == "+" else value - right)
        self.depth -= 1
        return value

    def _product(self) -> Number:
        value = self._factor()
        while self._next() in ("*", "/", "//", "%"):
            sign = self._take()
            value = self._bounded(self._combine(sign, value, self._factor()))
        return value

    def _combine(self, sign: str, left: Number, right: Number) -> Number:
        if sign == "*":
            return left * right
        if self.values is None:
            return left
        if right == 0:
            raise ExpressionError(f"{self.text!r} divides by zero.")
        if sign == "//":
            return left // right
        if sign == "%":
            return left % right
        quotient = left / right
        return int(quotient) if quotient == int(quotient) else quotient

    def _factor(self) -> Number:
        negative = False
        while self._next() in ("+", "-"):
            negative ^= self._take() == "-"
        value = self._atom()
        return -value if negative else value

    def _atom(self) -> Number:
        token = self._next()
        if token == "(":
            self._take()
            value = self._sum()
            self._expect(")")
            return value
        if token[:1].isdigit() or token[:1] == ".":
            self._take()
            return self._bounded(float(token) if "." in token else int(token))
        if token in _FUNCTIONS and self.tokens[self.place + 1 : self.place + 2] == ["("]:
            return self._function(token)
        if token[:1].isalpha() or token[:1] == "_":
            return self._name(self._take())
        raise self._unexpected()

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise self._unexpected()
        self._take()

    def _function(self, name: str) -> Number:
        count, function = _FUNCTIONS[name]
        self._take()
        self._expect("(")
        arguments = [self._sum()]
        while self._next() == ",":
            self._take()
            arguments.append(self._sum())
        self._expect(")")
        if len(arguments) != count:
            raise ExpressionError(f"{self.text!r}: {name} takes {count} numbers, got {len(arguments)}.")
        return function(*arguments)

    def _name(self, name: str) -> Number:
        self.used.add(name)
        if self.values is None:
            return 1
        if name not in self.values:
            known = f"of this block; it has {', '.join(sorted(self.values))}" if self.values else "here; there are none"
            raise ExpressionError(f"{self.text!r} uses {name}, which is no argument {known}.")
        return self._bounded(self.values[name])
