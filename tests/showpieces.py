"""Networks worth looking at: every state of a node, every kind of wire, GoogLeNet, and one with thousands of layers."""

from collections.abc import Mapping

from graphs.edits import AddNetwork, AddNode, Connect
from graphs.parameters import Value
from graphs.project import MAIN, Project

_COLUMN, _ROW = 232, 96
# Channels of GoogLeNet's nine inception blocks: 1x1, 3x3 after its reduction, 5x5 after its reduction, after the pool.
# Szegedy et al., Going Deeper with Convolutions (2014), table 1.
INCEPTIONS: Mapping[str, tuple[int, int, int, int, int, int]] = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


class Pen:
    """Adds layers to one network of a project, each wired to those that it names."""

    def __init__(self, project: Project, network: str = MAIN) -> None:
        self.project, self.network = project, network

    def add(
        self,
        name: str,
        kind: str,
        at: tuple[float, float],
        *sources: str,
        attributes: Mapping[str, Value] | None = None,
        **parameters: Value,
    ) -> str:
        """Add a layer; its ports take the outputs of `sources` in order. Returns its name."""
        held = dict(attributes or {})
        AddNode(self.network, name, name, kind, parameters, at, held).apply(self.project)
        ports = [f"inputs.{place}" for place in range(len(sources))] if kind in ("Add", "Concat") else ["input"]
        for source, port in zip(sources, ports, strict=False):
            Connect(self.network, source, "output", name, port).apply(self.project)
        return name


def node_states() -> Project:
    """A node in each state that a drawing gives it: marks, problems, a block that repeats, an unknown layer."""
    project = Project()
    AddNetwork("stage").apply(project)
    inner = Pen(project, "stage")
    inner.add("input", "Inlet", (0, 0))
    inner.add("act", "ReLU", (0, 60), "input")
    inner.add("output", "Outlet", (0, 120), "act")
    pen = Pen(project)
    pen.add("image", "Input", (0, 0), shape=[3, 16, 16])
    pen.add("stem", "Conv2d", (0, _ROW), "image", out_channels=16, padding=1)
    pen.add("norm", "BatchNorm2d", (0, 2 * _ROW), "stem", attributes={"frozen": True})
    pen.add("drop", "Dropout2d", (0, 3 * _ROW), "norm", attributes={"bypassed": True})
    pen.add("blocks", "Block", (0, 4 * _ROW), "drop", network="stage", repeat=4)
    pen.add("pool", "MaxPool2d", (_COLUMN, 4 * _ROW), "blocks")
    pen.add("shared", "Conv2d", (_COLUMN, _ROW), "image", attributes={"shares": "stem"}, out_channels=16, padding=1)
    pen.add("idle", "GELU", (_COLUMN, 2 * _ROW), "shared", attributes={"disabled": True})
    pen.add("odd", "vendor.GridSample", (_COLUMN, 3 * _ROW))
    pen.add("fc", "Linear", (_COLUMN, 5 * _ROW), "pool", out_features=10)
    pen.add("classes", "Classification", (_COLUMN, 6 * _ROW), "fc")
    return project


def wires() -> Project:
    """A wire of each kind of tensor, a skip round the trunk, and a join."""
    project = Project()
    pen = Pen(project)
    pen.add("image", "Input", (0, 0), shape=[3, 16, 16])
    pen.add("conv", "Conv2d", (0, _ROW), "image", out_channels=3, padding=1)
    pen.add("relu", "ReLU", (0, 2 * _ROW), "conv")
    pen.add("add", "Add", (0, 3 * _ROW), "relu", "image")
    pen.add("flatten", "Flatten", (0, 4 * _ROW), "add")
    pen.add("words", "Input", (_COLUMN, 0), shape=["T"], dtype="int64")
    pen.add("embed", "Embedding", (_COLUMN, _ROW), "words", num_embeddings=100, embedding_dim=16)
    pen.add("gru", "GRU", (_COLUMN, 2 * _ROW), "embed", hidden_size=32)
    pen.add("act", "Tanh", (_COLUMN, 3 * _ROW), "gru")
    pen.add("open", "Sigmoid", (_COLUMN, 4 * _ROW))
    return project


def googlenet() -> Project:
    """GoogLeNet without its two side exits: a stem, nine inception blocks as networks of their own, a classifier."""
    project = Project(title="GoogLeNet")
    for name, channels in INCEPTIONS.items():
        _inception(project, f"inception_{name}", channels)
    pen, y = Pen(project), 0.0
    last = pen.add("image", "Input", (0, 0), shape=[3, 224, 224])
    stem: tuple[tuple[str, str, dict[str, Value]], ...] = (
        ("conv1", "Conv2d", {"out_channels": 64, "kernel_size": [7, 7], "stride": [2, 2], "padding": [3, 3]}),
        ("pool1", "MaxPool2d", {"kernel_size": [3, 3], "stride": [2, 2], "padding": [1, 1]}),
        ("conv2", "Conv2d", {"out_channels": 192, "padding": [1, 1]}),
        ("pool2", "MaxPool2d", {"kernel_size": [3, 3], "stride": [2, 2], "padding": [1, 1]}),
    )
    for name, kind, parameters in stem:
        y += _ROW
        last = pen.add(name, kind, (0, y), last, **parameters)
    for name in INCEPTIONS:
        if name in ("4a", "5a"):
            y += _ROW
            pooled: dict[str, Value] = {"kernel_size": [3, 3], "stride": [2, 2], "padding": [1, 1]}
            last = pen.add(f"pool_{name}", "MaxPool2d", (0, y), last, **pooled)
        y += _ROW
        last = pen.add(f"mixed_{name}", "Block", (0, y), last, network=f"inception_{name}")
    last = pen.add("mean", "AdaptiveAvgPool2d", (0, y + _ROW), last, output_size=[1, 1])
    last = pen.add("flatten", "Flatten", (0, y + 2 * _ROW), last)
    last = pen.add("fc", "Linear", (0, y + 3 * _ROW), last, out_features=1000)
    pen.add("classes", "Classification", (0, y + 4 * _ROW), last)
    return project


def _inception(project: Project, network: str, channels: tuple[int, int, int, int, int, int]) -> None:
    """Four branches side by side, joined by their channels."""
    one, three_in, three, five_in, five, after_pool = channels
    AddNetwork(network).apply(project)
    pen = Pen(project, network)
    columns, rows = [_COLUMN * (place - 1.5) for place in range(4)], [_ROW * place for place in range(5)]
    pen.add("input", "Inlet", (0, 0))
    ends = [pen.add("one", "Conv2d", (columns[0], rows[2]), "input", out_channels=one, kernel_size=[1, 1])]
    for place, (name, before, after, size) in enumerate((("three", three_in, three, 3), ("five", five_in, five, 5)), 1):
        first = pen.add(
            f"{name}_in", "Conv2d", (columns[place], rows[1]), "input", out_channels=before, kernel_size=[1, 1]
        )
        sizes: dict[str, Value] = {"kernel_size": [size, size], "padding": [size // 2, size // 2]}
        ends.append(pen.add(name, "Conv2d", (columns[place], rows[2]), first, out_channels=after, **sizes))
    pool = pen.add(
        "pool", "MaxPool2d", (columns[3], rows[1]), "input", kernel_size=[3, 3], stride=[1, 1], padding=[1, 1]
    )
    ends.append(pen.add("pooled", "Conv2d", (columns[3], rows[2]), pool, out_channels=after_pool, kernel_size=[1, 1]))
    join = pen.add("join", "Concat", (0, rows[3]), *ends)
    pen.add("output", "Outlet", (0, rows[4]), join)


def thousands(layers: int = 2000, columns: int = 40) -> Project:
    """Chains side by side, each of convolution, normalization, activation and dropout over and over."""
    project = Project(title=f"{layers:,} layers")
    pen = Pen(project)
    turn: tuple[tuple[str, str, dict[str, Value]], ...] = (
        ("conv", "Conv2d", {"out_channels": 16, "padding": [1, 1], "bias": False}),
        ("norm", "BatchNorm2d", {}),
        ("relu", "ReLU", {}),
        ("drop", "Dropout2d", {}),
    )
    ends: dict[int, str] = {}
    pen.add("image", "Input", (columns / 2 * _COLUMN, -2 * _ROW), shape=[16, 32, 32])
    for number in range(layers - 3):
        column, row = number % columns, number // columns
        name, kind, parameters = turn[row % len(turn)]
        above = f"{turn[(row - 1) % len(turn)][0]}{number - columns}" if row else "image"
        pen.add(f"{name}{number}", kind, (column * _COLUMN, row * _ROW), above, **parameters)
        ends[column] = f"{name}{number}"
    join = pen.add("join", "Add", (columns / 2 * _COLUMN, layers // columns * _ROW + 2 * _ROW), *ends.values())
    pen.add("output", "Output", (columns / 2 * _COLUMN, layers // columns * _ROW + 4 * _ROW), join)
    return project
