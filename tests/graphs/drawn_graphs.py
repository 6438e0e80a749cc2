"""Large networks of the kinds that layouts are measured on, and how often their wires cross."""

from random import Random

from graphs.edits import AddNode, Connect
from graphs.network import Network
from graphs.project import Project

MOST_WIRES = 2_500
"""Above so many wires, crossings are counted in a sample of so many."""


class _Pen:
    """Draws layers of one network, all at the same place."""

    def __init__(self) -> None:
        self.project = Project()
        self.count = 0

    def layer(self, kind: str, *sources: str) -> str:
        node = f"n{self.count}"
        self.count += 1
        AddNode("main", node, f"layer{self.count}", kind).apply(self.project)
        for place, source in enumerate(sources):
            Connect("main", source, "output", node, f"inputs.{place}").apply(self.project)
        return node


def residual(blocks: int) -> Project:
    """Blocks of three layers and a sum with a skip: 4 layers and 5 wires each."""
    pen = _Pen()
    last = pen.layer("Input")
    for _ in range(blocks):
        last = pen.layer("Add", pen.layer("Conv2d", pen.layer("ReLU", pen.layer("Conv2d", last))), last)
    return pen.project


def transformer(blocks: int) -> Project:
    """Blocks of eight heads, each of queries and keys that meet, and two more layers: 31 layers and 48 wires each."""
    pen = _Pen()
    last = pen.layer("Input")
    for _ in range(blocks):
        norm = pen.layer("LayerNorm", last)
        heads = [pen.layer("MatMul", pen.layer("Linear", norm), pen.layer("Linear", norm)) for _ in range(8)]
        last = pen.layer("Add", pen.layer("Concat", *heads), last)
        inner = pen.layer("Linear", pen.layer("Linear", pen.layer("LayerNorm", last)))
        last = pen.layer("Add", inner, last)
    return pen.project


def strewn(layers: int, wires: int, window: int = 20, seed: int = 1) -> Project:
    """Each layer fed by one of those up to `window` before it, and more such wires at random."""
    random, pen = Random(seed), _Pen()
    feeds: list[set[int]] = [{random.randrange(max(0, n - window), n)} if n else set() for n in range(layers)]
    left = wires - (layers - 1)
    while left:
        target = random.randrange(1, layers)
        source = random.randrange(max(0, target - window), target)
        if source not in feeds[target]:
            feeds[target].add(source)
            left -= 1
    for sources in feeds:
        pen.layer("Add" if sources else "Input", *(f"n{source}" for source in sorted(sources)))
    return pen.project


_Line = tuple[float, float, float, float, str, str]


def crossings(network: Network) -> int:
    """How many pairs of straight lines between wired nodes cross, of at most MOST_WIRES wires."""
    wires = list(network.wires())
    if len(wires) > MOST_WIRES:
        wires = Random(0).sample(wires, MOST_WIRES)
    across, along = (0, 1) if network.flow == "down" else (1, 0)
    lines: list[_Line] = []
    for wire in wires:
        one, other = network.position(wire.source), network.position(wire.target)
        lines.append((one[along], one[across], other[along], other[across], wire.source, wire.target))
    lines.sort()
    count = 0
    open_lines: list[_Line] = []
    for line in lines:
        open_lines = [other for other in open_lines if other[2] > line[0]]
        count += sum(_cross(line, other) for other in open_lines)
        open_lines.append(line)
    return count


def _cross(one: _Line, other: _Line) -> bool:
    if one[4] in other[4:] or one[5] in other[4:]:
        return False
    return (
        _side(one, other[0], other[1]) * _side(one, other[2], other[3]) < 0
        and _side(other, one[0], one[1]) * _side(other, one[2], one[3]) < 0
    )


def _side(line: _Line, along: float, across: float) -> float:
    return (line[2] - line[0]) * (across - line[1]) - (line[3] - line[1]) * (along - line[0])
