"""What a screen reader says of a drawing: its nodes one by one, and the whole in a sentence."""

from graphs.checking.node_report import NOTHING
from graphs.network import Network
from graphs.problems import Problem
from widgets.canvas.scene import Scene
from widgets.canvas.tables.node_face import count_text

_ATTRIBUTES = {"bypassed": "bypassed", "disabled": "disabled", "frozen": "frozen", "shares": "shares weights"}


def name_words(scene: Scene, node: str) -> str:
    """Return `conv1, Conv2d`."""
    network = scene.network
    return f"{network.name(node)}, {network.kind(node)}"


def description_words(scene: Scene, node: str) -> str:
    """Return problems first, then where its wires come from and go to, what it puts out, and how it stands."""
    network = scene.network
    held, parts = network[node], problem_words(scene, node)
    face = scene.nodes.face(scene.nodes.rows[node])
    if face.inputs:
        parts += [_ends("from", network, [wire.source for wire in network.wires_into(node)])]
    if face.outputs:
        parts += [_ends("to", network, [wire.target for wire in network.wires_from(node)])]
        parts += [f"gives {face.shape}" if face.shape else ""]
    row = ", ".join(piece.text for piece in face.row)
    parts += [row if row != face.shape else ""]  # the row of an Input says what it gives
    report = scene.report.nodes.get(node, NOTHING) if scene.report is not None else NOTHING
    parts += [f"{count_text(report.parameters)} parameters" if report.parameters else ""]
    parts += [words for name, words in _ATTRIBUTES.items() if held.get(name)]
    return "; ".join(part for part in parts if part)


def problem_words(scene: Scene, node: str) -> list[str]:
    """Return what is wrong with a node, root causes first, each as `error: ...`; empty when nothing is."""
    report = scene.report
    found = [p for p in report.problems if _place(p) == node] if report is not None else []
    return [f"{problem.severity}: {problem.message}" for problem in found]


def drawing_words(scene: Scene) -> str:
    """Return `main: 12 layers, 11 wires, 1 error`."""
    errors = len(scene.report.errors) if scene.report is not None else 0
    counts = [(len(scene.nodes), "layer"), (len(scene.wires.rows), "wire"), *([(errors, "error")] if errors else [])]
    return f"{scene.name}: " + ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)


def _place(problem: Problem) -> str:
    return problem.path[0] if problem.path else problem.node


def _ends(way: str, network: Network, nodes: list[str]) -> str:
    names = list(dict.fromkeys(network.name(node) for node in nodes))
    return f"{way} {', '.join(names)}" if names else f"nothing wired {'in' if way == 'from' else 'out'}"
