"""Places and sizes on the canvas: pairs of numbers, in pixels at 100 %."""

import json
import re
from dataclasses import dataclass

from graphs.errors import ValueProblem
from graphs.parameters.base import Parameter, Value, literal
from graphs.parameters.numeric import Number, number_or_text, range_text

FARTHEST = 1e7


@dataclass(frozen=True, kw_only=True)
class Pair(Parameter):
    """Two numbers, a place or a width and a height, kept as a tuple; whole numbers stay whole."""

    low: float = -FARTHEST
    high: float = FARTHEST

    @property
    def expected(self) -> str:
        return "two numbers" + range_text(self.low, self.high)

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise self.refuse(value)
        number = Number(name=self.name, low=self.low, high=self.high)
        try:
            return number.check(value[0]), number.check(value[1])
        except ValueProblem:
            raise self.refuse(value) from None

    def _read(self, text: str) -> Value:
        return [number_or_text(entry) for entry in re.split(r"\s*[,x×]\s*", text.strip("()[] "))]

    def show(self, value: Value) -> str:
        return "none" if value is None else ", ".join(map(str, value))

    def schema(self) -> dict[str, Value]:
        number = {"type": "number", "minimum": self.low, "maximum": self.high}
        return {"type": "array", "items": number, "minItems": 2, "maxItems": 2}


@dataclass(frozen=True, kw_only=True)
class Pairs(Parameter):
    """A list of places, at least one and at most `longest`, kept as a tuple of tuples."""

    longest: int = 256

    @property
    def expected(self) -> str:
        return f"1 to {self.longest} places, each {Pair(name=self.name).expected}"

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= self.longest:
            raise self.refuse(value)
        place = Pair(name=self.name)
        try:
            return tuple(place.check(entry) for entry in value)
        except ValueProblem:
            raise self.refuse(value) from None

    def _read(self, text: str) -> Value:
        return literal(text)

    def show(self, value: Value) -> str:
        return "none" if value is None else json.dumps(value)

    def schema(self) -> dict[str, Value]:
        return {"type": "array", "items": Pair(name=self.name).schema(), "minItems": 1, "maxItems": self.longest}
