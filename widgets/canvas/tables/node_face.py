"""What one node shows: its texts, ports and marks as a value that can be compared and drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from graphs import catalogue
from graphs.checking.node_report import NOTHING, NodeReport
from graphs.network import Network
from graphs.parameters import Boolean, Choice, Parameter, Size, Value
from graphs.ports import BLOCK as BLOCK_KIND
from graphs.ports import INLET, OUTLET, ports
from graphs.project import Project
from graphs.spec import LayerSpec, Port
from graphs.tensors import TensorSpec
from widgets.canvas import states
from widgets.canvas.tables.node_geometry import node_size, port_places

UNKNOWN = "unknown"
_SHOWN_VALUES = ("in_features", "out_features", "loss")
_MOST_FACES = 20_000
_PLAIN_ENTRIES = {"name", "layer", "parameters", "position"}
_SPECIAL_KINDS = (BLOCK_KIND, INLET, OUTLET)
_SHORT = {"padding": "pad", "in_channels": "in", "num_layers": "layers", "num_heads": "heads", "hidden_size": "hidden"}


@dataclass(frozen=True, slots=True)
class PortFace:
    """One place for a wire: `name` as wires write it (`inputs.1`), `place` in px from the middle of its edge."""

    name: str
    kind: str
    wired: bool
    place: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One parameter in the row of a node; an expression stands in the link colour."""

    text: str
    expression: bool = False


@dataclass(frozen=True, slots=True)
class NodeFace:
    """Everything that the picture of one node depends on, but for the theme, the zoom and passing states.

    slot: the first and last place of the variadic input, whose name is `variadic`. width, height: px at 100 %, `height`
    without the second outline of a block. shape: of the first output; reshapes: whether it differs from what came in.
    """

    name: str
    kind: str
    category: str
    row: tuple[Piece, ...]
    count: str
    chip: str
    inputs: tuple[PortFace, ...]
    outputs: tuple[PortFace, ...]
    slot: tuple[float, float] | None
    variadic: str
    marks: int
    shape: str
    reshapes: bool
    width: float
    height: float


_Bare = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a face shows but for the name. parameters, values: as text and pieces, so that they can be compared."""

    kind: str
    parameters: str
    values: tuple[Value, ...]
    marks: int
    count: int
    came: TensorSpec | None
    made: TensorSpec | None
    inputs: tuple[_Bare, ...]
    variadic: str
    outputs: tuple[_Bare, ...]
    flow: str


_Nameless = tuple[Any, ...]


class Faces:
    """Makes the faces of nodes; what nodes that differ in their name alone have in common is worked out once.

    Layers with nothing wrong are told apart by the very report that equal ones share, all others by what they show.
    """

    def __init__(self) -> None:
        self._known: dict[_Facts, _Nameless] = {}
        self._reported: dict[tuple[Any, ...], tuple[NodeReport, _Nameless]] = {}

    def of(self, project: Project, network: Network, node: str, report: NodeReport = NOTHING) -> NodeFace:
        """Return the face of a node as the network and its report have it now."""
        held = network[node]
        kind = held["layer"]
        if kind in _SPECIAL_KINDS or not report.known or report.faults:
            return NodeFace(str(held["name"]), *self._shown(project, network, node, report))
        wired = (*network.ports_into(node), None, *network.ports_from(node))
        marks = _marks(held, kind, known=True)
        key = (id(report), kind, repr(held["parameters"]), marks, network.flow, wired)
        told = self._reported.get(key)
        if told is None:
            if len(self._reported) >= _MOST_FACES:
                self._reported.clear()
            told = self._reported[key] = (report, self._shown(project, network, node, report))  # which keeps its id
        return NodeFace(str(held["name"]), *told[1])

    def _shown(self, project: Project, network: Network, node: str, report: NodeReport) -> _Nameless:
        facts = _facts(project, network, node, report)
        known = self._known.get(facts)
        if known is None:
            if len(self._known) >= _MOST_FACES:
                self._known.clear()
            face = _nameless(facts, network.parameters(node), _sure(report))
            known = self._known[facts] = tuple(getattr(face, field.name) for field in fields(face)[1:])
        return known


def _facts(project: Project, network: Network, node: str, report: NodeReport) -> _Facts:
    held = network[node]
    kind, spec, values = held["layer"], catalogue.find(held["layer"]), _sure(report)
    into, out = ports(project, network, node)
    inputs, variadic = _inputs(network, node, into, report.inputs)
    return _Facts(
        kind,
        repr(held["parameters"]),
        tuple(values.get(name) for name in _SHOWN_VALUES) if spec is not None else (),
        _marks(held, kind, known=spec is not None),
        report.parameters,
        next((specs[0] for specs in report.inputs.values() if specs), None),
        next(iter(report.outputs.values()), None),
        tuple(inputs),
        variadic,
        tuple(_outputs(network, node, out, report.outputs)),
        network.flow,
    )


def _sure(report: NodeReport) -> Mapping[str, Value]:
    """Return the values that were worked out, none where the layer refuses what came: they may mean nothing then."""
    return report.values if report.known else {}


def _nameless(facts: _Facts, drawn: Mapping[str, Value], values: Mapping[str, Value]) -> NodeFace:
    """Return a face without its name; `drawn` and `values` are the parameters and what they were worked out to."""
    kind, spec, made = facts.kind, catalogue.find(facts.kind), facts.made
    row = _arguments(drawn) if kind == BLOCK_KIND else _row(spec, drawn, values, facts.came)
    if facts.marks & (states.PILL | states.PLACEHOLDER):
        row = ()
    inputs, outputs, flow = facts.inputs, facts.outputs, facts.flow
    slots = len(inputs) if facts.variadic else 0
    width, height = node_size(max(len(inputs), len(outputs)), slots, has_row=bool(row), flow=flow)
    edge = height if flow == "right" else width
    placed_inputs = _placed(inputs, edge, flow, variadic=bool(facts.variadic))
    return NodeFace(
        name="",
        kind=_kind_text(kind, drawn, spec),
        category=_category(kind, spec),
        row=row,
        count=count_text(facts.count) if facts.count and row else "",
        chip=_chip(drawn) if kind == BLOCK_KIND else "",
        inputs=placed_inputs,
        outputs=_placed(outputs, edge, flow),
        slot=(placed_inputs[0].place, placed_inputs[-1].place) if facts.variadic else None,
        variadic=facts.variadic,
        marks=facts.marks,
        shape="" if made is None else str(made),
        reshapes=made is not None and (facts.came is None or facts.came.shape != made.shape),
        width=width,
        height=height,
    )


def has_row(kind: str, drawn: Mapping[str, Value]) -> bool:
    """Tell whether a node of this kind, with these parameters and nothing wired to it yet, has a row under its name."""
    return bool(_arguments(drawn) if kind == BLOCK_KIND else _row(catalogue.find(kind), drawn, {}, None))


def count_text(number: int) -> str:
    """Return a count of parameters in short: `432`, `4.6 K`, `1.2 M`."""
    for factor, unit in ((10**9, "G"), (10**6, "M"), (10**3, "K")):
        if number >= factor:
            return f"{number / factor:.1f} {unit}"
    return str(number)


def _marks(held: Mapping[str, Value], kind: str, *, known: bool) -> int:
    if known and held.keys() == _PLAIN_ENTRIES and kind not in _SPECIAL_KINDS:
        return 0
    return (
        (states.FROZEN if held.get("frozen") else 0)
        | (states.BYPASSED if held.get("bypassed") else 0)
        | (states.DISABLED if held.get("disabled") else 0)
        | (states.SHARED if held.get("shares") else 0)
        | (states.PINNED if held.get("pinned") else 0)
        | (states.BLOCK if kind == BLOCK_KIND else 0)
        | (states.PILL if kind in (INLET, OUTLET) else 0)
        | (states.PLACEHOLDER if not known and kind not in _SPECIAL_KINDS else 0)
    )


def _kind_text(kind: str, parameters: Mapping[str, Value], spec: LayerSpec | None) -> str:
    if kind == BLOCK_KIND:
        return str(parameters.get("network", "Block"))
    if kind in (INLET, OUTLET):
        return "block inlet" if kind == INLET else "block outlet"
    return kind if spec is not None else "Unknown layer"


def _category(kind: str, spec: LayerSpec | None) -> str:
    if kind == BLOCK_KIND:
        return "block"
    return "shape" if spec is None else spec.category


def _chip(parameters: Mapping[str, Value]) -> str:
    repeat = parameters.get("repeat", 1)
    return "" if repeat in (1, "1") else f"×{repeat}"


def _arguments(parameters: Mapping[str, Value]) -> tuple[Piece, ...]:
    given = parameters.get("arguments") or {}
    return tuple(Piece(f"{name} {value}", isinstance(value, str)) for name, value in given.items())


def _row(
    spec: LayerSpec | None, drawn: Mapping[str, Value], values: Mapping[str, Value], came: TensorSpec | None
) -> tuple[Piece, ...]:
    if spec is None:
        return ()
    if spec.objective is not None:
        return _objective(spec, values, came)
    if flow := _features(spec, drawn, values):
        return (Piece(flow), *_row_pieces(spec, drawn, skip="out_features"))
    return _row_pieces(spec, drawn)


def _objective(spec: LayerSpec, values: Mapping[str, Value], came: TensorSpec | None) -> tuple[Piece, ...]:
    """Return what an end of the network learns: `10 classes · cross-entropy`."""
    assert spec.objective is not None
    classes = came.shape[0] if came is not None and came.shape and spec.objective.target == "class" else None
    count = (Piece(f"{classes} classes"),) if isinstance(classes, int) else ()
    default = spec.default(spec.parameter("loss")) if "loss" in {p.name for p in spec.choices} else ""
    loss = str(values.get("loss", default)).replace("_", "-")
    return (*count, Piece(loss)) if loss else count


def _features(spec: LayerSpec, drawn: Mapping[str, Value], values: Mapping[str, Value]) -> str:
    """Return `1024 → 128` for a layer from features to features whose sizes are known numbers."""
    before, after = values.get("in_features"), values.get("out_features")
    known = isinstance(before, int) and isinstance(after, int) and not isinstance(drawn.get("out_features"), str)
    return f"{before} → {after}" if known else ""


def _row_pieces(spec: LayerSpec, drawn: Mapping[str, Value], skip: str = "") -> tuple[Piece, ...]:
    main = catalogue.main_parameter(spec.name)
    always = (main, "kernel_size") if main else ()
    pieces = []
    for parameter in spec.choices:
        if parameter.name != skip and (parameter.name in drawn or parameter.name in always):
            value = drawn[parameter.name] if parameter.name in drawn else _default(spec.name, parameter.name)
            if text := _text(parameter, value, parameter.name == main):
                pieces.append(Piece(text, isinstance(value, str) and not isinstance(parameter, Choice)))
    return tuple(pieces)


@cache
def _default(kind: str, parameter: str) -> Value:
    spec = catalogue.get(kind)
    return spec.default(spec.parameter(parameter))


def _text(parameter: Parameter, value: Value, main: bool) -> str:
    name = _SHORT.get(parameter.name, parameter.name.replace("_", " "))
    if isinstance(parameter, Boolean):
        return name if value else f"no {name}"
    if isinstance(value, list | tuple):
        same = len(set(value)) == 1 and parameter.name != "kernel_size"
        shown = str(value[0]) if same else "×".join(str(axis) for axis in value)
    else:
        shown = str(value)
    if isinstance(parameter, Size) and parameter.name == "kernel_size":
        return shown
    if main:
        return shown if parameter.name != "hidden_size" else f"hidden {shown}"
    if isinstance(parameter, Choice):
        return shown.replace("_", "-")
    if parameter.name in ("shape", "classes"):
        return shown if parameter.name == "shape" else f"{shown} classes"
    return f"{name} {shown}"


def _inputs(
    network: Network, node: str, declared: tuple[Port, ...], came: Mapping[str, tuple[TensorSpec, ...]]
) -> tuple[list[_Bare], str]:
    """Return name, kind and whether wired of every input, and the name of the variadic one."""
    wires = network.ports_into(node)
    variadic = next((port.name for port in declared if port.variadic), "")
    found = []
    for port in declared:
        kinds = [spec.kind for spec in came.get(port.name, ())]
        names = [w for w in wires if w.partition(".")[0] == port.name] if port.variadic else [port.name]
        for place, name in enumerate(names or [f"{port.name}.0"]):
            kind = kinds[place] if place < len(kinds) else UNKNOWN
            found.append((name, kind, name in wires))
    return found, variadic


def _outputs(network: Network, node: str, declared: tuple[Port, ...], made: Mapping[str, TensorSpec]) -> list[_Bare]:
    wired = network.ports_from(node)
    return [(p.name, made[p.name].kind if p.name in made else UNKNOWN, p.name in wired) for p in declared]


def _placed(ports_of: Sequence[_Bare], edge: float, flow: str, *, variadic: bool = False) -> tuple[PortFace, ...]:
    places = port_places(len(ports_of), edge, flow, variadic=variadic)
    return tuple(PortFace(name, kind, wired, at) for (name, kind, wired), at in zip(ports_of, places, strict=True))
