"""Previews tell what is in the data, as the network will get it, and can be called off."""

from pathlib import Path

import numpy as np
import pytest

from builder.data.previews import Cancelled, preview
from graphs.errors import UserError
from tests.builder.data.drawing import line, pictures


def test_pictures_come_as_the_network_gets_them(tmp_path: Path) -> None:
    project = pictures("Classification", 10, {"source": {"kind": "digits"}, "split": {"test": 0.1}, "scale": "minmax"})
    seen = preview(project, tmp_path, rows=7)
    assert seen.rows == 1797
    assert seen.arrays["image"].shape == (7, 1, 8, 8)
    assert seen.samples["digit"] == ("0", "1", "2", "3", "4", "5", "6")
    assert sum(seen.parts.values()) == 1797
    assert {name: sum(parts) for name, parts in seen.balance.items()}["3"] == 183
    assert seen.problems == ()


def test_facts_of_a_real_table(shared: Path) -> None:
    path = shared / "data/tabular/titanic_train.csv"
    seen = preview(line((10,), 2, "Classification", {"source": {"kind": "csv", "path": str(path)}}), path.parent)
    facts = {fact.name: fact for fact in seen.facts}
    assert (facts["Age"].missing, facts["Age"].most) == (177, 80)
    assert sum(facts["Age"].histogram) == 891 - 177
    assert len(facts["Age"].edges) == len(facts["Age"].histogram) + 1
    assert facts["Sex"].counts == (("male", 577), ("female", 314))
    assert facts["Name"].use.role == "ignore"
    assert facts["Name"].use.reason
    assert sum(map(sum, seen.balance.values())) == 891
    assert len(seen.samples["Name"]) == 50


def test_numbers_far_apart_or_close_together_are_counted_in_bars(tmp_path: Path) -> None:
    far, close = ("1.7e308", "-1.7e308", "0"), (10**16, 10**16 + 2, 10**16 + 8)
    rows = (f"{one},{other},{place}" for place, (one, other) in enumerate(zip(far, close, strict=True)))
    (tmp_path / "d.csv").write_text("\n".join(("far,close,y", *rows)))
    seen = preview(line((2,), 1, "Regression", {"source": {"kind": "csv", "path": "d.csv"}}), tmp_path)
    assert [sum(fact.histogram) for fact in seen.facts] == [3, 3, 3]
    assert [fact.histogram[0] for fact in seen.facts] == [1, 1, 1]


def test_data_that_does_not_fit_is_shown_with_its_problems(tmp_path: Path) -> None:
    seen = preview(line((3,), 3, "Classification", {"source": {"kind": "digits"}}), tmp_path)
    assert seen.problems
    assert seen.parts == {}
    assert seen.arrays["image"].shape == (50, 1, 8, 8)
    assert np.isfinite(seen.arrays["image"]).all()


def test_data_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No data is chosen"):
        preview(line((3,), 3, "Classification", {}), tmp_path)


def test_a_preview_can_be_called_off(tmp_path: Path) -> None:
    project = line((4,), 3, "Classification", {"source": {"kind": "iris"}})
    asked: list[int] = []

    def third_time() -> bool:
        asked.append(1)
        return len(asked) == 3

    with pytest.raises(Cancelled):
        preview(project, tmp_path, cancelled=third_time)
    assert len(asked) == 3
