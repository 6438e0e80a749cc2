"""Which columns of a table feed which input of a network and which are the targets of its outputs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.data import ends
from builder.data.assign import Bound, feed_inputs, feed_targets
from builder.data.choices import DATA, INDEX
from builder.data.ends import COPY, End
from builder.data.fits import Site, input_problems, nothing_to_learn, target_problems
from builder.data.table import IGNORE, INPUT, TARGET, Column, Table
from graphs.declarations import suggestion
from graphs.edits import SetSection
from graphs.parameters import Value
from graphs.problems import Fix, Problem
from graphs.project import MAIN, Project
from graphs.reporting import Report, report


@dataclass(frozen=True, slots=True)
class Use:
    """What becomes of one column: its role, the names of the nodes that it goes to, and why it is left out if it is."""

    role: str
    nodes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """How a table and a network fit together.

    inputs: in the order in which the network takes them. copies: for each output that gives an input back, the name
    of that input. uses: by column. index: whether categories go in as places in a list instead of one number a class.
    """

    inputs: tuple[Bound, ...] = ()
    targets: tuple[Bound, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    uses: Mapping[str, Use] = field(default_factory=dict)
    index: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep training from starting."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def bind(table: Table, project: Project, network: str = MAIN, drawn: Report | None = None) -> Binding:
    """Return how the table's columns feed the ends of a network of the project.

    Roles and nodes are the project's `data.columns` where it has them, and are found out where it has not. `drawn` is
    the network's report, if there is one already. Raises UserError when the data section holds a bad value.
    """
    choices = DATA.complete(project.data)
    drawn = drawn or report(project, network)
    site = Site(project, network)
    inputs, outputs = ends.inputs(site.network, drawn), ends.outputs(site.network, drawn)
    roles = _roles(table, choices["columns"], outputs)
    nodes = {name: chosen["node"] for name, chosen in choices["columns"].items() if chosen.get("node")}
    sound = [column for column in table.columns if not column.trouble]
    fed, spare = feed_inputs(inputs, [c for c in sound if roles[c.name] == INPUT], nodes)
    wanting = tuple(end for end in outputs if end.wants != COPY)
    aims, rest = feed_targets(wanting, [c for c in sound if roles[c.name] == TARGET], nodes)
    index = choices["categories"] == INDEX
    left_out = tuple(column for column in table.columns if column.reason and roles[column.name] == IGNORE)
    problems = [
        *_column_problems(site, table, choices["columns"], roles, (*inputs, *wanting)),
        *(p for b in fed for p in input_problems(site, b.end, _columns(table, b), index, left_out)),
        *(p for b in aims for p in target_problems(site, b.end, _columns(table, b))),
        *([] if outputs else nothing_to_learn(site, next((c for c in sound if roles[c.name] == TARGET), None))),
    ]
    return Binding(
        inputs=fed,
        targets=aims,
        copies={end.name: _original(end, inputs) for end in outputs if end.wants == COPY and inputs},
        uses=_uses(table, roles, (*fed, *aims), {*spare, *rest}),
        index=index,
        problems=tuple(problems),
    )


def _columns(table: Table, bound: Bound) -> tuple[Column, ...]:
    return tuple(table[name] for name in bound.columns)


def _roles(table: Table, chosen: Mapping[str, Mapping[str, Value]], outputs: Sequence[End]) -> dict[str, str]:
    asked = {end.column for end in outputs}
    # A target that the user chose goes before the one that the source proposed.
    named = asked & {c.name for c in table.columns} or {n for n, c in chosen.items() if c.get("role") == TARGET}
    roles = {}
    for column in table.columns:
        proposed = INPUT if named and column.role == TARGET else column.role
        proposed = TARGET if column.name in asked else proposed
        roles[column.name] = str(chosen[column.name].get("role", INPUT)) if column.name in chosen else proposed
    return roles


def _original(end: End, inputs: Sequence[End]) -> str:
    """Return the name of the input that an output gives back: the first of its shape, or else the first."""
    same = [i for i in inputs if i.spec is not None and end.spec is not None and i.spec.shape == end.spec.shape]
    return (same or [*inputs])[0].name


def _uses(table: Table, roles: Mapping[str, str], bounds: Iterable[Bound], spare: set[str]) -> dict[str, Use]:
    nodes: dict[str, tuple[str, ...]] = {}
    for bound in bounds:
        for name in bound.columns:
            nodes[name] = (*nodes.get(name, ()), bound.end.name)
    uses = {}
    for column in table.columns:
        role = roles[column.name]
        if column.name in nodes:
            uses[column.name] = Use(role, nodes[column.name])
        elif column.name in spare:
            why = "no output asks for it" if role == TARGET else "the network has no input left for it"
            uses[column.name] = Use(IGNORE, reason=why)
        else:
            uses[column.name] = Use(IGNORE, reason=column.trouble or (column.reason if role == column.role else ""))
    return uses


def _column_problems(
    site: Site,
    table: Table,
    chosen: Mapping[str, Mapping[str, Value]],
    roles: Mapping[str, str],
    known: Sequence[End],
) -> list[Problem]:
    """Return what is wrong with columns themselves, and with choices that name what is not there."""
    problems = []
    for column in table.columns:
        if column.trouble and roles[column.name] != IGNORE:
            drop = SetSection("data", {"columns": {**chosen, column.name: {"role": IGNORE}}})
            title = f"cannot be used: {column.trouble}"
            problems.append(site.problem("data-column", column.name, title, fixes=(Fix("Ignore it", drop, False),)))
    names = [end.name for end in known]
    for name, choice in chosen.items():
        rest = {other: entry for other, entry in chosen.items() if other != name}
        forget = (Fix("Forget this choice", SetSection("data", {"columns": rest})),)
        if name not in table:
            near = suggestion(name, [column.name for column in table.columns]).rstrip("?.")
            title = f"is chosen as a column, but {table.title} has none of that name{near}"
            problems.append(site.problem("data-column", name, title, fixes=forget))
        elif choice.get("node") and choice["node"] not in names:
            title = f"shall go to {choice['node']}, which is no input or output here"
            problems.append(site.problem("data-column", name, title, expected=", ".join(names), fixes=forget))
    return problems
