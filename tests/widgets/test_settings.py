"""Settings: kept across starts, checked as declared, and never lost to a damaged file without a word."""

from pathlib import Path

import pytest

from graphs.errors import ValueProblem
from widgets.memory import WindowMemory
from widgets.settings import FILE_NAME, SETTINGS, Settings


def test_a_setting_lasts(tmp_path: Path) -> None:
    Settings(tmp_path).set("theme", "light")
    assert Settings(tmp_path)["theme"] == "light"


def test_only_what_differs_from_the_default_is_written(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set("theme", "light")
    settings.set("wheel", "pan")
    settings.set("theme", "system")
    assert "theme" not in settings.path.read_text("utf-8")
    assert "pan" in settings.path.read_text("utf-8")


def test_a_value_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    with pytest.raises(ValueProblem, match="expected one of"):
        settings.set("theme", "pink")
    assert settings["theme"] == "system"
    assert not settings.path.exists()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[1]", b'{"theme": "pink"}', b'{"nonsense": 1}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    settings = Settings(tmp_path)
    assert settings["theme"] == "system"
    assert str(tmp_path / f"{FILE_NAME}.bad") in settings.complaint
    assert (tmp_path / f"{FILE_NAME}.bad").read_bytes() == damage
    settings.set("theme", "dark")
    assert Settings(tmp_path)["theme"] == "dark"


def test_each_change_is_told_once(tmp_path: Path, qtbot: object) -> None:
    settings = Settings(tmp_path)
    told: list[str] = []
    settings.changed.connect(told.append)
    settings.set("flow", "right")
    settings.set("flow", "right")
    settings.reset()
    assert told == ["flow", "flow"]
    assert settings["flow"] == SETTINGS.default(SETTINGS.parameter("flow"))


def test_recent_projects_are_newest_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    memory = WindowMemory(tmp_path)
    for name in ("a", "b", "c", "a"):
        memory.add_recent(tmp_path / f"{name}.netwright", name.upper(), 2)
    assert [recent.title for recent in WindowMemory(tmp_path).recent()] == ["A", "C"]
    memory.forget_recent(tmp_path / "a.netwright")
    assert [recent.title for recent in WindowMemory(tmp_path).recent()] == ["C"]


def test_a_damaged_memory_starts_anew(tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text('{"recent": [{"path": 3}, "x", null], "layouts": 4}')
    memory = WindowMemory(tmp_path)
    assert memory.recent() == []
    assert memory.layout("network") == {}
    memory.keep_layout("network", {"folded": ["lower"]})
    assert WindowMemory(tmp_path).layout("network") == {"folded": ["lower"]}
