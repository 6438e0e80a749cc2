"""Read JSON from strangers: bounded, without the liberties that Python's own reader takes.

Refused are files over 64 MiB or nested over 64 deep, text that is not UTF-8, NaN and infinities, whole numbers beyond
2**53, the same key twice in one object, and halves of surrogate pairs.
"""

import codecs
import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphs.errors import FileProblem

LARGEST_FILE = 64 * 2**20
DEEPEST = 64
LARGEST_INTEGER = 2**53

Place: TypeAlias = tuple[str | int, ...]

# Possessive, so that no text, however crooked, is scanned twice. The closing quote may be missing.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|[^\s\[\]{},:"]++')

_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands where a value was that is not taken, until the place of it is known."""

    why: str


class Misfit(Exception):
    """Something in a document that does not fit, and its place there."""

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(place, what)
        self.place = place
        self.what = what


def parse(data: bytes, path: object) -> Any:
    """Return the JSON value that `data` writes. Raises FileProblem with line and place for anything else."""
    if len(data) > LARGEST_FILE:
        raise FileProblem(path, f"is {len(data):,} bytes long; at most {LARGEST_FILE:,} can be opened.")
    text = decode(data, path)
    if not text.strip():
        raise FileProblem(path, "is empty; nothing was saved in it.")
    check_depth(data, path)
    reader = _Reader()
    try:
        value = reader.decoder.decode(text)
    except json.JSONDecodeError as error:
        raise FileProblem(path, _syntax(error), f"line {error.lineno}, column {error.colno}") from None
    try:
        if reader.refused or _SURROGATE.search(data):
            _refuse_within(value, ())
    except Misfit as misfit:
        raise problem(misfit, path, text) from None
    return value


def decode(data: bytes, path: object) -> str:
    """Return the text of UTF-8 `data`, without a byte order mark. Raises FileProblem that names another encoding."""
    mark = next((name for start, name in _MARKS.items() if data.startswith(start)), "")
    if not mark and b"\0" in data[:4]:
        mark = "UTF-16 or binary"
    if mark:
        raise FileProblem(path, f"is {mark}, not UTF-8 text; save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8 (Latin-1, perhaps, or cut off); save it as UTF-8."
        raise FileProblem(path, what, f"line {line}") from None


def check_depth(data: bytes, path: object) -> None:
    """Raise FileProblem when brackets are nested more than DEEPEST deep; nothing is parsed for that."""
    depth = 0
    for sign in _STRING.sub(b"", data).translate(None, _NOT_BRACKETS):
        depth += 1 if sign in b"[{" else -1
        if depth > DEEPEST:
            raise FileProblem(path, f"lists and objects are nested more than {DEEPEST} deep.")


def place_text(place: Place) -> str:
    """Return `networks.main.nodes[3].name`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{_printable(step)}" for step in place).lstrip(".")


def problem(misfit: Misfit, path: object, text: str | None = None) -> FileProblem:
    """Return the error that names the place and, from the `text`, the line."""
    line = None if text is None else line_of(text, misfit.place)
    where = [f"line {line}"] if line else []
    return FileProblem(path, misfit.what, ", ".join([*where, *([place_text(misfit.place)] if misfit.place else [])]))


def line_of(text: str, place: Place) -> int | None:
    """Return the line at which the value at `place` starts, None when it is not there."""
    wanted, here = list(place), list[str | int | None]()
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in "[{":
            if here == wanted:
                return text.count("\n", 0, token.start()) + 1
            here.append(0 if sign == "[" else None)
            continue
        if sign in "]}":
            if not here:
                return None
            here.pop()
        elif sign == "," and here:
            top = here[-1]
            here[-1] = top + 1 if isinstance(top, int) else None
        elif sign[0] == '"' and here and here[-1] is None:
            here[-1] = json.loads(sign, strict=False)
        if sign not in "]}," and here == wanted:
            return text.count("\n", 0, token.start()) + 1
    return None


class _Reader:
    """Python's decoder with hooks that note what it would let pass; the place is looked for only when there is one."""

    def __init__(self) -> None:
        self.refused = False
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._integer,
            parse_float=self._real,
            parse_constant=lambda word: self._refuse(f"{word} is no number that a file may hold"),
        )

    def _refuse(self, why: str) -> _Refused:
        self.refused = True
        return _Refused(f"{why}.")

    def _object(self, pairs: list[tuple[str, Any]]) -> Any:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return self._refuse(f"the key {_printable(twice)!r} is there twice; remove one")

    def _integer(self, digits: str) -> Any:
        if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
            return self._refuse(f"a whole number of {len(digits)} digits is beyond 2**53, the largest that is exact")
        return int(digits)

    def _real(self, digits: str) -> Any:
        number = float(digits)
        return number if math.isfinite(number) else self._refuse(f"{digits[:40]} is too large a number")


def _refuse_within(value: Any, place: Place) -> None:
    """Raise Misfit for the first refused value or lone surrogate in `value`."""
    if isinstance(value, _Refused):
        raise Misfit(place, value.why)
    if isinstance(value, str):
        _refuse_surrogates(value, place)
    elif isinstance(value, dict):
        for key, entry in value.items():
            _refuse_surrogates(key, place)
            _refuse_within(entry, (*place, key))
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            _refuse_within(entry, (*place, number))


def _refuse_surrogates(text: str, place: Place) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Misfit(place, "half a surrogate pair (\\ud800 to \\udfff alone) is no character; remove it.") from None


def _printable(text: str) -> str:
    shown = text.encode("utf-8", "backslashreplace").decode("utf-8")
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in shown)
    return shown if len(shown) <= 64 else f"{shown[:63]}…"


def _syntax(error: json.JSONDecodeError) -> str:
    what = error.msg[:1].lower() + error.msg[1:]
    cut = error.pos >= len(error.doc.rstrip()) or what.startswith("unterminated")
    return f"is not JSON: {what}.{' The file seems to be cut off.' if cut else ''}"
