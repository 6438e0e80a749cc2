"""Columns find their inputs and outputs; what does not fit is a problem whose fix mends it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder.data import loading, sources
from builder.data.binding import Binding, bind
from builder.data.choices import DATA
from builder.data.table import IMAGE, NUMBER, TARGET, TEXT, VECTOR, Array, Column, Table
from graphs import templates
from graphs.edits import AddNode, Connect, SetParameters
from graphs.errors import UserError
from graphs.project import Project
from tests.builder.data.drawing import line, pictures

HERE = Path()


def bound(project: Project, table: Table | None = None) -> Binding:
    table = table or sources.read(project.data["source"], HERE)
    return bind(table, project)


def mended(project: Project, table: Table | None = None) -> Binding:
    """Apply the first fix of every problem and bind again."""
    for problem in bound(project, table).problems:
        problem.fixes[0].edit.apply(project)
    return bound(project, table)


def test_feature_columns_go_to_the_one_input_in_order() -> None:
    binding = bound(line((4,), 3, "Classification", {"source": {"kind": "iris"}}))
    assert binding.problems == ()
    assert binding.inputs[0].columns == ("sepal_length", "sepal_width", "petal_length", "petal_width")
    assert binding.targets[0].columns == ("species",)
    assert binding.uses["species"].nodes == ("out",)


def test_pictures_go_to_the_picture_input() -> None:
    binding = bound(pictures("Classification", 10, {"source": {"kind": "digits"}}))
    assert binding.problems == ()
    assert binding.inputs[0].columns == ("image",)


@pytest.mark.parametrize(
    ("kind", "shape", "features", "output"),
    [
        ("iris", (5,), 3, "Classification"),
        ("iris", (4,), 2, "Classification"),
        ("iris", (4,), 7, "Classification"),
        ("diabetes", (1, 28, 28), 1, "Regression"),
        ("diabetes", (10,), 4, "Regression"),
        ("wine", (13,), 3, "Regression"),
        ("wine", (13,), 3, "BinaryClassification"),
        ("sines", (7, 2), 3, "Regression"),
    ],
)
def test_each_misfit_has_a_fix_that_mends_it(kind: str, shape: tuple[int, ...], features: int, output: str) -> None:
    project = line(shape, features, output, {"source": {"kind": kind}})
    problems = bound(project).problems
    assert {problem.kind for problem in problems} == {"data-shape"}
    assert all(problem.came and problem.expected and problem.node and problem.fixes for problem in problems)
    assert [p for p in mended(project).problems if p.kind == "data-shape" and p.name == "x"] == []


@pytest.mark.parametrize(("kind", "use"), [("iris", "Classification"), ("diabetes", "Regression")])
def test_without_a_loss_nothing_can_be_learned(kind: str, use: str) -> None:
    project = line((10 if kind == "diabetes" else 4,), 3, "Output", {"source": {"kind": kind}})
    (problem,) = bound(project).problems
    assert problem.message == "out has no loss, so nothing can be learned. Expected an output such as Classification."
    assert problem.fixes[0].title == f"Use {use}"
    assert [p.kind for p in mended(project).problems] == ([] if kind == "iris" else ["data-shape"])


def test_fixes_lead_to_a_network_that_loads() -> None:
    project = line((9,), 5, "Classification", {"source": {"kind": "breast_cancer"}})
    with pytest.raises(UserError, match="does not fit the network yet"):
        loading.load(project, HERE)
    assert mended(project).problems == ()
    inputs, targets = loading.load(project, HERE).arrays("training")
    assert (inputs["x"].shape[1:], targets["out"].max()) == ((30,), 1)


def test_an_end_without_a_column_is_a_problem() -> None:
    project = line((4,), 3, "Classification", {"source": {"kind": "iris"}})
    project.data["columns"] = {name: {"role": "ignore"} for name in ("species",)}
    assert [(p.kind, p.name) for p in bound(project).problems] == [("unbound-target", "out")]
    project.data["columns"] = {c.name: {"role": "target"} for c in sources.read({"kind": "iris"}, HERE).columns}
    assert [p.kind for p in bound(project).problems if p.name == "x"] == ["unbound-input"]


def test_choices_go_before_the_proposal() -> None:
    data = {
        "source": {"kind": "iris"},
        "columns": {"petal_width": {"role": "target"}, "sepal_width": {"role": "ignore"}},
    }
    binding = bound(line((5,), 1, "Regression", data))
    assert binding.problems == ()
    assert binding.targets[0].columns == ("petal_width",)
    assert binding.inputs[0].columns == ("sepal_length", "petal_length", "species")
    assert binding.uses["sepal_width"].role == "ignore"


def test_an_output_may_ask_for_its_column_by_name() -> None:
    project = line((6,), 1, "Regression", {"source": {"kind": "iris"}})
    SetParameters("main", "n3", {"target": "petal_width"}).apply(project)
    assert bound(project).targets[0].columns == ("petal_width",)
    SetParameters("main", "n3", {"target": "petals"}).apply(project)
    (problem,) = [p for p in bound(project).problems if p.kind == "unbound-target"]
    assert "petals" in problem.came


def test_choices_that_name_what_is_not_there_can_be_forgotten() -> None:
    data = {"source": {"kind": "iris"}, "columns": {"specie": {"role": "target"}, "sepal_width": {"node": "y"}}}
    project = line((4,), 3, "Classification", data)
    problems = [p for p in bound(project).problems if p.kind == "data-column"]
    assert ["species" in problems[0].message, "y" in problems[1].message] == [True, True]
    for _ in problems:
        next(p for p in bound(project).problems if p.kind == "data-column").fixes[0].edit.apply(project)
    assert bound(project).problems == ()


def test_a_reconstruction_needs_no_column() -> None:
    project = line((4,), 4, "Reconstruction", {"source": {"kind": "iris"}})
    loaded = loading.load(project, HERE)
    assert loaded.binding.copies == {"out": "x"}
    inputs, targets = loaded.arrays("training")
    assert targets["out"] is inputs["x"]
    assert loaded.binding.uses["species"].reason


def test_several_inputs_take_what_fits_them() -> None:
    project = pictures("Classification", 2, {})
    AddNode("main", "n5", "facts", "Input", {"shape": (2,)}, (300, 0)).apply(project)
    binding = bound(project, _table(photo=np.zeros((6, 1, 8, 8), np.float32), age=np.arange(6), height=np.arange(6)))
    assert {b.end.name: b.columns for b in binding.inputs} == {"x": ("photo",), "facts": ("age", "height")}


def test_one_target_serves_several_outputs() -> None:
    project = line((4,), 3, "Classification", {"source": {"kind": "iris"}})
    AddNode("main", "n4", "extra", "Classification", {}, (200, 200)).apply(project)
    Connect("main", "n2", "output", "n4", "input").apply(project)
    assert [b.columns for b in bound(project).targets] == [("species",), ("species",)]


def test_several_numbers_are_one_target_together() -> None:
    data = {"columns": {"a": {"role": "target"}, "b": {"role": "target"}}}
    table = _table(c=np.arange(6) * 0.5, a=np.arange(6) * 1.5, b=np.arange(6) * 2.5)
    project = line((1,), 2, "Regression", data)
    assert bound(project, table).problems == ()
    assert bound(project, table).targets[0].columns == ("a", "b")


def test_an_input_of_whole_numbers_takes_places_in_a_list() -> None:
    words = Column("word", TEXT, np.array(["b", "a", "b", "c"] * 3, dtype=object))
    target = Column("y", NUMBER, np.arange(12) % 2 * 1.0, role=TARGET)
    project = line((1,), 2, "Classification", {}, dtype="int64")
    project.main.graph.nodes["n2"]["layer"] = "Embedding"
    project.main.graph.nodes["n2"]["parameters"] = {}
    table = Table("words", (words, target))
    binding = bind(table, project)
    assert [p for p in binding.problems if p.name == "x"] == []
    inputs, _ = loading.prepare(table, binding, DATA.complete({"split": {"shuffle": False}})).arrays("training")
    assert (inputs["x"].dtype, inputs["x"][:3, 0].tolist()) == (np.int64, [1, 0, 1])


def test_a_target_of_one_class_cannot_be_learned() -> None:
    table = _table(a=np.arange(6), y=np.ones(6))
    problems = bound(line((1,), 2, "Classification", {"columns": {"y": {"role": "target"}}}), table).problems
    assert ["1 class in all rows" in p.message for p in problems] == [True]


def test_a_column_in_trouble_stops_training_until_it_is_ignored(tmp_path: Path) -> None:
    rows = "\n".join(f"{n}.5,{n * 2 + 1},{n % 2}" for n in range(30))
    (tmp_path / "d.csv").write_text(f"a,size,y\n{rows}\n1,abc,1\n")
    project = line((1,), 2, "Classification", {"source": {"kind": "csv", "path": "d.csv"}})
    with pytest.raises(UserError, match=r"row 31, line 32, column 'size': got 'abc'"):
        loading.load(project, tmp_path)
    table = sources.read(project.data["source"], tmp_path)
    bind(table, project).problems[0].fixes[0].edit.apply(project)
    assert bind(table, project).problems == ()


@pytest.mark.parametrize(
    ("file", "width", "output", "features"),
    [
        ("titanic_train.csv", 10, "Classification", 2),
        ("titanic_train.csv", 10, "BinaryClassification", 1),
        ("auto-mpg.csv", 9, "Regression", 1),
        ("california_housing.csv", 13, "Regression", 1),
    ],
)
def test_real_tables_bind_by_themselves(shared: Path, file: str, width: int, output: str, features: int) -> None:
    data = {"source": {"kind": "csv", "path": str(shared / "data/tabular" / file)}}
    loaded = loading.load(line((width,), features, output, data), HERE)
    for part in ("training", "validation"):
        inputs, targets = loaded.arrays(part)
        assert inputs["x"].shape == (len(loaded.split[part]), width)
        assert np.isfinite(inputs["x"]).all()
        assert np.isfinite(targets["out"]).all()


def _table(**columns: Any) -> Table:
    return Table("made up", tuple(_column(name, np.asarray(values)) for name, values in columns.items()))


def _column(name: str, values: Array) -> Column:
    role = TARGET if name == "y" else "input"
    kind = {1: NUMBER, 4: IMAGE}.get(values.ndim, VECTOR)
    return Column(name, kind, values.astype(np.float64) if kind == NUMBER else values, role=role)


def test_classes_in_a_column_or_a_map_with_one_channel_are_classes(tmp_path: Path) -> None:
    project = Project("Map")
    AddNode("main", "n1", "image", "Input", {"shape": (1, 4, 4)}, (0, 0)).apply(project)
    AddNode("main", "n2", "conv", "Conv2d", {"out_channels": 3, "kernel_size": 1}, (0, 80)).apply(project)
    AddNode("main", "n3", "mask", "Classification", {}, (0, 160)).apply(project)
    Connect("main", "n1", "output", "n2", "input").apply(project)
    Connect("main", "n2", "output", "n3", "input").apply(project)
    masks = np.arange(20 * 16).reshape(20, 1, 4, 4) % 3
    np.savez(tmp_path / "a.npz", x=np.zeros((20, 1, 4, 4), np.float32), y=masks)
    project.data = {"source": {"kind": "npz", "path": "a.npz"}}
    _, targets = loading.load(project, tmp_path).arrays("training")
    assert targets["mask"].shape == (16, 4, 4)


def test_one_hot_rows_are_told_how_to_become_classes(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.random.default_rng(0).normal(size=(20, 4)), y=np.eye(3)[np.arange(20) % 3])
    project = templates.create("tabular_classifier")
    project.data = {"source": {"kind": "npz", "path": "a.npz"}}
    with pytest.raises(UserError, match=r"argmax\(axis=1\)"):
        loading.load(project, tmp_path)
