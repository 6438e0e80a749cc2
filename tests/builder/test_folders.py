"""Folders of the user: named by the environment, made when absent, refused in words."""

from pathlib import Path

import pytest

from builder import folders
from graphs.errors import UserError


def test_the_environment_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETWRIGHT_DATA", str(tmp_path / "d"))
    monkeypatch.setenv("NETWRIGHT_CONFIG", str(tmp_path / "c"))
    assert folders.data() == tmp_path / "d"
    assert folders.config() == tmp_path / "c"
    assert folders.runs() == tmp_path / "d" / "runs"
    assert all(folder.is_dir() for folder in (folders.runs(), folders.logs(), folders.config()))


def test_without_it_they_are_where_the_system_keeps_such_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NETWRIGHT_DATA")
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert tmp_path in folders.data().parents
    assert folders.data().name == "netwright"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NETWRIGHT_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(UserError, match="NETWRIGHT_DATA"):
        folders.data()
