"""What every parameter kind has: a name, a default, a check, a way to be typed and shown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphs.errors import ValueProblem

# A JSON value in canonical form. Rules read numbers, strings and tuples out of it by the parameter's own kind,
# which a static type cannot follow through a table of declarations.
Value: TypeAlias = Any


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One thing to choose. `argument` says whether it is also an argument of the torch constructor of its layer."""

    name: str
    default: Value = None
    doc: str = ""
    unit: str = ""
    optional: bool = False
    argument: bool = True

    @property
    def expected(self) -> str:
        """What is allowed, in words that follow "expected"."""
        return "a value"

    def check(self, value: Value) -> Value:
        """Return `value` in canonical form. Raises ValueProblem when the parameter does not take it."""
        if value is None and self.optional:
            return None
        return self._accept(value)

    def parse(self, text: str) -> Value:
        """Return the value that a typed `text` means. Raises ValueProblem as `check` does."""
        stripped = text.strip()
        if self.optional and stripped.lower() in ("", "none", "null"):
            return None
        return self.check(self._read(stripped))

    def show(self, value: Value) -> str:
        """Return `value` as a person would type it; `parse` reads it back."""
        return "none" if value is None else str(value)

    def resolve(self, value: Value, arguments: Mapping[str, int | float]) -> Value:
        """Return `value` with its expressions worked out. Raises ExpressionError or ValueProblem."""
        return value

    def schema(self) -> dict[str, Value]:
        """Return the JSON Schema of the value in a file."""
        return {}

    def _accept(self, value: Value) -> Value:
        return value

    def _read(self, text: str) -> Value:
        return text

    def refuse(self, value: Value) -> ValueProblem:
        """Return the error that says what came and what this parameter takes."""
        return ValueProblem(self.name, value, self.expected + (" or none" if self.optional else ""))


def literal(text: str) -> Value:
    """Return the JSON value that `text` writes, or the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
