"""Finds the devices that can train, in a worker, so that the window need not load torch."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from builder import folders, processes, runs, workers
from builder.events import Finished
from builder.jobs import Job
from builder.runs import Run
from graphs.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class DeviceProbe:
    """A short job of a worker's; nothing of it is left once it is closed. Raises UserError when it cannot begin."""

    def __init__(self) -> None:
        self.devices: Sequence[Mapping[str, object]] = ()
        self.automatic: Mapping[str, object] = {}
        self._root = folders.data() / "probes"
        for left in runs.list(self._root):  # by a window that was killed
            with suppress(UserError):
                left.delete()
        self._run = Run.create(self._root, Job("devices"), "Devices")
        self._worker = workers.start(self._run)

    def look(self) -> bool:
        """Return whether the worker is done; `devices` then has what it found, `automatic` the best."""
        state = self._worker.poll()
        for event in self._worker.events():
            if isinstance(event, Finished):
                results = json.loads(json.dumps(event.results))
                self.devices, self.automatic = results.get("devices", ()), results.get("auto", {})
        return state.final and not self._worker.alive

    def close(self) -> None:
        """End the worker if it is still at it, and remove the folder."""
        process = self._run.process
        if self._worker.alive and process is not None:
            processes.end(process.identity, kill=True)
        with suppress(UserError, TimeoutError, OSError):
            self._worker.wait(workers.GRACE)
            self._run.delete()
            self._root.rmdir()
