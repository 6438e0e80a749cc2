"""Session: the runs that the window knows, the one under way, and the devices to choose from. Never imports torch."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from builder import folders, runs, workers
from builder.events import Control, Detach
from builder.jobs import GO_ON, STOP, Job
from builder.runs import Run
from builder.workers import Spare
from graphs import files
from graphs.errors import UserError
from graphs.project import Project
from widgets.watch import Watch

LOOK_EVERY = 100  # ms
WARM_AFTER = 800  # ms after the first window


class Session(QObject):
    """All training that the window starts or joins.

    `changed` carries the Watch of a run that has news, at most ten times a second; `runs_changed` tells that runs
    appeared, ended or went; `devices_found` that `devices` is filled.
    """

    changed = Signal(object)
    runs_changed = Signal()
    devices_found = Signal()

    def __init__(self, root: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root or folders.runs()
        self.device = "auto"
        self.devices: tuple[dict[str, Any], ...] = ()
        self.watches: dict[Path, Watch] = {}
        self.shown: Watch | None = None
        self._probe: Watch | None = None
        self._spare: Spare | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    @property
    def active(self) -> Watch | None:
        """The run under way that was started last, if there is one."""
        return next((watch for watch in reversed(self.watches.values()) if watch.active), None)

    def warm_up(self) -> None:
        """Get a worker ready and find the devices, a moment after the first window is on the screen."""
        QTimer.singleShot(WARM_AFTER, self, self._warm)

    def start(self, project: Project, base: Path | None, title: str = "", *, go_on: bool = False) -> Watch:
        """Train a project as it stands; edits after this go to the next run. Raises UserError when it cannot begin.

        base: the folder of the project's file, for relative paths. go_on: the run outlives the window.
        """
        if self.active is not None:
            raise UserError(f"{self.active.run.title} is training already. Stop it first, or wait for its end.")
        job = Job("train", files.to_json(project), self.device, {}, str(base or Path.home()), GO_ON if go_on else STOP)
        run = Run.create(self.root, job, title)
        return self._follow(run, self._launch(run))

    def resume(self, run: Run) -> Watch:
        """Go on with a run that stopped or failed, from its last checkpoint."""
        if self.active is not None:
            raise UserError(f"{self.active.run.title} is training already. Stop it first, or wait for its end.")
        return self._follow(run, self._launch(run))

    def control(self, control: Control) -> None:
        """Ask the run under way for something."""
        if self.active is not None:
            self.active.worker.control(control)

    def stop(self) -> None:
        """End the run under way with a checkpoint; after a time of grace, by force."""
        if self.active is not None:
            self.active.worker.terminate()
            self._timer.start()

    def detach(self) -> None:
        """Let the run under way go on when this window is gone."""
        self.control(Detach())

    def attach_all(self) -> None:
        """Join the runs that are still under way from an earlier window."""
        for run in runs.list(self.root):
            if run.folder not in self.watches and run.alive and run.job.kind == "train":
                self._follow(run, None)

    def watch(self, run: Run) -> Watch:
        """Return the watch of any run, read up to now."""
        if run.folder not in self.watches:
            self.watches = {run.folder: Watch.of(run), **self.watches}
            self.watches[run.folder].look()
        return self.watches[run.folder]

    def show(self, watch: Watch | None) -> None:
        """Bring a run before the eyes of the training panel."""
        self.shown = watch
        self.changed.emit(watch)

    def all_runs(self) -> tuple[Run, ...]:
        """Return the training runs in the folder, oldest first."""
        return runs.list(self.root)

    def delete(self, run: Run) -> None:
        """Remove a run's folder. Raises UserError while it is under way."""
        run.delete()
        self.watches.pop(run.folder, None)
        if self.shown is not None and self.shown.run.folder == run.folder:
            self.show(None)
        self.runs_changed.emit()

    def close(self) -> None:
        """Let go of processes that wait for nothing any more; a run under way is left to its own."""
        self._timer.stop()
        if self._spare is not None:
            self._spare.close()
            self._spare = None
        if self._probe is not None:
            self._probe.worker.terminate(0.0)
            self._probe.worker.wait(workers.GRACE)

    def _launch(self, run: Run) -> workers.Worker:
        worker = workers.start(run, self._spare)
        self._spare = None
        return worker

    def _follow(self, run: Run, worker: workers.Worker | None) -> Watch:
        watch = Watch.of(run, worker)
        self.watches.pop(run.folder, None)
        self.watches[run.folder] = watch
        self.shown = watch
        watch.look()
        self._timer.start()
        self.runs_changed.emit()
        self.changed.emit(watch)
        return watch

    def _warm(self) -> None:
        job = Job("devices")
        probe = Run.create(folders.data() / "probes", job, "Devices")
        self._probe = Watch.of(probe, workers.start(probe))
        self._timer.start()

    def _look(self) -> None:
        for watch in [watch for watch in self.watches.values() if watch.active]:
            if watch.look():
                self.changed.emit(watch)
            if not watch.active:
                self.runs_changed.emit()
        if self._probe is not None and self._probe.look() and not self._probe.active:
            self._found(self._probe)
        if self._probe is None and self.active is None:
            self._timer.stop()

    def _found(self, probe: Watch) -> None:
        self._probe = None
        results = probe.finished.results if probe.finished else {}
        found = results.get("devices", ())
        self.devices = tuple(json.loads(json.dumps(found))) if isinstance(found, list | tuple) else ()
        probe.worker.wait(workers.GRACE)
        probe.run.delete()
        self.devices_found.emit()
        if self._spare is None and self.active is None:
            self._spare = Spare()
