"""What a screen reader has an interface for: layers on view and in blocks that stand open, frames and notes."""

from dataclasses import dataclass

from widgets.canvas.hands.stops import Stop


@dataclass(frozen=True, slots=True)
class Inner:
    """A layer in a block that stands open; blocks: those that lead to it from the network on view."""

    blocks: tuple[str, ...]
    node: str


Thing = Stop | Inner


def thing_of(blocks: tuple[str, ...], node: str) -> str | Inner:
    """Return what stands for a layer where blocks lead: its id alone in the network on view."""
    return Inner(blocks, node) if blocks else node
