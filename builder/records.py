"""Frozen dataclasses as JSON objects: every field is checked against its annotation when it is read back."""

import dataclasses
import math
from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_type_hints

Record = TypeVar("Record")
Numbers = Mapping[str, float]
Document = Mapping[str, object]
Texts = tuple[str, ...]

_NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class RecordProblem(ValueError):
    """A JSON object that is not the record it should be; the text says which field and what was expected."""


def write(record: object) -> dict[str, object]:
    """The fields of a dataclass value as a JSON object; non-finite numbers become "nan", "inf" and "-inf"."""
    assert dataclasses.is_dataclass(record)
    return {field.name: plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def plain(value: object) -> object:
    """The same value in what strict JSON can hold."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def read(kind: type[Record], document: object) -> Record:
    """Build a `kind` from a JSON object. Fields it does not know are passed over: a newer version may have added them.

    Raises RecordProblem where a field is missing or of the wrong type.
    """
    if not isinstance(document, dict):
        raise RecordProblem(f"expected an object, got {type(document).__name__}")
    values = {}
    for name, (hint, required) in _fields(cast("Any", kind)).items():
        if name in document:
            values[name] = _value(hint, document[name], name)
        elif required:
            raise RecordProblem(f'"{name}" is missing')
    return kind(**values)


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    missing = dataclasses.MISSING
    return {
        field.name: (hints[field.name], field.default is missing and field.default_factory is missing)
        for field in dataclasses.fields(kind)
    }


def _value(hint: Any, value: object, name: str) -> object:
    options = get_args(hint)
    if NoneType in options:
        if value is None:
            return None
        (hint,) = (option for option in options if option is not NoneType)
    if hint is float:
        return _number(value, name)
    if hint in (str, int, bool):
        # An exact comparison, because True is an int to isinstance.
        return _expect(type(value) is hint, value, name, hint.__name__)
    if hint == Texts:
        items = value if isinstance(value, list) else [None]
        _expect(all(isinstance(item, str) for item in items), value, name, "a list of texts")
        return tuple(items)
    assert hint in (Numbers, Document), f"records cannot hold {hint}"
    _expect(isinstance(value, dict), value, name, "an object")
    assert isinstance(value, dict)
    return {key: _number(item, f"{name}.{key}") for key, item in value.items()} if hint == Numbers else value


def _number(value: object, name: str) -> float:
    if isinstance(value, str) and value in _NON_FINITE:
        return _NON_FINITE[value]
    _expect(isinstance(value, (int, float)) and not isinstance(value, bool), value, name, "a number")
    assert isinstance(value, (int, float))
    try:
        return float(value)
    except OverflowError:
        raise RecordProblem(f'"{name}" is too large a number') from None


def _expect(fits: bool, value: object, name: str, expected: str) -> object:
    if not fits:
        raise RecordProblem(f'"{name}" should be {expected}, got {type(value).__name__}')
    return value
