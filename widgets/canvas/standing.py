"""What passes over the drawing without being part of it: selection, pointer, focus, tracing."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from widgets.canvas.tables.board import Item
from widgets.canvas.tables.held import EVERYTHING, Part


@dataclass(slots=True)
class Standing:
    """Row numbers of the scene's tables, and switches.

    traced: the nodes that stay bright, None when nothing is dimmed. bare: glyphs of ports are drawn by who has a wire
    in hand. settling: the zoom moves, so tiles of other zooms stand in. hidden_wires: those being led elsewhere.
    cut_wires: those that the knife will take. target_wire: the one into which the node in hand, `inserted`, will go.
    Dots are given as row of the wire and index. annotations: the selected frames and notes. part: what of the drawing
    is painted.
    """

    selected: AbstractSet[int] = frozenset()
    selected_wires: AbstractSet[int] = frozenset()
    hovered: int | None = None
    hovered_wire: int | None = None
    focused: int | None = None
    traced: AbstractSet[int] | None = None
    all_shapes: bool = False
    bare: bool = False
    settling: bool = False
    hidden_wires: AbstractSet[int] = frozenset()
    selected_dots: AbstractSet[tuple[int, int]] = frozenset()
    hovered_dot: tuple[int, int] | None = None
    cut_wires: AbstractSet[int] = frozenset()
    target_wire: int | None = None
    inserted: int | None = None
    annotations: AbstractSet[Item] = frozenset()
    part: Part = EVERYTHING
