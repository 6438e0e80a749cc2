"""The declaration of a layer: one plain value from which palette, form, file, shapes, cost, module and code follow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from graphs.declarations import Declaration
from graphs.dimensions import Dim
from graphs.parameters import Value
from graphs.tensors import TensorSpec

# The categories of the library, in order: id and label. Colours and icons go by the id.
CATEGORIES = {
    "data": "Data",
    "convolution": "Convolution",
    "linear": "Linear",
    "recurrent": "Recurrent",
    "attention": "Attention",
    "normalization": "Normalization",
    "activation": "Activation",
    "pooling": "Pooling",
    "shape": "Shape and merge",
    "objective": "Objective",
    "block": "Block",
}


@dataclass(frozen=True, slots=True)
class Port:
    """A named place for a wire. A variadic input takes any number, in order, written `inputs.0`, `inputs.1`..."""

    name: str
    doc: str = ""
    optional: bool = False
    variadic: bool = False
    least: int = 1


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would mend a refusal, in terms of the graph: the report turns it into edits.

    action: `insert` a layer of kind `layer` with `parameters` on the wire into the refusing port, `set` parameters
    of the node itself, or `replace` the node's kind by `layer`.
    """

    title: str
    action: str
    layer: str = ""
    parameters: Mapping[str, Value] = field(default_factory=dict)


class Refusal(Exception):
    """A shape rule's "no": who refuses is the caller's knowledge; what came and what was expected is the rule's."""

    def __init__(self, title: str, came: str, expected: str, port: str = "", remedies: tuple[Remedy, ...] = ()) -> None:
        super().__init__(title, came, expected)
        self.title = title
        self.came = came
        self.expected = expected
        self.port = port
        self.remedies = remedies


@dataclass(slots=True)
class Call:
    """One layer with its resolved parameters and incoming specs: what every rule of a declaration reads."""

    spec: "LayerSpec"
    parameters: dict[str, Value]
    inputs: Mapping[str, tuple[TensorSpec, ...]]
    outputs: Mapping[str, TensorSpec] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        return self.parameters[name]

    @property
    def input(self) -> TensorSpec:
        """The spec on the first port."""
        return self.inputs[self.spec.inputs[0].name][0]

    @property
    def output(self) -> TensorSpec:
        """The spec on the first output."""
        return self.outputs[self.spec.outputs[0].name]

    def given(self, port: str) -> TensorSpec | None:
        """Return the spec on `port`, None when nothing is wired to it."""
        specs = self.inputs.get(port, ())
        return specs[0] if specs else None


class Wires(tuple[str, ...]):
    """The names on a variadic port: `{inputs}` writes all with commas between, `{inputs[0]}` the first."""

    def __str__(self) -> str:
        return ", ".join(self)


ShapeRule: TypeAlias = Callable[[Call], "TensorSpec | Mapping[str, TensorSpec]"]
WeightRule: TypeAlias = Callable[[Call], Mapping[str, tuple[int, ...]]]
CostRule: TypeAlias = Callable[[Call], Dim]


def no_weights(call: Call) -> Mapping[str, tuple[int, ...]]:
    """Return no parameters."""
    return {}


def no_macs(call: Call) -> Dim:
    """Return no multiply-accumulates."""
    return 0


@dataclass(frozen=True, kw_only=True)
class Objective:
    """What an output node asks of training.

    losses: choices of the node's `loss` parameter, each the dotted name of a torch function
    `loss(output, target, reduction=...)`. target: `class` (N,) int64, `binary` (N,) or like the output, `number` like
    the output, or `input` (the network's own input, so that no column is needed). metrics: names for
    `builder.training.metrics`, the first of which is the one shown beside the loss.
    """

    losses: Mapping[str, str]
    target: str
    metrics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LayerSpec(Declaration):
    """A kind of layer.

    module: dotted name of the torch module (or of one in `builder.modules`); empty for a plain function. Its
    constructor takes, by keyword, the parameters that are arguments and `fixed`, which nobody chooses.
    call: the expression that runs it, a format string over `{self}` (the module), the input ports (see Wires) and the
    parameters, or a function from the Call to such a string; further lines are statements over the output ports.
    `targets` is the left-hand side over the output ports where the call returns more than one tensor.
    `statements` puts these together.
    shape: rule from a Call to output specs; raises Refusal. weights: state names and shapes of the module's parameters.
    macs: multiply-accumulates of one sample.
    """

    category: str
    module: str = ""
    inputs: tuple[Port, ...] = (Port("input"),)
    outputs: tuple[Port, ...] = (Port("output"),)
    shape: ShapeRule
    weights: WeightRule = no_weights
    macs: CostRule = no_macs
    call: str | Callable[[Call], str] = "{self}({input})"
    targets: str | Callable[[Call], str] = ""
    fixed: Mapping[str, Value] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    objective: Objective | None = None
    pointwise: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        Declaration.__post_init__(self)
        assert self.category in CATEGORIES, f"{self.name}: no category {self.category}"

    def arguments(self, call: Call) -> dict[str, Value]:
        """Return the keyword arguments of the module's constructor."""
        return {p.name: call[p.name] for p in self.parameters if p.argument} | dict(self.fixed)

    def statements(
        self, call: Call, module: str, inputs: Mapping[str, str | Sequence[str]], outputs: Mapping[str, str]
    ) -> list[str]:
        """Return the lines of Python that run the layer; `inputs` and `outputs` name the variable of each port.

        The right-hand side reads inputs, the left-hand side and further lines name outputs: a port may be both.
        """
        values = {name: repr(value) for name, value in call.parameters.items()}
        wires = {port: name if isinstance(name, str) else Wires(name) for port, name in inputs.items()}
        targets = (self.targets if isinstance(self.targets, str) else self.targets(call)) or "{output}"
        lines = (self.call if isinstance(self.call, str) else self.call(call)).split("\n")
        run = lines[0].format_map(values | wires | {"self": module})
        return [
            f"{targets.format_map(outputs)} = {run}",
            *(line.format_map(values | dict(outputs)) for line in lines[1:]),
        ]

    def input_port(self, name: str) -> Port | None:
        """Return the input port that `name` means: `inputs.1` is the variadic port `inputs`."""
        return _port(self.inputs, name)

    def output_port(self, name: str) -> Port | None:
        """Return the output port called `name`."""
        return _port(self.outputs, name)


def _port(ports: tuple[Port, ...], name: str) -> Port | None:
    base, _, place = name.partition(".")
    for port in ports:
        if port.name == base and port.variadic == bool(place) and (not place or place.isdecimal()):
            return port
    return None
