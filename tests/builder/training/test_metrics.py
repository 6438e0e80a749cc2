"""Metrics against scikit-learn's, in any division into batches."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from builder.training.metrics import MOST_WAITING, BinaryConfusion, Confusion, Errors, Losses

NUMBERS = st.integers(1, 4)


@given(seed=st.integers(0, 1000), classes=st.integers(2, 6), parts=NUMBERS)
def test_accuracy_and_f1_are_those_of_scikit_learn(seed: int, classes: int, parts: int) -> None:
    import sklearn.metrics  # here: it takes seconds, of each process that collects tests

    generator = torch.Generator().manual_seed(seed)
    output = torch.randn(40, classes, generator=generator)
    target = torch.randint(0, classes, (40,), generator=generator)
    counted = Confusion(classes, "cpu")
    for logits, labels in zip(output.chunk(parts), target.chunk(parts), strict=True):
        counted.update(logits, labels)
    predicted = output.argmax(1).tolist()
    found = counted.read()
    assert found["accuracy"] == pytest.approx(sklearn.metrics.accuracy_score(target.tolist(), predicted))
    assert found["f1"] == pytest.approx(sklearn.metrics.f1_score(target.tolist(), predicted, average="macro"))
    labels = list(range(classes))
    assert counted.matrix == sklearn.metrics.confusion_matrix(target.tolist(), predicted, labels=labels).tolist()


def test_classes_on_the_first_axis_of_a_map_are_counted_at_every_place() -> None:
    counted = Confusion(2, "cpu")
    logits = torch.tensor([[[[2.0, 0.0]], [[1.0, 1.0]]]])  # N, K, H, W: predicts 0, then 1
    counted.update(logits, torch.tensor([[[0, 0]]]))
    assert counted.matrix == [[1, 1], [0, 0]]


def test_a_logit_above_zero_means_yes() -> None:
    counted = BinaryConfusion(1, "cpu")
    counted.update(torch.tensor([[0.3], [-0.2], [5.0]]), torch.tensor([[1.0], [1.0], [0.0]]))
    assert counted.matrix == [[0, 1], [1, 1]]


@given(seed=st.integers(0, 1000), parts=NUMBERS)
def test_errors_are_those_of_scikit_learn_in_the_units_of_the_data(seed: int, parts: int) -> None:
    import sklearn.metrics  # here: it takes seconds, of each process that collects tests

    generator = torch.Generator().manual_seed(seed)
    output, target = torch.randn(30, 1, generator=generator), torch.randn(30, 1, generator=generator)
    counted = Errors(1, "cpu", scale=10.0)
    for out, true in zip(output.chunk(parts), target.chunk(parts), strict=True):
        counted.update(out, true)
    found, true, out = counted.read(), (target * 10).numpy(), (output * 10).numpy()
    assert found["mae"] == pytest.approx(sklearn.metrics.mean_absolute_error(true, out), rel=1e-5)
    assert found["rmse"] == pytest.approx(sklearn.metrics.root_mean_squared_error(true, out), rel=1e-5)
    assert found["r2"] == pytest.approx(sklearn.metrics.r2_score(true, out), rel=1e-4, abs=1e-4)


def test_errors_that_wait_to_be_brought_over_are_the_same_to_the_last_bit() -> None:
    at_once, late = Errors(1, "cpu"), Errors(1, "mps")
    for _ in range(5):
        output, target = torch.randn(MOST_WAITING // 3, 1), torch.randn(MOST_WAITING // 3, 1)
        at_once.update(output, target)
        late.update(output, target)
    assert not late.sums.equal(at_once.sums)
    late.settle()
    assert late.sums.equal(at_once.sums)
    late.update(output, target)
    late.reset()
    assert late.read() == {"mae": 0.0, "rmse": 0.0, "r2": 0.0}


def test_statistics_are_empty_after_a_reset() -> None:
    counted = Errors(1, "cpu")
    counted.update(torch.ones(3, 1), torch.zeros(3, 1))
    counted.reset()
    assert counted.read() == {"mae": 0.0, "rmse": 0.0, "r2": 0.0}


def test_the_mean_loss_counts_samples_and_not_batches() -> None:
    losses = Losses()
    losses.add(torch.tensor(1.0), 30)
    assert losses.bring() == [1.0]
    losses.add(torch.tensor(4.0), 10)
    assert losses.mean() == pytest.approx(1.75)
