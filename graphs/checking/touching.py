"""Which parts of a report an edit can change."""

from dataclasses import dataclass, field

from graphs.edits import (
    AddNetwork,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    RemoveNetwork,
    RemoveNode,
    Rename,
    RenameNetwork,
    ReplaceLayer,
    SetAttributes,
    SetNetworkAttributes,
    SetParameters,
)
from graphs.ports import INLET, OUTLET
from graphs.project import Project


@dataclass
class Touched:
    """nodes: of the reported network. others: other networks that changed. whole: the arguments did.

    renamed: what the reported network is called now, if that changed.
    """

    nodes: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    whole: bool = False
    renamed: str | None = None


_OF_WIRE = (Connect, Disconnect)
_OF_NODE = (AddNode, RemoveNode, Rename, ReplaceLayer, SetAttributes, SetParameters)


def touched_by(edit: Edit, network: str, project: Project) -> Touched:
    """Return what `edit`, carried out already, touches, seen from `network`.

    Titles and settings touch nothing, and a move only that of a block's ports, whose order is that of their places.
    """
    touched = Touched()
    _collect(edit, network, project, touched)
    return touched


def _collect(edit: Edit, network: str, project: Project, touched: Touched) -> None:
    if isinstance(edit, Group):
        for part in edit.edits:
            _collect(part, touched.renamed or network, project, touched)
    elif isinstance(edit, RenameNetwork):
        touched.others |= {edit.network, edit.name}
        if edit.network == network:
            touched.renamed = edit.name
    elif isinstance(edit, AddNetwork | RemoveNetwork):
        touched.others.add(edit.network)
        touched.whole |= edit.network == network
    elif isinstance(edit, Move):
        moved = project.networks.get(edit.network)
        if (
            edit.network != network
            and moved is not None
            and any(node in moved and moved.kind(node) in (INLET, OUTLET) for node in edit.positions)
        ):
            touched.others.add(edit.network)
    elif isinstance(edit, SetNetworkAttributes):
        if {"arguments", "flow"} & {*edit.values, *edit.reset}:
            touched.others.add(edit.network)
            touched.whole |= edit.network == network
    elif isinstance(edit, _OF_WIRE):
        _node(edit.network, edit.target, network, touched)
    elif isinstance(edit, _OF_NODE):
        _node(edit.network, edit.node, network, touched)


def _node(where: str, node: str, network: str, touched: Touched) -> None:
    if where == network:
        touched.nodes.add(node)
    else:
        touched.others.add(where)
