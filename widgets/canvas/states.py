"""Flags that say how a node or a wire is drawn, as bits so that arrays can hold them."""

# What a node is, from its attributes and kind.
FROZEN = 1
BYPASSED = 2
DISABLED = 4
SHARED = 8
PLACEHOLDER = 16
PILL = 32
BLOCK = 64
OPEN = 128
PINNED = 256

# How it stands on the canvas at the moment: these change without the node itself changing.
HOVER = 1
TIGHT_IN = 2
TIGHT_OUT = 4
BARE = 8
HALOS = 16

# Problems of a node, worst last.
CLEAR, KNOCK_ON, WARNING, ERROR = range(4)

# States of a wire.
WIRE_STATES = PLAIN, WAITING, FAULTY, DASHED = range(4)

# Levels of detail, by the height of a node's name on the screen.
FAR, MIDDLE, NEAR, CLOSE = range(4)
_STEPS = (5.0, 9.0, 18.0)


def level_of(text_px: float) -> int:
    """Return the level of detail for a name `text_px` high on the screen."""
    return sum(text_px >= step for step in _STEPS)
