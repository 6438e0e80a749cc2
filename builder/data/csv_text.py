"""Text of a CSV file to rows of cells: encoding, delimiter, quotes, and what is wrong with them, by line."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from graphs.errors import FileProblem

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 10_000
LONGEST_FIELD = 131_072  # the csv module's own limit
_SAMPLE_LINES = 50


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file on which it ends, counted from 1."""

    cells: list[str]
    line: int


def decode(path: Path, content: bytes, encoding: str) -> str:
    """Return the text of a file, without a byte order mark. Raises FileProblem that names the line."""
    if not content.strip():
        raise FileProblem(path, "the file is empty; expected a table, one row a line.")
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileProblem(
            path, f"byte 0x{content[error.start]:02x} is not {encoding}; try another encoding, such as latin-1.",
            f"line {line}",
        ) from None  # fmt: skip
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileProblem(path, "a NUL character, which text does not hold; is this a CSV file?", f"line {line}")
    return text


def split_rows(path: Path, text: str, delimiter: str) -> list[Row]:
    """Return the rows of `text`, all of one width, blank lines left out. Raises FileProblem that names the line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if cells:
                rows.append(Row(cells, reader.line_num))
                _check_width(path, rows)
    except csv.Error as error:
        raise FileProblem(path, _quoting(error), f"line {reader.line_num}") from None
    return rows


def _check_width(path: Path, rows: list[Row]) -> None:
    first, last = rows[0], rows[-1]
    if len(last.cells) != len(first.cells):
        raise FileProblem(
            path,
            f"{_fields(len(last.cells))}, expected {len(first.cells):,} as in line {first.line}.",
            f"row {len(rows)}, line {last.line}",
        )
    if len(rows) == 1 and len(first.cells) > MOST_COLUMNS:
        raise FileProblem(path, f"{_fields(len(first.cells))}, expected {MOST_COLUMNS:,} columns at most.", "line 1")


def _fields(count: int) -> str:
    return f"{count:,} field{'' if count == 1 else 's'}"


def _quoting(error: csv.Error) -> str:
    reason = str(error)
    if "field larger" in reason:
        return f"a field of more than {LONGEST_FIELD:,} characters; a quote is probably not closed."
    if "end of data" in reason:
        return "the file ends within quotes; a quote is not closed."
    return f"the quotes do not fit: {reason}; expected a quoted field to end before the next delimiter."


def guess_delimiter(text: str) -> str:
    """Return the delimiter under which the first lines have most fields, the same number in each.

    Fields are counted outside quotes, so that commas in quoted names do not mislead.
    """
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    return max(DELIMITERS, key=lambda delimiter: (*_agreement(sample, delimiter), -DELIMITERS.index(delimiter)))


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Return which share of rows has the commonest number of fields (none for one field), and that number."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=delimiter) if cells)
    except csv.Error:
        return 0.0, 0
    width, rows = widths.most_common(1)[0] if widths else (1, 0)
    return (rows / widths.total(), width) if width > 1 else (0.0, 1)
