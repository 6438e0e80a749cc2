"""Numbers: whole and real, with ranges and, where a layer allows it, arithmetic over a block's arguments."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from graphs import expressions
from graphs.errors import ValueProblem
from graphs.parameters.base import Parameter, Value, literal

LARGEST_INTEGER = 2**53


def range_text(low: float | None, high: float | None, low_open: bool = False) -> str:
    """Return the words for a range, starting with a space."""
    if low is not None and high is not None:
        return f" {'above' if low_open else 'from'} {low:,} {'and up' if low_open else ''} to {high:,}".replace(
            "  ", " "
        )
    if low is not None:
        return f" above {low:,}" if low_open else f" of {low:,} or more"
    return "" if high is None else f" of {high:,} or less"


@dataclass(frozen=True, kw_only=True)
class Integer(Parameter):
    """A whole number from `low` to `high`."""

    low: int | None = None
    high: int | None = None
    expression: bool = False

    @property
    def expected(self) -> str:
        return "a whole number" + range_text(self.low, self.high)

    def _accept(self, value: Value) -> Value:
        if isinstance(value, str) and self.expression:
            return self._expression(value)
        if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_INTEGER:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.refuse(value)
        if abs(value) > LARGEST_INTEGER:
            raise ValueProblem(self.name, value, f"{self.expected}, no further from zero than 2**53")
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            raise self.refuse(value)
        return value

    def _expression(self, text: str) -> Value:
        try:
            return text.strip() if expressions.names(text) else self._accept(expressions.evaluate(text, {}))
        except expressions.ExpressionError:
            raise self.refuse(text) from None

    def _read(self, text: str) -> Value:
        return number_or_text(text)

    def resolve(self, value: Value, arguments: Mapping[str, int | float]) -> Value:
        return self.check(expressions.evaluate(value, arguments)) if isinstance(value, str) else value

    def schema(self) -> dict[str, Value]:
        bounds = {"minimum": self.low, "maximum": self.high}
        return _or_text({"type": "integer", **{k: v for k, v in bounds.items() if v is not None}}, self.expression)


def number_or_text(text: str) -> Value:
    """Read a typed number; arithmetic without names is worked out, so that `2*32` can be typed anywhere."""
    value = literal(text)
    if isinstance(value, str):
        try:
            return value if expressions.names(value) else expressions.evaluate(value, {})
        except expressions.ExpressionError:
            return value
    return value


def _or_text(schema: dict[str, Value], text: bool) -> dict[str, Value]:
    return {"anyOf": [schema, {"type": "string"}]} if text else schema


@dataclass(frozen=True, kw_only=True)
class Real(Parameter):
    """A finite number from `low` (or above it, when `low_open`) to `high`."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    expression: bool = False

    @property
    def expected(self) -> str:
        return "a number" + range_text(self.low, self.high, self.low_open)

    def _accept(self, value: Value) -> Value:
        if isinstance(value, str) and self.expression:
            return self._expression(value)
        if not isinstance(value, int | float) or isinstance(value, bool) or not _finite(value):
            raise self.refuse(value)
        below = self.low is not None and (value < self.low or (self.low_open and value == self.low))
        if below or (self.high is not None and value > self.high):
            raise self.refuse(value)
        return float(value)

    def _expression(self, text: str) -> Value:
        try:
            return text.strip() if expressions.names(text) else self._accept(expressions.evaluate(text, {}))
        except expressions.ExpressionError:
            raise self.refuse(text) from None

    def _read(self, text: str) -> Value:
        return number_or_text(text)

    def show(self, value: Value) -> str:
        return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else super().show(value)

    def resolve(self, value: Value, arguments: Mapping[str, int | float]) -> Value:
        return self.check(expressions.evaluate(value, arguments)) if isinstance(value, str) else value

    def schema(self) -> dict[str, Value]:
        low = "exclusiveMinimum" if self.low_open else "minimum"
        bounds = {low: self.low, "maximum": self.high}
        return _or_text({"type": "number", **{k: v for k, v in bounds.items() if v is not None}}, self.expression)


@dataclass(frozen=True, kw_only=True)
class Number(Real):
    """A number that stays whole when it is, such as a block's argument, which may count channels."""

    def _accept(self, value: Value) -> Value:
        checked = super()._accept(value)
        return int(checked) if isinstance(checked, float) and checked.is_integer() else checked


def _finite(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer too large for a float
        return False
