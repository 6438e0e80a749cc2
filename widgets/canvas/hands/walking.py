"""Where the keyboard goes on the canvas: topological order, along wires, and to the next problem."""

from collections.abc import Container

from widgets.canvas.scene import Scene

FORWARD, BACK, LEFT, RIGHT = "forward", "back", "left", "right"


def next_in_order(scene: Scene, node: str | None, *, back: bool = False) -> str | None:
    """Return the node after `node` in topological order, round from the last to the first."""
    found = order(scene)
    if not found:
        return None
    if node not in found:
        return found[-1 if back else 0]
    return found[(found.index(node) + (-1 if back else 1)) % len(found)]


def order(scene: Scene) -> list[str]:
    """Return the nodes in topological order."""
    return [node for node in scene.report.order if node in scene.nodes] if scene.report is not None else []


def beside(scene: Scene, node: str, left: Container[str]) -> str | None:
    """Return where to go on from a node that was deleted: what fed it, what it fed, else what stands nearest.

    The scene is still as it was before; `left` are the nodes that are there now.
    """
    if node not in scene.nodes:
        return None
    for end in (0, 1):
        seen, found = {scene.nodes.rows[node]}, [scene.nodes.rows[node]]
        for row in found:
            ends = (scene.wires.own[wire].tolist() for wire in sorted(scene.wires.of_node(row)))
            near = [pair[end] for pair in ends if pair[1 - end] == row and pair[end] not in seen]
            there: str | None = next((scene.nodes.ids[one] for one in near if scene.nodes.ids[one] in left), None)
            if there is not None:
                return there
            seen.update(near)
            found += near
    others = [other for other in scene.nodes if other in left]
    return min(others, key=lambda other: _distance(scene, node, other), default=None)


def along(scene: Scene, node: str, way: str) -> str | None:
    """Return the node that a step leads to: over a wire forward or back, or to a branch at its side."""
    network = scene.network
    if way in (FORWARD, BACK):
        wires = network.wires_from(node) if way == FORWARD else network.wires_into(node)
        ends = [wire.target if way == FORWARD else wire.source for wire in wires]
        return min(ends, key=lambda end: _off(scene, node, end)) if ends else None
    across = 1 if scene.flow == "right" else 0
    x = scene.position(node)[across]
    aside = [n for n in scene.nodes if (scene.position(n)[across] - x) * (1 if way == RIGHT else -1) > 8]
    return min(aside, key=lambda end: _distance(scene, node, end)) if aside else None


def _off(scene: Scene, node: str, end: str) -> float:
    across = 1 if scene.flow == "right" else 0
    return abs(scene.position(node)[across] - scene.position(end)[across])


def _distance(scene: Scene, node: str, end: str) -> float:
    (x0, y0), (x1, y1) = scene.position(node), scene.position(end)
    across, along_flow = (abs(y1 - y0), abs(x1 - x0)) if scene.flow == "right" else (abs(x1 - x0), abs(y1 - y0))
    return across + 2 * along_flow
