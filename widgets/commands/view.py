"""The commands of the View menu: which view, which docks, and the palette."""

from collections.abc import Mapping
from typing import Protocol

from widgets.commands.command import Command

VIEWS: Mapping[str, str] = {"data": "view.data", "network": "view.network", "source": "view.source"}


class Shell(Protocol):
    """What the View menu asks of the window."""

    view: str
    in_project: bool

    def show_view(self, view: str) -> None:
        """Bring a view of the project on show."""

    def toggle_dock(self, name: str) -> None:
        """Show a dock, or put it away."""

    def dock_shown(self, name: str) -> bool:
        """Tell whether a dock is on show, unfolded."""

    def toggle_alone(self) -> None:
        """Leave the canvas alone in the window, or bring the rest back."""

    def next_region(self) -> None:
        """Move the keyboard to the next region of the window."""

    def show_palette(self) -> None:
        """Open the command palette."""


_TITLES = {
    "data": ("Data", "data", "Ctrl+1"),
    "network": ("Network", "network", "Ctrl+2"),
    "source": ("Source", "source", "Ctrl+4"),
}
_DOCKS = {"library": ("Library", "F9"), "properties": ("Properties", "F4"), "lower": ("Lower dock", "F7")}


def view_commands(shell: Shell) -> tuple[Command, ...]:
    """Return the commands of the View menu."""
    return (
        *(_view_command(shell, view) for view in VIEWS),
        *(_dock_command(shell, name) for name in _DOCKS),
        Command(
            id="view.alone", title="Canvas alone", run=shell.toggle_alone, menu="View", group=1, shortcuts=("F11",),
            enabled=lambda: shell.in_project,
        ),
        Command(
            id="view.palette", title="Find a command…", run=shell.show_palette, menu="View", group=3,
            shortcuts=("Ctrl+Shift+P",), icon="search", summary="Search commands and settings",
        ),
        Command(
            id="view.next_region", title="Next region", run=shell.next_region, menu="View", group=3, shortcuts=("F6",)
        ),
    )  # fmt: skip


def _view_command(shell: Shell, view: str) -> Command:
    title, icon, keys = _TITLES[view]
    return Command(
        id=VIEWS[view],
        title=title,
        run=lambda: shell.show_view(view),
        menu="View",
        shortcuts=(keys,),
        icon=icon,
        enabled=lambda: shell.in_project,
        checked=lambda: shell.in_project and shell.view == view,
        summary=f"Show the {title.lower()} view",
    )


def _dock_command(shell: Shell, name: str) -> Command:
    title, keys = _DOCKS[name]
    return Command(
        id=f"view.{name}",
        title=title,
        run=lambda: shell.toggle_dock(name),
        menu="View",
        group=1,
        shortcuts=(keys,),
        enabled=lambda: shell.in_project,
        checked=lambda: shell.dock_shown(name),
    )
