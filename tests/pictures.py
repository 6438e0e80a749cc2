"""Writes pictures of the real window for people to look at: `python -m tests.pictures FOLDER`, off screen."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt reads it once

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs import templates
from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from graphs.splices import remove_and_heal
from tests.showpieces import googlenet, node_states, thousands, wires
from tests.widgets.answers import answers
from widgets.app import application
from widgets.parts import Parts
from widgets.theme import THEME_NAMES
from widgets.theme_style import dress
from widgets.window import MainWindow

SIZE, SMALLEST = (1440, 900), (1024, 640)
_REST = 350  # ms in which late panels come and motion ends


class Album:
    """A window, and a folder that takes pictures of it; each subject leaves the window as it likes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.parts = folder, Parts.make(answers())
        app = application()
        dress(app, self.parts.themes.theme)
        self.parts.themes.changed.connect(lambda theme: dress(app, theme))
        self.parts.themes.reduce_motion(True)
        self.window = MainWindow(self.parts)
        self.window.resize(*SIZE)
        self.window.show()

    def open(self, project: Project) -> None:
        """Bring a project on show, in place of the one before."""
        self.parts.document.replace(project)
        self.window.show_project()
        self.rest()

    def take(self, name: str) -> None:
        """Write a picture of the window as it is."""
        self.rest()
        path = self.folder / f"{name}.png"
        if not self.window.grab().save(str(path)):
            raise OSError(f"{path}: the picture could not be written.")
        print(path, flush=True)

    def take_in_every_theme(self, name: str) -> None:
        """Write a picture in each theme, and go back to the first."""
        for theme in (*THEME_NAMES[1:], THEME_NAMES[0]):
            self.parts.themes.choose(theme)
            self.take(f"{name}-{theme.replace('_', '-')}")

    def select(self, *names: str) -> None:
        """Select layers of the network on view by name."""
        selection = self.parts.selection
        network = self.parts.document.project.networks[selection.network]
        selection.select([node for name in names if (node := network.find(name)) is not None])

    def rest(self, milliseconds: int = _REST) -> None:
        """Let the window come to rest."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def close(self) -> None:
        """Close the window without a question."""
        self.parts.document.replace(self.parts.document.project)
        self.window.close()
        self.parts.session.close()


def lenet(album: Album) -> None:
    """LeNet with a layer chosen, in all themes, then in the smallest window."""
    album.open(templates.create("lenet5"))
    chosen = next(n for n in album.parts.document.project.main if album.parts.document.project.main.kind(n) == "Conv2d")
    album.parts.selection.select([chosen])
    album.take_in_every_theme("lenet")
    album.window.resize(*SMALLEST)
    album.take("lenet-smallest")
    album.window.resize(*SIZE)


def residual(album: Album) -> None:
    """A residual network, then the inside of one of its blocks."""
    album.open(templates.create("resnet_small"))
    album.take("residual")
    main = album.parts.document.project.main
    album.window.canvas.dive(next(iter(main.of_kind(BLOCK))))
    album.take("residual-inside-a-block")
    album.window.canvas.leave()
    block = next(iter(main.of_kind(BLOCK)))
    album.parts.selection.select([block])
    album.window.commands.run("network.open_in_place")
    album.window.canvas.focus_node(block)
    album.take_in_every_theme("residual-open-block")


def inceptions(album: Album) -> None:
    """GoogLeNet whole, at 1:1, and one of its blocks."""
    album.open(googlenet())
    album.window.canvas.fit()
    album.take_in_every_theme("googlenet")
    album.window.canvas.set_zoom(1.0)
    album.select("mixed_4a")
    album.take("googlenet-near")
    block = album.parts.document.project.main.find("mixed_4a")
    assert block is not None
    album.window.canvas.dive(block)
    album.take("googlenet-inside-a-block")


def far(album: Album) -> None:
    """Two thousand layers zoomed out."""
    album.open(thousands())
    album.window.canvas.fit()
    album.rest(3 * _REST)
    album.take_in_every_theme("two-thousand")


def mending(album: Album) -> None:
    """An error, its list of problems and its fix."""
    album.open(templates.create("digits_cnn"))
    document = album.parts.document
    flatten = document.project.main.find("flatten")
    assert flatten is not None
    document.perform(remove_and_heal(MAIN, document.project.main, [flatten]))
    album.window.show_panel("problems")
    album.window.canvas.focus_node(document.report().errors[0].node)
    album.take_in_every_theme("error")
    album.window.commands.run("network.fix")
    album.take("error-fixed")


def states(album: Album) -> None:
    """Every state of nodes and every kind of wire, in all themes."""
    for name, project in (("node-states", node_states()), ("wires", wires())):
        album.open(project)
        album.window.canvas.fit()
        album.take_in_every_theme(name)


def searching(album: Album) -> None:
    """The search that typing on the canvas opens."""
    album.open(templates.create("lenet5"))
    album.window.canvas.setFocus()
    for letter in "conv":
        QTest.keyClicks(QApplication.focusWidget() or album.window.canvas, letter)
    album.take("search")


SUBJECTS: tuple[Callable[[Album], None], ...] = (lenet, residual, inceptions, far, mending, states, searching)


def main(folder: Path) -> None:
    """Write all pictures, apart from the user's own recent files and settings."""
    with tempfile.TemporaryDirectory(prefix="netwright-pictures-") as home:
        os.environ.update(NETWRIGHT_DATA=home, NETWRIGHT_CONFIG=home)
        album = Album(folder)
        try:
            for subject in SUBJECTS:
                subject(album)
        finally:
            album.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.pictures FOLDER")
    main(Path(sys.argv[1]))
