"""Acts on blocks: make one of the selection, put its layers in its place, give a use a network of its own."""

from typing import TYPE_CHECKING

from graphs.blocks import make_block, make_unique, nearest_fit
from graphs.edits import AddNode, Edit, Group, Rename, RenameNetwork
from graphs.errors import EditProblem, UserError
from graphs.naming import free_name
from graphs.opening import close_block, open_block
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.problems import Fix
from graphs.project import MAIN, Project
from graphs.unfolding import expand
from graphs.ways import inner_of, network_at
from widgets.canvas.acts.arranging import sizes_of
from widgets.canvas.acts.fitness import Refused
from widgets.canvas.tables.inside import look_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from widgets.canvas.editor import Editor


class BlockActs:
    """What the commands about blocks do on a canvas; what cannot be done is said in its card."""

    def __init__(self, editor: "Editor") -> None:
        self._editor = editor

    def make(self) -> None:
        """Put the selected layers into a new block, select it, and open its name for writing."""
        editor = self._editor
        project, name, nodes = editor.document.project, editor.stage.scene.name, editor.selection.nodes
        try:
            make_block(project, name, nodes)
        except EditProblem as error:
            editor.say(Refused("Nothing was changed", str(error), tuple(_nearest(project, name, nodes))))
            return
        edit = self._carry_out(lambda: make_block(project, name, nodes), BLOCK)
        if edit is not None:
            editor.rename(edit)

    def naming(self, node: str, edit: Rename) -> Group:
        """Return the edit that gives a new block its name together with that of its network, which is new as well."""
        project = self._editor.document.project
        network = inner_of(project, edit.network, node)
        own = free_name(edit.name, {*project.networks} - {network}) if network is not None else network
        also = (RenameNetwork(network, own),) if network is not None and own is not None and own != network else ()
        return Group((edit, *also), edit.title)

    def expand(self) -> None:
        """Put the layers of the current block in its place and select them."""
        editor, node = self._editor, self.current()
        if node is not None:
            self._carry_out(lambda: expand(editor.document.project, editor.stage.scene.name, node))

    def make_unique(self) -> None:
        """Give the current block a network of its own; without one, the block that was dived into."""
        editor, node = self._editor, self.current()
        project, path = editor.document.project, editor.selection.path
        if node is not None:
            editor.perform(make_unique(project, editor.stage.scene.name, node))
        elif path:
            holder = network_at(project, path[:-1]) or MAIN
            if editor.perform(make_unique(project, holder, path[-1])) and not editor.selection.blocks:
                editor.selection.show(network_at(project, path) or MAIN, path)

    def toggle_open(self) -> None:
        """Draw the current block open, its layers on show in its place, or closed again."""
        editor, node = self._editor, self.current()
        if node is None:
            return
        scene, sizes = editor.stage.scene, sizes_of(editor.stage.scene)
        if scene.network[node].get("open"):
            face = scene.closed_face(node)
            editor.perform(close_block(scene.name, scene.network, node, (face.width, face.height), sizes))
            return
        inside = look_inside(scene, node)
        if inside is None:
            editor.refuse(EditProblem(f"{scene.network.name(node)} holds nothing that could be shown here."))
            return
        editor.perform(open_block(scene.name, scene.network, node, inside.size, sizes))

    def current(self) -> str | None:
        """Return the current node if it is a block."""
        node, network = self._editor.selection.current, self._editor.stage.scene.network
        return node if node is not None and node in network and network.kind(node) == BLOCK else None

    def _carry_out(self, make: "Callable[[], Edit]", kind: str = "") -> Edit | None:
        """Perform the edit that `make` returns and select the nodes that it adds, those of one kind if named.

        Return the edit if it was done.
        """
        editor = self._editor
        try:
            edit = make()
        except UserError as error:
            editor.refuse(error)
            return None
        added = [node for node, layer in _added(edit, editor.stage.scene.name) if kind in ("", layer)]
        return edit if editor.perform(edit, added) else None


def _nearest(project: Project, network: str, nodes: frozenset[str]) -> "Iterator[Fix]":
    """Offer the block that comes nearest to one of `nodes`."""
    inside, words = nearest_fit(project, network, nodes)
    if inside:
        yield Fix(f"Make one {words}", make_block(project, network, inside), safe=False)


def _added(edit: Edit, network: str) -> list[tuple[str, str]]:
    """Return id and kind of the layers that an edit adds to a network."""
    if isinstance(edit, Group):
        return [found for inner in edit.edits for found in _added(inner, network)]
    if isinstance(edit, AddNode) and edit.network == network and edit.layer not in (INLET, OUTLET):
        return [(edit.node, edit.layer)]
    return []
