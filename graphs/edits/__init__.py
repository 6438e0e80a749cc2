"""Edits: the only way in which a project changes.

`edit.apply(project)` returns the inverse edit. The undo stack, the recovery journal, copy and paste and the change
signal carry these same values, so they are frozen and read back from JSON.
"""

from graphs.edits.base import Edit, from_json
from graphs.edits.dots import AddDot, MoveDot, RemoveDot
from graphs.edits.frames import AddFrame, AddNote, RemoveFrame, RemoveNote, SetBookmark, SetFrame, SetNote
from graphs.edits.groups import Group
from graphs.edits.networks import AddNetwork, RemoveNetwork, RenameNetwork, SetNetworkAttributes, SetSection, SetTitle
from graphs.edits.nodes import (
    AddNode,
    Move,
    RemoveNode,
    Rename,
    ReplaceLayer,
    SetAttributes,
    SetParameters,
    check_parameters,
    fitting,
)
from graphs.edits.wires import Connect, Disconnect

__all__ = [
    "AddDot",
    "AddFrame",
    "AddNetwork",
    "AddNode",
    "AddNote",
    "Connect",
    "Disconnect",
    "Edit",
    "Group",
    "Move",
    "MoveDot",
    "RemoveDot",
    "RemoveFrame",
    "RemoveNetwork",
    "RemoveNode",
    "RemoveNote",
    "Rename",
    "RenameNetwork",
    "ReplaceLayer",
    "SetAttributes",
    "SetBookmark",
    "SetFrame",
    "SetNetworkAttributes",
    "SetNote",
    "SetParameters",
    "SetSection",
    "SetTitle",
    "check_parameters",
    "fitting",
    "from_json",
]
