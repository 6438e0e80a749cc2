"""Selecting by clicks: plain selects that alone, Shift adds, Ctrl toggles."""

from PySide6.QtCore import Qt

from graphs.network import Wire
from widgets.selection import Dot, Selection

TOGGLE = Qt.KeyboardModifier.ControlModifier
ADD = Qt.KeyboardModifier.ShiftModifier


def pick(selection: Selection, what: str | Wire | Dot, modifiers: Qt.KeyboardModifier) -> None:
    """Select a node, a wire, or a dot of one."""
    nodes, wires, dots = _as_sets(what)
    current = what if isinstance(what, str) else None
    if modifiers & TOGGLE:
        left = selection.nodes ^ nodes
        current = current if current in left else selection.current if selection.current in left else None
        selection.select(sorted(left), current, selection.wires ^ wires, selection.dots ^ dots)
    elif modifiers & ADD:
        current = current or selection.current
        selection.select(sorted(selection.nodes | nodes), current, selection.wires | wires, selection.dots | dots)
    else:
        selection.select(nodes, current, wires, dots)


def _as_sets(what: str | Wire | Dot) -> tuple[frozenset[str], frozenset[Wire], frozenset[Dot]]:
    if isinstance(what, str):
        return frozenset((what,)), frozenset(), frozenset()
    if isinstance(what, Wire):
        return frozenset(), frozenset((what,)), frozenset()
    return frozenset(), frozenset(), frozenset((what,))
