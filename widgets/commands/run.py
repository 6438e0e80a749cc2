"""The commands of the Run menu: train, pause, stop, and on which device."""

from collections.abc import Callable

from builder.events import Pause, Resume, Snapshot
from builder.states import State
from widgets.commands.command import Command
from widgets.frame.device_picker import device_entries
from widgets.session import Session
from widgets.starting import Starting


class RunActs:
    """What the Run menu does. `starting` is there while a project is open."""

    def __init__(self, session: Session, starting: Callable[[], Starting]) -> None:
        self._session = session
        self._starting = starting

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
        return self._starting().obstacle

    def train(self) -> None:
        """Train the drawing as it stands."""
        self._starting().train()

    def pause(self) -> None:
        """Pause the run, or go on with it."""
        self._session.control(Resume() if self.paused else Pause())

    def snapshot(self) -> None:
        """Keep the weights as they are now."""
        self._session.control(Snapshot())


def run_commands(
    session: Session, in_project: Callable[[], bool], starting: Callable[[], Starting]
) -> tuple[Command, ...]:
    """Return the commands of the Run menu; `starting` is called while a project is open."""
    acts = RunActs(session, starting)
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
