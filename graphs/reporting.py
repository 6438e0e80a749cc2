"""The report of a network: shapes, cost and problems of every node, kept current edit by edit."""

from collections.abc import Iterable, Iterator, Mapping

from graphs.checking.node_report import NodeReport
from graphs.checking.shared import Shared
from graphs.checking.telling import tell
from graphs.checking.touching import touched_by
from graphs.checking.walk import Walk
from graphs.dimensions import Dim
from graphs.edits import Edit
from graphs.errors import UserError
from graphs.garbage import uncollected
from graphs.past import Past, Turn
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.tensors import DTYPES, TensorSpec

__all__ = ["NodeReport", "Report", "Reporter", "extend", "report"]

WEIGHT_BYTES = DTYPES["float32"]


class Report:
    """What is known of one network. The report of a Reporter follows its edits; any other stays as it is."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._added: tuple[Problem, ...] = ()
        self._told: tuple[int, tuple[Problem, ...]] = (-1, ())
        self._sorted: tuple[int, tuple[str, ...]] = (-1, ())

    def show(self, walk: Walk) -> None:
        """Tell what another walk of the network found."""
        self._walk = walk

    @property
    def network(self) -> str:
        """The name of the network."""
        return self._walk.name

    @property
    def arguments(self) -> Mapping[str, int | float]:
        """The arguments for which a block is reported."""
        return self._walk.arguments

    @property
    def order(self) -> tuple[str, ...]:
        """All nodes, sources first."""
        if self._sorted[0] != self._walk.version:
            rank = self._walk.order.rank
            self._sorted = (self._walk.version, tuple(sorted(rank, key=rank.__getitem__)))
        return self._sorted[1]

    @property
    def nodes(self) -> Mapping[str, NodeReport]:
        """The report of each node, by id."""
        return self._walk.nodes

    @property
    def specs(self) -> Mapping[str, Mapping[str, TensorSpec]]:
        """What each node puts out, by id and port; ports whose shape cannot be told are absent."""
        return _Specs(self._walk.nodes)

    @property
    def parameters(self) -> int:
        """The numbers that training sets."""
        return self._walk.parameters

    @property
    def macs(self) -> Dim:
        """Multiply-accumulates of one sample, going forward."""
        return self._walk.macs

    @property
    def parts(self) -> int:
        """How many layers and weights there are, with those in all copies of its blocks."""
        return self._walk.parts

    @property
    def weight_bytes(self) -> int:
        """Memory of all parameters as float32."""
        return self._walk.parameters * WEIGHT_BYTES

    @property
    def activation_bytes(self) -> Dim:
        """Memory of everything that one sample leaves on the wires."""
        return self._walk.activation_bytes

    @property
    def weights(self) -> dict[str, tuple[int, ...]]:
        """Shapes of all parameters by their key in a state dict; shared ones once, under their owner."""
        walk = self._walk
        return {
            f"{walk.called(node)}.{state}": shape
            for node in self.order
            if node not in walk.sharers
            for state, shape in walk.nodes[node].weights.items()
        }

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong: errors before warnings, each root cause followed by what only waits for it."""
        return self.own_problems + self._added

    @property
    def own_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the drawing itself, without what other checks found."""
        self.tell()
        return self._told[1]

    def tell(self) -> None:
        """Put the problems into words, if that is not done yet for the network as it is."""
        if self._told[0] != self._walk.shared.edition:
            self._told = (self._walk.shared.edition, tell(self._walk))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the network from running."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that do not."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    def add(self, problems: Iterable[Problem]) -> None:
        """Show these problems, found by other checks, after the report's own, in place of those added before."""
        self._added = tuple(problems)


def extend(to: Report, problems: Iterable[Problem]) -> Report:
    """Return the report with `problems` that other checks found, in place of those added before."""
    to.add(problems)
    return to


class _Specs(Mapping[str, Mapping[str, TensorSpec]]):
    """The outputs of each node, read from its report."""

    def __init__(self, nodes: Mapping[str, NodeReport]) -> None:
        self._nodes = nodes

    def __getitem__(self, node: str) -> Mapping[str, TensorSpec]:
        return self._nodes[node].outputs

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


class Reporter:
    """Keeps the report of one network current while its project is edited."""

    @uncollected()
    def __init__(self, project: Project, network: str = MAIN) -> None:
        if network not in project.networks:
            raise UserError(f"The project has no network {network!r}; there are: {', '.join(project.networks)}.")
        self.project = project
        self._shared = Shared(project)
        self._walk = Walk(self._shared, network, project.networks[network].arguments)
        self._past: Past[Walk] = Past()
        self.report = Report(self._walk)

    def update(self, edit: Edit, turn: Turn | None = None) -> frozenset[str]:
        """Take in an edit that was applied just now; return the nodes whose report or problems may differ.

        turn: the states of the project between which it leads, so that one that was there before comes back at once.
        """
        walk = self._walk
        self._shared.edition += 1
        touched = touched_by(edit, walk.name, self._shared.project)
        if touched.others or touched.whole or touched.renamed is not None:
            self._past.forget()  # it holds reports of blocks, whose networks may be others now
        elif turn is not None and turn.large and touched.nodes and not walk.shares_ports:
            found = self._past.turn(turn, walk, Walk.copy)
            if found is not None:
                return self._return_to(found)
        if touched.renamed is not None:
            walk.rename(touched.renamed)
        walk.look_up()
        network = walk.network
        if touched.others:
            stale = self._shared.forget(touched.others)
            here = (node for node in walk.blocks if node in network)  # the edit may have removed some
            uses = {node for node in here if network.parameters(node).get("network") in stale}
            touched.nodes |= uses | {wire.target for node in uses for wire in network.wires_from(node)}
        if touched.whole:
            walk.forget_arguments(network.arguments)
            touched.nodes |= {*network, *walk.nodes}
        return frozenset(walk.refresh(touched.nodes)) if touched.nodes or touched.others else frozenset()

    def _return_to(self, walk: Walk) -> frozenset[str]:
        """Tell again what a walk found when the network was as it is now; return the nodes of which that differs."""
        left, walk.version = self._walk, self._walk.version + 1
        self._walk = walk
        walk.look_up()
        self.report.show(walk)
        return walk.differing(left)


def report(project: Project, network: str = MAIN) -> Report:
    """Report one network of a project. Raises UserError when there is none of that name."""
    found = Reporter(project, network).report
    found.tell()
    return found
