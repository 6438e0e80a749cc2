"""The package itself: its public names are there, and none of the window's doors to it loads torch."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import builder

ROOT = Path(__file__).parent.parent.parent
DOORS = (
    "builder", "builder.devices", "builder.events", "builder.failures", "builder.folders", "builder.jobs",
    "builder.lines", "builder.processes", "builder.ring", "builder.runs", "builder.session", "builder.worker",
    "builder.workers",
)  # fmt: skip


def each_by_itself(names: Sequence[str], program: str) -> list[str]:
    """Run `program` for each name in one process that forgets our packages in between, and return what it prints."""
    script = f"""
import importlib, sys
for name in {names!r}:
    for held in [held for held in sys.modules if held.partition(".")[0] in ("builder", "graphs")]:
        del sys.modules[held]
    {program}
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_no_door_loads_torch() -> None:
    program = "importlib.import_module(name); print(name, *sorted({'numpy', 'torch', 'PySide6'} & set(sys.modules)))"
    said = [line.partition(" ") for line in each_by_itself(DOORS, program)]
    assert [name for name, _, _ in said] == list(DOORS)
    assert {loaded for _, _, loaded in said} == {"", "numpy"}, said  # that it finds numpy shows that it looks


@pytest.mark.parametrize("name", ["compile", "source", "train"])
def test_public_functions_are_there(name: str) -> None:
    assert getattr(builder, name).__name__ == name


def test_public_modules_are_reached_by_importing_the_package_alone() -> None:
    names = ["devices", "events", "jobs", "runs", "workers"]
    found = each_by_itself(names, "import builder; print(getattr(builder, name).__name__)")
    assert found == [f"builder.{name}" for name in names]


def test_another_name_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = builder.nonsense  # type: ignore[attr-defined]  # it is not there on purpose
