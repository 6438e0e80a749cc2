"""Splits are disjoint, complete, reproducible and fair to every class."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builder.data.splits import PARTS, split
from graphs.errors import UserError

SHARES = st.floats(0, 0.45)


@given(st.integers(5, 400), SHARES, SHARES, st.integers(0, 2**32 - 1), st.booleans())
@example(6, 0.4375, 0.4375, 0, False)  # each would be rounded up to half of all rows
def test_parts_are_disjoint_and_complete(count: int, validation: float, test: float, seed: int, shuffle: bool) -> None:
    parts = split(count, validation, test, seed, shuffle=shuffle)
    together = np.concatenate([parts[part] for part in PARTS])
    assert sorted(together) == list(range(count))
    assert len(parts.training) >= 1
    assert abs(len(parts.validation) - count * validation) <= 1
    assert abs(len(parts.test) - count * test) <= 1


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(5, 80), min_size=2, max_size=6), st.floats(0.1, 0.4))
def test_each_part_has_its_share_of_every_class(seed: int, sizes: list[int], share: float) -> None:
    classes = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(sizes)), sizes))
    parts = split(len(classes), share, share, seed, classes=classes)
    for code, size in enumerate(sizes):
        for part in (parts.validation, parts.test):
            assert abs(np.count_nonzero(classes[part] == code) - share * size) <= 3


def test_the_same_seed_gives_the_same_split_and_another_seed_another() -> None:
    first, again, other = (split(100, 0.2, 0.1, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.validation, again.validation)
    assert not np.array_equal(first.validation, other.validation)


def test_unshuffled_the_last_rows_are_held_back() -> None:
    parts = split(10, 0.2, 0.1, shuffle=False)
    assert parts.validation.tolist() == [7, 8]
    assert parts.test.tolist() == [9]


@pytest.mark.parametrize(("count", "validation", "test"), [(10, 0.5, 0.5), (1, 0.2, 0.0), (2, 0.1, 0.1)])
def test_a_split_that_leaves_nothing_to_train_on_is_refused(count: int, validation: float, test: float) -> None:
    with pytest.raises(UserError, match="split"):
        split(count, validation, test)
