"""What the canvas does with the selected nodes: delete, copy, paste, duplicate, nudge, rename, arrange."""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from graphs import fragments
from graphs.edits import Edit, Group, Move, Rename
from graphs.splices import dissolve, remove
from widgets.canvas.fitness import disconnect
from widgets.canvas.node_geometry import Point, node_measures, snapped
from widgets.canvas.scene import Scene
from widgets.canvas.splicing import moved
from widgets.selection import Selection

MIME = "application/x-netwright-fragment"


class Editing:
    """Makes the edits for what is selected in a scene; None where there is nothing to do."""

    def __init__(self, scene: Scene, selection: Selection) -> None:
        self._scene = scene
        self._selection = selection

    def delete(self) -> Edit | None:
        """Delete the selected nodes and wires."""
        scene, selection = self._scene, self._selection
        nodes = selection.nodes & frozenset(scene.network)
        wires = [w for w in selection.wires if scene.network.has(w) and not {w.source, w.target} & nodes]
        cut = tuple(disconnect(scene.name, wire) for wire in wires)
        if not nodes:
            return Group(cut, "Delete wire" if len(cut) == 1 else f"Delete {len(cut)} wires") if cut else None
        removed = remove(scene.name, nodes)
        return Group((*cut, *removed.edits), removed.label)

    def dissolve(self) -> Edit | None:
        """Delete the selected nodes and join what was on their two sides."""
        nodes = self._selection.nodes & frozenset(self._scene.network)
        return dissolve(self._scene.name, self._scene.network, nodes) if nodes else None

    def copy(self) -> bool:
        """Put the selected nodes on the clipboard, as text that pastes anywhere; tell whether there were any."""
        nodes = self._selection.nodes & frozenset(self._scene.network)
        if nodes:
            text = fragments.copy(self._scene.project, self._scene.name, nodes)
            data = QMimeData()
            data.setText(text)
            data.setData(MIME, text.encode())
            QGuiApplication.clipboard().setMimeData(data)
        return bool(nodes)

    def paste(self, at: Point | None) -> tuple[Edit, list[str]]:
        """Return the edit that pastes the clipboard with its corner at `at`, and the nodes it adds.

        Raises EditProblem when the clipboard holds no layers.
        """
        text = QGuiApplication.clipboard().text()
        place = snapped(at) if at is not None else None
        edit = fragments.paste(self._scene.project, self._scene.name, text, place)
        return edit, fragments.added_nodes(edit, self._scene.name)

    def duplicate(self, *, with_wires: bool = False) -> tuple[Edit, list[str]] | None:
        """Return the edit that adds copies of the selected nodes, and those copies."""
        nodes = self._selection.nodes & frozenset(self._scene.network)
        if not nodes:
            return None
        edit = fragments.duplicate(self._scene.project, self._scene.name, nodes, with_wires)
        return edit, fragments.added_nodes(edit, self._scene.name)

    def nudge(self, across: int, along: int, *, far: bool = False) -> Edit | None:
        """Move the selected nodes by steps of the grid, ten at a time if `far`."""
        step = node_measures().grid * (10 if far else 1)
        return self._move(self._selection.nodes, (across * step, along * step))

    def _move(self, nodes: Iterable[str], step: Point) -> Edit | None:
        here = [node for node in nodes if node in self._scene.network]
        return Move(self._scene.name, moved(self._scene, here, step)) if here else None

    def rename(self, node: str, name: str) -> Edit | None:
        """Give a node another name, if it is another."""
        same = node not in self._scene.network or self._scene.network.name(node) == name
        return None if same else Rename(self._scene.name, node, name)
