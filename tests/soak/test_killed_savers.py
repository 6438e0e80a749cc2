"""Thousands of kills in the middle of a save."""

from pathlib import Path

import pytest

from tests.graphs.killing import kill_while_saving


@pytest.mark.soak
def test_the_file_survives_two_thousand_kills(tmp_path: Path) -> None:
    kill_while_saving(tmp_path, times=2000)
