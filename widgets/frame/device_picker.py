"""The device picker: what trains next, and what else is there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from widgets.commands.actions import CommandActions
from widgets.commands.command import Entry
from widgets.icons import put_icon
from widgets.session import Session
from widgets.theme import ThemeSource
from widgets.theme_style import mark

NARROW = 1100


class DevicePicker(QToolButton):
    """Shows the device chosen; its menu has those that were found. In a narrow window it is an icon alone."""

    def __init__(self, session: Session, actions: CommandActions, themes: ThemeSource) -> None:
        super().__init__()
        self._session = session
        self._actions = actions
        self._themes = themes
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        mark(self, outlined=True)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        session.devices_found.connect(self._show_device)
        actions.refreshed.connect(self._show_device)
        themes.changed.connect(self._dress)
        self._show_device()

    def fit(self, window_width: int) -> None:
        """Show words where the window is wide enough for them."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if window_width < NARROW else style.ToolButtonTextBesideIcon)

    def _fill(self) -> None:
        self._menu.clear()
        for entry in device_entries(self._session):
            self._actions.add_entry(self._menu, entry)

    def _show_device(self) -> None:
        self.setText(device_title(self._session, self._session.device))
        self.setToolTip(f"Trains on: {self.text()}")
        put_icon(self, "device", self._themes.theme)

    def _dress(self) -> None:
        put_icon(self, "device", self._themes.theme)


def device_title(session: Session, device: str) -> str:
    """Return a device's name for people: `CPU`, `CUDA 0 RTX 4090`; `Auto` where the best one is to be taken."""
    if device == "auto":
        return "Auto"
    kind, _, number = device.partition(":")
    title = f"{kind.upper()} {number}".rstrip()
    name = next((str(found["name"]) for found in session.devices if found["id"] == device), "")
    return f"{title}  {name}" if name and kind != "cpu" else title


def device_entries(session: Session) -> Sequence[Entry]:
    """Return a line for each device to train on."""

    def line(device: str, detail: str) -> Entry:
        def choose() -> None:
            session.device = device

        return Entry(device_title(session, device), choose, detail, checked=session.device == device)

    found = [line(str(device["id"]), str(device["name"])) for device in session.devices]
    return [line("auto", "The fastest device that is there"), *found]
