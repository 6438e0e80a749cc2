"""Several whole numbers at once: one an axis, or a list of any length."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graphs.errors import ValueProblem
from graphs.parameters.base import Parameter, Value
from graphs.parameters.numeric import Integer, number_or_text, range_text

LONGEST = 64  # entries of a list


@dataclass(frozen=True, kw_only=True)
class Size(Parameter):
    """One whole number an axis (a kernel, a stride), kept as a tuple of `rank`; `words` may stand for the whole."""

    rank: int = 2
    low: int = 0
    words: tuple[str, ...] = ()
    expression: bool = True

    @property
    def expected(self) -> str:
        number = Integer(name=self.name, low=self.low).expected
        several = f"{self.rank} of them, " if self.rank > 1 else ""
        return f"{number}, {several}one for each axis" + "".join(f" or {word!r}" for word in self.words)

    @cached_property
    def number(self) -> Integer:
        """The kind of each entry."""
        return Integer(name=self.name, low=self.low, expression=self.expression)

    def _accept(self, value: Value) -> Value:
        if isinstance(value, str) and value in self.words:
            return value
        entries = tuple(value) if isinstance(value, list | tuple) else (value,) * self.rank
        if len(entries) != self.rank:
            raise self.refuse(value)
        try:
            return tuple(self.number.check(entry) for entry in entries)
        except ValueProblem:
            raise self.refuse(value) from None

    def _read(self, text: str) -> Value:
        if text in self.words:
            return text
        entries = re.split(r"\s*[,x×]\s*", text.strip("()[] ")) if self.rank > 1 else [text.strip("()[] ")]
        numbers = [number_or_text(entry) for entry in entries]
        return numbers[0] if len(numbers) == 1 else numbers

    def show(self, value: Value) -> str:
        return "x".join(map(str, value)) if isinstance(value, tuple) else super().show(value)

    def resolve(self, value: Value, arguments: Mapping[str, int | float]) -> Value:
        return tuple(self.number.resolve(v, arguments) for v in value) if isinstance(value, tuple) else value

    def schema(self) -> dict[str, Value]:
        entry = {"anyOf": [{"type": "integer", "minimum": self.low}, {"type": "string"}]}
        row = {"type": "array", "items": entry, "minItems": self.rank, "maxItems": self.rank}
        return {"anyOf": [entry, row]}


@dataclass(frozen=True, kw_only=True)
class Integers(Parameter):
    """A list of whole numbers of any length, such as the order of axes; entries may be expressions."""

    low: int | None = None
    shortest: int = 0
    symbols: bool = False
    expression: bool = True

    @property
    def expected(self) -> str:
        names = " or names such as T" if self.symbols else ""
        return f"whole numbers{range_text(self.low, None)}{names}, with commas between" + (
            f", at least {self.shortest}" if self.shortest else ""
        )

    def _accept(self, value: Value) -> Value:
        if isinstance(value, int | str) and not isinstance(value, bool):
            value = (value,)
        if not isinstance(value, list | tuple) or len(value) < self.shortest or len(value) > LONGEST:
            raise self.refuse(value)
        number = Integer(name=self.name, low=self.low, expression=self.expression or self.symbols)
        try:
            return tuple(number.check(entry) for entry in value)
        except ValueProblem:
            raise self.refuse(value) from None

    def _read(self, text: str) -> Value:
        bare = text.strip("()[] ")
        return [number_or_text(entry) for entry in re.split(r"\s*[,x×]\s*", bare)] if bare else []

    def show(self, value: Value) -> str:
        return "none" if value is None else ", ".join(map(str, value))

    def resolve(self, value: Value, arguments: Mapping[str, int | float]) -> Value:
        number = Integer(name=self.name, low=self.low, expression=True)
        return tuple(v if self._is_symbol(v, arguments) else number.resolve(v, arguments) for v in value)

    def _is_symbol(self, value: Value, arguments: Mapping[str, int | float]) -> bool:
        """A bare name that is no argument stands for an axis of a length not known yet."""
        return self.symbols and isinstance(value, str) and value.isidentifier() and value not in arguments

    def schema(self) -> dict[str, Value]:
        entry = {"type": ["integer", "string"]}
        row = {"type": "array", "items": entry, "minItems": self.shortest, "maxItems": LONGEST}
        return {"anyOf": [entry, row]}
