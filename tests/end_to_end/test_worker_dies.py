"""The worker is killed in the middle of a run: the window says so, and Resume goes on from the last checkpoint."""

import os
import signal

from PySide6.QtCore import Qt

from builder.states import State
from tests.end_to_end.hands import CONTROL, SHIFT, Hands


def test_a_killed_worker_is_told_and_its_run_resumed(hands: Hands) -> None:
    hands.press("Train")
    hands.wait(lambda: hands.session.active is not None)
    watch = hands.session.active
    assert watch is not None
    hands.wait(lambda: watch.checkpoint is not None and watch.epoch >= 2)
    process = watch.run.process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    hands.wait(lambda: not watch.active)

    assert watch.state is State.FAILED
    assert hands.window.isVisible()
    panel = hands.training
    hands.wait(panel.failure.isVisible)
    assert "without a word" in panel.failure.what.text()
    assert "memory" in panel.failure.advice.text()
    layers = len(hands.document.project.main)
    hands.canvas.setFocus()
    hands.write("relu")
    hands.enter()
    assert len(hands.document.project.main) == layers + 1  # one can go on working

    lost_at = watch.run.history[-1]["epoch"]
    hands.press(panel.failure.resume.text())
    again = hands.session.active
    assert again is not None
    assert again.run.folder == watch.run.folder
    hands.wait(lambda: again.epoch > lost_at)
    assert not panel.failure.isVisible()
    hands.key(Qt.Key.Key_R, CONTROL | SHIFT)
    hands.wait(lambda: not again.active)
    assert again.state is State.STOPPED
    epochs = [row["epoch"] for row in again.run.history]
    assert epochs == [float(epoch) for epoch in range(1, len(epochs) + 1)]
