"""Text of a CSV file to rows of cells: delimiter, quotes, and what is wrong with them, by line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.data.cells import number
from graphs.errors import FileProblem

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 10_000
LONGEST_FIELD = 131_072  # the csv module's own limit
_SAMPLE_LINES = 50
_SAID = re.compile(r"sep=([^\r\n])(?=\r?\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file on which it ends, counted from 1."""

    cells: list[str]
    line: int


def split_rows(path: Path, text: str, delimiter: str) -> list[Row]:
    """Return the rows of `text`, blank lines left out. Raises FileProblem that names the line."""
    if delimiter == " ":  # those at the end of a line part nothing
        text = re.sub(r" +(?=\r?$)", "", text, flags=re.MULTILINE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if cells:
                rows.append(Row(cells, reader.line_num))
    except csv.Error as error:
        raise FileProblem(path, _quoting(error), f"line {reader.line_num}") from None
    return rows


def check_width(path: Path, rows: Sequence[Row], named: bool) -> None:
    """Raise FileProblem for the first row that is not as wide as the others; `named`: the first is no row of data."""
    first = rows[0]
    if len(first.cells) > MOST_COLUMNS:
        raise FileProblem(path, f"{_fields(len(first.cells))}, expected {MOST_COLUMNS:,} columns at most.", "line 1")
    for place, row in enumerate(rows, 0 if named else 1):
        if len(row.cells) != len(first.cells):
            what = f"{_fields(len(row.cells))}, expected {len(first.cells):,} as in line {first.line}."
            raise FileProblem(path, what, f"row {place}, line {row.line}")


def _fields(count: int) -> str:
    return f"{count:,} field{'' if count == 1 else 's'}"


def _quoting(error: csv.Error) -> str:
    reason = str(error)
    if "field larger" in reason:
        return f"a field of more than {LONGEST_FIELD:,} characters; a quote is probably not closed."
    if "end of data" in reason:
        return "the file ends within quotes; a quote is not closed."
    return f"the quotes do not fit: {reason}; expected a quoted field to end before the next delimiter."


def dialect(text: str) -> tuple[str, str]:
    """Return the delimiter, and the text without a first line such as `sep=;` by which Excel says it."""
    said = _SAID.match(text)
    return (said[1], text[said.end() :]) if said else (guess_delimiter(text), text)


def guess_delimiter(text: str) -> str:
    """Return the delimiter under which the first lines have most fields, the same number in each.

    Fields are counted outside quotes, so that commas in quoted names do not mislead. Space parts fields where
    nothing else does.
    """
    lines = text.splitlines()[:_SAMPLE_LINES]
    sample = "\n".join(lines)
    best = max(DELIMITERS, key=lambda delimiter: (*_agreement(sample, delimiter), -DELIMITERS.index(delimiter)))
    return " " if _agreement(sample, best)[1] == 1 and _in_columns(lines) else best


def _in_columns(lines: Sequence[str]) -> bool:
    """Tell whether spaces part the lines into as many words each, numbers among them but for a header."""
    rows = [line.split() for line in lines if line.strip()]
    widths = {len(row) for row in rows}
    numbers = all(any(number(word) is not None for word in row) for row in rows[1:] or rows)
    return len(widths) == 1 and widths != {1} and numbers


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Return which share of rows has the commonest number of fields (none for one field), and that number."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=delimiter) if cells)
    except csv.Error:
        return 0.0, 0
    width, rows = widths.most_common(1)[0] if widths else (1, 0)
    return (rows / widths.total(), width) if width > 1 else (0.0, 1)
