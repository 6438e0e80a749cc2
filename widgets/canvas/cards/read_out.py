"""What a wire or a node says when the pointer rests on it."""

from graphs.checking.node_report import NOTHING
from graphs.network import Wire
from graphs.tensors import TensorSpec
from widgets.canvas import states
from widgets.canvas.accessibility.node_words import problem_words
from widgets.canvas.scene import Scene
from widgets.canvas.style import CanvasStyle
from widgets.figures import memory

_GAP = 8.0


def node_text(scene: Scene, node: str, style: CanvasStyle, zoom: float) -> str:
    """Return what a node cannot show where it stands: what is wrong, its comment, and what is left out or cut short."""
    row = scene.nodes.rows[node]
    _, comment = scene.nodes.marks.get(row, ("", ""))
    lines = [*problem_words(scene, node), comment, *_cut_short(scene, row, style, zoom)]
    return "\n".join(line for line in lines if line)


def _cut_short(scene: Scene, row: int, style: CanvasStyle, zoom: float) -> list[str]:
    """Return name, kind and values, if not all of them are to be read on the node."""
    face, measures = scene.nodes.face(row), style.measures
    name, mono = style.metrics["name"], style.metrics["mono"]
    values = " · ".join(piece.text for piece in face.row)
    header = name.horizontalAdvance(face.name) + _GAP + style.metrics["kind"].horizontalAdvance(face.kind)
    below = mono.horizontalAdvance(values) + (_GAP + mono.horizontalAdvance(face.count) if face.count else 0)
    fits = header <= face.width - measures.name_x - measures.pad_right
    fits &= below <= face.width - measures.icon_x - measures.pad_right and len(face.row) <= 3
    if fits and states.level_of(measures.name_px * zoom) >= states.NEAR:
        return []
    return [f"{face.name}, {face.kind}", *([values] if values else []), *([face.shape] if face.shape else [])]


def wire_text(scene: Scene, wire: Wire, flowing: str = "") -> str:
    """Return shape, type and memory of what travels on a wire, between which nodes, and what it took to make it.

    flowing: what is known of the numbers themselves, where a run trains the drawing.
    """
    network = scene.network
    ends = f"{network.name(wire.source)} → {network.name(wire.target)}"
    spec = scene.report.specs.get(wire.source, {}).get(wire.source_port) if scene.report is not None else None
    if spec is None or scene.report is None:
        return f"{ends}\nShape not known yet"
    return "\n".join(line for line in (ends, spec_text(spec), _cost(scene, wire.source), flowing) if line)


def _cost(scene: Scene, node: str) -> str:
    """Return what the layer that feeds a wire owns and does for one sample; nothing where both are nothing."""
    assert scene.report is not None
    made = scene.report.nodes.get(node, NOTHING)
    own = f"{made.parameters:,} parameters" if made.parameters else ""
    work = f"{made.macs:,} multiply-adds" if isinstance(made.macs, int) and made.macs else ""
    told = ", ".join(part for part in (own, work) if part)
    return f"{scene.network.name(node)}: {told}" if told else ""


def spec_text(spec: TensorSpec) -> str:
    """Return `16×32×32 float32, 66 KB a sample`."""
    size = spec.bytes
    return f"{spec} {spec.dtype}" + (f", {memory(size)} a sample" if isinstance(size, int) else "")
