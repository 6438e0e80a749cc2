"""What a screen reader has an interface for: layers on view and in blocks that stand open, frames and notes."""

from dataclasses import dataclass

from widgets.canvas.hands.stops import Stop


@dataclass(frozen=True, slots=True)
class Inner:
    """A layer, frame or note in a block that stands open; blocks: those that lead to it from the network on view."""

    blocks: tuple[str, ...]
    what: Stop


Thing = Stop | Inner


def thing_of(blocks: tuple[str, ...], what: Stop) -> Thing:
    """Return what stands for a layer, frame or note where blocks lead: that itself in the network on view."""
    return Inner(blocks, what) if blocks else what
