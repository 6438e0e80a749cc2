"""Draws the frames and notes of a network for a picture; frames are open in it, whatever they are on the screen."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from graphs.annotations import Frame, Note, contents, frames, notes
from graphs.network import Network
from widgets.canvas.painting.frames import FrameLook
from widgets.canvas.painting.notes import paint_note
from widgets.canvas.tables.node_geometry import Rect
from widgets.theme import Theme


def annotation_bounds(network: Network, nodes: Collection[str] | None = None) -> list[Rect]:
    """Return left, top, right, bottom of all that `draw_annotations` draws, px."""
    return [
        (*thing.position, thing.position[0] + thing.size[0], thing.position[1] + thing.size[1])
        for thing in _drawn(network, nodes)
    ]


def draw_annotations(painter: QPainter, theme: Theme, network: Network, nodes: Collection[str] | None = None) -> None:
    """Draw frames and notes, or only the frames whose layers are all among `nodes`, in px at 100 %."""
    look = FrameLook(theme, 1.0)
    for thing in _drawn(network, nodes):
        if isinstance(thing, Frame):
            rect = QRectF(*thing.position, *thing.size)
            look.body(painter, thing, rect)
            look.title(painter, thing, rect, len(contents(network, thing.id).nodes))
        else:
            painter.save()
            painter.translate(*thing.position)
            paint_note(painter, thing, theme)
            painter.restore()


def _drawn(network: Network, nodes: Collection[str] | None) -> Iterator[Frame | Note]:
    for frame in frames(network).values():
        held = contents(network, frame.id).nodes
        if nodes is None or (held and held <= set(nodes)):
            yield replace(frame, collapsed=False)
    if nodes is None:
        yield from notes(network).values()
