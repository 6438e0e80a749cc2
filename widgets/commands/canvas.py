"""The commands of the Edit, View and Network menus that the canvas carries out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphs import edits
from graphs.edits import Edit, Group
from graphs.ports import BLOCK
from widgets.commands.command import Command
from widgets.document import Document
from widgets.selection import Selection

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

if TYPE_CHECKING:
    from graphs.parameters import Value

_SWITCHES = {
    "bypassed": ("Bypass", "bypass", "Ctrl+B", "Lead the wires round the selected layers"),
    "disabled": ("Disable", "disabled", "Ctrl+Shift+B", "Leave the selected layers out of the network"),
    "frozen": ("Freeze", "snowflake", "Ctrl+Shift+F", "Keep the weights of the selected layers as they are"),
}


def canvas_commands(
    canvas: "Callable[[], CanvasView]", document: Document, selection: Selection, on_canvas: Callable[[], bool]
) -> tuple[Command, ...]:
    """Return the commands. `canvas` gives the canvas, which may not be there before a command needs it; `on_canvas`
    tells whether it is on view."""

    def selected() -> bool:
        return on_canvas() and bool(selection.nodes)

    def something() -> bool:
        return on_canvas() and bool(selection.nodes or selection.wires)

    return (
        *_editing(canvas, on_canvas, selected, something),
        *_seeing(canvas, on_canvas),
        *_network(canvas, document, selection, on_canvas),
        *(_switch(name, document, selection, selected) for name in _SWITCHES),
    )


def _editing(
    canvas: "Callable[[], CanvasView]",
    on_canvas: Callable[[], bool],
    selected: Callable[[], bool],
    something: Callable[[], bool],
) -> tuple[Command, ...]:
    return (
        Command(
            id="edit.cut",
            title="Cut",
            run=lambda: canvas().cut(),
            menu="Edit",
            group=1,
            shortcuts=("Ctrl+X",),
            enabled=selected,
        ),
        Command(
            id="edit.copy",
            title="Copy",
            run=lambda: canvas().copy(),
            menu="Edit",
            group=1,
            shortcuts=("Ctrl+C",),
            icon="copy",
            enabled=selected,
        ),
        Command(
            id="edit.paste",
            title="Paste",
            run=lambda: canvas().paste(),
            menu="Edit",
            group=1,
            shortcuts=("Ctrl+V",),
            enabled=on_canvas,
        ),
        Command(
            id="edit.duplicate",
            title="Duplicate",
            run=lambda: canvas().duplicate(),
            menu="Edit",
            group=1,
            shortcuts=("Ctrl+D",),
            enabled=selected,
        ),
        Command(
            id="edit.delete",
            title="Delete",
            run=lambda: canvas().delete(),
            menu="Edit",
            group=1,
            shortcuts=("Del",),
            icon="trash",
            enabled=something,
        ),
        Command(
            id="edit.select_all",
            title="Select all",
            run=lambda: canvas().select_all(),
            menu="Edit",
            group=2,
            shortcuts=("Ctrl+A",),
            enabled=on_canvas,
        ),
        Command(
            id="edit.rename",
            title="Rename",
            run=lambda: canvas().rename(),
            menu="Edit",
            group=2,
            shortcuts=("F2",),
            icon="rename",
            enabled=selected,
        ),
    )


def _seeing(canvas: "Callable[[], CanvasView]", on_canvas: Callable[[], bool]) -> tuple[Command, ...]:
    def toggle_map() -> None:
        canvas().minimap.enabled = not canvas().minimap.enabled
        canvas().minimap.settle()

    return (
        Command(
            id="view.zoom_in",
            title="Zoom in",
            run=lambda: canvas().zoom_by(1.2),
            menu="View",
            group=2,
            icon="plus",
            shortcuts=("Ctrl++", "Ctrl+="),
            enabled=on_canvas,
        ),
        Command(
            id="view.zoom_out",
            title="Zoom out",
            run=lambda: canvas().zoom_by(1 / 1.2),
            menu="View",
            group=2,
            icon="minus",
            shortcuts=("Ctrl+-",),
            enabled=on_canvas,
        ),
        Command(
            id="view.zoom_actual",
            title="Zoom to 100 %",
            run=lambda: canvas().set_zoom(1.0),
            menu="View",
            group=2,
            shortcuts=("Alt+1",),
            enabled=on_canvas,
        ),
        Command(
            id="view.fit",
            title="Fit the drawing",
            run=lambda: canvas().fit(),
            menu="View",
            group=2,
            icon="fit",
            shortcuts=("Ctrl+0",),
            enabled=on_canvas,
        ),
        Command(
            id="view.fit_selection",
            title="Fit the selection",
            run=lambda: canvas().fit_selection(),
            menu="View",
            group=2,
            shortcuts=("Ctrl+Shift+0",),
            enabled=on_canvas,
        ),
        Command(
            id="view.minimap",
            title="Minimap",
            run=toggle_map,
            menu="View",
            group=2,
            icon="minimap",
            enabled=on_canvas,
            checked=lambda: on_canvas() and canvas().minimap.enabled,
            summary="Show a map of the drawing in a corner",
        ),
        Command(
            id="view.shapes",
            title="All shapes",
            run=lambda: canvas().toggle_shapes(),
            menu="View",
            group=2,
            shortcuts=("Alt+H",),
            enabled=on_canvas,
            summary="Write the shape at every output",
        ),
    )


def _network(
    canvas: "Callable[[], CanvasView]", document: Document, selection: Selection, on_canvas: Callable[[], bool]
) -> tuple[Command, ...]:
    def on_block() -> bool:
        network = document.project.networks.get(selection.network)
        current = selection.current
        return on_canvas() and network is not None and current in network and network.kind(str(current)) == BLOCK

    return (
        Command(
            id="network.add",
            title="Add a layer…",
            run=lambda: canvas().adding.type_to_add(""),
            menu="Network",
            shortcuts=("Ctrl+Space",),
            icon="plus",
            enabled=on_canvas,
            summary="Search the layers, and add one",
        ),
        Command(
            id="network.arrange",
            title="Tidy",
            run=lambda: canvas().arrange(),
            menu="Network",
            shortcuts=("Ctrl+Shift+L",),
            icon="arrange",
            enabled=on_canvas,
            summary="Lay the layers out anew",
        ),
        Command(
            id="network.enter",
            title="Open the block",
            run=lambda: canvas().dive(str(selection.current)),
            menu="Network",
            group=2,
            shortcuts=("Alt+Down",),
            icon="enter",
            enabled=on_block,
        ),
        Command(
            id="network.leave",
            title="Leave the block",
            run=lambda: canvas().leave(),
            menu="Network",
            group=2,
            shortcuts=("Alt+Up",),
            enabled=lambda: on_canvas() and bool(selection.path),
        ),
    )


def _switch(name: str, document: Document, selection: Selection, selected: Callable[[], bool]) -> Command:
    title, icon, keys, summary = _SWITCHES[name]

    def on() -> bool:
        network = document.project.networks.get(selection.network)
        nodes = [node for node in selection.nodes if network is not None and node in network]
        return bool(nodes) and network is not None and all(network[node].get(name) for node in nodes)

    def turn() -> None:
        document.perform(_set_attribute(selection, name, title, on=not on()))

    return Command(
        id=f"network.{name}",
        title=title,
        run=turn,
        menu="Network",
        group=1,
        shortcuts=(keys,),
        icon=icon,
        enabled=selected,
        checked=on,
        summary=summary,
    )


def _set_attribute(selection: Selection, name: str, title: str, *, on: bool) -> Edit:
    values: dict[str, Value] = {name: True} if on else {}
    reset = () if on else (name,)
    nodes = sorted(selection.nodes)
    changes = tuple(edits.SetAttributes(selection.network, node, values, reset) for node in nodes)
    return Group(changes, title if on else f"Undo {title.lower()}")
