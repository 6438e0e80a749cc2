"""Going from one problem of the project to the next, and mending them: for the menu, the keys and the panel alike."""

from PySide6.QtCore import QObject, Signal

from graphs.errors import UserError
from graphs.problems import Fix, Problem
from widgets.document import Document
from widgets.panels.places import show_problem
from widgets.panels.steps import Steps
from widgets.problem_list import ProblemList
from widgets.selection import Selection

OF_DATA = ("data-source", "data-column", "bad-data")
_MOST_FIXES = 100


class ProblemActs(QObject):
    """What can be done about what is wrong.

    shown: a Problem was brought on view. data_asked: the data is to be seen, about which something is wrong that
    concerns no layer. fixed: carries the title of a remedy that was applied.
    """

    shown = Signal(object)
    data_asked = Signal()
    fixed = Signal(str)

    def __init__(
        self, document: Document, selection: Selection, found: ProblemList, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._found = document, selection, found
        self._steps = Steps(document)
        self._last: Problem | None = None

    @property
    def causes(self) -> tuple[Problem, ...]:
        """The problems that do not follow from another."""
        return self._found.causes

    @property
    def fixable(self) -> Problem | None:
        """The problem of the current node that can be mended, else the first that can."""
        able = [problem for problem in self.causes if problem.fixes]
        here = [problem for problem in able if problem.node and problem.node == self._selection.current]
        return next(iter((*here, *able)), None)

    def next(self, *, back: bool = False) -> None:
        """Go to the root cause after the one at hand, or the one before it; after the last comes the first."""
        causes = self.causes
        if causes:
            place = self._place(causes)
            step = -1 if back and place >= 0 else 0 if back else 1
            self.go(causes[(place + step) % len(causes)])

    def _place(self, causes: tuple[Problem, ...]) -> int:
        """Return which of the causes is at hand: the one shown last if its node still is current, else that of it."""
        here = self._selection.current
        if self._last in causes and self._last.node in ("", here):
            return causes.index(self._last)
        return next((place for place, cause in enumerate(causes) if cause.node and cause.node == here), -1)

    def go(self, problem: Problem) -> None:
        """Bring a problem on view: its layer, its network, or the data."""
        self._last = problem
        if not problem.node and problem.kind in OF_DATA:
            self.data_asked.emit()
        else:
            show_problem(self._document.project, self._selection, problem)
        self.shown.emit(problem)

    def fix(self, fix: Fix) -> None:
        """Apply a remedy, as one undo step."""
        try:
            self._steps.fix(fix)
        except UserError:  # the drawing changed in a way that the remedy does not fit any more
            self._found.refresh()
        else:
            self.fixed.emit(fix.title)

    def fix_next(self) -> None:
        """Apply the first remedy of the problem at hand."""
        if (problem := self.fixable) is not None:
            self.fix(problem.fixes[0])

    def fix_safe(self) -> None:
        """Apply the safe remedies one after the other, each to the drawing as the one before left it."""
        tried: set[tuple[str, ...]] = set()
        for _ in range(_MOST_FIXES):
            safe = ((cause, fix) for cause in self.causes for fix in cause.fixes if fix.safe)
            cause, fix = next(((c, f) for c, f in safe if key_of(c) not in tried), (None, None))
            if cause is None or fix is None:
                return
            tried.add(key_of(cause))
            self.fix(fix)


def key_of(problem: Problem) -> tuple[str, ...]:
    """Return what tells a problem from others after the drawing changed."""
    return (problem.kind, problem.network, problem.node, problem.port, problem.title, *problem.path)
