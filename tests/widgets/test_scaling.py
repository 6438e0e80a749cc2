"""No text is cut and nothing lies on anything else: at every scale of the screen, in every theme, down to 1024x640."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.widgets.fitting import misfits, settle
from tests.widgets.opening import Opened

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("scale", "looks"),
    [
        ("1", ["dark:1024:640", "light:1440:900"]),
        ("1.5", ["light:1024:640", "high_contrast:1280:720"]),
        ("2", ["high_contrast:1024:640", "dark:1440:900"]),
    ],
)
def test_everything_fits(scale: str, looks: list[str]) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tests.widgets.fit_report", *looks]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["done"], done.stdout


def test_a_text_without_room_and_one_upon_another_are_found(project: Opened) -> None:
    window = project.window
    before = misfits(window)
    text = QPushButton("A long text in a narrow button", window.bar)
    text.setGeometry(window.bar.switch.geometry().adjusted(4, 0, -40, 0))
    text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    text.setFixedWidth(40)
    text.show()
    settle()
    found = [line for line in misfits(window) if line not in before]
    assert any("A long text" in line and "wants" in line for line in found)
