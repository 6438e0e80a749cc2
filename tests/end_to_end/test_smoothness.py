"""The window answers at once while a run goes on, and its process never loads torch, whatever is done in it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from builder.states import State
from tests.end_to_end.hands import Hands

LONGEST_STALL = 0.1  # seconds
EPOCHS = 15
ROOT = Path(__file__).parent.parent.parent


class Heartbeat:
    """Beats every few milliseconds; `worst` is the longest that the event loop kept it waiting, in seconds."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=4)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self._last)
        self._last = now

    def stop(self) -> float:
        """Stop and return the worst."""
        self._timer.stop()
        return self.worst


def _worst_stall(hands: Hands) -> float:
    """Follow a run with all its curves on show for a number of epochs."""
    watch = hands.session.active
    assert watch is not None
    last = watch.epoch + EPOCHS
    heart = Heartbeat()
    hands.wait(lambda: watch.epoch >= last)
    assert watch.state is State.RUNNING
    return heart.stop()


def test_training_never_holds_the_window_up(hands: Hands) -> None:
    hands.press("Train")
    assert hands.training.isVisible()
    hands.wait(lambda: hands.session.active is not None and hands.session.active.epoch >= 1)
    worst = _worst_stall(hands)
    if worst > LONGEST_STALL:  # the machine itself may have been busy: once more
        worst = min(worst, _worst_stall(hands))
    print(f"longest stall of the window while training: {worst * 1000:.1f} ms")
    assert worst <= LONGEST_STALL


WORK = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from widgets.app import application, open_window
from widgets.demo import answering
from widgets.parts import Parts
small, code = map(Path, sys.argv[1:])
window = open_window(application(), Parts.make(answering(small, code)), small)

def until(holds, what):
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, what
        QApplication.processEvents()

until(lambda: window.in_project, "open")
for panel in ("training", "problems", "runs", "log", "source", "library", "outline", "properties"):
    window.show_panel(panel)
    until(lambda: window.regions.page(panel).panel is not None, panel)
for view in ("data", "source", "network"):
    window.show_view(view)
    until(lambda: not window.canvas.painting_on, view)
window.parts.selection.select([window.parts.document.project.main.find("relu3")])
window.canvas.add_layer("ReLU")
window.commands.run("file.export")
assert code.is_file()
window.commands.run("run.train")
watch = window.parts.session.active
until(lambda: watch.epoch >= 2, "train")
window.commands.run("run.stop")
until(lambda: not watch.active, "stop")
window.commands.run("edit.undo")
window.close()
print("torch" in sys.modules)
"""


def test_the_process_of_the_window_never_loads_torch(small: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WORK, str(small), str(tmp_path / "small.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "False"
