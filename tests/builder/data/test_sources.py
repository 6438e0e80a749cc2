"""Every declared source reads; archives of arrays; what the window's process may load."""

import gzip
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from builder.data import sources
from builder.data.generators import MOST_NUMBERS
from builder.data.sources import SOURCES
from builder.data.table import IMAGE, LABEL, NUMBER, SEQUENCE, TARGET, VECTOR, Table
from graphs.errors import FileProblem, UserError

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.parametrize("name", SOURCES.names())
def test_every_source_gives_a_table_the_same_one_each_time(name: str, tmp_path: Path) -> None:
    spec = SOURCES.get(name)
    source: dict[str, Any] = {"kind": name}
    if any(parameter.name == "path" for parameter in spec.parameters):
        (tmp_path / "data").write_text("a,y\n1.5,2\n3,4.5\n") if name == "csv" else _save(
            tmp_path / "data", x=np.zeros((4, 3)), y=np.arange(4) % 2
        )
        source["path"] = "data"
    first, again = (sources.read(source, tmp_path) for _ in range(2))
    assert len(first) > 1
    assert [c.name for c in first.columns if c.role == TARGET] == [first.columns[-1].name]
    for column, same in zip(first.columns, again.columns, strict=True):
        assert np.array_equal(column.values, same.values)
        assert not column.trouble
        if column.kind == LABEL:
            assert set(np.unique(column.values)) == set(range(len(column.classes)))


def _save(path: Path, **arrays: Any) -> Path:
    with path.open("wb") as file:
        np.savez(file, **arrays)
    return path


def _npz(path: Path, **arrays: Any) -> Table:
    return sources.read({"kind": "npz", "path": str(_save(path, **arrays))}, path.parent)


def test_digits_are_pictures_between_0_and_1(tmp_path: Path) -> None:
    image = sources.read({"kind": "digits"}, tmp_path)["image"]
    assert image.values.shape == (1797, 1, 8, 8)
    assert (image.values.min(), image.values.max()) == (0, 1)


@pytest.mark.parametrize("size", [28, 32])
def test_enlarged_digits_are_those_of_torch(size: int, tmp_path: Path) -> None:
    import torch

    small, large = (sources.read({"kind": "digits", "size": s}, tmp_path)["image"].values for s in (8, size))
    wanted = torch.nn.functional.interpolate(torch.from_numpy(small), size=(size, size), mode="bilinear")
    assert large.dtype == np.float32
    np.testing.assert_allclose(large, wanted, atol=1e-5)


def test_generators_follow_their_choices(tmp_path: Path) -> None:
    spirals = sources.read({"kind": "spirals", "arms": 4, "count": 400, "noise": 0, "turns": 1}, tmp_path)
    assert np.bincount(spirals["class"].values).tolist() == [100] * 4
    waves = sources.read({"kind": "sines", "target": "next value", "length": 20, "noise": 0}, tmp_path)
    assert waves["wave"].values.shape == (1000, 20, 1)
    assert waves["next"].values.shape == (1000, 1)
    assert np.abs(waves["wave"].values).max() <= 1
    other = sources.read({"kind": "moons", "seed": 1}, tmp_path)
    assert not np.array_equal(other["x"].values, sources.read({"kind": "moons"}, tmp_path)["x"].values)
    with pytest.raises(UserError, match="count"):
        sources.read({"kind": "sines", "length": 10_000, "count": MOST_NUMBERS // 10_000 + 1}, tmp_path)


def test_no_source_and_wrong_ones_say_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"No data is chosen yet.*digits"):
        sources.read(None, tmp_path)
    with pytest.raises(UserError, match="did you mean digits"):
        sources.read({"kind": "digit"}, tmp_path)
    with pytest.raises(UserError, match="count"):
        sources.read({"kind": "moons", "count": -1}, tmp_path)


def test_arrays_become_columns_of_their_kind(tmp_path: Path) -> None:
    table = _npz(
        tmp_path / "a.npz",
        pictures=np.full((6, 5, 5, 3), 255, np.uint8),
        grey=np.zeros((6, 5, 5), np.uint8),
        steps=np.zeros((6, 7, 2), np.float32),
        features=np.zeros((6, 3)),
        tokens=np.zeros((6, 9), np.int32),
        word=np.array(["a", "b"] * 3),
        words=np.array([["a"], ["b"]] * 3),
        column=np.arange(6)[:, np.newaxis],
        y=np.arange(6),
    )
    shapes = {column.name: (column.kind, column.values.shape[1:]) for column in table.columns}
    assert shapes == {
        "pictures": (IMAGE, (3, 5, 5)),
        "grey": (IMAGE, (1, 5, 5)),
        "steps": (SEQUENCE, (7, 2)),
        "features": (VECTOR, (3,)),
        "tokens": (VECTOR, (9,)),
        "word": (LABEL, ()),
        "words": (LABEL, ()),
        "column": (NUMBER, ()),
        "y": (NUMBER, ()),
    }
    assert table["pictures"].values.max() == 1
    assert table["tokens"].spec.dtype == "int64"
    assert table["y"].role == TARGET


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "objects": ({"x": np.array([{}, None], dtype=object)}, "array 'x'.*Python objects"),
    "lengths": ({"x": np.zeros(3), "y": np.zeros(4)}, "array 'y': 4 rows, but array 'x' has 3"),
    "scalar": ({"x": np.array(3)}, "array 'x'.*shape"),
    "complex": ({"x": np.zeros(3, complex)}, "array 'x'.*complex"),
    "infinite": ({"x": np.array([0, np.inf])}, "array 'x', row 2.*infinite"),
    "too large": ({"x": np.array([[0, np.nan], [0, 1e300]])}, "array 'x', row 2: 1e\\+300; expected 3.4e38 at most"),
    "no rows": ({"x": np.zeros((0, 3))}, "no rows"),
    "nothing": ({}, "no arrays"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_archives_say_which_array(tmp_path: Path, case: str) -> None:
    arrays, message = BAD[case]
    with pytest.raises(FileProblem, match=message) as caught:
        _npz(tmp_path / "bad.npz", **arrays)
    assert "bad.npz" in str(caught.value)


def test_files_that_are_no_archives(tmp_path: Path) -> None:
    whole = _save(tmp_path / "whole.npz", x=np.arange(1000)).read_bytes()
    for content in (b"", b"abc", whole[:-30], whole[: len(whole) // 2], b"\x80\x04K\x01."):
        (tmp_path / "cut.npz").write_bytes(content)
        with pytest.raises(FileProblem, match=r"cut\.npz"):
            sources.read({"kind": "npz", "path": "cut.npz"}, tmp_path)
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    (tmp_path / "cut.npz").write_bytes(damaged)
    with pytest.raises(FileProblem, match="array 'x'"):
        sources.read({"kind": "npz", "path": "cut.npz"}, tmp_path)


def test_arrays_are_taken_by_name(tmp_path: Path) -> None:
    _save(tmp_path / "a.npz", x_train=np.zeros((4, 2)), y_train=np.zeros(4), x_test=np.zeros((2, 2)))
    table = sources.read({"kind": "npz", "path": "a.npz", "arrays": "x_train, y_train"}, tmp_path)
    assert [column.name for column in table.columns] == ["x_train", "y_train"]
    with pytest.raises(FileProblem, match=r"no array 'z'.*x_train"):
        sources.read({"kind": "npz", "path": "a.npz", "arrays": "z"}, tmp_path)


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer", "diabetes"])
def test_bundled_tables_are_those_of_scikit_learn(name: str, tmp_path: Path) -> None:
    import sklearn.datasets  # here: it takes seconds, of each process that collects tests

    wanted = getattr(sklearn.datasets, f"load_{name}")()
    *features, target = sources.read({"kind": name}, tmp_path).columns
    names = [text.replace(" (cm)", "").replace(" ", "_").replace("/", "_per_") for text in wanted.feature_names]
    assert [column.name for column in features] == names
    assert np.array_equal(np.stack([column.values for column in features], axis=1), wanted.data)
    assert np.array_equal(target.values, wanted.target)
    assert target.classes == tuple(wanted.get("target_names", ()))


def test_bundled_digits_are_those_of_scikit_learn(tmp_path: Path) -> None:
    import sklearn.datasets  # here: it takes seconds, of each process that collects tests

    wanted = sklearn.datasets.load_digits()
    table = sources.read({"kind": "digits"}, tmp_path)
    assert np.array_equal(table["image"].values[:, 0] * 16, wanted.images)
    assert np.array_equal(table["digit"].values, wanted.target)
    assert table["digit"].classes == tuple(str(name) for name in wanted.target_names)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("digits.csv.gz", None),
        ("digits.csv.gz", b"1,2"),
        ("digits.csv.gz", gzip.compress(b"1,2,3\n" * 99, mtime=0)[:-20]),
        ("digits.csv.gz", gzip.compress(b"1,2\n1,a\n", mtime=0)),
        ("iris.csv", b"150,4,setosa\n1,2\n1\n"),
        ("iris.csv", b"150,4,setosa\n1,2\n1,2\n"),
    ],
)
def test_bundled_files_that_are_damaged_say_what_to_do(
    name: str, content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "datasets" / "data"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / name).write_bytes(content)
    broken = ModuleType("sklearn")
    broken.__spec__ = ModuleSpec("sklearn", None, is_package=True)
    broken.__spec__.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "sklearn", broken)
    with pytest.raises(FileProblem, match=r"Install scikit-learn again: python -m pip install") as caught:
        sources.read({"kind": name.partition(".")[0]}, tmp_path)
    assert str(folder / name) in str(caught.value)


def test_data_and_its_previews_load_neither_torch_nor_scikit_learn() -> None:
    script = (
        "import sys; from pathlib import Path; from builder.data import previews, sources\n"
        "for kind in ('digits', 'iris', 'diabetes'): sources.read({'kind': kind}, Path('.'))\n"
        "assert not {'torch', 'sklearn', 'scipy', 'PySide6'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
