"""Stops of the Tab key on the canvas: the layers in topological order, then frames and notes."""

from typing import TYPE_CHECKING

from widgets.canvas.hands import walking
from widgets.canvas.tables.board import Item

if TYPE_CHECKING:
    from widgets.canvas.editor import Editor

Stop = str | Item


def stops(editor: "Editor") -> list[Stop]:
    """Return all stops where the hand works; what is in a collapsed frame is none."""
    stage = editor.stage
    hidden = stage.scene.nodes.boxes
    nodes = [node for node in walking.order(stage.scene) if stage.scene.nodes.rows[node] not in hidden]
    return [*nodes, *stage.scene.board.shown()]


def here(editor: "Editor") -> Stop | None:
    """Return the stop that is current: a layer, or the one frame or note that is selected."""
    chosen = editor.structure.annotations.selected
    if editor.selection.current is None and len(chosen) == 1:
        return next(iter(chosen))
    return editor.selection.current


def next_stop(editor: "Editor", *, back: bool = False) -> Stop | None:
    """Return the stop after the current one, round from the last to the first; after a deletion, the one beside it."""
    found, at, resume = stops(editor), here(editor), editor.resume
    if at is None and resume in editor.stage.scene.nodes:
        return resume
    if not found:
        return None
    if at not in found:
        return found[-1 if back else 0]
    return found[(found.index(at) + (-1 if back else 1)) % len(found)]


def go_to(editor: "Editor", stop: Stop) -> None:
    """Select a stop by keyboard and bring it into view."""
    if isinstance(stop, str):
        editor.focus_node(stop)
        return
    annotations = editor.structure.annotations
    annotations.select([stop])
    editor.by_keyboard = True
    editor.reveal_rect(annotations.on_screen(stop))
