"""Values made of other values, and values that are read off the wires."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphs.errors import ValueProblem
from graphs.parameters.base import Parameter, Value, literal


@dataclass(frozen=True, kw_only=True)
class Mapped(Parameter):
    """A mapping from names to values of one kind, such as a block's arguments or a table's column roles."""

    default: Value = field(default_factory=dict)
    each: Parameter = field(default_factory=lambda: Parameter(name="value"))

    @property
    def expected(self) -> str:
        return f"names, each with {self.each.expected}"

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise self.refuse(value)
        return {key: self.each.check(entry) for key, entry in value.items()}

    def _read(self, text: str) -> Value:
        return literal(text)

    def show(self, value: Value) -> str:
        return json.dumps(value)

    def resolve(self, value: Value, arguments: Mapping[str, int | float]) -> Value:
        return {key: self.each.resolve(entry, arguments) for key, entry in value.items()}

    def schema(self) -> dict[str, Value]:
        return {"type": "object", "additionalProperties": self.each.schema()}


@dataclass(frozen=True, kw_only=True)
class Sized(Parameter):
    """A constructor argument that is read off the incoming shapes and never typed.

    `read` takes the layer's `graphs.spec.Call` and returns the value; it may raise `graphs.spec.Refusal`.
    """

    read: Callable[[Any], Value] = field(default=lambda call: None)
    doc: str = "Read off the incoming wire."

    def _accept(self, value: Value) -> Value:
        raise ValueProblem(self.name, value, "nothing: it is read off the incoming wire")
