"""The commands of the Edit, View and Network menus that the canvas carries out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphs import multi
from widgets.commands.canvas_act import Conditions, made
from widgets.commands.canvas_edit import EDITING, LINING, NETWORK
from widgets.commands.canvas_view import BOOKMARKS, VIEWING
from widgets.commands.command import Command, Entry
from widgets.commands.structure import block_chosen
from widgets.document import Document
from widgets.selection import Selection

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_SWITCHES = {
    "bypassed": ("bypass", "Ctrl+B", "Lead the wires round the selected layers"),
    "disabled": ("disabled", "Ctrl+Shift+B", "Leave the selected layers out of the network"),
    "frozen": ("snowflake", "Ctrl+Alt+F", "Keep the weights of the selected layers as they are"),
    "pinned": ("pin", "Ctrl+Alt+P", "Leave the selected layers where they are when the drawing is tidied"),
}
"""Icon, keys and help of the commands that set the marks of `graphs.multi.MARKS`."""


def canvas_commands(
    canvas: "Callable[[], CanvasView]", document: Document, selection: Selection, on_canvas: Callable[[], bool]
) -> tuple[Command, ...]:
    """Return the commands. `canvas` gives the canvas, which may not be there before a command needs it; `on_canvas`
    tells whether it is on view."""

    def annotated() -> bool:
        return on_canvas() and bool(canvas().structure.annotations.selected)

    conditions = _conditions(document, selection, on_canvas, annotated)
    lining, bookmarks = made(LINING, canvas, conditions), made(BOOKMARKS, canvas, conditions)

    def free() -> bool:
        return conditions["nodes"]() and not canvas().locked

    return (
        *made((*EDITING, *VIEWING, *NETWORK), canvas, conditions),
        *lining,
        _submenu("network.align", "Align", "Network", lining, conditions["several"]),
        *bookmarks,
        _submenu("view.bookmarks", "Bookmarks", "View", bookmarks, on_canvas),
        *(_switch(name, document, selection, free) for name in multi.MARKS),
    )


def _conditions(
    document: Document, selection: Selection, on_canvas: Callable[[], bool], annotated: Callable[[], bool]
) -> Conditions:
    def something() -> bool:
        return on_canvas() and bool(selection.nodes or selection.wires or selection.dots)

    return {
        "canvas": on_canvas,
        "nodes": lambda: on_canvas() and bool(selection.nodes),
        "pieces": lambda: (on_canvas() and bool(selection.nodes)) or annotated(),
        "something": lambda: something() or annotated(),
        "wire": lambda: on_canvas() and len(selection.wires) == 1,
        "several": lambda: on_canvas() and len(selection.nodes) > 1,
        "block": lambda: on_canvas() and block_chosen(document, selection),
        "inside": lambda: on_canvas() and bool(selection.path),
    }


def _submenu(name: str, title: str, menu: str, commands: tuple[Command, ...], enabled: Callable[[], bool]) -> Command:
    """Return the command whose submenu holds those of `commands` that can be run now."""

    def entries() -> list[Entry]:
        return [Entry(command.text, command.run, command.summary) for command in commands if command.enabled()]

    return Command(id=name, title=title, run=lambda: None, menu=menu, group=2, entries=entries, enabled=enabled)


def _switch(name: str, document: Document, selection: Selection, selected: Callable[[], bool]) -> Command:
    icon, keys, summary = _SWITCHES[name]

    def on() -> bool:
        network = document.project.networks.get(selection.network) if selection.nodes else None
        nodes = [node for node in selection.nodes if network is not None and node in network]
        return bool(nodes) and network is not None and all(network[node].get(name) for node in nodes)

    def turn() -> None:
        document.perform(multi.toggle(document.project, selection.network, selection.nodes, name))

    return Command(
        id=f"network.{name}",
        title=multi.MARKS[name][0],
        run=turn,
        menu="Network",
        group=1,
        shortcuts=(keys,),
        icon=icon,
        enabled=selected,
        checked=on,
        summary=summary,
        context=("node",),
    )
