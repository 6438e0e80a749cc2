"""The scene: one network on view as arrays, kept current from the edits that happen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphs.annotations import dots
from graphs.checking.node_report import NOTHING
from graphs.edits import Edit, SetNetworkAttributes
from graphs.garbage import uncollected
from graphs.network import Network, Wire
from graphs.past import Past, Turn
from graphs.ports import BLOCK
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.reporting import Report
from widgets.canvas import states
from widgets.canvas.spoiling import Spoiling, in_place
from widgets.canvas.tables.board import Board
from widgets.canvas.tables.held import NONE_HELD, Held
from widgets.canvas.tables.inside import Inside, look_inside
from widgets.canvas.tables.node_face import Faces, NodeFace
from widgets.canvas.tables.node_geometry import Point, Rect
from widgets.canvas.tables.node_table import NodeTable
from widgets.canvas.tables.wire_geometry import STRAIGHT
from widgets.canvas.tables.wire_table import WireTable

_TIGHT = 12.0
_MOST_SPOILT = 64


class Scene:
    """Node and wire tables of one network. `revision` grows with everything that changes the picture.

    spoilt: where else the picture is another now than when `rest` last grew, but for what sticks out of these rects.
    within: the networks that hold this one, where it is the inside of an open block. insides: the open blocks here.
    held: what is in hand, drawn elsewhere than the network has it. board: its frames and notes.
    """

    def __init__(self, within: tuple[str, ...] = (), numbers: dict[NodeFace, int] | None = None) -> None:
        self.project = Project()
        self.name = MAIN
        self.report: Report | None = None
        self.within = within
        self.numbers: dict[NodeFace, int] = {} if numbers is None else numbers
        self.insides: dict[str, Inside] = {}
        self.nodes = NodeTable()
        self.wires = WireTable(self.nodes)
        self.revision = 0
        self.held = NONE_HELD
        self.spoilt: list[Rect] = []
        self._held_moves = self._carrying_moves = self._spoilings = 0
        self._faces = Faces()
        self._told: tuple[Problem, ...] = ()
        self._past: Past[_Tables] = Past()
        self.board = Board(self)

    @property
    def network(self) -> Network:
        """The network on view."""
        return self.project.networks[self.name]

    @property
    def flow(self) -> str:
        """`down` or `right`."""
        return self.nodes.flow

    @property
    def rest(self) -> int:
        """What grows with all that changes the picture of what is not in hand, other than in the `spoilt` places."""
        return self.revision - self._held_moves - self._spoilings

    @property
    def carried(self) -> int:
        """What grows with everything that changes the picture of what is carried in hand, but for where that is."""
        return self.revision - self._carrying_moves

    def let_go(self) -> None:
        """Nothing is in hand any more."""
        self.held = NONE_HELD
        self.revision += 1

    @uncollected()
    def load(self, project: Project, name: str, report: Report) -> None:
        """Show a network from scratch."""
        self.held = NONE_HELD
        self._past.forget()
        self.project, self.name, self.report = project, name, report
        self.nodes = NodeTable(self.network.flow, self.numbers)
        self.insides, self.spoilt = {}, []
        self.wires = WireTable(self.nodes)
        self._put([*self.network])
        for wire in self.network.wires():
            self.wires.put(wire, dots(self.network, wire))
        self.wires.route(self.wires.rows.values())
        self._tell_problems()
        self._tell_wires(self.wires.rows.values())
        self._mark_tight(self.nodes.rows.values())
        self.board.load()
        self.revision += 1

    def follow(self, edit: Edit, changed: Iterable[str], report: Report, turn: Turn | None = None) -> None:
        """Show what an edit did; `changed` are the nodes whose report is another now.

        turn: the states of the project between which it leads, so that what was drawn before comes back at once.
        """
        self.report = report
        if turn is not None and turn.large and self._return(turn):
            return
        touched, whole = touched_by(edit, self.name)
        if whole:
            self.load(self.project, self.name, report)
            return
        blocks = self.network.of_kind(BLOCK) if {*edit.named} - {self.name} else ()  # with other ports and costs now
        nodes = {*touched, *changed, *blocks}
        spoiling = Spoiling(self, nodes) if in_place(edit) else None
        self.refresh(nodes)
        self._note(spoiling.rects() if spoiling is not None else None)

    def _return(self, turn: Turn) -> bool:
        """Show again what was drawn in the state to which a step leads; tell whether that is remembered."""
        if self.held is not NONE_HELD or self.insides or self.nodes.boxes:
            self._past.forget()  # what is drawn is not what the network has, or goes by other networks
            return False
        if self.wires.shares_ports:
            return False
        found = self._past.turn(turn, _Tables(self.nodes, self.wires, self._told), _Tables.copy)
        if found is None:
            return False
        self.nodes, self.wires, self._told, self.spoilt = found.nodes, found.wires, found.told, []
        if self.report is not None and self.report.problems != found.told:
            self._tell_problems()
            self._tell_wires(self.wires.rows.values())
        self.revision += 1
        return True

    def _note(self, spoilt: list[Rect] | None) -> None:
        """Note what of the picture the change just made spoils: these rects, or anything."""
        if spoilt is None or len(self.spoilt) > _MOST_SPOILT:
            self.spoilt = []
        else:
            self.spoilt += spoilt
            self._spoilings += 1

    def tell_problems(self) -> None:
        """Mark nodes and wires anew: other checks than the drawing's own have found something, or nothing any more."""
        self._tell_problems()
        self._tell_wires(self.wires.rows.values())
        self.revision += 1

    def refresh(self, nodes: set[str]) -> None:
        """Bring nodes, and the wires at them, in line with the network and its report."""
        self.held = NONE_HELD
        gone = [node for node in nodes if node not in self.network and node in self.nodes]
        nodes = nodes | self._neighbours(gone)
        here = [node for node in nodes if node in self.network]
        before = {node: self.rect(node) for node in nodes if node in self.nodes}
        outlines = {node: self.nodes.outline(self.nodes.rows[node]) for node in before}
        self.wires.drop(self._wires_at(gone))
        self.nodes.drop(gone)
        for node in gone:
            self.insides.pop(node, None)
        self._put(here)
        moved = [rect for node in here if (rect := self.rect(node)) != before.get(node)]
        self._match_wires(here)
        changed = [node for node in here if self.nodes.outline(self.nodes.rows[node]) != outlines.get(node)]
        dirty = self._wires_at(changed) | self.wires.astray
        if moved or gone:
            dirty |= self.wires.crossing([*before.values(), *moved])
        self.wires.route(dirty)
        self._tell_problems()
        around = self._wires_at(here) | dirty
        self._tell_wires(around)
        ends = set(np.unique(self.wires.own[[*around]]).tolist())
        self._mark_tight(ends | {self.nodes.rows[node] for node in here})
        self.revision += 1

    def _neighbours(self, nodes: Iterable[str]) -> set[str]:
        """Return the nodes at both ends of the wires at `nodes`."""
        ends = np.unique(self.wires.own[[*self._wires_at(nodes)]])
        return {self.nodes.ids[end] for end in ends.tolist()}

    def _wires_at(self, nodes: Iterable[str]) -> set[int]:
        """Return the rows of the wires at `nodes`."""
        return {wire for node in nodes for wire in self.wires.of_node(self.nodes.rows[node])}

    def place(self, positions: Mapping[str, Point], *, settle: bool = False) -> None:
        """Draw nodes elsewhere than the network has them, as while they are in hand; `settle` routes all wires anew."""
        places = {self.nodes.rows[node]: place for node, place in positions.items() if node in self.nodes}
        rows = list(places)
        was = self.nodes.rects[rows]
        before = [self.nodes.rect(row) for row in rows] if settle else []
        self.nodes.lay(rows, [*places.values()])
        self.revision += 1
        if settle:
            self.held = NONE_HELD
            dirty = {wire for row in rows for wire in self.wires.of_node(row)}
            dirty |= self.wires.crossing([*before, *(self.nodes.rect(row) for row in rows)])
            self.wires.route(dirty)
            self._mark_tight({end for row in dirty for end in self.wires.own[row].tolist()})
        elif rows:
            self._carry(rows, self.nodes.rects[rows] - was)

    def _carry(self, rows: list[int], steps: npt.NDArray[np.float64]) -> None:
        """Let wires follow nodes in hand, which made these steps."""
        new = self.held.nodes != frozenset(rows)
        held = self.held = self._in_hand(rows) if new else self.held
        together = bool(np.allclose(steps, steps[0]))
        if together:
            self.wires.shift(held.inner, (float(steps[0, 0]), float(steps[0, 1])))
        loose = held.wires - held.inner if together else held.wires
        ends = np.unique(self.wires.own[np.fromiter(loose, dtype=np.int64)])
        passing = self.nodes.passing[ends]
        self.wires.route(loose)
        self._mark_tight(ends.tolist())
        others = ends[self.nodes.passing[ends] != passing].tolist()
        own = held.nodes.intersection(others)
        self._held_moves += not new and len(own) == len(others)
        self._carrying_moves += not new and together and not own

    def _in_hand(self, rows: list[int]) -> Held:
        """Return nodes, and the wires at them, as what is in hand."""
        wires = np.fromiter({wire for row in rows for wire in self.wires.of_node(row)}, dtype=np.int64)
        inner = np.isin(self.wires.own[wires], rows).all(axis=1)
        joints = np.unique(self.wires.own[wires[~inner]])
        return Held(*(frozenset(of.tolist()) for of in (np.array(rows), wires, wires[inner], joints)))

    def bend(self, ways: Mapping[Wire, tuple[Point, ...]]) -> None:
        """Draw wires through other dots than the network has, as while these are in hand."""
        rows = {self.wires.rows[wire]: way for wire, way in ways.items() if wire in self.wires.rows}
        for row, way in rows.items():
            self.wires.lead(row, way)
        self.wires.route(rows)
        self.revision += 1

    def hide(self, boxes: Mapping[str, Rect]) -> None:
        """Hide exactly these nodes, each in its box; wires that leave a box start at its edge, inner ones are gone."""
        wanted = {self.nodes.rows[node]: box for node, box in boxes.items() if node in self.nodes}
        changed = {row for row in {*wanted, *self.nodes.boxes} if wanted.get(row) != self.nodes.boxes.get(row)}
        self.nodes.boxes = wanted
        for row in changed:
            self.nodes.move(row, self.network.position(self.nodes.ids[row]))
        own = sorted({wire for row in {*changed, *wanted} for wire in self.wires.of_node(row)})
        ways = self.wires.ways(own)
        inner = [wire for wire in own if len({wanted.get(end, end) for end in self.wires.own[wire].tolist()}) == 1]
        self.wires.route(own)
        self.wires.boxes[inner] = np.nan
        self.revision += bool(changed) or self.wires.ways(own) != ways

    def position(self, node: str) -> Point:
        """Return where a node is drawn."""
        return self.nodes.position(self.nodes.rows[node])

    def rect(self, node: str) -> Rect:
        """Return left, top, right, bottom of a node."""
        return self.nodes.rect(self.nodes.rows[node])

    def closed_face(self, node: str) -> NodeFace:
        """Return the face of a node as if it were no open block."""
        report = self.report.nodes.get(node, NOTHING) if self.report is not None else NOTHING
        return self._faces.of(self.project, self.network, node, report)

    def _put(self, nodes: list[str]) -> None:
        """Show nodes as they are."""
        rows = []
        for node in nodes:
            held, face = self.network[node], self.closed_face(node)
            self.insides.pop(node, None)
            inside = look_inside(self, node) if held.get("open") else None
            if inside is not None:
                self.insides[node], face = inside, inside.face_of(face, self.flow)
            rows.append(self.nodes.put(node, face))
            self.nodes.mark(rows[-1], held.get("colour") or "", held.get("comment") or "")
        self.nodes.lay(rows, [self.network.position(node) for node in nodes])

    def _match_wires(self, nodes: list[str]) -> None:
        """Add and drop wires at nodes as the network has them."""
        network, at, shown = self.network, set(nodes), self.nodes.rows
        wanted = [wire for node in nodes for wire in network.wires_into(node) if wire.source in shown]
        wanted += (w for node in nodes for w in network.wires_from(node) if w.target not in at and w.target in shown)
        held = self._wires_at(nodes)
        rows = {self.wires.put(wire, dots(network, wire)) for wire in wanted}
        self.wires.drop(held - rows)

    def _tell_problems(self) -> None:
        """Mark every node with the worst of its problems."""
        self.nodes.problems[:] = states.CLEAR
        self._told = self.report.problems if self.report is not None else ()
        for problem in self._told:
            row = self.nodes.rows.get(problem.path[0] if problem.path else problem.node)
            if row is not None:
                worst = states.ERROR if problem.severity == "error" else states.WARNING
                mark = states.KNOCK_ON if problem.cause is not None else worst
                self.nodes.problems[row] = max(int(self.nodes.problems[row]), mark)

    def _tell_wires(self, rows: Iterable[int]) -> None:
        assert self.report is not None
        faulty = {(p.node, p.port) for p in self.report.problems if p.cause is None and p.port and not p.path}
        rows, kinds, conditions = [*rows], [], []
        for row in rows:
            wire = self.wires.wires[row]
            spec = self.report.nodes.get(wire.source, NOTHING).outputs.get(wire.source_port)
            state = states.PLAIN
            if faulty and not faulty.isdisjoint(
                ((wire.target, wire.target_port), (wire.target, wire.target_port.partition(".")[0]))
            ):
                state = states.FAULTY
            elif spec is None and self.nodes.problems[self.nodes.rows[wire.target]] == states.KNOCK_ON:
                state = states.WAITING
            kinds.append(spec.kind if spec is not None else "unknown")
            conditions.append(state)
        self.wires.set_states(rows, kinds, conditions)

    def _mark_tight(self, rows: Iterable[int]) -> None:
        """Note at which nodes the glyphs of the ports have no room: all wires of that edge are straight and short."""
        across, chosen = 0 if self.flow == "right" else 1, np.fromiter(rows, dtype=np.int64)
        own = np.fromiter({wire for row in chosen.tolist() for wire in self.wires.of_node(row)}, dtype=np.int64)
        ends, nodes = self.wires.ends[own], self.wires.own[own]
        long = (self.wires.styles[own] != STRAIGHT) | (np.abs(ends[:, across + 2] - ends[:, across]) > _TIGHT)
        flags = np.zeros(len(self.nodes.passing), dtype=np.int32)
        for side, flag in ((0, states.TIGHT_OUT), (1, states.TIGHT_IN)):
            wired, open_ = np.zeros(len(flags), dtype=bool), np.zeros(len(flags), dtype=bool)
            wired[nodes[:, side]] = True
            open_[nodes[long, side]] = True
            flags[wired & ~open_] |= flag
        self.nodes.passing[chosen] = self.nodes.passing[chosen] & ~(states.TIGHT_IN | states.TIGHT_OUT) | flags[chosen]


@dataclass(frozen=True, slots=True)
class _Tables:
    """What a scene shows, and the problems that it tells of."""

    nodes: NodeTable
    wires: WireTable
    told: tuple[Problem, ...]

    def copy(self) -> "_Tables":
        nodes = self.nodes.copy()
        return _Tables(nodes, self.wires.copy(nodes), self.told)


def touched_by(edit: Edit, network: str) -> tuple[frozenset[str], bool]:
    """Return the nodes of `network` that an edit names, and whether it concerns the network as a whole."""
    whole = any(isinstance(part, SetNetworkAttributes) and part.network == network for part in edit.parts)
    return edit.named.get(network, frozenset()), whole
