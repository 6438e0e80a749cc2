"""The rules of the house that no other tool checks."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("graphs", "builder", "widgets")
LONGEST_FILE = 400
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
SUPPRESSION = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:\s*no cover)(?P<codes>[:\[][^#]*)?(?P<reason>#.*\S)?")


def sources(*folders: str) -> list[Path]:
    """Every Python file under the folders."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert found
    return found


def named(path: Path) -> str:
    """The path as a reader would type it."""
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_long() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in sources(*PACKAGES, "tests")}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_module_has_a_name_that_could_hold_anything() -> None:
    vague = [named(path) for path in sources(*PACKAGES) if VAGUE_NAMES & {path.stem, path.parent.name}]
    assert vague == []


def test_what_is_silenced_in_a_line_names_its_code_and_its_reason() -> None:
    bare = [
        f"{named(path)}:{number}: {line.strip()}"
        for path in sources(*PACKAGES)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (match := SUPPRESSION.search(line)) and not (match["codes"] and match["reason"])
    ]
    assert bare == []


def test_no_file_opts_out_of_the_tools_as_a_whole() -> None:
    whole = re.compile(r"#\s*(mypy:|ruff:\s*noqa|flake8:\s*noqa)")
    assert [named(path) for path in sources(*PACKAGES, "tests") if whole.search(path.read_text("utf-8"))] == []


def test_the_tools_are_told_of_no_exceptions() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert [key for key in tools["ruff"]["lint"] if "ignore" in key] == []
    assert [key for key in tools["ruff"] if "exclude" in key] == []
    mypy = tools["mypy"]
    assert mypy["strict"] is True
    assert set(mypy["files"]) == set(PACKAGES)
    assert [key for key, value in mypy.items() if key != "overrides" and value is False] == []
    for override in mypy["overrides"]:
        assert override.keys() == {"module", "ignore_missing_imports"}
        assert {module.partition(".")[0] for module in override["module"]}.isdisjoint(PACKAGES)
