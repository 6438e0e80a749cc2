"""Document: the project on view, its undo history, its live reports, its file and its recovery journal."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphs import files
from graphs.edits import Edit, Group
from graphs.errors import EditProblem
from graphs.past import Turn
from graphs.project import MAIN, Project

if TYPE_CHECKING:
    from graphs.filing import atomic
    from graphs.problems import Problem
    from graphs.reporting import Report, Reporter


_MANY = 2000
"""Layers of a project through which Python's search for garbage takes longer than a frame may."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one edit did: the edit itself, the network on which it acted, and the nodes whose report differs now.

    turn: the states of the project between which it leads.
    """

    edit: Edit
    network: str
    nodes: frozenset[str]
    turn: Turn
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """An edit that was carried out, the one that takes it back, and the numbers of the states that they lead to."""

    edit: Edit
    back: Edit
    before: int
    after: int


class Document(QObject):
    """The one holder of a project in the window; all views read from it and change it by edits.

    Every `perform` is one undo step. Listeners get the edit that happened, after the reports are current again.
    placing: gives what a remedy adds the room that it needs where it is drawn.
    problems_added: what other checks say of `main`, beside what its drawing tells, is another thing now.
    """

    edited = Signal(object)
    problems_added = Signal()
    replaced = Signal()
    history_changed = Signal()
    saved = Signal()
    file_lost = Signal()

    def __init__(self, project: Project | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.path: Path | None = None
        self.stamp: atomic.Stamp | None = None  # what the file was like when it was last saved from here
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._state = self._states = 0  # the number of the state that is there, and the last one given
        self._clean_at: int | None = 0
        self._reporters: dict[str, Reporter] = {}
        self._observers: list[Callable[[Edit], None]] = []
        self._held = ""
        self.placing: Callable[[Edit], Edit] = lambda edit: edit

    @property
    def project(self) -> Project:
        """The project on view; an empty one before any was shown."""
        if self._project is None:
            self._project = Project()
        return self._project

    @property
    def blank(self) -> bool:
        """Whether no project was shown or asked for yet: nothing need be made ready for work on one."""
        return self._project is None

    @property
    def held(self) -> bool:
        """Whether a thread reads the project, or a file that is to take its place, so that no edit may come between."""
        return bool(self._held)

    @property
    def dirty(self) -> bool:
        """Whether there is anything that the file does not hold yet."""
        return self._clean_at != len(self._done)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    @property
    def undo_title(self) -> str:
        """What the next undo takes back, in words."""
        return self._done[-1].edit.title if self._done else ""

    @property
    def redo_title(self) -> str:
        """What the next redo does again, in words."""
        return self._undone[-1].edit.title if self._undone else ""

    def journal_to(self, observer: Callable[[Edit], None]) -> None:
        """Let `observer` have every edit as it happens, undo and redo included, before any view does."""
        self._observers.append(observer)

    def report(self, network: str = MAIN, path: tuple[str, ...] = ()) -> "Report":
        """Return the current report of a network, or of the use of it that `path` (block nodes from main) names."""
        if not path:
            return self._reporter(network).report
        report = self._reporter(MAIN).report
        for node in path:
            inner = report.nodes[node].inner if node in report.nodes else None
            if inner is None:  # the use cannot be worked out: shapes come from the network by itself
                return self._reporter(network).report
            report = inner
        return report

    def add_problems(self, problems: "Iterable[Problem]") -> None:
        """Let the report of `main` tell of problems that its drawing does not know, in place of those added before."""
        self._reporter(MAIN).report.add(problems)
        self.problems_added.emit()

    @contextmanager
    def hold(self, why: str) -> Iterator[None]:
        """Take no edits for a while; `why` is the sentence that whoever tries one is told."""
        before, self._held = self._held, why
        try:
            yield
        finally:
            self._held = before

    def perform(self, edit: Edit, going_on: Edit | None = None, part_of: Edit | None = None) -> None:
        """Carry out `edit` as one undo step. Raises EditProblem, with nothing changed, when it does not fit.

        going_on: a step that sets the very same things; if it is the last one, and no file holds it, both become one.
        part_of: a step that this one completes, as the name does that of something new; the same holds for it.
        A project of a newer version takes no edits: no file could hold them together with what only that version knows.
        """
        self._refuse_while_held()
        if self.project.read_only:
            title = self.project.title
            raise EditProblem(f"{title} was written by a newer version and is open for reading. Update to change it.")
        inverse = edit.apply(self.project)
        if self._clean_at is not None and self._clean_at > len(self._done):
            self._clean_at = None  # the saved state lies on a branch that this step cuts off
        self._states += 1
        step = Step(edit, inverse, self._state, self._states)
        if self._done and self._clean_at != len(self._done):
            last = self._done[-1]
            if last.edit is going_on:
                self._done.pop()
                step = Step(edit, last.back, last.before, step.after)
            elif last.edit is part_of:
                self._done.pop()
                title = last.edit.title
                both = Group((last.edit, edit), title), Group((inverse, last.back), title)
                step = Step(*both, last.before, step.after)
        self._done.append(step)
        self._undone.clear()
        self._tell(edit, step.after, undone=False)

    def undo(self) -> None:
        """Take the last step back."""
        self._refuse_while_held()
        if self._done:
            step = self._done.pop()
            step.back.apply(self.project)
            self._undone.append(step)
            self._tell(step.back, step.before, undone=True)

    def redo(self) -> None:
        """Do the last step that was taken back again."""
        self._refuse_while_held()
        if self._undone:
            step = self._undone.pop()
            self._done.append(replace(step, back=step.edit.apply(self.project)))
            self._tell(step.edit, step.after, undone=False)

    def replace(
        self, project: Project, path: Path | None = None, *, dirty: bool = False, reporter: "Reporter | None" = None
    ) -> None:
        """Show a whole other project, with an empty history; `reporter` is that of its `main`, if made already."""
        self._project, self.path, self.stamp = project, path, None
        self._done.clear()
        self._undone.clear()
        self._reporters = {MAIN: reporter} if reporter is not None else {}
        self._clean_at = None if dirty else 0
        self.replaced.emit()
        self.history_changed.emit()
        if sum(map(len, project.networks.values())) >= _MANY:
            gc.collect()  # what was there before; Python would look for it soon, while the hand is at work

    def save(self, path: Path) -> None:
        """Write the project to `path`, which it belongs to from then on. Raises FileProblem; then nothing changed."""
        self.keep(path, files.save(self.project, path))

    def keep(self, path: Path, stamp: "atomic.Stamp") -> None:
        """Take note that the file at `path`, which the project belongs to from now on, holds it as it is."""
        self.path, self.stamp = path, stamp
        self._clean_at = len(self._done)
        self.saved.emit()
        self.history_changed.emit()

    def lose_file(self) -> None:
        """Count everything as unsaved: the file does not hold the project any more."""
        self._clean_at = None
        self.file_lost.emit()
        self.history_changed.emit()

    def _refuse_while_held(self) -> None:
        if self._held:
            raise EditProblem(f"{self._held} Try again when that is done.")

    def _reporter(self, network: str) -> "Reporter":
        from graphs.reporting import Reporter  # not before a project is shown: it brings half of networkx

        if network not in self._reporters:
            self._reporters[network] = Reporter(self.project, network)
        return self._reporters[network]

    def _tell(self, edit: Edit, state: int, *, undone: bool) -> None:
        for observer in self._observers:
            observer(edit)
        turn = Turn(self._state, state, sum(len(nodes) for nodes in edit.named.values()))
        self._state = state
        network = _first_network(edit)
        nodes: frozenset[str] = frozenset()
        for name, reporter in self._reporters.items():
            changed = reporter.update(edit, turn)
            nodes |= changed if name == network else frozenset()
        held = {reporter.report.network: reporter for reporter in self._reporters.values()}  # one may be renamed
        self._reporters = {name: reporter for name, reporter in held.items() if name in self.project.networks}
        self.edited.emit(Change(edit, network or MAIN, nodes, turn, undone))
        self.history_changed.emit()


def _first_network(edit: Edit) -> str:
    if isinstance(edit, Group):
        return next((name for inner in edit.edits if (name := _first_network(inner))), "")
    return str(getattr(edit, "network", ""))
