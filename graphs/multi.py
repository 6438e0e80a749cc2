"""Edits of several layers at once: shared parameters, find and replace, another kind, marks on and off."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from graphs import catalogue
from graphs.edits import Edit, Group, ReplaceLayer, SetAttributes, SetParameters
from graphs.errors import EditProblem, UserError, ValueProblem
from graphs.network import Network, node_order
from graphs.parameters import Parameter, Value
from graphs.project import Project

# Marks that a node has or has not, with the words of the undo menu for setting and for taking off.
MARKS = {
    "bypassed": ("Bypass", "Stop bypassing"),
    "disabled": ("Disable", "Enable"),
    "frozen": ("Freeze", "Unfreeze"),
    "pinned": ("Pin", "Unpin"),
}


@dataclass(frozen=True)
class SharedParameter:
    """A parameter that several layers have, and the value that each of them has, by node."""

    parameter: Parameter
    values: Mapping[str, Value]

    @property
    def mixed(self) -> bool:
        """Whether the layers differ."""
        first, *others = self.values.values()
        return any(value != first for value in others)

    @property
    def value(self) -> Value:
        """The value that all have; that of the first where they are mixed."""
        return next(iter(self.values.values()))


@dataclass(frozen=True)
class Hit:
    """A place where a value was found: the parameter of a node, and the value as it is there."""

    network: str
    node: str
    parameter: Parameter
    value: Value


def shared_parameters(network: Network, nodes: Collection[str]) -> tuple[SharedParameter, ...]:
    """Return the parameters that all these layers have and take the same values for, in the order of the first.

    A layer of a kind that is not known shares none. Two parameters are the same when name, kind and range are; their
    defaults may differ.
    """
    ordered = sorted(nodes, key=node_order)
    specs = {kind: catalogue.find(kind) for kind in dict.fromkeys(network.kind(node) for node in ordered)}
    known = [spec for spec in specs.values() if spec is not None]
    if not known or len(known) < len(specs):
        return ()
    found = []
    for parameter in known[0].choices:
        if all(_bare(parameter) in map(_bare, spec.choices) for spec in known[1:]):
            found.append(SharedParameter(parameter, {node: _now(network, node, parameter.name) for node in ordered}))
    return tuple(found)


def _bare(parameter: Parameter) -> Parameter:
    """Return the parameter without what does not matter to the values it takes."""
    return replace(parameter, default=None, doc="", unit="", argument=True)


def set_on_all(project: Project, network: str, nodes: Collection[str], values: Mapping[str, Value]) -> Group:
    """Return the edit that sets parameters of several layers; what has the value already is left alone.

    Raises UserError where a layer does not take a value, naming the layer.
    """
    held = project.networks[network]
    edits = []
    for node in sorted(nodes, key=node_order):
        spec = catalogue.find(held.kind(node))
        try:
            wanted = dict(values) if spec is None else spec.check(values)
        except ValueProblem as problem:
            raise ValueProblem(f"{held.name(node)}, {problem.where}", problem.got, problem.expected) from None
        except UserError as error:
            raise EditProblem(f"{held.name(node)}: {error}") from None
        new = {name: value for name, value in wanted.items() if _now(held, node, name) != value}
        if new:
            edits.append(SetParameters(network, node, new))
    what = next(iter(values)) if len(values) == 1 else f"{len(values)} parameters"
    return Group(tuple(edits), f"Set {what} of {_layers(held, [edit.node for edit in edits])}")


def _now(network: Network, node: str, name: str) -> Value:
    """Return the value of a parameter, its default where it has no other."""
    spec = catalogue.find(network.kind(node))
    default = None if spec is None else spec.default(spec.parameter(name))
    return network.parameters(node).get(name, default)


def find_value(
    project: Project,
    network: str,
    parameter: str,
    value: Value,
    nodes: Collection[str] | None = None,
    kind: str = "",
) -> Iterator[Hit]:
    """Yield where a parameter has a value, set or by default, in nodes of a network or, with None, in all of them.

    parameter: its name, or empty for whichever takes the value. kind: only layers of this kind, if given. The value
    is compared as each parameter reads it, so 3 finds a kernel of 3x3.
    """
    held = project.networks[network]
    for node in sorted(held if nodes is None else nodes, key=node_order):
        spec = catalogue.find(held.kind(node))
        if spec is None or (kind and held.kind(node) != kind):
            continue
        for choice in spec.choices:
            if (
                parameter in ("", choice.name)
                and takes(choice, value)
                and _same(choice, _now(held, node, choice.name), value)
            ):
                yield Hit(network, node, choice, _now(held, node, choice.name))


def takes(parameter: Parameter, value: Value) -> bool:
    """Tell whether a parameter takes a value."""
    try:
        parameter.check(value)
    except UserError:
        return False
    return True


def _same(parameter: Parameter, now: Value, value: Value) -> bool:
    wanted = parameter.check(value)
    return type(wanted) is type(now) and bool(wanted == now)


def replace_value(
    project: Project,
    network: str,
    parameter: str,
    old: Value,
    new: Value,
    nodes: Collection[str] | None = None,
    kind: str = "",
) -> Group:
    """Return the edit that puts `new` wherever `find_value` finds `old`.

    Raises UserError where a layer does not take the new value, and EditProblem where nothing is found.
    """
    hits = [*find_value(project, network, parameter, old, nodes, kind)]
    if not hits:
        raise EditProblem(f"No {parameter or 'parameter'} is {old!r} here.")
    by_node: dict[str, dict[str, Value]] = {}
    for hit in hits:
        by_node.setdefault(hit.node, {})[hit.parameter.name] = new
    parts = [part for node, values in by_node.items() for part in set_on_all(project, network, [node], values).edits]
    where = _layers(project.networks[network], by_node)
    return Group(tuple(parts), f"Replace {parameter or 'values'} of {where}")


def replace_layers(project: Project, network: str, nodes: Collection[str], kind: str) -> Group:
    """Return the edit that makes several layers another kind, each keeping what fits; UserError for no such kind."""
    catalogue.get(kind)
    held = project.networks[network]
    changed = [node for node in sorted(nodes, key=node_order) if held.kind(node) != kind]
    edits: list[Edit] = [ReplaceLayer(network, node, kind) for node in changed]
    return Group(tuple(edits), f"Make {_layers(held, changed)} {kind}")


def toggle(project: Project, network: str, nodes: Collection[str], mark: str) -> Group:
    """Return the edit that sets a mark (see MARKS) on all layers, or takes it off where all have it."""
    if mark not in MARKS:
        raise EditProblem(f"A layer cannot be {mark!r}; it can be {', '.join(MARKS)}.")
    held = project.networks[network]
    without = [node for node in sorted(nodes, key=node_order) if not held[node].get(mark)]
    on, off = MARKS[mark]
    if without:
        edits = [SetAttributes(network, node, {mark: True}) for node in without]
        return Group(tuple(edits), f"{on} {_layers(held, without)}")
    edits = [SetAttributes(network, node, {}, (mark,)) for node in sorted(nodes, key=node_order)]
    return Group(tuple(edits), f"{off} {_layers(held, nodes)}")


def _layers(network: Network, nodes: Collection[str]) -> str:
    """Return a layer by its name, several by their number."""
    return network.name(next(iter(nodes))) if len(nodes) == 1 else f"{len(nodes)} layers"
