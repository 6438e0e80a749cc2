"""The CSV source: a text file with one row a line, its dialect found out or named."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from builder.data import cells, csv_text, roles
from builder.data.csv_text import Row
from builder.data.decoding import AUTO, ENCODINGS, decode
from builder.data.sources import SOURCES, SourceSpec, file_bytes
from builder.data.table import Table
from graphs.errors import FileProblem
from graphs.garbage import uncollected
from graphs.parameters import Choice, FilePath, Value

LARGEST = 2**31
DELIMITERS = {",": ",", ";": ";", "tab": "\t", "|": "|", "space": " "}


def read_csv(values: Mapping[str, Value], folder: Path) -> Table:
    """Return the table in a CSV file, with a proposal of roles. Raises FileProblem that names line and column."""
    # Rows hold no cycles, and to look for them in millions of cells would stop the window's thread too.
    with uncollected():
        return _read(values, folder)


def _read(values: Mapping[str, Value], folder: Path) -> Table:
    path, content = file_bytes(values["path"], folder, LARGEST)
    text, note = decode(path, content, values["encoding"])
    guessed, text = csv_text.dialect(text)
    delimiter = DELIMITERS.get(values["delimiter"], guessed)
    rows = csv_text.split_rows(path, text, delimiter)
    if not rows:
        raise FileProblem(path, "the file is empty; expected a table, one row a line.")
    named = values["header"] == "yes" or (values["header"] == "auto" and has_header(rows))
    csv_text.check_width(path, rows, named)
    names = column_names(rows[0].cells if named else [""] * len(rows[0].cells))
    body = rows[1:] if named else rows
    if not body:
        raise FileProblem(path, "the file has a header and no rows.", f"line {rows[0].line}")
    lines = [row.line for row in body]
    # Where commas part the cells, a comma within quotes is no decimal mark.
    decimal = "." if delimiter == "," and values["decimal"] == "auto" else values["decimal"]
    texts = zip(*(row.cells for row in body), strict=True)
    columns = [cells.column(name, text, lines, decimal) for name, text in zip(names, texts, strict=True)]
    placed = (replace(c, trouble=f"{path.name}: {c.trouble}" if c.trouble else "") for c in columns)
    return Table(path.name, roles.propose(tuple(placed)), (note,) if note else ())


def has_header(rows: Sequence[Row]) -> bool:
    """Tell whether the first row names the columns: all of it words, no two alike unless numbers follow them."""
    first = [cell.strip() for cell in rows[0].cells if cell.strip()]
    # An index column often has no name, so one cell may be empty.
    if len(first) < max(1, len(rows[0].cells) - 1) or any(map(_is_number, first)):
        return False
    return len(set(first)) == len(first) or any(_is_number(cell) for row in rows[1:2] for cell in row.cells)


def _is_number(cell: str) -> bool:
    return cells.number(cell) is not None or cells.number(cell, ",") is not None


def column_names(header: Sequence[str]) -> list[str]:
    """Return a name for each column: as in the header, numbered where it is empty or taken."""
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(header, 1):
        base = name = re.sub(r"\s+", " ", cell).strip() or f"column{place}"
        number = 2
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        names.append(name)
    return names


SOURCES.add(
    SourceSpec(
        name="csv",
        title="CSV file",
        summary="A table in a text file: numbers, categories, empty cells, with or without a header.",
        parameters=(
            FilePath(name="path", suffixes=(".csv", ".tsv", ".txt", ".data"), doc="The file."),
            Choice(
                name="header", default="auto", options=("auto", "yes", "no"), doc="Whether line 1 names the columns."
            ),
            Choice(name="delimiter", default="auto", options=("auto", *DELIMITERS), doc="What stands between cells."),
            Choice(name="decimal", default="auto", options=("auto", ".", ","), doc="The decimal mark."),
            Choice(
                name="encoding",
                default=AUTO,
                options=ENCODINGS,
                doc="How letters are written as bytes; utf-8 with or without a mark at its start.",
            ),
        ),
        read=read_csv,
    )
)
