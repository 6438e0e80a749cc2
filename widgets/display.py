"""Finds out whether a window can be shown here before Qt does, which ends the process where it cannot."""

import ctypes
import os
import sys
from pathlib import Path

import PySide6

_PLUGIN = Path("Qt") / "plugins" / "platforms" / "libqxcb.so"
# All of them at once: a loader names only the first that is missing.
_PACKAGES = (
    "libegl1 libgl1 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
    "libxkbcommon-x11-0"
)


def hindrance() -> str:
    """Return in a sentence why no window can be shown and what to do about it; nothing where one can."""
    chosen = os.environ.get("QT_QPA_PLATFORM") or "xcb"
    if chosen != "xcb" or not sys.platform.startswith("linux") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY")
    if not display:
        return "there is no display to open a window on."
    try:
        plugin = Path(PySide6.__path__[0]) / _PLUGIN
        if plugin.exists():  # a system's own PySide6 keeps it elsewhere, and brings what it needs
            ctypes.CDLL(str(plugin))
    except OSError as error:
        return lacking(error)
    return "" if _answers() else f"the display {display} does not answer."


def lacking(error: Exception) -> str:
    """Return in two sentences which library the system lacks, from what its loader says, and where it is found."""
    library = str(error).partition(":")[0]
    return f"this system lacks {library}, which windows need. On Debian and Ubuntu: sudo apt install {_PACKAGES}."


def _answers() -> bool:
    """Whether the X server of DISPLAY lets this process in."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused
