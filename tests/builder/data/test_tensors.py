"""Tensors and batches: every row once an epoch, in an order that seed and epoch alone decide."""

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from builder.data import preparation
from builder.data.batches import batches, count, order
from builder.data.tensors import Part, load
from tests.builder.data.drawing import line, pictures

CPU = torch.device("cpu")


def part(rows: int, home: torch.device = CPU, device: torch.device = CPU) -> Part:
    numbers = torch.arange(rows, device=home)
    return Part((numbers.float()[:, None],), {"out": numbers}, device, rows)


def test_digits_become_tensors(tmp_path: Path) -> None:
    data = load(pictures("Classification", 10, {"source": {"kind": "digits"}, "scale": "none"}), tmp_path, "cpu")
    assert data.training.inputs[0].shape == (1438, 1, 8, 8)
    assert (len(data.training), len(data.validation), len(data.test)) == (1438, 359, 0)
    assert data.training.targets["out"].dtype == torch.int64
    assert data.classes["out"] == tuple("0123456789")
    assert preparation.loads(data.preparation).inputs[0].name == "x"


def test_a_reconstruction_shares_its_input(tmp_path: Path) -> None:
    data = load(line((4,), 4, "Reconstruction", {"source": {"kind": "iris"}}), tmp_path, "cpu")
    assert data.training.targets["out"] is data.training.inputs[0]
    inputs, targets = next(iter(batches(data.training, 8, seed=0)))
    assert targets["out"] is inputs[0]


def test_a_regression_tells_its_scale(tmp_path: Path) -> None:
    data = load(line((10,), 1, "Regression", {"source": {"kind": "diabetes"}}), tmp_path, "cpu")
    assert 60 < data.scales["out"] < 90
    assert data.training.targets["out"].std() == pytest.approx(1, abs=0.01)


@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 2**32 - 1), st.integers(0, 1000))
def test_an_epoch_has_every_row_once(rows: int, size: int, seed: int, epoch: int) -> None:
    found = [(x, t["out"]) for (x,), t in batches(part(rows), size, seed, epoch)]
    assert sorted(int(row) for _, t in found for row in t) == list(range(rows))
    assert all(torch.equal(x[:, 0].long(), t) for x, t in found)
    assert len(found) == count(rows, size)
    assert all(len(t) == size for _, t in found[:-1])


@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 100), st.data())
def test_an_epoch_goes_on_where_it_stopped(rows: int, size: int, epoch: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, count(rows, size)))
    whole = [t["out"].tolist() for _, t in batches(part(rows), size, 5, epoch)]
    assert [t["out"].tolist() for _, t in batches(part(rows), size, 5, epoch, start=start)] == whole[start:]


def test_each_epoch_and_each_seed_has_an_order_of_its_own() -> None:
    orders = [tuple(order(50, seed, epoch)) for seed in (0, 1) for epoch in (0, 1)]
    assert len(set(orders)) == 4
    assert tuple(order(50, 1, 1)) == orders[3]


def test_evaluation_keeps_the_order() -> None:
    assert [t["out"].tolist() for _, t in batches(part(5), 2)] == [[0, 1], [2, 3], [4]]


def test_a_single_last_row_is_left_out_when_asked() -> None:
    assert [len(x) for (x,), _ in batches(part(9), 4, 0, drop_single=True)] == [4, 4]
    assert count(9, 4, drop_single=True) == 2
    assert [len(x) for (x,), _ in batches(part(10), 4, 0, drop_single=True)] == [4, 4, 2]
    assert [len(x) for (x,), _ in batches(part(1), 4, 0, drop_single=True)] == [1]


def test_rows_elsewhere_are_brought_to_the_device() -> None:
    meta = torch.device("meta")
    (inputs, targets) = next(iter(batches(part(9, device=meta), 4, 0)))
    assert (inputs[0].device, targets["out"].device) == (meta, meta)


@pytest.mark.gpu
def test_small_data_lies_on_the_gpu(tmp_path: Path) -> None:
    data = load(line((4,), 3, "Classification", {"source": {"kind": "iris"}}), tmp_path, "cuda")
    assert data.training.inputs[0].is_cuda
    inputs, targets = next(iter(batches(data.training, 8, seed=0)))
    assert inputs[0].is_cuda
    assert targets["out"].is_cuda
