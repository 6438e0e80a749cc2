"""Reads the theme's resource files into frozen records, checking every name and type on the way."""

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from PySide6.QtGui import QColor

from graphs.errors import FileProblem

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
THEMES = RESOURCES / "themes"

Record = TypeVar("Record")
_HEX_COLOUR = re.compile(r"#[0-9a-f]{6}")


def read_document(name: str) -> dict[str, Any]:
    """The JSON object in `resources/themes/<name>.json`; raises FileProblem when it is absent or damaged."""
    path = THEMES / f"{name}.json"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileProblem(path, f"the theme cannot be read ({error}); installing again brings it back.") from None
    if not isinstance(document, dict):
        raise FileProblem(path, f"expected an object of tokens, came a {type(document).__name__}.")
    return document


def read_record(kind: type[Record], values: object, place: str) -> Record:
    """A `kind` (a dataclass) of `values`, whose keys must be exactly its fields; raises FileProblem naming `place`."""
    expected = get_type_hints(kind)
    table = read_table(values, place)
    if odd := set(table) ^ set(expected):
        raise FileProblem(THEMES, f"missing or unknown: {', '.join(sorted(odd))}.", place)
    return kind(**{name: _convert(hint, table[name], f"{place}.{name}") for name, hint in expected.items()})


def read_table(values: object, place: str) -> Mapping[str, object]:
    """`values` if it is an object; raises FileProblem otherwise."""
    if not isinstance(values, dict):
        raise FileProblem(THEMES, f"expected an object, came {values!r}.", place)
    return values


def read_colour(value: object, place: str) -> QColor:
    """The colour written `#rrggbb`; raises FileProblem for anything else."""
    if not isinstance(value, str) or not _HEX_COLOUR.fullmatch(value):
        raise FileProblem(THEMES, f"expected a colour like #2d6cd6, came {value!r}.", place)
    return QColor(value)


def _convert(hint: Any, value: object, place: str) -> object:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return read_record(hint, value, place)
    return _READERS[hint](value, place)


def _read_whole(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise FileProblem(THEMES, f"expected a whole number, came {value!r}.", place)
    return value


def _read_number(value: object, place: str) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value < 0:
        raise FileProblem(THEMES, f"expected a number, came {value!r}.", place)
    return float(value)


def _read_wholes(value: object, place: str) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise FileProblem(THEMES, f"expected a list of whole numbers, came {value!r}.", place)
    return tuple(_read_whole(item, place) for item in value)


def _read_text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise FileProblem(THEMES, f"expected a text, came {value!r}.", place)
    return value


_READERS: Mapping[Any, Callable[[object, str], object]] = {
    QColor: read_colour,
    int: _read_whole,
    float: _read_number,
    tuple[int, ...]: _read_wholes,
    str: _read_text,
}
