"""Every test here is checked for what it leaves behind, and drives the real window with real workers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from tests.end_to_end.hands import Hands
from tests.leaks import no_leaks
from tests.widgets.answers import answers
from tests.widgets.opening import opened, project
from widgets.app import application, open_window
from widgets.parts import Parts

__all__ = ["no_leaks", "opened", "project"]


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
            active = hands.session.active
            hands.answers.answers[:] = ["discard", "stop"]
            hands.window.close()
            if active is not None:
                active.worker.wait(30)
            hands.session.close()
            hands.window.deleteLater()


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[], Hands]]:
    """A function that starts the program's window, as often as it is called."""
    windows = Windows(qtbot, [])
    yield windows.start
    windows.at_end()
