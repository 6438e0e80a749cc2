"""Weights as safetensors: there and back, carried over by name and shape, and no harm from bad files."""

from pathlib import Path

import pytest
import torch

from builder import compiler, weights
from graphs.errors import FileProblem
from tests.builder.sameness import assert_same
from tests.graphs.sketch import classifier


def test_there_and_back_with_the_project(tmp_path: Path) -> None:
    project = classifier().project
    module, other = compiler.compile(project), compiler.compile(project)
    path = tmp_path / "digits.safetensors"
    weights.save(module, path, project)
    report = weights.load_into(other, path)
    assert report.complete
    assert report.matched == tuple(module.state_dict())
    assert_same(dict(other.state_dict()), dict(module.state_dict()))
    assert weights.project_of(path) == project


def test_a_file_without_a_project(tmp_path: Path) -> None:
    path = tmp_path / "bare.safetensors"
    weights.save(torch.nn.Linear(2, 3), path)
    assert weights.project_of(path) is None
    assert weights.read(path)["weight"].shape == (3, 2)


def test_tied_and_strided_tensors_are_written_whole() -> None:
    one = torch.arange(6.0).reshape(2, 3)
    data = weights.encode({"a": one, "b": one.T}, {})
    assert weights.encode({"a": one.clone(), "b": one.T.clone()}, {}) == data


def test_all_or_nothing_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    weights.save(torch.nn.ModuleDict({"a": torch.nn.Linear(2, 3), "b": torch.nn.Linear(2, 3)}), path)
    module = torch.nn.ModuleDict({"a": torch.nn.Linear(2, 3), "b": torch.nn.Linear(2, 4), "c": torch.nn.PReLU()})
    before = {name: tensor.clone() for name, tensor in module.state_dict().items()}
    with pytest.raises(FileProblem, match=r"1 missing: c\.weight; 2 of another shape: b\.weight"):
        weights.load_into(module, path)
    assert_same(dict(module.state_dict()), before)
    report = weights.load_into(module, path, partial=True)
    assert (report.matched, report.missing, report.unexpected) == (("a.weight", "a.bias"), ("c.weight",), ())
    assert report.mismatched == {"b.weight": ((4, 2), (3, 2)), "b.bias": ((4,), (3,))}
    assert_same(module.state_dict()["a.weight"], weights.read(path)["a.weight"])
    assert_same(module.state_dict()["c.weight"], before["c.weight"])


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 8, b"\xff" * 64, b"\x80\x04\x95pickle", b"\x02\x00\x00\x00\x00\x00\x00\x00{}x"]
)
def test_bad_files_give_one_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bad.safetensors"
    path.write_bytes(data)
    with pytest.raises(FileProblem, match="does not hold weights"):
        weights.read(path)


def test_paths_are_checked(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no such file"):
        weights.read(tmp_path / "none.safetensors")
    with pytest.raises(FileProblem, match=r"ends in \.safetensors"):
        weights.read(tmp_path / "model.pt")
    (tmp_path / "folder.safetensors").mkdir()
    with pytest.raises(FileProblem, match="a folder"):
        weights.read(tmp_path / "folder.safetensors")
    with pytest.raises(FileProblem, match="not saved"):
        weights.save(torch.nn.Linear(1, 1), tmp_path / "nowhere" / "x.safetensors")
