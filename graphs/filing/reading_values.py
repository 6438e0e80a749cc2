"""Single values of a parsed document: what they are, whether they fit, and how they are named when they do not."""

from collections.abc import Mapping
from typing import Any

from graphs.errors import UserError, ValueProblem
from graphs.filing.strict_json import Misfit, Place
from graphs.parameters import Parameter, Value

LARGEST = 1e300
LONGEST_ID = 64

_ABSENT = object()


def mapping(value: Any, place: Place) -> dict[str, Any]:
    """Return `value`. Raises Misfit unless it is an object."""
    if not isinstance(value, dict):
        raise Misfit(place, f"got {found(value)}, expected an object, that is {{...}}.")
    return value


def typed(entry: Mapping[str, Any], key: str, kind: type, words: str, place: Place, default: Any = _ABSENT) -> Any:
    """Return the entry called `key`. Raises Misfit unless it is of this `kind`, which `words` name."""
    value = entry.get(key, default)
    if value is _ABSENT:
        raise Misfit(place, f"{key!r} is missing; expected {words}.")
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Misfit((*place, key), f"got {found(value)}, expected {words}.")
    return value


def checked(kind: Parameter, value: Any, place: Place) -> Value:
    """Return `value` in the canonical form of its kind. Raises Misfit in the words of JSON."""
    try:
        return kind.check(value)
    except ValueProblem as problem:
        raise Misfit(place, f"got {found(value)}, expected {problem.expected}.") from None
    except UserError as error:
        raise Misfit(place, str(error)) from None


def is_number(value: Any) -> bool:
    """Tell whether this is a number of a sensible size."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def found(value: Any) -> str:
    """Return `value` in the words of JSON, shortened."""
    if isinstance(value, dict):
        return "an object"
    words: dict[object, str] = {None: "null", True: "true", False: "false"}
    try:
        text = words[value] if value is None or isinstance(value, bool) else repr(plain(value))
    except ValueError:  # Python prints no whole number of more than 4300 digits
        return "a number of too many digits"
    return text if len(text) <= 80 else f"{text[:79]}…"


def plain(value: Value) -> Value:
    """Return a copy of `value` as JSON has it: lists for tuples, dicts for mappings."""
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, list | tuple) else value
