"""The commands that go through the problems of a drawing and mend them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphs.problems import Problem
from widgets.commands.command import Command
from widgets.document import Document
from widgets.selection import Selection

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


class ProblemActs:
    """Goes from one root cause to the next, and applies what mends it."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        canvas: "Callable[[], CanvasView]",
        show_data: Callable[[], object],
        fixed: Callable[[str], object],
    ) -> None:
        self._document = document
        self._selection = selection
        self._canvas = canvas
        self._show_data = show_data
        self._fixed = fixed

    @property
    def causes(self) -> list[Problem]:
        """The problems that do not follow from another."""
        return [problem for problem in self._document.report().problems if problem.cause is None]

    @property
    def fixable(self) -> Problem | None:
        """The problem of the current node that can be mended, else the first that can."""
        able = [problem for problem in self.causes if problem.fixes]
        here = [problem for problem in able if problem.node == self._selection.current]
        return next(iter((*here, *able)), None)

    def next(self) -> None:
        """Go to the problem after the one at the current node; to the data, if nothing else is wrong."""
        causes = [problem for problem in self.causes if problem.node]
        places = [problem.node for problem in causes]
        current = self._selection.current
        after = places.index(current) + 1 if current in places else 0
        if not causes and self.causes:
            self._show_data()
        if causes:
            problem = causes[after % len(causes)]
            self._selection.show(problem.network, problem.path)
            self._selection.select([problem.node])
            self._canvas().reveal(problem.node)

    def fix(self) -> None:
        """Apply the first remedy of the problem at hand, as one undo step."""
        problem = self.fixable
        if problem is not None:
            self._document.perform(problem.fixes[0].edit)
            self._fixed(problem.fixes[0].title)


def problem_commands(
    document: Document,
    selection: Selection,
    canvas: "Callable[[], CanvasView]",
    in_project: Callable[[], bool],
    show_data: Callable[[], object],
    fixed: Callable[[str], object],
) -> tuple[Command, ...]:
    """Return the commands.

    show_data: shows the data, where what is wrong with it concerns no layer. fixed: is told the title of a remedy that
    was applied.
    """
    acts = ProblemActs(document, selection, canvas, show_data, fixed)

    def fix_title() -> str:
        problem = acts.fixable if in_project() else None
        return problem.fixes[0].title if problem is not None else "Fix the problem"

    return (
        Command(
            id="network.next_problem", title="Next problem", run=acts.next, menu="Network", group=3,
            shortcuts=("F8",), icon="error", enabled=lambda: in_project() and bool(acts.causes),
        ),
        Command(
            id="network.fix", title=fix_title,
            run=acts.fix, menu="Network", group=3, shortcuts=("Ctrl+.",), icon="fix",
            enabled=lambda: in_project() and acts.fixable is not None,
        ),
    )  # fmt: skip
