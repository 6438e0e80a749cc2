"""What a run keeps on the disk while it goes on: its checkpoints, the best weights, and patience with a full disk."""

import math
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from torch import Tensor

from builder import weights
from builder.events import Checkpointed
from builder.runs import BEST
from builder.session import Session
from builder.training import checkpoints, circumstances
from builder.training.checkpoints import RESUME, Position
from builder.training.setup import Setup
from graphs.errors import FileProblem

SAVE_EVERY = 10.0  # seconds at least between two checkpoints of a run with short epochs
LONGEST_UNSAVED = 300.0  # seconds after which one is written in the middle of an epoch too


class Keeper:
    """Writes a run's checkpoints.

    rest: what the driver does while the disk takes nothing; it hears controls and takes a moment.
    """

    def __init__(self, session: Session, setup: Setup, rest: Callable[[], None]) -> None:
        self.best: Mapping[str, Tensor] | None = None
        self._session = session
        self._setup = setup
        self._rest = rest
        self._best_is_new = False
        self._began = time.monotonic()
        self._last = -math.inf  # the first epoch is kept at once: without a checkpoint there is no resuming

    @property
    def due(self) -> bool:
        """Whether the last checkpoint was long enough ago for another."""
        return time.monotonic() - self._last > SAVE_EVERY

    @property
    def overdue(self) -> bool:
        """Whether so much work is not kept yet that the end of the epoch is too far."""
        return time.monotonic() - max(self._began, self._last) > LONGEST_UNSAVED

    def restore(self, position: Position) -> dict[str, float]:
        """Put back the run's last checkpoint, if there is one, into `position` and the setup's parts.

        Returns the schedule's state, and says what else is not as it was. Raises FileProblem for a checkpoint that
        cannot be used.
        """
        folder, setup = self._session.run.checkpoints, self._setup
        if not (folder / RESUME).is_file():
            return {}
        sums = setup.objectives.sums()
        state, before = checkpoints.load_resume(folder / RESUME, setup.module, setup.optimizer, sums, position)
        for change in circumstances.changes(before, circumstances.of(setup)):
            self._session.log(change, "warning")
        if (folder / BEST).is_file():
            self.best = weights.read(folder / BEST)
        return state

    def keep_best(self) -> None:
        """Remember the weights as they are now as the best; the next checkpoint holds them."""
        self.best = {name: value.detach().clone() for name, value in self._setup.module.state_dict().items()}
        self._best_is_new = True

    def save(self, position: Position) -> None:
        """Write the weights now, the best ones if they are new, and what a resume needs.

        What a resume reads comes last: it must not speak of best weights that are not on the disk.
        """
        self.save_best(position)
        self._write("last", self._setup.module.state_dict(), position)
        setup, path = self._setup, self._session.run.checkpoints / RESUME
        parts = (setup.module, setup.optimizer, setup.objectives.sums(), position, setup.schedule.state())
        around = circumstances.of(setup)
        self._patiently(lambda: checkpoints.save_resume(path, *parts, around))
        self._last = time.monotonic()

    def save_best(self, position: Position) -> None:
        """Write the best weights where those on the disk are older."""
        if self._best_is_new and self.best is not None:
            self._write("best", self.best, position)
            self._best_is_new = False

    def snapshot(self, position: Position) -> None:
        """Write the weights as they are now under the number of the step."""
        self._write(f"step-{position.step}", self._setup.module.state_dict(), position)

    def _write(self, name: str, tensors: Mapping[str, Tensor], position: Position) -> None:
        run, setup = self._session.run, self._setup
        path = run.checkpoints / f"{name}{weights.SUFFIX}"
        self._patiently(lambda: weights.write(path, tensors, setup.project, {"data": setup.data.preparation}))
        self._session.emit(Checkpointed(name, str(path.relative_to(run.folder)), position.epoch, position.step))

    def _patiently(self, write: Callable[[], None]) -> None:
        """Write, if need be again until there is room. Raises FileProblem when told to stop before, or for no run."""
        said = False
        while True:
            with suppress(OSError):  # the folder may have been deleted to make room
                self._session.run.checkpoints.mkdir(exist_ok=True)
            try:
                return write()
            except FileProblem as problem:
                if self._session.stopping or not self._session.run.folder.is_dir():
                    raise
                if not said:
                    self._session.log(f"Training waits, its checkpoint cannot be written. {problem}", "warning")
                said = True
                self._rest()
