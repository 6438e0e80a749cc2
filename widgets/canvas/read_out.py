"""What a wire says when the pointer rests on it."""

from graphs.network import Wire
from graphs.node_report import NOTHING
from graphs.tensors import TensorSpec
from widgets.canvas.scene import Scene


def wire_text(scene: Scene, wire: Wire) -> str:
    """Return shape, type and memory of what travels on a wire, between which nodes, and what it took to make it."""
    network = scene.network
    ends = f"{network.name(wire.source)} → {network.name(wire.target)}"
    spec = scene.report.specs.get(wire.source, {}).get(wire.source_port) if scene.report is not None else None
    if spec is None or scene.report is None:
        return f"{ends}\nShape not known yet"
    return "\n".join(line for line in (ends, spec_text(spec), _cost(scene, wire.source)) if line)


def _cost(scene: Scene, node: str) -> str:
    """Return what the layer that feeds a wire owns and does for one sample; nothing where both are nothing."""
    assert scene.report is not None
    made = scene.report.nodes.get(node, NOTHING)
    own = f"{made.parameters:,} parameters" if made.parameters else ""
    work = f"{made.macs:,} multiply-adds" if isinstance(made.macs, int) and made.macs else ""
    told = ", ".join(part for part in (own, work) if part)
    return f"{scene.network.name(node)}: {told}" if told else ""


def spec_text(spec: TensorSpec) -> str:
    """Return `16×32×32 float32, 64.0 KB a sample`."""
    size = spec.bytes
    memory = f", {size_text(size)} a sample" if isinstance(size, int) else ""
    return f"{spec} {spec.dtype}{memory}"


def size_text(count: int) -> str:
    """Return a number of bytes in short."""
    for factor, unit in ((2**30, "GB"), (2**20, "MB"), (2**10, "KB")):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} bytes"
