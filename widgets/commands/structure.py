"""The commands about the structure of a drawing: blocks, frames and notes, heat, and many layers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from graphs.heat import COSTS
from graphs.ports import BLOCK
from widgets.commands.command import Command, Entry
from widgets.document import Document
from widgets.selection import Selection

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


@dataclass(frozen=True, slots=True)
class _Act:
    """A command that is one call to the canvas. needs: `canvas`, `nodes` (some selected), `block` (one is current)."""

    id: str
    title: str
    group: int
    keys: tuple[str, ...]
    run: "Callable[[CanvasView], object]"
    icon: str = ""
    summary: str = ""
    needs: str = "canvas"
    context: tuple[str, ...] = ("node",)


_ACTS = (
    _Act(
        "network.make_block", "Make block", 2, ("Ctrl+G",), lambda canvas: canvas.structure.blocks.make(),
        "category-block", "Put the selected layers into a block of their own", "nodes",
    ),
    _Act(
        "network.expand_block", "Expand block", 2, ("Ctrl+Shift+G",), lambda canvas: canvas.structure.blocks.expand(),
        "", "Put the layers of the block in its place", "block",
    ),
    _Act(
        "network.open_in_place", "Open in place or close", 2, ("Ctrl+Alt+O",),
        lambda canvas: canvas.structure.blocks.toggle_open(),
        "eye", "Show the layers of the block where it stands, or the block alone again", "block",
    ),
    _Act(
        "network.make_unique", "Make unique", 2, (), lambda canvas: canvas.structure.blocks.make_unique(),
        "copy", "Give this use of the block a network of its own", "block or inside",
    ),
    _Act(
        "network.frame", "Frame the selection", 3, ("Ctrl+Shift+F",),
        lambda canvas: canvas.structure.annotations.frame_selection(), "frame",
        "Put a titled frame around the selected layers", "nodes",
    ),
    _Act(
        "network.note", "Add a note", 3, ("Ctrl+Shift+M",), lambda canvas: canvas.structure.annotations.add_note(),
        "note", "Put a note beside the layers", context=("canvas",),
    ),
    _Act(
        "network.collapse", "Collapse or open the frame", 3, ("Ctrl+Alt+K",),
        lambda canvas: canvas.structure.annotations.toggle_collapsed(), "fold",
        "Draw the selected frames as boxes, or open them", context=("frame",),
    ),
)  # fmt: skip


def block_chosen(document: Document, selection: Selection) -> bool:
    """Tell whether the current layer is a block; without a current one, no project is asked for."""
    if (current := selection.current) is None:
        return False
    network = document.project.networks.get(selection.network)
    return network is not None and current in network and network.kind(current) == BLOCK


def structure_commands(
    canvas: "Callable[[], CanvasView]", document: Document, selection: Selection, on_canvas: Callable[[], bool]
) -> tuple[Command, ...]:
    """Return the commands; `canvas` is called when one runs, `on_canvas` tells whether the canvas is seen."""

    def on_block() -> bool:
        return on_canvas() and block_chosen(document, selection)

    needs: dict[str, Callable[[], bool]] = {
        "canvas": on_canvas,
        "nodes": lambda: on_canvas() and bool(selection.nodes),
        "block": on_block,
        "block or inside": lambda: on_block() or (on_canvas() and bool(selection.path)),
    }
    acts = (_command(act, canvas, needs[act.needs]) for act in _ACTS)
    return (*acts, _colour_command(canvas, on_canvas), *_heat_commands(canvas, on_canvas))


def _colour_command(canvas: "Callable[[], CanvasView]", on_canvas: Callable[[], bool]) -> Command:
    def entries() -> list[Entry]:
        from widgets.canvas.painting.reader_marks import COLOURS

        colours: dict[str, str | None] = {"None": None, **COLOURS}
        structure = canvas().structure
        return [Entry(title, partial(structure.set_colour, colour)) for title, colour in colours.items()]

    return Command(
        id="network.colour",
        title="Colour",
        run=lambda: None,
        menu="Network",
        group=3,
        enabled=on_canvas,
        entries=lambda: entries() if on_canvas() else [],
        context=("node", "frame"),
    )


def _heat_commands(canvas: "Callable[[], CanvasView]", on_canvas: Callable[[], bool]) -> tuple[Command, ...]:
    def entries() -> list[Entry]:
        heat = canvas().structure.heat
        titles = {"": "Off", **{cost: words for cost, (words, _) in COSTS.items()}}
        return [
            Entry(title, partial(heat.show_mode, mode), checked=mode == heat.mode) for mode, title in titles.items()
        ]

    return (
        Command(
            id="view.heat", title="Cost overlay", run=lambda: None, menu="View", group=2, enabled=on_canvas,
            entries=lambda: entries() if on_canvas() else [],
        ),
        Command(
            id="view.next_heat", title="Next cost overlay", run=lambda: canvas().structure.heat.next(), menu="View",
            group=2, shortcuts=("Ctrl+Alt+H",), icon="chart", enabled=on_canvas,
            checked=lambda: on_canvas() and bool(canvas().structure.heat.mode),
            summary="Tint the layers by parameters, multiply-accumulates or memory",
        ),
    )  # fmt: skip


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
        context=act.context,
    )
