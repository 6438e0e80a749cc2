"""Values of parameters as Python text: literals by `repr`, arithmetic over arguments token by token."""

import math
import re
from collections.abc import Mapping

from graphs import expressions
from graphs.errors import UserError
from graphs.parameters import Integer, Integers, Parameter, Real, Size, Value

_TOKEN = re.compile(r"\d+\.\d*|\.\d+|\d+|[A-Za-z_][A-Za-z_0-9]*|//|[-+*/%(),]", re.ASCII)
_BINARY = {"+", "-", "*", "/", "//", "%"}
_FUNCTIONS = {"min": "min", "max": "max", "ceil": "math.ceil", "floor": "math.floor"}


def literal(value: Value) -> str:
    """Return a plain value as Python writes it. Strings go through `repr`, so that none can end early."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        assert math.isfinite(value), "a parameter holds finite numbers alone"
        return re.sub(r"e([-+])0*(\d)", r"e\1\2", repr(value)).replace("e+", "e")
    if isinstance(value, list | tuple):
        return sequence([literal(entry) for entry in value])
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(key)}: {literal(entry)}" for key, entry in value.items()) + "}"
    assert value is None or isinstance(value, bool | int), f"{type(value).__name__} is no value of a parameter"
    return repr(value)


def sequence(entries: list[str]) -> str:
    """Return a tuple of written entries."""
    return f"({entries[0]},)" if len(entries) == 1 else f"({', '.join(entries)})"


def _text(value: str) -> str:
    quoted = repr(value)
    return f'"{quoted[1:-1]}"' if quoted[0] == "'" and '"' not in quoted else quoted


def has_expression(parameter: Parameter, value: Value) -> bool:
    """Tell whether `value` holds arithmetic over a block's arguments."""
    if isinstance(parameter, Size) and isinstance(value, str):
        return value not in parameter.words
    if isinstance(parameter, Size | Integers) and isinstance(value, list | tuple):
        return any(isinstance(entry, str) for entry in value)
    return isinstance(parameter, Integer | Real) and isinstance(value, str)


def written(parameter: Parameter, value: Value, scope: "Scope") -> str:
    """Return a parameter's value as an argument: one number for a size that is the same along all axes."""
    if not has_expression(parameter, value):
        return literal(shortest(parameter, value))
    if not isinstance(value, tuple):
        return scope.written(value, integral=not isinstance(parameter, Real))
    entries = [scope.written(e, integral=True) if isinstance(e, str) else literal(e) for e in value]
    return entries[0] if isinstance(parameter, Size) and len(set(entries)) == 1 else sequence(entries)


def shortest(parameter: Parameter, value: Value) -> Value:
    """Return the one number that stands for a size of equal entries, as torch takes it too."""
    same = isinstance(parameter, Size) and isinstance(value, tuple) and len(set(value)) == 1
    return value[0] if same else value


class Scope:
    """The arguments that a class's constructor has: block argument -> name in the code, and which may be fractions."""

    def __init__(self, names: Mapping[str, str], fractions: frozenset[str] = frozenset()) -> None:
        self.names = names
        self.fractions = fractions

    def written(self, text: str, integral: bool) -> str:
        """Return arithmetic as Python; `integral` makes a whole number of it, as the model does.

        Raises UserError for a name that is no argument.
        """
        used = expressions.names(text)  # refuses anything that is not arithmetic
        unknown = sorted(used - set(self.names))
        if unknown:
            raise UserError(f"{text!r} uses {unknown[0]}, which is no argument of this block.")
        tokens = _TOKEN.findall(text)
        if integral and len(tokens) == 3 and tokens[1] == "/" and not used & self.fractions:
            tokens[1] = "//"
        code = self._spaced(tokens)
        return f"int({code})" if integral and self._fractional(tokens) else code

    def _spaced(self, tokens: list[str]) -> str:
        code = ""
        for place, token in enumerate(tokens):
            before = tokens[place - 1] if place else "("
            if token in _BINARY and before not in _BINARY and before not in ("(", ","):
                code += f" {token} "
            else:
                code += ", " if token == "," else self._token(token, tokens[place + 1 : place + 2] == ["("])
        return code

    def _token(self, token: str, called: bool) -> str:
        if token in _FUNCTIONS and called:
            return _FUNCTIONS[token]
        if token in self.names:
            return self.names[token]
        if token.isdigit():
            return str(int(token))
        return literal(float(token)) if token[0].isdigit() or token[0] == "." else token

    def _fractional(self, tokens: list[str]) -> bool:
        """Tell whether the result may be a float: a division, a decimal or such an argument outside ceil and floor."""
        rounded: list[bool] = []
        for place, token in enumerate(tokens):
            if token == "(":
                rounded.append(place > 0 and tokens[place - 1] in ("ceil", "floor"))
            elif token == ")":
                rounded.pop()
            elif not any(rounded) and (token == "/" or "." in token or token in self.fractions):
                return True
        return False
