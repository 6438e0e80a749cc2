"""Every test here is checked for what it leaves behind, and drives the real window with real workers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from graphs import files, templates
from tests.end_to_end.hands import Hands
from tests.leaks import no_leaks
from tests.widgets.answers import answers
from tests.widgets.opening import Opened, opened
from widgets.app import application, open_window
from widgets.parts import Parts

__all__ = ["no_leaks", "opened"]


@dataclass(frozen=True)
class Windows:
    """Starts windows as the program does; `at_end` closes those that are left."""

    qtbot: QtBot
    started: list[Hands]

    def start(self) -> Hands:
        """Start the program's window with answers laid down beforehand."""
        given = answers()
        parts = Parts.make(given)
        window = open_window(application(), parts)
        window.resize(1440, 900)
        hands = Hands(self.qtbot, window, given)
        self.qtbot.waitUntil(window.isActiveWindow)
        self.started.append(hands)
        return hands

    def at_end(self) -> None:
        """Close every window and end what still runs, whatever the test left them in."""
        for hands in self.started:
            hands.end_run()
            hands.answers.answers[:] = ["discard"]
            hands.window.close()
            hands.window.deleteLater()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The file of a small network for the digits, which would train for minutes and has epochs of a blink."""
    path = tmp_path / "small.netwright"
    drawn = templates.create("digits_cnn", width=2)
    drawn.training["epochs"] = 2000
    files.save(drawn, path)
    return path


@pytest.fixture
def hands(opened: Opened, small: Path, qtbot: QtBot) -> Iterator[Hands]:
    """Hands on a window that shows `small` and gets no worker ready by itself."""
    opened.window.resize(1440, 900)
    opened.window.open_file(small)
    made = Hands(qtbot, opened.window, opened.answers)
    yield made
    made.end_run()


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[], Hands]]:
    """A function that starts the program's window, as often as it is called."""
    windows = Windows(qtbot, [])
    yield windows.start
    windows.at_end()
