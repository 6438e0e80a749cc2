"""A pen that draws layers one below the other, wires them and keeps the distances of a tidy drawing."""

from graphs import catalogue
from graphs.arranging.along import up
from graphs.arranging.measures import GRID
from graphs.edits import AddNetwork, AddNode, Connect, SetSection
from graphs.parameters import Value
from graphs.ports import ports
from graphs.project import MAIN, Project

# The measures of a node and of tidy gaps, in pixels at 100 %.
HEIGHT, COMPACT = 52, 28
STACKED, APART = 8, 28
COLUMN = 248


class Pen:
    """Stands below the last layer it drew, its `tip`, and draws the next one there."""

    def __init__(self, project: Project, network: str = MAIN, tip: str = "", x: float = 0, y: float = 0) -> None:
        self.project = project
        self.network = network
        self.tip = tip
        self.x = x
        self.y = y

    def add(self, layer: str, name: str, **parameters: Value) -> "Pen":
        """Draw a layer below the tip, its first input wired to the tip's first output."""
        return self.join(layer, name, **parameters)

    def branch(self, columns: int = 1) -> "Pen":
        """Return another pen at the same tip, some columns to the right."""
        return Pen(self.project, self.network, self.tip, self.x + columns * COLUMN, self.y)

    def block(self, name: str, network: str, repeat: int = 1, **arguments: Value) -> "Pen":
        """Draw a node that stands for another network of the project."""
        return self.add("Block", name, network=network, arguments=arguments, repeat=repeat)

    def join(self, layer: str, name: str, *others: "Pen", **parameters: Value) -> "Pen":
        """Draw a layer below this pen and the others; the tips of all are wired to it in order."""
        held = self.project.networks[self.network]
        spec, node = catalogue.get(layer), held.fresh_id()
        close = spec.pointwise or spec.category == "normalization"
        if self.tip:
            self.y = up(max(pen.y for pen in (self, *others)) + (STACKED if close else APART), GRID)
        AddNode(self.network, node, name, layer, parameters, (self.x, self.y)).apply(self.project)
        for place, pen in enumerate(pen for pen in (self, *others) if pen.tip):
            pen._wire(node, place)
        self.tip = node
        row = held.parameters(node) or catalogue.main_parameter(layer) or spec.category in ("data", "objective")
        self.y += HEIGHT if row else COMPACT
        return self

    def _wire(self, node: str, place: int) -> None:
        held = self.project.networks[self.network]
        source = ports(self.project, held, self.tip)[1][0]
        takes = ports(self.project, held, node)[0]
        target = f"{takes[0].name}.{place}" if takes[0].variadic else takes[place].name
        Connect(self.network, self.tip, source.name, node, target).apply(self.project)


def draw_block(project: Project, name: str, **arguments: int | float) -> Pen:
    """Add a network that blocks can stand for, its `arguments` with their defaults, and return a pen in it."""
    AddNetwork(name, {"arguments": arguments} if arguments else {}).apply(project)
    return Pen(project, name)


def set_data(project: Project, source: dict[str, Value] | None, **more: Value) -> None:
    """Choose the data that the template was made for; without a source the user chooses."""
    chosen = {} if source is None else {"source": source}
    SetSection("data", {**chosen, "split": {"validation": 0.2}, **more}).apply(project)


def set_training(project: Project, epochs: int = 20, batch_size: int = 64, lr: float = 1e-3, **more: Value) -> None:
    """Choose supervised training by AdamW with values that suit the template."""
    choices = {"recipe": "supervised", "epochs": epochs, "batch_size": batch_size}
    SetSection("training", {**choices, "optimizer": {"kind": "AdamW", "lr": lr}, **more, "seed": 0}).apply(project)
