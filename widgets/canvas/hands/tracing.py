"""Tracing: which layers stay bright as they lie upstream or downstream of one, those in open blocks too."""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

import networkx as nx

from widgets.canvas.scene import Scene
from widgets.canvas.stage import Stage
from widgets.canvas.standing import Standing

Reach = Callable[["nx.MultiDiGraph[str]", str], Iterable[str]]


def clear(root: Stage) -> None:
    """Dim nothing."""
    for stage in root.all():
        stage.standing.traced = None


def trace(root: Stage, blocks: tuple[str, ...], node: str) -> None:
    """Dim all but the layers upstream and downstream of a node in the open blocks `blocks`."""
    stage = root.reached(blocks)
    network = stage.scene.network
    ahead, back = _reach(network.graph, [node], nx.descendants), _reach(network.graph, [node], nx.ancestors)
    _light(stage.scene, stage.standing, ahead, back, whole=node)
    for depth in range(len(stage.blocks) - 1, -1, -1):
        holder, block, inner = root.reached(blocks[:depth]), blocks[depth], network
        network = holder.scene.network
        after = [wire.target for wire in network.wires_from(block) if inner.find(wire.source_port) in ahead]
        before = [wire.source for wire in network.wires_into(block) if inner.find(wire.target_port) in back]
        ahead = _reach(network.graph, after, nx.descendants)
        back = _reach(network.graph, before, nx.ancestors)
        _light(holder.scene, holder.standing, ahead, back, kept=block)


def _light(
    scene: Scene,
    standing: Standing,
    ahead: AbstractSet[str],
    back: AbstractSet[str],
    *,
    whole: str | None = None,
    kept: str | None = None,
) -> None:
    """Keep nodes bright, and what they reach in open blocks.

    whole: the block all of which is bright. kept: the one in which it is settled already.
    """
    rows = scene.nodes.rows
    bright = ahead | back if kept is None else ahead | back | {kept}
    standing.traced = frozenset(rows[node] for node in bright if node in rows)
    for block, inside in scene.insides.items():
        if block == kept:
            continue
        inner = inside.scene.network
        if block == whole:
            _light(inside.scene, inside.standing, frozenset(inner), frozenset(inner))
            continue
        into = (inner.find(w.target_port) for w in scene.network.wires_into(block) if w.source in ahead)
        out = (inner.find(w.source_port) for w in scene.network.wires_from(block) if w.target in back)
        _light(
            inside.scene,
            inside.standing,
            _reach(inner.graph, (node for node in into if node is not None), nx.descendants),
            _reach(inner.graph, (node for node in out if node is not None), nx.ancestors),
        )


def _reach(graph: "nx.MultiDiGraph[str]", starts: Iterable[str], reach: Reach) -> frozenset[str]:
    """Return nodes and all that can be reached from them."""
    found: set[str] = set()
    for node in starts:
        if node not in found:
            found |= {node, *reach(graph, node)}
    return frozenset(found)
