"""Text cells of a column to numbers, classes or words: what is missing, what is a number, what does not fit."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from builder.data.table import NUMBER, TEXT, Array, Column, as_labels

MISSING = frozenset({"", "na", "n/a", "nan", "null", "?"})
NO_NUMBER = frozenset({"-", "--", ".", "none", "#n/a", "n.a.", "<na>", "-nan"})
"""What stands for a number that is not there; among words it may be one of them."""
MOST_CATEGORIES = 50
_FEW = 20  # as many distinct values are categories even where most of them are numbers, such as 0, 1, 2, 3+
_AT_ONCE = 1_000  # cells
_STRAY = 3  # as many cells that are no numbers are slips of the pen, and one in twenty in a long column
_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d*)(,\d+)?([eE][+-]?\d+)?")
_POINT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


def is_missing(cell: str) -> bool:
    """Tell whether a cell stands for a value that is not there."""
    return cell.strip().lower() in MISSING


def number(cell: str, decimal: str = ".", grouped: bool = False) -> float | None:
    """Return the finite number that a cell writes, None for anything else.

    grouped: whether a comma may part thousands beside a decimal point, as in 1,234.5.
    """
    text = cell.strip()
    if grouped and decimal == "." and _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not (_COMMA if decimal == "," else _POINT).fullmatch(text):
        return None
    value = float(text.replace(".", "").replace(",", ".") if decimal == "," else text) if text else None
    return value if value is not None and np.isfinite(value) else None


def column(name: str, cells: Sequence[str], lines: Sequence[int], decimal: str) -> Column:
    """Return the column of all cells; `decimal` is `.`, `,` or `auto` for the one under which more are numbers.

    With `.` for sure, commas part thousands.
    A column mostly of numbers in which some cell is none has `trouble` that names row, line and cell.
    """
    if decimal != "," and (plain := _fast(cells)) is not None:
        return Column(name, NUMBER, plain)  # as most columns are: no cell is looked at twice
    # A digit shows in one look that something is there.
    given = [place for place, cell in enumerate(cells) if cell[-1:].isdigit() or not is_missing(cell)]
    values, decimal = _numbers(cells, given, decimal)
    unread = np.isnan(values).tolist()
    odd = [place for place in given if unread[place]]
    wrong = next((place for place in odd if cells[place].strip().lower() not in NO_NUMBER), None)
    if wrong is None and len(odd) < max(len(given), 1):
        return Column(name, NUMBER, values)
    words = ["" if is_missing(cell) else cell.strip() for cell in cells]
    count, wrong_ones = len(given), len(odd)
    few = len(set(words)) <= _FEW and len(set(words)) * 5 <= count
    if wrong is not None and not few and wrong_ones * 2 < count and wrong_ones <= max(_STRAY, count // 20):
        trouble = (
            f"row {wrong + 1}, line {lines[wrong]}, column {name!r}: got {cells[wrong].strip()[:80]!r}, expected a "
            f"number{_with(decimal)} as in most rows, or an empty cell."
        )
        return Column(name, NUMBER, values, trouble=trouble)
    return words_column(name, words)


def words_column(name: str, words: Sequence[str]) -> Column:
    """Return the column of `words` (empty where missing): labels where the same few come again, text otherwise."""
    counts = Counter(word for word in words if word)
    given = counts.total()
    few = len(counts) <= _FEW and len(counts) * 5 <= given
    if few or (len(counts) <= MOST_CATEGORIES and len(counts) * 2 <= given):
        return as_labels(Column(name, TEXT, np.array(words, dtype=object)))
    return Column(name, TEXT, np.array(words, dtype=object))


def _with(decimal: str) -> str:
    return " with a decimal comma" if decimal == "," else ""


def _numbers(cells: Sequence[str], given: Sequence[int], decimal: str) -> tuple[Array, str]:
    """Return all cells as numbers, NaN where they are none, and the decimal mark under which most are."""
    best: tuple[int, Array, str] | None = None
    for mark in (".", ",") if decimal == "auto" else (decimal,):
        values = np.full(len(cells), np.nan)
        if mark == "." and (fast := _fast([cells[place] for place in given])) is not None:
            values[given] = fast
            return values, mark
        for place in given:
            value = number(cells[place], mark, grouped=decimal == ".")
            if value is not None:
                values[place] = value
        count = int(np.count_nonzero(~np.isnan(values)))
        if best is None or count > best[0]:
            best = count, values, mark
        if count == len(given):
            break
    assert best is not None
    return best[1], best[2]


def _fast(cells: Sequence[str]) -> Array | None:
    """Return cells that are all plain numbers as such, None when any needs a closer look.

    They are read bit by bit, as the window shares the interpreter with whoever reads a large file for it.
    """
    values = np.empty(len(cells))
    for start in range(0, len(cells), _AT_ONCE):
        some = cells[start : start + _AT_ONCE]
        try:
            part = np.fromiter(map(float, some), np.float64, len(some))
        except ValueError:
            return None
        # Python reads 1_000 and "infinity" as numbers; tables that hold such text mean something else.
        if not np.isfinite(part).all() or "_" in "".join(some):
            return None
        values[start : start + len(some)] = part
    return values
