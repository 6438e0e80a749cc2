"""All that is wrong with the project on view, found once for everything that shows or counts it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from builder.checking import choice_problems
from graphs.problems import Problem
from widgets.document import Document

if TYPE_CHECKING:
    from widgets.panels.data_watch import DataWatch


class ProblemList(QObject):
    """The drawing's problems, those of the choices, and those of the data as soon as it was looked at.

    changed: `problems` differs. Root causes come before what follows from them; the data is spoken of when nothing
    else keeps the network from training. The report of `main` tells of its problems with the data too.
    looked: the data was looked at, and no other look is due.
    """

    changed = Signal()
    looked = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._data: DataWatch | None = None
        self._added: tuple[Problem, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        document.edited.connect(self.refresh)
        document.replaced.connect(self._start_over)
        self.refresh()

    @property
    def causes(self) -> tuple[Problem, ...]:
        """The problems that follow from no other."""
        return tuple(problem for problem in self.problems if problem.cause is None)

    @property
    def errors(self) -> int:
        """How many root causes keep the network from training."""
        return sum(problem.severity == "error" for problem in self.causes)

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return sum(problem.severity == "warning" for problem in self.causes)

    @property
    def first_error(self) -> Problem | None:
        """What keeps the network from training, if anything does."""
        return next((problem for problem in self.problems if problem.severity == "error"), None)

    def add_data(self, data: "DataWatch") -> None:
        """Count the problems of the data too, from now on."""
        self._data = data
        data.found.connect(self._take_data)
        self.refresh()

    def look(self) -> bool:
        """Look at the data if it may differ from what is known of it; tell whether a look goes on."""
        return self._data is not None and self._data.look_if_due()

    def refresh(self, *_: object) -> None:
        """Find out what is wrong now."""
        project = self._document.project
        drawn = tuple(
            problem
            for name in project.networks
            if not project.uses(name)
            for problem in self._document.report(name).own_problems
        )
        chosen = choice_problems(project)
        blocked = chosen or any(problem.severity == "error" for problem in drawn)
        added = self._data.problems if self._data is not None and not blocked else ()
        if added != self._added:
            self._added = added
            self._document.add_problems(added)
        found = (*drawn, *chosen, *added)
        if found != self.problems:
            self.problems = found
            self.changed.emit()

    def _take_data(self) -> None:
        self.refresh()
        if self._data is not None and not self._data.working:
            self.looked.emit()

    def _start_over(self) -> None:
        self._added = ()  # the new project has reports of its own
        self.refresh()
