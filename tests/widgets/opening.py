"""The real window for tests: one of each part, answers laid down beforehand, and no worker started by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from graphs import files, templates
from tests.widgets.answers import Answers, answers
from widgets.app import application
from widgets.parts import Parts
from widgets.theme_style import dress
from widgets.window import MainWindow


@dataclass
class Opened:
    """A window on the screen, its parts, and what it gets for answers."""

    window: MainWindow
    parts: Parts
    answers: type[Answers]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    """The main window on its start page."""
    given = answers()
    parts = Parts.make(given)
    dress(application(), parts.themes.theme)
    window = MainWindow(parts)
    with qtbot.waitActive(window):
        window.show()
    made = Opened(window, parts, given)
    yield made
    given.answers[:] = ["discard", "stop"]
    window.close()
    window.deleteLater()
    vars(made).clear()  # pytest holds on to it for longer than the check for leaks can wait


@pytest.fixture
def project(opened: Opened, tmp_path: Path) -> Opened:
    """The main window with the digits example open from a file."""
    path = tmp_path / "digits.netwright"
    files.save(templates.create("digits_cnn"), path)
    opened.window.open_file(path)
    return opened
