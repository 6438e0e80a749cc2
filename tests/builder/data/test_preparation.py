"""The preparation is fitted on training rows alone, survives JSON, and does the same to new rows."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.data import loading, preparation, sources
from builder.data.loading import Loaded
from builder.data.table import NUMBER, Column, Table
from graphs.errors import UserError
from tests.builder.data.drawing import line, pictures

ROWS = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with data.csv: numbers with gaps, a colour, and a weight to estimate; the last rows are odd ones."""
    lines = ["size,colour,weight"]
    for row in range(ROWS):
        size = "" if row % 10 == 3 else f"{row % 7}.5" if row < ROWS - 8 else "900.5"
        colour = ("red", "green", "")[row % 3] if row < ROWS - 8 else "blue"
        lines.append(f"{size},{colour},{row}.25")
    (tmp_path / "data.csv").write_text("\n".join(lines))
    return tmp_path


def load(folder: Path, **choices: Any) -> Loaded:
    data = {"source": {"kind": "csv", "path": "data.csv"}, "split": {"shuffle": False}, **choices}
    return loading.load(line((4,), 1, "Regression", data), folder)


def test_numbers_are_scaled_by_the_training_rows(folder: Path) -> None:
    loaded = load(folder)
    training, _ = loaded.arrays("training")
    validation, _ = loaded.arrays("validation")
    assert len(loaded.split.validation) == 8
    assert abs(float(training["x"][:, 0].mean())) < 1e-6
    assert abs(float(np.std(training["x"][:, 0])) - 1) < 0.1
    assert float(validation["x"][:, 0].max()) > 100


def test_a_gap_is_filled_from_the_training_rows(folder: Path) -> None:
    seen = np.array([n % 7 + 0.5 for n in range(ROWS - 8) if n % 10 != 3])
    expected = {"mean": seen.mean(), "median": np.median(seen), "most frequent": 0.5}
    for policy, value in expected.items():
        inputs, _ = load(folder, missing=policy, scale="none").arrays("training")
        assert inputs["x"][3, 0] == pytest.approx(value)


def test_rows_with_a_gap_can_be_dropped(folder: Path) -> None:
    loaded = load(folder, missing="drop")
    gaps = {n for n in range(ROWS) if n % 10 == 3} | {n for n in range(ROWS - 8) if n % 3 == 2}
    assert loaded.left_out == len(gaps)
    assert len(loaded.table) == ROWS - len(gaps)
    assert any("size" in note for note in loaded.notes)


def test_a_class_that_training_lacks_is_all_zeros(folder: Path) -> None:
    loaded = load(folder)
    training, _ = loaded.arrays("training")
    validation, _ = loaded.arrays("validation")
    assert training["x"][:, 1:].sum(axis=1).tolist() == [1.0] * (ROWS - 8)
    assert not validation["x"][:, 1:].any()
    assert training["x"][2, 1:].tolist() == training["x"][1, 1:].tolist()  # the first of the most frequent fills a gap


def test_a_target_comes_back_in_its_own_unit(folder: Path) -> None:
    loaded = load(folder)
    _, targets = loaded.arrays("validation")
    feed = loaded.preparation.target("out")
    assert feed.restore(targets["out"])[:, 0] == pytest.approx(np.arange(ROWS - 8, ROWS) + 0.25, rel=1e-5)
    assert feed.scale == pytest.approx(np.std(np.arange(ROWS - 8) + 0.25))
    _, plain = load(folder, target_scale="none").arrays("training")
    assert plain["out"][:3, 0].tolist() == [0.25, 1.25, 2.25]


def test_minmax_maps_training_to_0_and_1(folder: Path) -> None:
    training, targets = load(folder, scale="minmax", target_scale="minmax").arrays("training")
    for numbers in (training["x"][:, 0], targets["out"]):
        assert (numbers.min(), numbers.max()) == (0, 1)


@pytest.mark.parametrize("kind", ["digits", "iris", "diabetes", "moons"])
def test_json_gives_the_same_preparation_back(kind: str, tmp_path: Path) -> None:
    table = sources.read({"kind": kind}, tmp_path)
    width = sum(c.role == "input" for c in table.columns)
    data = {"source": {"kind": kind}}
    target = table.columns[-1]
    output = "Classification" if target.classes else "Regression"
    number = len(target.classes) or 1
    project = pictures(output, number, data) if kind == "digits" else line((width,), number, output, data)
    fitted = loading.load(project, tmp_path).preparation
    again = preparation.loads(fitted.dumps())
    assert again == fitted
    for name, array in fitted.apply(table).items():
        assert np.array_equal(array, again.apply(table)[name])
    json.dumps(fitted.to_json(), allow_nan=False)


def test_new_rows_need_no_target(folder: Path) -> None:
    loaded = load(folder)
    rows = Table("new", tuple(c for c in loaded.table.columns if c.name != "weight"))
    assert np.array_equal(loaded.preparation.apply(rows)["x"], loaded.preparation.apply(loaded.table)["x"])


def test_new_rows_that_do_not_fit_say_so(folder: Path) -> None:
    fitted = load(folder).preparation
    numbers = Column("size", NUMBER, np.array([1.0]))
    with pytest.raises(UserError, match="no column 'colour'"):
        fitted.apply(Table("new", (numbers,)))
    colour = load(folder).table["colour"]
    words = Column("size", colour.kind, colour.values, colour.classes)
    with pytest.raises(UserError, match=r"'size'.*'red'.*expected numbers"):
        fitted.apply(Table("new", (words, colour)))


def _one(dtype: str, **column: Any) -> str:
    feed = {"name": "x", "shape": [1], "dtype": dtype, "columns": [{"column": "a", **column}]}
    return json.dumps({"version": 1, "inputs": [feed], "targets": [], "copies": {}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2}',
        '{"version": 1, "inputs": 3, "targets": [], "copies": {}}',
        "[" * 100_000,
        _one("object", kind="number"),
        _one("float32", kind="os.system"),
        _one("float32", kind="number", scale=0),
        _one("float32", kind="number", shift="x"),
        _one("float32", kind="category", classes=["b"], seen=[]),
    ],
)
def test_what_is_no_preparation_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        preparation.loads(text)


def test_the_least_preparation_is_read() -> None:
    assert preparation.loads(_one("float32", kind="number")).inputs[0].name == "x"
