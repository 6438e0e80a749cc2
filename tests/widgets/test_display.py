"""What keeps windows from being shown is found out, and told, before Qt ends the process over it."""

import ctypes

import pytest

from widgets import display


def test_a_display_is_known_without_opening_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert "no display" in display.hindrance()
    monkeypatch.setenv("DISPLAY", ":4095")
    assert "does not answer" in display.hindrance() or "lacks" in display.hindrance()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display.hindrance() == ""


def test_a_library_that_the_system_lacks_is_named() -> None:
    with pytest.raises(OSError, match="libnowhere") as failed:
        ctypes.CDLL("libnowhere.so.3")
    told = display.lacking(failed.value)
    assert told.startswith("this system lacks libnowhere.so.3, ")
    assert "apt install" in told
