"""Turns a network into the PyTorch module that a person would write for it: what is run, shown and exported."""

from dataclasses import dataclass

from builder.generating.layout import STEP, WIDTH
from builder.generating.names import class_name
from builder.generating.uses import Uses
from builder.generating.writer import Line, Writer
from graphs.errors import UserError
from graphs.ports import INLET
from graphs.project import MAIN, Project
from graphs.reporting import Report, report
from graphs.tensors import TensorSpec

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Lines:
    """The numbers, from 1, of the lines that stand for one node: where it is made, and where it runs."""

    init: tuple[int, ...] = ()
    forward: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Generated code. `lines` says for each network, by name, and each node, by id, where it is found in the text."""

    text: str
    lines: dict[str, dict[str, Lines]]
    class_name: str

    def node_at(self, line: int) -> tuple[str, str] | None:
        """Return the network and the node that a line stands for, the first where it stands for several."""
        for network, nodes in self.lines.items():
            for node, lines in nodes.items():
                if line in lines.forward or line in lines.init:
                    return network, node
        return None


def source(project: Project, network: str = MAIN) -> str:
    """Return the code of a network's module, which needs torch alone. Raises UserError as `generate` does."""
    return generate(project, network).text


def generate(project: Project, network: str = MAIN, known: Report | None = None) -> Source:
    """Return the code of a network's module with the places of its nodes.

    `known` is the network's report, where there is a current one already. The same project gives the same text.
    Raises UserError that names the first problem of a network with errors.
    """
    if network not in project.networks:
        raise UserError(f"There is no network {network!r}; there are: {', '.join(project.networks)}.")
    title = _title(project, network)
    told = known or report(project, network)
    fatal = [problem for problem in told.problems if problem.severity == "error" or problem.kind == "unknown-layer"]
    if fatal:
        raise UserError(f"{title} cannot run yet: {fatal[0].message}")
    if project.networks[network].of_kind(INLET):
        raise UserError(f"{title} is a block, whose code is written with that of a network in which it stands.")
    uses = Uses(project, network, told)
    if not uses.root.flow.outputs:
        raise UserError(f"{title} cannot run yet: it has no output.")
    top_class = class_name(project.title if network == MAIN else network, ())
    writer = Writer(project, network, top_class, _docstring(title, uses))
    for name, found in uses.by_network.items():
        writer.network(name, found)
    return _source(writer.finished(), top_class)


def _source(written: list[Line], top_class: str) -> Source:
    places: dict[str, dict[str, dict[str, list[int]]]] = {}
    for number, line in enumerate(written, 1):
        for node in line.nodes:
            places.setdefault(line.network, {}).setdefault(node, {}).setdefault(line.part, []).append(number)
    lines = {
        network: {node: Lines(**{part: tuple(found) for part, found in parts.items()}) for node, parts in nodes.items()}
        for network, nodes in places.items()
    }
    return Source("\n".join(line.text for line in written) + "\n", lines, top_class)


def _title(project: Project, network: str) -> str:
    """Return the title as it may stand in a docstring, between three quotes and on one line."""
    title = " ".join(project.title.split()) or "Untitled"
    plain = "".join(sign if sign.isprintable() and sign not in '\\"' else "'" for sign in title)
    return plain[:LONGEST_TITLE] if network == MAIN else f"{plain[:LONGEST_TITLE]}: {network}"


def _docstring(title: str, uses: Uses) -> list[str]:
    """Return the docstring: the title, and the shapes that go in and come out, N standing for the batch."""
    root = uses.root
    network, nodes = root.flow.network, root.report.nodes
    came = [(network.name(node), next(iter(nodes[node].outputs.values()))) for node in root.flow.inputs]
    gone = [(network.name(node), nodes[node].inputs["input"][0]) for node in root.flow.outputs]
    taken = ", ".join(f"{name} {_shape(spec)}" for name, spec in came)
    given = ", ".join(f"{name} {_shape(spec)}" for name, spec in gone)
    line = f'"""{title}: {taken} -> {given}."""'
    if len(STEP) + len(line) <= WIDTH:
        return [line]
    rows = [f"{name}: {_shape(spec)}" for name, spec in came]
    returned = [f"returns {name}: {_shape(spec)}" for name, spec in gone]
    return [f'"""{title}.', "", *rows, *returned, '"""']


def _shape(spec: TensorSpec) -> str:
    axes = [str(length) for length in spec.shape]
    axes.insert(spec.batch_axis, "N")
    return f"({', '.join(axes)})" if len(axes) > 1 else "(N,)"
