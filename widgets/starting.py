"""Starting: training begins here, once the data that it needs was looked at."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from graphs.errors import UserError

if TYPE_CHECKING:
    from widgets.document import Document
    from widgets.problem_list import ProblemList
    from widgets.session import Session
    from widgets.settings import Settings

PATIENCE = 2000
"""Milliseconds for which a start waits for the look at the data; of data that takes longer, the run itself tells."""

NO_DATA = "No data is chosen yet. Choose where it comes from in the Data view."
LOOKING = "The data is being looked at; training begins then."


class Starting(QObject):
    """Trains the drawing as it stands, unless something stands in the way.

    changed: `obstacle` may differ. begun: a run has. refused: carries the UserError with what the look at the data
    found, for a start that waited for it.
    """

    changed = Signal()
    begun = Signal()
    refused = Signal(object)

    def __init__(
        self,
        document: "Document",
        session: "Session",
        settings: "Settings",
        problems: "ProblemList",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._session, self._settings, self._problems = document, session, settings, problems
        self._waiting = QTimer(self, singleShot=True, interval=PATIENCE)
        self._waiting.timeout.connect(self._begin_late)
        problems.looked.connect(self._go_on)
        document.replaced.connect(self.give_up)
        for signal in (problems.changed, document.edited, document.replaced):
            signal.connect(self.changed)

    @property
    def obstacle(self) -> str:
        """Why training cannot begin now, empty when it can."""
        if self._session.active is not None:
            return f"{self._session.active.title} is training already."
        if self._waiting.isActive():
            return LOOKING
        error = self._problems.first_error
        if error is not None:
            return error.message
        return "" if self._document.project.data.get("source") else NO_DATA

    def train(self) -> None:
        """Train the drawing as it stands, at once or when the data was looked at. Raises UserError for an obstacle."""
        if self.obstacle:
            raise UserError(self.obstacle)
        if self._problems.look():
            self._waiting.start()
            self.changed.emit()
        else:
            self._begin()

    def give_up(self) -> None:
        """Begin nothing that still waits."""
        self._waiting.stop()
        self.changed.emit()

    def _go_on(self) -> None:
        """Begin what waited for the look at the data, or say what that found."""
        if self._waiting.isActive():
            self._begin_late()

    def _begin_late(self) -> None:
        self.give_up()
        try:
            if self.obstacle:
                raise UserError(self.obstacle)
            self._begin()
        except UserError as error:
            self.refused.emit(error)

    def _begin(self) -> None:
        path = self._document.path
        go_on = self._settings["run_at_close"] == "go_on"
        self._session.start(self._document.project, path.parent if path else None, go_on=go_on)
        self.begun.emit()
