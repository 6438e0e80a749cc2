"""The package itself: its public names are there, and none of the window's doors to it loads torch."""

import subprocess
import sys
from pathlib import Path

import pytest

import builder

ROOT = Path(__file__).parent.parent.parent
DOORS = (
    "builder", "builder.devices", "builder.events", "builder.failures", "builder.folders", "builder.jobs",
    "builder.lines", "builder.processes", "builder.ring", "builder.runs", "builder.session", "builder.worker",
    "builder.workers",
)  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_a_door_loads_no_torch(name: str) -> None:
    program = f"import {name}, sys; sys.exit('torch' in sys.modules or 'PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("name", ["compile", "source", "train"])
def test_public_functions_are_there(name: str) -> None:
    assert getattr(builder, name).__name__ == name


@pytest.mark.parametrize("name", ["devices", "events", "jobs", "runs", "workers"])
def test_public_modules_are_reached_by_importing_the_package_alone(name: str) -> None:
    program = f"import builder; print(builder.{name}.__name__)"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == f"builder.{name}"


def test_another_name_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = builder.nonsense  # type: ignore[attr-defined]  # it is not there on purpose
