"""CSV files: real ones, every dialect, and a message with file, line and column for each that is bad."""

import csv
import gc
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.data import sources
from builder.data.csv_text import split_rows
from builder.data.table import IGNORE, INPUT, LABEL, NUMBER, TARGET, TEXT, Table
from graphs.errors import FileProblem, UserError


def read(path: Path, **choices: Any) -> Table:
    return sources.read({"kind": "csv", "path": str(path), **choices}, path.parent)


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "data.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_titanic(shared: Path) -> None:
    table = read(shared / "data/tabular/titanic_train.csv")
    assert len(table) == 891
    assert table["Survived"].role == TARGET
    assert {c.name for c in table.columns if c.role == IGNORE} == {"PassengerId", "Name", "Ticket", "Cabin"}
    assert all(table[name].reason for name in ("PassengerId", "Name", "Ticket", "Cabin"))
    assert table["Name"].words()[0] == "Braund, Mr. Owen Harris"
    assert table["Age"].missing.sum() == 177
    assert table["Embarked"].classes == ("C", "Q", "S")


def test_auto_mpg(shared: Path) -> None:
    table = read(shared / "data/tabular/auto-mpg.csv")
    assert len(table) == 398
    assert table["mpg"].role == TARGET
    assert table["horsepower"].missing.sum() == 6
    assert table["origin"].kind == LABEL
    assert table["name"].role == IGNORE


def test_california_housing(shared: Path) -> None:
    table = read(shared / "data/tabular/california_housing.csv")
    assert len(table) == 20640
    assert table["total_bedrooms"].missing.sum() == 207
    assert table["median_house_value"].role == TARGET
    assert len(table["ocean_proximity"].classes) == 5


@pytest.mark.parametrize(
    ("content", "choices"),
    [
        ("a,b\n1.5,x\n2.5,y\n3.5,x\n4.5,y\n", {}),
        ("a;b\n1,5;x\n2,5;y\n3,5;x\n4,5;y\n", {}),
        ("a\tb\r\n1.5\tx\r\n2.5\ty\r\n3.5\tx\r\n4.5\ty", {}),
        ("\ufeffa|b\n1.5|x\n2.5|y\n\n3.5|x\n4.5|y\n", {}),
        ('"a","b"\n"1.5","x"\n"2.5","y"\n"3.5","x"\n"4.5","y"\n', {"header": "yes"}),
        ("a b\n1.5 x\n2.5 y\n3.5 x\n4.5 y\n", {"delimiter": "space"}),
        ("a  b  \n 1.5  x \n 2.5  y\n 3.5  x  \n 4.5  y\n", {}),
        ("sep=;\r\na;b\r\n1,5;x\r\n2,5;y\r\n3,5;x\r\n4,5;y\r\n", {}),
        ("a\tb\n1.5\tx\n2.5\ty\n3.5\tx\n4.5\ty\n".encode("utf-16"), {}),
        ("a;b\n1,5;x\n2,5;y\n3,5;x\n4,5;y\n", {"delimiter": ";", "decimal": ","}),
    ],
)
def test_dialects(tmp_path: Path, content: str | bytes, choices: dict[str, str]) -> None:
    table = read(written(tmp_path, content), **choices)
    assert not table.notes
    assert table["a"].values.tolist() == [1.5, 2.5, 3.5, 4.5]
    assert table["b"].words() == ["x", "y", "x", "y"]


def test_without_a_header_columns_are_numbered(tmp_path: Path) -> None:
    table = read(written(tmp_path, "1,2\n3,4\n"))
    assert [column.name for column in table.columns] == ["column1", "column2"]
    assert len(table) == 2
    assert len(read(written(tmp_path, "1,2\n3,4\n"), header="yes")) == 1


def test_two_columns_of_one_name_stay_apart(tmp_path: Path) -> None:
    assert [c.name for c in read(written(tmp_path, "a,a,,a\n1,2,3,4\n5,6,7,8\n")).columns] == [
        "a", "a (2)", "column3", "a (3)",
    ]  # fmt: skip


def test_what_is_not_utf_8_is_read_as_spreadsheets_write_it_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, "city;€\nZürich;1,5\nZürich;2\nBern;1\nBern;3,5\n".encode("cp1252"))
    table = read(path)
    assert table["city"].classes == ("Bern", "Zürich")
    assert table["€"].values.tolist() == [1.5, 2, 1, 3.5]
    assert table.notes == ("Read as Windows-1252 text, as it is not UTF-8.",)
    assert not read(path, encoding="cp1252").notes
    with pytest.raises(FileProblem, match=r"line 1.*not utf-8.*latin-1"):
        read(path, encoding="utf-8")
    assert read(written(tmp_path, b"a,b\n\x81,1\nx,2\n")).notes == ("Read as Latin-1 text, as it is not UTF-8.",)


def test_columns_of_numbers_with_spaces_between(shared: Path) -> None:
    table = read(shared / "data/remaining_useful_life/train_FD001.txt")
    assert (len(table), len(table.columns)) == (20631, 26)
    assert all(column.kind == NUMBER and not column.missing.any() for column in table.columns)


def test_lines_of_words_are_one_column(tmp_path: Path) -> None:
    assert [c.name for c in read(written(tmp_path, "said\nhello world\ngood evening\n")).columns] == ["said"]


def test_commas_part_thousands_where_a_point_is_the_decimal_mark(tmp_path: Path) -> None:
    table = read(written(tmp_path, 'a,y\n"1,234.5",1\n"12,000",2\n-3,3\n'))
    assert table["a"].values.tolist() == [1234.5, 12000, -3]
    table = read(written(tmp_path, "a;y\n1,234;1\n12,345;2\n"))  # and not where it may be one itself
    assert table["a"].values.tolist() == [1.234, 12.345]


@pytest.mark.parametrize("mark", ["-", "#N/A", "None", "."])
def test_what_stands_for_no_number_is_a_gap_among_numbers_and_a_word_among_words(tmp_path: Path, mark: str) -> None:
    numbers = "".join(f"{n}.5,{('none', 'mild', 'severe')[n % 3]}\n" for n in range(30))
    table = read(written(tmp_path, f"size,pain\n{numbers}{mark},mild\n"))
    assert table["size"].kind == NUMBER
    assert not table["size"].trouble
    assert np.flatnonzero(table["size"].missing).tolist() == [30]
    assert table["pain"].classes == ("mild", "none", "severe")


def test_dates_are_left_out_with_a_reason_that_helps(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-{n + 1:02} 12:00,{n + 1}.3.2024,{n}.5\n" for n in range(28))
    table = read(written(tmp_path, f"iso,german,y\n{rows}"))
    assert [c.reason.partition(";")[0] for c in table.columns] == ["dates", "dates", ""]


def test_numbers_with_a_stray_word_are_trouble_that_names_the_cell(tmp_path: Path) -> None:
    rows = "\n".join(f"{n}.5,{n % 2}" for n in range(30))
    column = read(written(tmp_path, f"size,y\n{rows}\nabc,1\n"))["size"]
    assert column.role == INPUT
    for part in ("data.csv", "row 31", "line 32", "'size'", "'abc'", "expected a number"):
        assert part in column.trouble


def test_a_few_words_among_few_numbers_are_categories(tmp_path: Path) -> None:
    cells = ["0", "1", "2", "3+"] * 6
    column = read(written(tmp_path, "children,y\n" + "\n".join(f"{cell},{n}.5" for n, cell in enumerate(cells))))
    assert column["children"].kind == LABEL
    assert column["children"].classes == ("0", "1", "2", "3+")


def test_odd_texts_are_no_numbers(tmp_path: Path) -> None:
    for word in ("1_000", "infinity", "0x10", "1e999"):
        assert (
            read(written(tmp_path, f"v,y\n{word},1\n2,0\n"))["v"].kind != NUMBER
            or read(written(tmp_path, f"v,y\n{word},1\n2,0\n"))["v"].trouble
        )


def test_a_column_of_one_value_and_an_empty_one_are_left_out_with_the_reason(tmp_path: Path) -> None:
    table = read(written(tmp_path, "a,b,c,y\n1,,x,0\n1,,y,1\n1,,z,0\n"))
    assert [(c.name, c.role) for c in table.columns] == [("a", IGNORE), ("b", IGNORE), ("c", IGNORE), ("y", TARGET)]
    assert "same value" in table["a"].reason
    assert "empty" in table["b"].reason
    assert table["c"].kind == TEXT


WIDE = ",".join(map(str, range(1_000_000)))
BAD = {
    "empty": ("", "empty"),
    "blank": (" \n\n ", "empty"),
    "header only": ("a,b\n", "line 1.*header and no rows"),
    "a control character far down": ("a,b\n" + "1,2\n" * 9000 + "\x01,2\n", "line 9002.*0x01"),
    "ragged": ("a,b\n1,2\n3\n", "row 2, line 3: 1 field, expected 2"),
    "ragged after a quoted line break": ('a,b\n"x\ny",2\n3,4,5\n', "line 4: 3 fields, expected 2"),
    "Excel": (b"PK\x03\x04\x14\x00\x06\x00", "no text but a zip archive or an Excel workbook; save its sheet as CSV"),
    "gzip": (b"\x1f\x8b\x08\x00", "compressed.*unpack"),
    "control character": ("a,b\n1,\x02\n", "line 2.*0x02"),
    "NUL": ("a,b\n1,\x00\n", "line 2.*NUL"),
    "open quote": ('a,b\n1,"x\n2,y\n', "quote is not closed"),
    "text after a quote": ('a,b\n1,"x"y\n', "line 2.*quotes do not fit"),
    "long field": ("a,b\n1," + "x" * 200_000 + "\n", "line 2.*more than 131,072"),
    "too many columns": (WIDE + "\n" + WIDE, "1,000,000 fields, expected 10,000"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_say_what_is_wrong_and_where(tmp_path: Path, case: str) -> None:
    content, message = BAD[case]
    path = written(tmp_path, content)
    with pytest.raises(FileProblem, match=message) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path, message in [
        ("", "No file is chosen"),
        ("nowhere.csv", "no such file"),
        (".", "a folder"),
        ("a\0b", "NUL"),
    ]:
        with pytest.raises(UserError, match=message):
            sources.read({"kind": "csv", "path": path}, tmp_path)


def test_a_relative_path_starts_from_the_folder(tmp_path: Path) -> None:
    written(tmp_path, "a,y\n1,2\n3,4\n")
    assert len(sources.read({"kind": "csv", "path": "data.csv"}, tmp_path)) == 2


CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20)


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)))
def test_what_a_writer_quotes_is_read_back(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [row.cells for row in split_rows(Path("x.csv"), text.getvalue(), ",")] == rows


@given(st.lists(st.floats(-1e12, 1e12), min_size=3, max_size=30))
def test_numbers_come_back_exactly(tmp_path_factory: pytest.TempPathFactory, numbers: list[float]) -> None:
    path = tmp_path_factory.mktemp("numbers") / "data.csv"
    path.write_text("value\n" + "\n".join(map(repr, numbers)))
    assert np.array_equal(read(path)["value"].values, numbers)


def test_no_cycles_are_looked_for_while_a_table_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "1.5,x\n2.5,y\n" * 5000)
    collections: list[str] = []

    def note(phase: str, _told: dict[str, int]) -> None:
        collections.append(phase)

    gc.collect()
    gc.callbacks.append(note)
    try:
        table = read(path)
    finally:
        gc.callbacks.remove(note)
    assert len(table) == 10_000
    assert collections.count("start") <= 2  # each thousand objects would begin one
    assert gc.isenabled()
