"""Whole numbers that an Embedding or an output has no place for are found before a run, not in the middle of it."""

from pathlib import Path

import numpy as np
import pytest

from builder.checking import check_project
from builder.data import checks
from graphs.project import Project
from tests.builder.training.drawn import chain


def sentences(rows: int) -> Project:
    layers: list[tuple[str, str, dict[str, object]]] = [
        ("words", "Input", {"shape": (7,), "dtype": "int64"}),
        ("embedding", "Embedding", {"num_embeddings": rows, "embedding_dim": 4}),
        ("flatten", "Flatten", {}),
        ("fc", "Linear", {"out_features": 2}),
        ("tone", "Classification", {}),
    ]
    return chain(layers, {"kind": "npz", "path": "words.npz"})


@pytest.mark.parametrize(("low", "rows", "fits"), [(0, 10, True), (0, 5, False), (-1, 10, False)])
def test_a_number_that_an_embedding_has_no_row_for_is_a_problem_with_a_fix(
    low: int, rows: int, fits: bool, tmp_path: Path
) -> None:
    words = np.arange(70).reshape(10, 7) % 10
    words[0, 0] = low
    np.savez(tmp_path / "words.npz", x=words, y=np.arange(10) % 2)
    project = sentences(rows)
    found = checks.problems(project, tmp_path)
    assert (not found) is fits
    if not fits:
        assert found[0].name == "words"
        assert f"{low} to 9" in found[0].message
    for fix in (fix for problem in found for fix in problem.fixes):
        fix.edit.apply(project)
        assert not checks.problems(project, tmp_path)


def test_a_map_of_classes_beyond_the_outputs_is_a_problem(tmp_path: Path) -> None:
    layers: list[tuple[str, str, dict[str, object]]] = [
        ("image", "Input", {"shape": (1, 4, 4)}),
        ("conv", "Conv2d", {"out_channels": 3, "kernel_size": 1}),
        ("map", "Classification", {}),
    ]
    np.savez(tmp_path / "m.npz", x=np.zeros((10, 1, 4, 4), np.float32), y=np.arange(160).reshape(10, 4, 4) % 4)
    project = chain(layers, {"kind": "npz", "path": "m.npz"})
    assert "0 to 3" in checks.problems(project, tmp_path)[0].message


def test_a_network_that_contains_itself_is_a_problem_of_the_project(tmp_path: Path) -> None:
    project = chain([("a", "Input", {"shape": (2,)}), ("b", "Block", {"network": "main"})], {})
    assert any("contain itself" in problem.message for problem in check_project(project, tmp_path))
