"""What importing each package loads, asked of a fresh interpreter, and what its source may name."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

QT = {"PySide6", "shiboken6", "pyqtgraph"}
EXTRAS = {
    "onnx", "onnxscript", "onnxruntime", "h5py", "keras", "soundfile", "pyarrow", "datasets", "optuna", "gymnasium",
    "captum", "tokenizers", "ray",
}  # fmt: skip


# The window on its start page, painted, with nothing done yet that comes after.
PAINTED = """
from PySide6.QtCore import QEvent, QObject
from widgets.app import application, open_window
from widgets.parts import Parts
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            app.exit()
        return False
app, painted = application(), Painted()
app.installEventFilter(painted)
window = open_window(app, Parts.make())
app.exec()
"""
HELD_BACK = {"networkx", "numpy", "pyqtgraph", "psutil", "typer"}


def loaded_by(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter holds after the statement."""
    script = f"{statement}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def imported_by(package: str) -> dict[str, set[str]]:
    """For each top-level name imported anywhere in the package, the files that import it, at whatever depth."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "."]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(str(path.relative_to(ROOT)))
    return found


def test_the_probe_sees_what_is_loaded() -> None:
    assert "numpy" in loaded_by("import numpy")


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import graphs", {"torch", "numpy", "scipy", "sklearn", "builder", "widgets", *QT, *EXTRAS}),
        ("import builder", {"torch", "widgets", *QT, *EXTRAS}),
        ("import builder.__main__", {"torch", "widgets", "networkx", "numpy", "typer", *QT, *EXTRAS}),
        ("import widgets.app", {"torch", *EXTRAS}),
    ],
)
def test_an_import_loads_nothing_heavy(statement: str, forbidden: set[str]) -> None:
    assert loaded_by(statement) & forbidden == set()


def test_the_start_page_is_painted_before_anything_is_loaded_that_a_project_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("NETWRIGHT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETWRIGHT_CONFIG", str(tmp_path / "config"))
    assert loaded_by(PAINTED) & HELD_BACK == set()


def test_graphs_imports_the_standard_library_and_networkx_alone() -> None:
    allowed = sys.stdlib_module_names | {"networkx", "graphs"}
    assert {name: files for name, files in imported_by("graphs").items() if name not in allowed} == {}


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [("graphs", {"torch", "numpy", "builder", "widgets", *QT}), ("builder", QT), ("widgets", {"torch"})],
)
def test_no_file_names_what_its_package_may_not_import(package: str, forbidden: set[str]) -> None:
    imports = imported_by(package)
    assert imports, f"no Python files under {package}/"
    assert {name: imports[name] for name in forbidden & imports.keys()} == {}


def test_only_the_composition_root_names_the_window() -> None:
    assert imported_by("builder").get("widgets", set()) <= {"builder/__main__.py"}


def test_resources_lie_beside_the_packages() -> None:
    import graphs

    assert (Path(graphs.__file__).parent.parent / "resources").is_dir()
