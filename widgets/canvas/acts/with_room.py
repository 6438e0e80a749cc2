"""Remedies on the canvas: what they add stands on nothing, measured by what is drawn."""

from typing import TYPE_CHECKING

from graphs.addable import find
from graphs.clearing import cleared
from graphs.edits import AddNode, Edit
from widgets.canvas.acts.arranging import sizes_of
from widgets.canvas.tables.node_face import has_row
from widgets.canvas.tables.node_geometry import Point, node_size

if TYPE_CHECKING:
    from widgets.canvas.stage import Stage


def with_room(root: "Stage", edit: Edit) -> Edit:
    """Return a remedy with room made for the layers that it adds; root: what is on view."""
    project = root.scene.project
    for name in dict.fromkeys(part.network for part in edit.parts if isinstance(part, AddNode)):
        if (network := project.networks.get(name)) is None:
            continue  # which the edit itself will be told
        shown = next((stage.scene for stage in root.all() if stage.scene.name == name), None)

        def size(new: AddNode, flow: str = network.flow) -> Point:
            ports = find(project, new.layer).ports(project)
            row = has_row(new.layer, new.parameters)
            return node_size(max(len(side) for side in ports), 0, has_row=row, flow=flow)

        edit = cleared(network, name, edit, sizes_of(shown) if shown is not None else {}, size)
    return edit
