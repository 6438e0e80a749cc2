"""Adding layers: where the new one stands, and what moves to make room."""

from dataclasses import dataclass, replace

from graphs.addable import Addable
from graphs.annotations import part_dots
from graphs.edits import AddNode, Connect, Edit, Group, Move
from graphs.errors import UserError
from graphs.naming import free_name, stem_of
from graphs.network import Wire
from graphs.splices import first_place, fresh_ids, splice
from widgets.canvas.acts.splicing import carried_dots, gap_before, room_on
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_face import has_row
from widgets.canvas.tables.node_geometry import Point, node_measures, node_rect, node_size, snapped

_MOST_TRIED = 64


@dataclass(frozen=True, slots=True)
class Addition:
    """An edit that adds a node, and the id that the node will have.

    unfit: the output of another node that it was meant to follow and does not take, by node and port.
    """

    edit: Edit
    node: str
    unfit: tuple[str, str] | None = None


class Additions:
    """Makes the edits that add a layer to the network of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def at(self, what: Addable, place: Point) -> Addition:
        """Add it by itself, its edge of inputs at `place`."""
        add = self._node(what, place)
        return Addition(Group((add,), f"Add {what.title}"), add.node)

    def wired(self, what: Addable, place: Point, node: str, port: str, *, output: bool) -> Addition:
        """Add it at `place`, wired to a port of a node that is there. Raises UserError when it does not fit."""
        add, scene = self._node(what, place), self._scene
        _, out = what.ports(scene.project)
        if output:
            came = scene.report.specs.get(node, {}).get(port) if scene.report is not None else None
            taker = what.port_for(scene.project, came)
            if taker is None:
                raise UserError(f"{what.title} does not take what {scene.network.name(node)} gives.")
            wire = Wire(node, port, add.node, taker)
        elif out:
            wire = Wire(add.node, out[0].name, node, port)
        else:
            raise UserError(f"{what.title} has no output to feed {scene.network.name(node)}.")
        drawn = Connect.wire(scene.name, wire)
        return Addition(Group((add, drawn), f"Add {what.title}"), add.node)

    def clear_of(self, what: Addable, place: Point) -> Addition:
        """Add it by itself at `place`, or beside what stands there."""
        return self.at(what, self._clear(what, place))

    def after(self, what: Addable, node: str) -> Addition:
        """Add it after a node, within its one wire if it has one; not wired where it does not take what that gives."""
        scene = self._scene
        outputs = scene.nodes.face(scene.nodes.rows[node]).outputs
        into, out = what.ports(scene.project)
        if not into:
            return self.clear_of(what, scene.position(node))
        if not outputs or scene.report is None:
            return self.at(what, self._free_place(what, node, branch=True))
        port = outputs[0].name
        came = scene.report.specs.get(node, {}).get(port)
        if what.port_for(scene.project, came) is None:
            return replace(self.at(what, self._free_place(what, node, branch=True)), unfit=(node, port))
        followers = scene.network.wires_from(node, port)
        if len(followers) == 1 and out:
            return self.on_wire(what, followers[0])
        return self.wired(what, self._free_place(what, node, branch=bool(followers)), node, port, output=True)

    def on_wire(self, what: Addable, wire: Wire, place: Point | None = None) -> Addition:
        """Insert it in a wire; what follows moves only as far as needed. Raises UserError with no way through."""
        scene = self._scene
        into, out = what.ports(scene.project)
        came = scene.report.specs.get(wire.source, {}).get(wire.source_port) if scene.report is not None else None
        taker = what.port_for(scene.project, came) or (first_place(into[0]) if into else None)
        if taker is None or not out:
            raise UserError(f"{what.title} has no way through, so it cannot stand on a wire.")
        at, moves = self.room_on(what, wire, place)
        add = self._node(what, at)
        edits: tuple[Edit, ...] = (Move(scene.name, moves), *carried_dots(scene, moves)) if moves else ()
        led = part_dots(scene.network, wire, at)
        edits += (add, *splice(scene.name, wire, add.node, taker, out[0].name, led))
        return Addition(Group(edits, f"Insert {what.title}"), add.node)

    def room_on(self, what: Addable, wire: Wire, place: Point | None = None) -> tuple[Point, dict[str, Point]]:
        """Return where a new node stands on a wire, and where the nodes after it have to go."""
        return room_on(self._scene, wire, self.size(what), self._gap(what), place)

    def _free_place(self, what: Addable, node: str, *, branch: bool) -> Point:
        scene, along = self._scene, 0 if self._scene.flow == "right" else 1
        rect, (x, y) = scene.rect(node), scene.position(node)
        lead = rect[along + 2] + (node_measures().gap_label if branch else self._gap(what))
        across = (x, y)[1 - along]
        return self._clear(what, (lead, across) if along == 0 else (across, lead))

    def _clear(self, what: Addable, place: Point) -> Point:
        """Return the place, or the first across the flow from it where nothing stands."""
        scene, (width, height) = self._scene, self.size(what)
        right = scene.flow == "right"
        step = (height if right else width) + node_measures().gap_branch
        x, y = snapped(place)
        for _ in range(_MOST_TRIED):
            if not len(scene.nodes.inside(node_rect((x, y), width, height, scene.flow))):
                break
            x, y = snapped((x, y + step) if right else (x + step, y))
        return x, y

    def _gap(self, what: Addable) -> float:
        return gap_before(what.kind)

    def size(self, what: Addable) -> tuple[float, float]:
        """Return the width and height that a new node will have."""
        into, out = what.ports(self._scene.project)
        row = has_row(what.kind, what.parameters)
        return node_size(max(len(into), len(out)), 0, has_row=row, flow=self._scene.flow)

    def _node(self, what: Addable, place: Point) -> AddNode:
        scene = self._scene
        name = free_name(stem_of(what.title), scene.network.names())
        return AddNode(
            scene.name, next(fresh_ids(scene.network)), name, what.kind, dict(what.parameters), snapped(place)
        )
