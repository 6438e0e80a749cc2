"""What the canvas does with the selected nodes: delete, copy, paste, duplicate, nudge, rename, arrange."""

from collections.abc import Collection, Iterable, Iterator

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from graphs import fragments
from graphs.annotations import contents, dots, frames, notes, place_on_wire
from graphs.arranging.ground import Ground
from graphs.arranging.measures import USUAL_SIZE
from graphs.edits import AddDot, AddNode, Disconnect, Edit, Group, Move, RemoveDot, RemoveFrame, RemoveNote, Rename
from graphs.framing import box_at
from graphs.network import Wire
from graphs.room import turned
from graphs.splices import dissolve, remove
from widgets.canvas.acts.splicing import moved
from widgets.canvas.gestures.held_dots import HeldDots
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_geometry import Point, node_measures, node_rect, snapped
from widgets.selection import Selection

MIME = "application/x-netwright-fragment"
_MOST_STEPS = 8


class Editing:
    """Makes the edits for what is selected in a scene; None where there is nothing to do.

    frames, notes: ids of those that are selected; a frame stands for all that it holds.
    """

    def __init__(
        self, scene: Scene, selection: Selection, frames: Collection[str] = (), notes: Collection[str] = ()
    ) -> None:
        self._scene = scene
        self._selection = selection
        self._frames, self._notes = frames, notes

    def delete(self) -> Edit | None:
        """Delete the selected nodes, wires and dots."""
        scene, selection = self._scene, self._selection
        nodes = selection.nodes & frozenset(scene.network)
        wires = [w for w in selection.wires if scene.network.has(w) and not {w.source, w.target} & nodes]
        gone = [*(remove(scene.name, nodes).edits if nodes else ())]
        cut: list[Edit] = [*self._remove_dots(nodes, wires), *(Disconnect.wire(scene.name, wire) for wire in wires)]
        if not cut and not gone:
            return None
        noun, count = ("layer", len(nodes)) if nodes else ("wire", len(wires)) if wires else ("dot", len(cut))
        return Group((*cut, *gone), f"Delete {noun}" if count == 1 else f"Delete {count} {noun}s")

    def _remove_dots(self, nodes: frozenset[str], wires: Iterable[Wire]) -> Iterator[Edit]:
        """Yield the removal of the selected dots whose wire stays, the last of a wire first."""
        scene = self._scene
        going = {*wires}
        for wire, index in sorted(self._selection.dots, key=lambda dot: -dot[1]):
            stays = wire not in going and not {wire.source, wire.target} & nodes
            if stays and index < len(dots(scene.network, wire)):
                yield RemoveDot(scene.name, wire.source, wire.source_port, wire.target, wire.target_port, index)

    def add_dot(self, wire: Wire, place: Point) -> AddDot:
        """Lead a wire through a place, between those of its dots where it makes the least detour."""
        points = self._scene.wires.points(self._scene.wires.rows[wire])
        at = (round(place[0], 1), round(place[1], 1))
        index = place_on_wire(points, at)
        return AddDot(self._scene.name, wire.source, wire.source_port, wire.target, wire.target_port, index, at)

    def dissolve(self) -> Edit | None:
        """Delete the selected nodes and join what was on their two sides."""
        nodes = self._selection.nodes & frozenset(self._scene.network)
        return dissolve(self._scene.name, self._scene.network, nodes) if nodes else None

    def copy(self) -> bool:
        """Put what is selected on the clipboard, as text that pastes anywhere; tell whether there was anything."""
        nodes = self._selection.nodes & frozenset(self._scene.network)
        found = bool(nodes or self._frames or self._notes)
        if found:
            text = fragments.copy(self._scene.project, self._scene.name, nodes, self._frames, self._notes)
            data = QMimeData()
            data.setText(text)
            data.setData(MIME, text.encode())
            QGuiApplication.clipboard().setMimeData(data)
        return found

    def delete_held(self) -> Edit | None:
        """Delete the selected frames with all that they hold, and notes."""
        name, network = self._scene.name, self._scene.network
        parts = [contents(network, frame) for frame in self._frames]
        nodes = frozenset[str]().union(*(part.nodes for part in parts))
        beside = {*self._notes, *(note for part in parts for note in part.notes)}
        around = {*self._frames, *(frame for part in parts for frame in part.frames)}
        edits: list[Edit] = [*(remove(name, nodes).edits if nodes else ())]
        edits += [RemoveNote(name, note) for note in sorted(beside)]
        edits += [RemoveFrame(name, frame) for frame in reversed(frames(network)) if frame in around]
        return Group(tuple(edits), "Cut frames and notes") if edits else None

    def paste(self, at: Point | None) -> tuple[Group, list[str]]:
        """Return the edit that pastes the clipboard with its corner at `at`, and the nodes it adds.

        Where these would stand on others they go aside, as little as need be. Raises EditProblem when the clipboard
        holds no layers.
        """
        scene, text = self._scene, QGuiApplication.clipboard().text()
        place = snapped(at) if at is not None else None
        edit = fragments.paste(scene.project, scene.name, text, place)
        if place is not None and (aside := self._free_step(edit)):
            x, y = place
            there = (x + aside, y) if scene.flow == "down" else (x, y + aside)
            edit = fragments.paste(scene.project, scene.name, text, there)
        return edit, fragments.added_nodes(edit, scene.name)

    def _free_step(self, edit: Edit) -> float:
        """Return the least step across the flow by which the layers that an edit adds stand on none that are there."""
        scene, measures = self._scene, node_measures()
        ground = Ground(turned(scene.nodes.rect(row), scene.flow) for row in scene.nodes.rows.values())
        places = [part.position for part in edit.parts if isinstance(part, AddNode) and part.network == scene.name]
        added = [turned(node_rect(place, *USUAL_SIZE, scene.flow), scene.flow) for place in places]
        return ground.step_aside(added, measures.grid, measures.grid, measures.grid)

    def duplicate(self, *, with_wires: bool = False) -> tuple[Group, list[str]] | None:
        """Return the edit that adds copies of what is selected, and the nodes that it adds."""
        scene, nodes = self._scene, self._selection.nodes & frozenset(self._scene.network)
        if not (nodes or self._frames or self._notes):
            return None
        by = self._aside(nodes)
        edit = fragments.duplicate(scene.project, scene.name, nodes, with_wires, self._frames, self._notes, by)
        return edit, fragments.added_nodes(edit, self._scene.name)

    def _aside(self, nodes: Collection[str]) -> Point:
        """Return how far across the flow copies of what is selected stand on nothing; a little aside if far off."""
        scene = self._scene
        around, beside = frames(scene.network), notes(scene.network)
        boxes = [scene.rect(node) for node in nodes]
        boxes += [box_at(around[frame].position, around[frame].size) for frame in self._frames]
        boxes += [box_at(beside[note].position, beside[note].size) for note in self._notes]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
        down, gap = scene.flow == "down", node_measures().gap_branch
        for step in range(1, _MOST_STEPS + 1):
            by = snapped((step * (right - left + gap), 0.0) if down else (0.0, step * (bottom - top + gap)))
            if not len(scene.nodes.inside((left + by[0], top + by[1], right + by[0], bottom + by[1]))):
                return by
        return fragments.ASIDE

    def nudge(self, step: Point) -> Edit | None:
        """Move the selected nodes and dots by a step."""
        scene = self._scene
        nodes = sorted(node for node in self._selection.nodes if node in scene.network)
        edits = HeldDots(scene, nodes, self._selection.dots).edits(step)
        if nodes:
            edits.insert(0, Move(scene.name, moved(scene, nodes, step)))
        return Group(tuple(edits), "Move") if len(edits) > 1 else edits[0] if edits else None

    def rename(self, node: str, name: str) -> Rename | None:
        """Give a node another name, if it is another."""
        same = node not in self._scene.network or self._scene.network.name(node) == name
        return None if same else Rename(self._scene.name, node, name)
