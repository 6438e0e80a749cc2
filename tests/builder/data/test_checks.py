"""Problems of data are listed whether or not the data can be read."""

from pathlib import Path

from builder.data.checks import problems
from builder.overrides import override
from tests.builder.data.drawing import line


def test_no_data_is_no_problem(tmp_path: Path) -> None:
    assert problems(line((4,), 3, "Classification", {}), tmp_path) == ()


def test_data_that_fits_is_no_problem_and_data_that_does_not_is_one(tmp_path: Path) -> None:
    assert problems(line((4,), 3, "Classification", {"source": {"kind": "iris"}}), tmp_path) == ()
    found = problems(line((4,), 2, "Classification", {"source": {"kind": "iris"}}), tmp_path)
    assert [problem.kind for problem in found] == ["data-shape"]


def test_a_column_that_was_left_out_is_named_where_one_is_wanting(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,b,y\n" + "".join(f"1,{row * 0.3},{row * 0.7}\n" for row in range(30)))
    found = problems(line((2,), 1, "Regression", {"source": {"kind": "csv", "path": "d.csv"}}), tmp_path)
    assert [p.came for p in found] == ["1 a sample (b; left out: a, every row has the same value)"]


def test_data_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    for source in ({"kind": "csv", "path": "gone.csv"}, {"kind": "irs"}, {"kind": "iris", "seed": 1}):
        (problem,) = problems(line((4,), 3, "Classification", {"source": source}), tmp_path)
        assert problem.kind == "data-source"
        assert problem.severity == "error"


def test_all_choices_can_be_typed(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a;b;c\n1,5;2;x\n2,5;3;y\n3,5;5;x\n4,5;1;y\n")
    typed = {
        "data.source.kind": "csv",
        "data.source.path": "d.csv",
        "data.source.decimal": ",",
        "data.split.validation": "0.5",
        "data.columns.c.role": "ignore",
        "data.columns.b.role": "target",
        "data.columns.a.node": "x",
        "data.missing": "most frequent",
    }
    project = override(line((1,), 1, "Regression", {}), typed)
    assert problems(project, tmp_path) == ()
    assert project.data["split"] == {"validation": 0.5}
