"""Session: the runs that the window knows, the one under way, and the devices to choose from. Never imports torch."""

import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from builder import folders, runs, workers
from builder.events import Control, Detach, Probe
from builder.jobs import GO_ON, STOP, Job
from builder.runs import Run
from builder.states import State
from builder.workers import Spare
from graphs import files
from graphs.errors import UserError
from graphs.project import Project
from widgets.run_list import RunList
from widgets.run_words import progress_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from widgets.watch import Watch

LOOK_EVERY = 100  # ms
WARM_AFTER = 800  # ms after the first window
PROBE_FOR = 8.0  # seconds for which a run tells what flows along its wires, once asked


class Session(QObject):
    """All training that the window starts or joins.

    `changed` carries the Watch of a run that has news, or None when none is shown any more, at most ten times a second;
    `runs_changed` tells that runs appeared, ended or went; `devices_found` that `devices` is filled.
    """

    changed = Signal(object)
    runs_changed = Signal()
    devices_found = Signal()
    device_changed = Signal()
    overlaid_changed = Signal()
    _caught_up = Signal(object)

    def __init__(self, root: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root or folders.runs()
        self.devices: Sequence[Mapping[str, object]] = ()
        self.automatic: Mapping[str, object] = {}  # `device` and `why`, as `auto` would choose
        self.watches: dict[Path, Watch] = {}
        self.shown: Watch | None = None
        self.overlaid: tuple[Path, ...] = ()
        self.runs = RunList(self.root, self)
        self.runs_changed.connect(self.runs.refresh)
        self._device = "auto"
        self._spare: Spare | None = None
        self._teller: Spare | None = None  # the worker that has yet to tell which devices there are
        self._warm = False
        self._look_again = 0.0
        self._readers: list[threading.Thread] = []
        self._caught_up.connect(self._follow_on)
        self._warming = QTimer(self, singleShot=True, interval=WARM_AFTER)
        self._warming.timeout.connect(self._get_ready)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def active(self) -> "Watch | None":
        """The run under way that was started last, if there is one."""
        return next((watch for watch in reversed(self.watches.values()) if watch.active), None)

    @property
    def device(self) -> str:
        """What the next run trains on: `auto` or the id of a device."""
        return self._device

    @device.setter
    def device(self, device: str) -> None:
        if device != self._device:
            self._device = device
            self.device_changed.emit()

    @property
    def device_memory(self) -> int | None:
        """Bytes of the device that the next run trains on, None while that is not known."""
        chosen = self.automatic.get("device") if self._device == "auto" else self._device
        found = next((device.get("memory") for device in self.devices if device["id"] == chosen), None)
        return found if isinstance(found, int) else None

    @property
    def strip_text(self) -> str:
        """The run under way in one line, empty without one."""
        return progress_line(self.active) if self.active is not None else ""

    def warm_up(self) -> None:
        """Get a worker ready and find the devices, a moment after the first window is on the screen."""
        self._warming.start()

    def start(self, project: Project, base: Path | None, title: str = "", *, go_on: bool = False) -> "Watch":
        """Train a project as it stands; edits after this go to the next run. Raises UserError when it cannot begin.

        base: the folder of the project's file, for relative paths. go_on: the run outlives the window.
        """
        self._refuse_second()
        when_left = GO_ON if go_on else STOP
        job = Job("train", files.to_json(project), self.device, {}, str(base or Path.home()), when_left)
        run = Run.create(self.root, job, title)
        watch = self._follow(run, self._launch(run))
        watch.catch_up()
        return watch

    def resume(self, run: Run) -> "Watch":
        """Go on with a run that stopped or failed, from its last checkpoint. Raises UserError when it cannot."""
        self._refuse_second()
        watch = self._follow(run, self._launch(run))
        self._read_apart(watch)
        return watch

    def control(self, control: Control) -> None:
        """Ask the run under way for something. Raises UserError when it cannot be reached."""
        if self.active is not None:
            self.active.worker.control(control)

    def look_at_wires(self) -> None:
        """Let the run under way tell for some seconds what flows along its wires; may be called at any rate."""
        now = time.monotonic()
        if self.active is not None and self.active.state is State.RUNNING and now >= self._look_again:
            self._look_again = now + PROBE_FOR / 4
            with suppress(UserError):  # a run that cannot be reached shows no figures, and says so elsewhere
                self.control(Probe(PROBE_FOR))

    def stop(self) -> None:
        """End the run under way with a checkpoint; after a time of grace, by force."""
        if self.active is not None:
            self.active.worker.terminate()

    def detach(self) -> None:
        """Let the run under way go on when this window is gone."""
        self.control(Detach())

    def attach_all(self) -> None:
        """Join the runs that are still under way from an earlier window."""
        for run in runs.list(self.root):
            if run.folder not in self.watches and not run.status.known_state.final and run.alive:
                self._read_apart(self._follow(run, None))

    def watch(self, run: Run) -> "Watch":
        """Return the watch of any run; it is `ready`, and `changed` told, once its past is read."""
        if run.folder not in self.watches:
            watch = _watch(run)
            watch.state = run.state
            self.watches = {run.folder: watch, **self.watches}  # before the one under way, which stays the last
            self._read_apart(watch)
        return self.watches[run.folder]

    def show(self, watch: "Watch | None") -> None:
        """Bring a run before the eyes of the training panel."""
        self.shown = watch
        self.changed.emit(watch)

    def overlay(self, folder: Path, wanted: bool) -> None:
        """Draw a run's curves beside those of the shown one, or no longer."""
        rest = tuple(other for other in self.overlaid if other != folder)
        self.overlaid = (*rest, folder) if wanted else rest
        self.overlaid_changed.emit()

    def rename(self, run: Run, title: str) -> None:
        """Give a run another name. Raises UserError for an empty one."""
        run.rename(title)
        if run.folder in self.watches:
            self.watches[run.folder].title = run.title
            self.changed.emit(self.watches[run.folder])
        self.runs_changed.emit()

    def delete(self, run: Run) -> None:
        """Remove a run's folder. Raises UserError while it is under way."""
        run.delete()
        self.watches.pop(run.folder, None)
        if run.folder in self.overlaid:
            self.overlay(run.folder, False)
        if self.shown is not None and self.shown.run.folder == run.folder:
            self.show(None)
        self.runs_changed.emit()

    def close(self) -> None:
        """Let go of threads, and of processes that wait for nothing any more; a run under way is left to its own."""
        self._warming.stop()  # a window that is closed at once must start no worker any more
        self._timer.stop()
        self._warm = False
        if self._spare is not None:
            self._spare.child.kill()  # it holds nothing yet, and would first finish loading torch
            self._spare.close()
            self._spare = None
        self._teller = None
        self.runs.close()
        for reader in self._readers:
            reader.join()
        self._readers.clear()

    def _refuse_second(self) -> None:
        if self.active is not None:
            raise UserError(f"{self.active.title} is training already. Stop it first, or wait for its end.")

    def _launch(self, run: Run) -> workers.Worker:
        spare, self._spare = self._spare, None
        return workers.start(run, spare)

    def _follow(self, run: Run, worker: workers.Worker | None) -> "Watch":
        watch = _watch(run, worker)
        self.watches.pop(run.folder, None)
        self.watches[run.folder] = watch
        self._timer.start()
        self.runs_changed.emit()
        self.show(watch)
        return watch

    def _read_apart(self, watch: "Watch") -> None:
        """Read a run's past in a thread; the window looks at the watch again when that is done."""

        def read() -> None:
            watch.catch_up()
            self._caught_up.emit(watch)

        reader = threading.Thread(target=read, name=f"read {watch.run.folder.name}", daemon=True)
        self._readers = [held for held in self._readers if held.is_alive()] + [reader]
        reader.start()

    def _follow_on(self, watch: "Watch") -> None:
        self.changed.emit(watch)
        if not watch.active:
            self.runs_changed.emit()

    def _get_ready(self) -> None:
        """Make the first spare worker, which also tells which devices there are."""
        self._warm = True
        self._make_spare()
        self._teller = self._spare
        self._timer.start()

    def _look(self) -> None:
        for watch in [watch for watch in self.watches.values() if watch.active and watch.ready]:
            if watch.look():
                self.changed.emit(watch)
            if not watch.active:
                self.runs_changed.emit()
                self._prepare_spare()
        told = self._teller.told() if self._teller is not None else None
        if told is not None:
            self._teller = None
            self.devices, self.automatic = told.get("devices", ()), told.get("auto", {})
            self.devices_found.emit()
        if self._teller is None and self.active is None:
            self._timer.stop()

    def _prepare_spare(self) -> None:
        if self._warm and self.active is None:
            self._make_spare()

    def _make_spare(self) -> None:
        if self._spare is None:
            with suppress(UserError):  # no room for another process: a run will say so, if there is none by then
                self._spare = Spare()


def _watch(run: Run, worker: workers.Worker | None = None) -> "Watch":
    from widgets.watch import Watch  # not before there is a run to follow: it needs numpy for its curves

    return Watch.of(run, worker)
