"""The package itself: its public names are there, whatever was imported before, and none is loaded before its use."""

import subprocess
import sys
from pathlib import Path

import pytest

import graphs

ROOT = Path(__file__).parent.parent.parent
PUBLIC = ("Network", "Project", "Report", "Reporter", "catalogue", "load", "report", "save", "templates")


def said_by(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names_are_there(name: str) -> None:
    assert getattr(graphs, name).__name__.rpartition(".")[2] == name


def test_public_names_are_reached_by_importing_the_package_alone() -> None:
    assert said_by(f"import graphs; print(all(getattr(graphs, name) for name in {PUBLIC}))") == "True"


def test_a_module_loaded_before_hides_no_public_name() -> None:
    assert said_by("import graphs.reporting, graphs; print(graphs.report.__name__)") == "report"


def test_public_names_are_listed() -> None:
    assert set(PUBLIC) <= set(dir(graphs))


def test_another_name_is_refused_as_python_does() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = graphs.nonsense  # type: ignore[attr-defined]  # it is not there on purpose


def test_an_error_alone_loads_no_network() -> None:
    assert said_by("import graphs.errors, sys; print([name for name in sys.modules if name == 'networkx'])") == "[]"
