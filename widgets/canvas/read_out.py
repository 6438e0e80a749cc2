"""What a wire says when the pointer rests on it."""

from graphs.network import Wire
from graphs.tensors import TensorSpec
from widgets.canvas.scene import Scene


def wire_text(scene: Scene, wire: Wire) -> str:
    """Return shape, type and memory of what travels on a wire, and between which ports."""
    network = scene.network
    ends = f"{network.name(wire.source)} → {network.name(wire.target)}"
    spec = scene.report.specs.get(wire.source, {}).get(wire.source_port) if scene.report is not None else None
    return ends + "\n" + (spec_text(spec) if spec is not None else "Shape not known yet")


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
