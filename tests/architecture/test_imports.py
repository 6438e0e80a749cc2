"""What importing each package loads, asked of a fresh interpreter, and what its source may name."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

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
app, painted_filter = application(), Painted()
app.installEventFilter(painted_filter)
window = open_window(app, Parts.make())
app.exec()
"""
HELD_BACK = {"networkx", "numpy", "pyqtgraph", "psutil", "typer"}

# Then, once the start page is whole and all is loaded ahead, a new project.
PROJECT = """
import json, sys
painted = list(sys.modules)
app.removeEventFilter(painted_filter)
window.ahead.finished.connect(lambda _: app.exit())
app.exec()
ahead = set(sys.modules)
window.commands.run("file.new")
made = set()
window.regions.made.connect(lambda name, _panel: made.add(name))
while not {"library", "properties", "training"} <= made:
    app.processEvents()
late = sorted(set(sys.modules) - ahead)
window.close()
print(json.dumps([painted, late]))
"""


def printed_by(script: str) -> Any:
    """What a script that a fresh interpreter runs prints last, as JSON."""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def loaded_by(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter holds after the statement."""
    return top_level(printed_by(f"{statement}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"))


def top_level(names: Iterable[str]) -> set[str]:
    """The packages that modules are of."""
    return {name.partition(".")[0] for name in names}


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


def test_what_a_project_needs_is_loaded_after_the_start_page_is_painted_and_before_one_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("NETWRIGHT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETWRIGHT_CONFIG", str(tmp_path / "config"))
    painted, late = printed_by(PAINTED + PROJECT)
    assert top_level(painted) & HELD_BACK == set()
    assert top_level(late) & {*HELD_BACK, "widgets", "graphs"} == set(), late


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
