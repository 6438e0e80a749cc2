"""Every template comes with data that fits it, so that it trains as it is."""

from pathlib import Path

import pytest

from builder.data.loading import load
from graphs import templates


@pytest.mark.parametrize("name", templates.names())
def test_a_template_comes_with_data_that_fits(name: str, tmp_path: Path) -> None:
    loaded = load(templates.create(name), tmp_path)
    assert not loaded.notes
    assert len(loaded.split["training"]) > 100
    assert len(loaded.split["validation"]) >= 30


def test_lenet_takes_either_size(tmp_path: Path) -> None:
    inputs, _ = load(templates.create("lenet5", size=32), tmp_path).arrays("validation")
    assert inputs["image"].shape[1:] == (1, 32, 32)
