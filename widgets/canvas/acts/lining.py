"""Lining up what is selected: by a side, by equal gaps, by straight wires; one undo step each."""

from typing import TYPE_CHECKING

from graphs import alignment
from graphs.edits import Group, Move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from widgets.canvas.editor import Editor
    from widgets.canvas.tables.node_face import PortFace
    from widgets.canvas.tables.node_geometry import Point


class Lining:
    """Moves the selected nodes of one canvas."""

    def __init__(self, editor: "Editor") -> None:
        self._editor = editor

    def align(self, how: str) -> None:
        """Line them up by a side or a middle, one of `alignment.SIDES`."""
        scene = self._editor.stage.scene
        self._move(alignment.align(self._places(), self._sizes(self._chosen()), how, scene.flow), f"Align {how}")

    def distribute(self, how: str) -> None:
        """Leave equal gaps between them, along one of `alignment.AXES`."""
        scene = self._editor.stage.scene
        places = alignment.distribute(self._places(), self._sizes(self._chosen()), how, scene.flow)
        self._move(places, f"Distribute {how}")

    def straighten(self) -> None:
        """Let their wires run straight."""
        scene = self._editor.stage.scene
        ports = {
            (node, port.name, output): port.place
            for node in scene.nodes
            for output in (False, True)
            for port in self._ports(node, output=output)
        }
        chosen, sizes = self._chosen(), self._sizes(scene.nodes)
        self._move(alignment.straighten(scene.network, chosen, scene.flow, sizes, ports), "Straighten")

    def _ports(self, node: str, *, output: bool) -> "tuple[PortFace, ...]":
        face = self._editor.stage.scene.nodes.face(self._editor.stage.scene.nodes.rows[node])
        return face.outputs if output else face.inputs

    def _chosen(self) -> list[str]:
        return sorted(node for node in self._editor.selection.nodes if node in self._editor.stage.scene.nodes)

    def _places(self) -> "dict[str, Point]":
        return {node: self._editor.stage.scene.network.position(node) for node in self._chosen()}

    def _sizes(self, nodes: "Iterable[str]") -> "dict[str, Point]":
        faces = {node: self._editor.stage.scene.nodes.face(self._editor.stage.scene.nodes.rows[node]) for node in nodes}
        return {node: (face.width, face.height) for node, face in faces.items()}

    def _move(self, places: "dict[str, Point]", title: str) -> None:
        if places:
            self._editor.perform(Group((Move(self._editor.stage.scene.name, places),), title))
