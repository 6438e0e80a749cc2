"""The commands of the View menu: which view, which docks, and the palette."""

from collections.abc import Mapping
from functools import partial
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


def view_commands(shell: Shell) -> tuple[Command, ...]:
    """Return the commands of the View menu."""

    def in_project() -> bool:
        return shell.in_project

    def on_view(view: str) -> bool:
        return shell.in_project and shell.view == view

    titles = {
        "data": ("Data", "data", "Ctrl+1"),
        "network": ("Network", "network", "Ctrl+2"),
        "source": ("Source", "source", "Ctrl+4"),
    }
    switches = tuple(
        Command(
            id=VIEWS[view],
            title=title,
            run=partial(shell.show_view, view),
            menu="View",
            shortcuts=(keys,),
            icon=icon,
            enabled=in_project,
            checked=partial(on_view, view),
            summary=f"Show the {title.lower()} view",
        )
        for view, (title, icon, keys) in titles.items()
    )
    docks = {"library": ("Library", "F9"), "properties": ("Properties", "F4"), "lower": ("Lower dock", "F7")}
    toggles = tuple(
        Command(
            id=f"view.{name}",
            title=title,
            run=partial(shell.toggle_dock, name),
            menu="View",
            group=1,
            shortcuts=(keys,),
            enabled=in_project,
            checked=partial(shell.dock_shown, name),
        )
        for name, (title, keys) in docks.items()
    )
    rest = (
        Command(
            id="view.alone", title="Canvas alone", run=shell.toggle_alone, menu="View", group=1, shortcuts=("F11",),
            enabled=in_project,
        ),
        Command(
            id="view.palette", title="Find a command…", run=shell.show_palette, menu="View", group=3,
            shortcuts=("Ctrl+Shift+P",), icon="search", summary="Search commands and settings",
        ),
        Command(
            id="view.next_region", title="Next region", run=shell.next_region, menu="View", group=3, shortcuts=("F6",)
        ),
    )  # fmt: skip
    return (*switches, *toggles, *rest)
