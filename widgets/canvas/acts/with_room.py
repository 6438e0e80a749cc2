"""Remedies on the canvas: what they add stands on nothing, measured by what is drawn."""

from typing import TYPE_CHECKING

from graphs import catalogue
from graphs.clearing import cleared
from graphs.edits import AddNode, Connect, Edit
from graphs.ports import BLOCK
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

        def size(new: AddNode, edit: Edit = edit, flow: str = network.flow) -> Point:
            row = has_row(new.layer, new.parameters)
            return node_size(_ports(edit, new), 0, has_row=row, flow=flow)

        edit = cleared(network, name, edit, sizes_of(shown) if shown is not None else {}, size)
    return edit


def _ports(edit: Edit, new: AddNode) -> int:
    """Return how many ports stand on one side of what `edit` adds; of a block, the wired ones."""
    spec = catalogue.find(new.layer) if new.layer != BLOCK else None
    if spec is not None:
        return max(len(spec.inputs), len(spec.outputs))
    wires = [part for part in edit.parts if isinstance(part, Connect) and part.network == new.network]
    into = {wire.target_port for wire in wires if wire.target == new.node}
    return max(len(into), len({wire.source_port for wire in wires if wire.source == new.node}))
