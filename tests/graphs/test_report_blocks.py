"""Blocks edited from outside and from inside, in any order: the live report says what one made anew says."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from graphs.edits import (
    AddNetwork,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    Group,
    Move,
    RemoveNode,
    Rename,
    RenameNetwork,
    ReplaceLayer,
    SetAttributes,
    SetNetworkAttributes,
    SetParameters,
)
from graphs.errors import UserError
from graphs.network import Network
from graphs.ports import BLOCK, INLET, OUTLET
from graphs.reporting import Reporter, report
from tests.graphs.sketch import with_block
from tests.graphs.test_report_updates import facts

NUMBERS = st.integers(0, 1000)
NETWORKS = st.sampled_from(["main", "stage", "inner", "nowhere"])
WIDTHS: list[Any] = [8, 16, 2.0, "2 * width", "width", "depth"]
KINDS = ["Linear", "ReLU", "Conv2d", "Add", BLOCK, INLET, OUTLET, "Output"]
PORTS = ["input", "output", "inputs.0", "inputs.1", "name0", "name1", "given", "made"]


class Blocks(RuleBasedStateMachine):
    """One project with blocks in blocks, and live reports of all its networks."""

    def __init__(self) -> None:
        super().__init__()
        self.project = with_block(uses=2).project
        self._apply(*nested())
        self.reporters = {name: Reporter(self.project, name) for name in self.project.networks}
        self.done: list[Edit] = []

    def _apply(self, *edits: Edit) -> None:
        for edit in edits:
            edit.apply(self.project)

    def _do(self, edit: Edit, *, back: bool = False) -> None:
        try:
            inverse = edit.apply(self.project)
        except UserError:
            return
        if not back:
            self.done.append(inverse)
        for reporter in self.reporters.values():
            reporter.update(edit)
        self.reporters = {found.report.network: found for found in self.reporters.values()}

    def _network(self, number: int) -> tuple[str, Network]:
        return [*self.project.networks.items()][number % len(self.project.networks)]

    def _node(self, number: int, which: int, *kinds: str) -> tuple[str, str]:
        name, network = self._network(number)
        nodes = network.of_kind(*kinds) if kinds else [*network]
        return name, nodes[which % len(nodes)] if nodes else ""

    @rule(number=NUMBERS, which=NUMBERS, stands_for=NETWORKS)
    def stand_for_another_network(self, number: int, which: int, stands_for: str) -> None:
        self._do(SetParameters(*self._node(number, which, BLOCK), {"network": stands_for}))

    @rule(number=NUMBERS, which=NUMBERS, width=st.sampled_from([1, 2, 8, 2.5, "width", "other"]))
    def give_an_argument(self, number: int, which: int, width: Any) -> None:
        self._do(SetParameters(*self._node(number, which, BLOCK), {"arguments": {"width": width}}))

    @rule(number=NUMBERS, which=NUMBERS, name=st.sampled_from(["arguments", "repeat"]))
    def take_back_a_parameter(self, number: int, which: int, name: str) -> None:
        self._do(SetParameters(*self._node(number, which, BLOCK), {}, (name,)))

    @rule(number=NUMBERS, which=NUMBERS, times=st.integers(1, 3))
    def repeat(self, number: int, which: int, times: int) -> None:
        self._do(SetParameters(*self._node(number, which, BLOCK), {"repeat": times}))

    @rule(number=NUMBERS, values=st.dictionaries(st.sampled_from(["width", "depth"]), st.sampled_from([1, 2, 2.0, 4])))
    def declare_arguments(self, number: int, values: dict[str, Any]) -> None:
        self._do(SetNetworkAttributes(self._network(number)[0], {"arguments": values}))

    @rule(number=NUMBERS, which=NUMBERS, width=st.sampled_from(WIDTHS))
    def widen(self, number: int, which: int, width: Any) -> None:
        self._do(SetParameters(*self._node(number, which, "Linear"), {"out_features": width}))

    @rule(number=NUMBERS, kind=st.sampled_from(KINDS), name=st.integers(0, 5), place=st.integers(0, 9))
    def add(self, number: int, kind: str, name: int, place: int) -> None:
        network, held = self._network(number)
        given = {"network": "inner"} if kind == BLOCK else {}
        self._do(AddNode(network, held.fresh_id(), f"name{name}", kind, given, (8 * place, 80 * place)))

    @rule(number=NUMBERS, which=NUMBERS)
    def remove(self, number: int, which: int) -> None:
        self._do(RemoveNode(*self._node(number, which)))

    @rule(number=NUMBERS, which=NUMBERS, name=st.integers(0, 5))
    def rename(self, number: int, which: int, name: int) -> None:
        self._do(Rename(*self._node(number, which), f"name{name}"))

    @rule(number=NUMBERS, which=NUMBERS, place=st.integers(-9, 9))
    def move_a_port(self, number: int, which: int, place: int) -> None:
        network, node = self._node(number, which, INLET, OUTLET)
        self._do(Move(network, {node: (8 * place, 0)}))

    @rule(number=NUMBERS, which=NUMBERS, kind=st.sampled_from(KINDS))
    def replace(self, number: int, which: int, kind: str) -> None:
        self._do(ReplaceLayer(*self._node(number, which), kind))

    @rule(number=NUMBERS, which=NUMBERS, name=st.sampled_from(["disabled", "bypassed"]), on=st.booleans())
    def switch(self, number: int, which: int, name: str, on: bool) -> None:
        self._do(SetAttributes(*self._node(number, which), {name: True} if on else {}, () if on else (name,)))

    @rule(number=NUMBERS, which=NUMBERS, owner=NUMBERS)
    def share(self, number: int, which: int, owner: int) -> None:
        self._do(SetAttributes(*self._node(number, which), {"shares": self._node(number, owner)[1]}))

    @rule(number=NUMBERS, a=NUMBERS, b=NUMBERS, out=st.sampled_from(PORTS), into=st.sampled_from(PORTS))
    def connect(self, number: int, a: int, b: int, out: str, into: str) -> None:
        network, source = self._node(number, a)
        self._do(Connect(network, source, out, self._node(number, b)[1], into))

    @rule(number=NUMBERS, which=NUMBERS)
    def cut(self, number: int, which: int) -> None:
        network, held = self._network(number)
        if wires := [*held.wires()]:
            w = wires[which % len(wires)]
            self._do(Disconnect(network, w.source, w.source_port, w.target, w.target_port))

    @rule(old=st.sampled_from(["stage", "inner", "other"]), new=st.sampled_from(["stage", "inner", "other"]))
    def rename_network(self, old: str, new: str) -> None:
        self._do(RenameNetwork(old, new))

    @rule(number=NUMBERS, which=NUMBERS, times=st.integers(1, 3), width=st.sampled_from(WIDTHS))
    def several_at_once(self, number: int, which: int, times: int, width: Any) -> None:
        block, inside = self._node(0, which, BLOCK), self._node(number, which, "Linear")
        edits = (SetParameters(*block, {"repeat": times}), SetParameters(*inside, {"out_features": width}))
        self._do(Group(edits, "Several"))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self._do(self.done.pop(), back=True)

    @invariant()
    def live_is_as_new(self) -> None:
        for name, live in self.reporters.items():
            assert facts(live.report) == facts(report(self.project, name)), name


def nested() -> list[Edit]:
    """The edits that put a block called `inner` into the network `stage`, with ports and a width of its own."""
    return [
        AddNetwork("inner", {"arguments": {"width": 4}}),
        AddNode("inner", "i1", "given", INLET, {}, (0, 0)),
        AddNode("inner", "i2", "fc", "Linear", {"out_features": "2 * width"}, (0, 80)),
        AddNode("inner", "i3", "made", OUTLET, {}, (0, 160)),
        Connect("inner", "i1", "output", "i2", "input"),
        Connect("inner", "i2", "output", "i3", "input"),
        AddNode("stage", "s1", "name0", BLOCK, {"network": "inner"}, (200, 80)),
    ]


TestBlocks = Blocks.TestCase
TestBlocks.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
