"""The commands of the Edit, View and Network menus that the canvas carries out."""

from collections.abc import Callable
from dataclasses import dataclass
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

_ZOOM = 1.2
_SWITCHES = {
    "bypassed": ("Bypass", "bypass", "Ctrl+B", "Lead the wires round the selected layers"),
    "disabled": ("Disable", "disabled", "Ctrl+Shift+B", "Leave the selected layers out of the network"),
    "frozen": ("Freeze", "snowflake", "Ctrl+Alt+F", "Keep the weights of the selected layers as they are"),
}


@dataclass(frozen=True, slots=True)
class _Act:
    """A command that is one call to the canvas. needs: `canvas`, or something selected: `nodes`, `nodes or wires`."""

    id: str
    title: str
    group: int
    keys: tuple[str, ...]
    run: "Callable[[CanvasView], object]"
    icon: str = ""
    summary: str = ""
    needs: str = "canvas"


_ACTS = (
    _Act("edit.cut", "Cut", 1, ("Ctrl+X",), lambda canvas: canvas.cut(), needs="nodes"),
    _Act("edit.copy", "Copy", 1, ("Ctrl+C",), lambda canvas: canvas.copy(), "copy", needs="nodes"),
    _Act("edit.paste", "Paste", 1, ("Ctrl+V",), lambda canvas: canvas.paste()),
    _Act("edit.duplicate", "Duplicate", 1, ("Ctrl+D",), lambda canvas: canvas.duplicate(), needs="nodes"),
    _Act("edit.delete", "Delete", 1, ("Del",), lambda canvas: canvas.delete(), "trash", needs="nodes or wires"),
    _Act("edit.select_all", "Select all", 2, ("Ctrl+A",), lambda canvas: canvas.select_all()),
    _Act("edit.rename", "Rename", 2, ("F2",), lambda canvas: canvas.rename(), "rename", needs="nodes"),
    _Act("view.zoom_in", "Zoom in", 2, ("Ctrl++", "Ctrl+="), lambda canvas: canvas.zoom_by(_ZOOM), "plus"),
    _Act("view.zoom_out", "Zoom out", 2, ("Ctrl+-",), lambda canvas: canvas.zoom_by(1 / _ZOOM), "minus"),
    _Act("view.zoom_actual", "Zoom to 100 %", 2, ("Alt+1",), lambda canvas: canvas.set_zoom(1.0)),
    _Act("view.fit", "Fit the drawing", 2, ("Ctrl+0",), lambda canvas: canvas.fit(), "fit"),
    _Act("view.fit_selection", "Fit the selection", 2, ("Ctrl+Shift+0",), lambda canvas: canvas.fit_selection()),
    _Act(
        "view.shapes", "All shapes", 2, ("Alt+H",), lambda canvas: canvas.toggle_shapes(),
        summary="Write the shape at every output",
    ),
    _Act(
        "network.add", "Add a layer…", 0, ("Ctrl+Space",), lambda canvas: canvas.adding.type_to_add(""), "plus",
        "Search the layers, and add one",
    ),
    _Act(
        "network.arrange", "Tidy", 0, ("Ctrl+Shift+L",), lambda canvas: canvas.arrange(), "arrange",
        "Lay the layers out anew",
    ),
)  # fmt: skip


def canvas_commands(
    canvas: "Callable[[], CanvasView]", document: Document, selection: Selection, on_canvas: Callable[[], bool]
) -> tuple[Command, ...]:
    """Return the commands.

    `canvas` gives the canvas, which may not be there before a command needs it; `on_canvas` tells whether it is seen.
    """
    needs: dict[str, Callable[[], bool]] = {
        "canvas": on_canvas,
        "nodes": lambda: on_canvas() and bool(selection.nodes),
        "nodes or wires": lambda: on_canvas() and bool(selection.nodes or selection.wires),
    }
    return (
        *(_command(act, canvas, needs[act.needs]) for act in _ACTS),
        _map_command(canvas, on_canvas),
        *_block_commands(canvas, document, selection, on_canvas),
        *(_switch(name, document, selection, needs["nodes"]) for name in _SWITCHES),
    )


def _command(act: _Act, canvas: "Callable[[], CanvasView]", enabled: Callable[[], bool]) -> Command:
    return Command(
        id=act.id,
        title=act.title,
        run=lambda: act.run(canvas()),
        menu=act.id.partition(".")[0].capitalize(),
        group=act.group,
        shortcuts=act.keys,
        enabled=enabled,
        icon=act.icon,
        summary=act.summary,
    )


def _map_command(canvas: "Callable[[], CanvasView]", on_canvas: Callable[[], bool]) -> Command:
    def toggle() -> None:
        minimap = canvas().minimap
        minimap.enabled = not minimap.enabled
        minimap.settle()

    return Command(
        id="view.minimap",
        title="Minimap",
        run=toggle,
        menu="View",
        group=2,
        icon="minimap",
        enabled=on_canvas,
        checked=lambda: on_canvas() and canvas().minimap.enabled,
        summary="Show a map of the drawing in a corner",
    )


def _block_commands(
    canvas: "Callable[[], CanvasView]", document: Document, selection: Selection, on_canvas: Callable[[], bool]
) -> tuple[Command, ...]:
    def on_block() -> bool:
        network = document.project.networks.get(selection.network)
        current = selection.current
        return on_canvas() and network is not None and current in network and network.kind(str(current)) == BLOCK

    return (
        Command(
            id="network.enter", title="Open the block", run=lambda: canvas().dive(str(selection.current)),
            menu="Network", group=2, shortcuts=("Alt+Down",), icon="enter", enabled=on_block,
        ),
        Command(
            id="network.leave", title="Leave the block", run=lambda: canvas().leave(), menu="Network", group=2,
            shortcuts=("Alt+Up",), enabled=lambda: on_canvas() and bool(selection.path),
        ),
    )  # fmt: skip


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
