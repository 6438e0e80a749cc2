"""The commands of the Run menu: train, pause, stop, and on which device."""

from collections.abc import Callable

from builder.events import Pause, Resume, Snapshot
from builder.states import State
from graphs.problems import Problem
from widgets.commands.command import Command
from widgets.document import Document
from widgets.frame.device_picker import device_entries
from widgets.session import Session
from widgets.settings import Settings


class RunActs:
    """What the Run menu does; `show_training` brings the curves on view once a run has begun.

    first_error: what keeps the project on view from training, if anything does.
    """

    def __init__(
        self,
        document: Document,
        session: Session,
        settings: Settings,
        first_error: Callable[[], Problem | None],
        show_training: Callable[[], object],
    ) -> None:
        self._document = document
        self._first_error = first_error
        self._session = session
        self._settings = settings
        self._show_training = show_training

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._session.active is not None

    @property
    def paused(self) -> bool:
        """Whether the run under way is paused."""
        return self._session.active is not None and self._session.active.state is State.PAUSED

    def obstacle(self) -> str:
        """Return why training cannot begin, empty when it can."""
        if self.busy:
            return "A run is under way."
        error = self._first_error()
        return error.message if error is not None else ""

    def train(self) -> None:
        """Train the drawing as it stands."""
        path = self._document.path
        go_on = self._settings["run_at_close"] == "go_on"
        self._session.start(self._document.project, path.parent if path else None, go_on=go_on)
        self._show_training()

    def pause(self) -> None:
        """Pause the run, or go on with it."""
        self._session.control(Resume() if self.paused else Pause())

    def snapshot(self) -> None:
        """Keep the weights as they are now."""
        self._session.control(Snapshot())


def run_commands(
    document: Document,
    session: Session,
    settings: Settings,
    in_project: Callable[[], bool],
    first_error: Callable[[], Problem | None],
    show_training: Callable[[], object],
) -> tuple[Command, ...]:
    """Return the commands of the Run menu."""
    acts = RunActs(document, session, settings, first_error, show_training)
    return (
        Command(
            id="run.train", title="Train", run=acts.train, menu="Run", shortcuts=("Ctrl+R",), icon="play",
            enabled=lambda: in_project() and not acts.obstacle(),
            obstacle=lambda: acts.obstacle() if in_project() else "Open a project first.",
        ),
        Command(
            id="run.pause", title=lambda: "Resume" if acts.paused else "Pause", run=acts.pause, menu="Run",
            shortcuts=("Ctrl+Shift+Space",), icon="pause", enabled=lambda: acts.busy,
        ),
        Command(
            id="run.stop", title="Stop", run=session.stop, menu="Run", shortcuts=("Ctrl+Shift+R",), icon="stop",
            enabled=lambda: acts.busy, summary="End the run; its weights are kept",
        ),
        Command(
            id="run.snapshot", title="Snapshot", run=acts.snapshot, menu="Run", group=1, icon="snapshot",
            enabled=lambda: acts.busy, summary="Keep the weights as they are now",
        ),
        Command(
            id="run.device", title="Device", run=acts.train, menu="Run", group=2, icon="device",
            entries=lambda: device_entries(session),
        ),
    )  # fmt: skip
