"""The program in a process of its own, worked on by keys until somebody kills it.

Its arguments are FILE EDITED [RUN]. Opens FILE, adds layers, takes one back, renames one, and writes to EDITED what the
window then shows. With RUN, which is `go_on` or `stop`, it trains that with the setting of the same name. Then it says
`ready` and waits for its end.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs import files
from widgets.app import application
from widgets.parts import Parts
from widgets.theme_style import dress
from widgets.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
LONGEST_START = 60_000  # ms
NONE = Qt.KeyboardModifier.NoModifier


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key where the keyboard is, and let the window answer."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def edit(window: MainWindow) -> None:
    """Type two layers behind the last activation, take one back, rename the other."""
    node = window.parts.document.project.main.find("relu3")
    assert node is not None
    window.canvas.setFocus()
    window.parts.selection.select([node])
    for word in ("dropout", "relu"):
        for letter in word:
            press(letter)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Z, CONTROL)
    window.parts.selection.select([node])
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_A, CONTROL)
    for letter in "last_relu":
        press(letter)
    press(Qt.Key.Key_Return)


def train(window: MainWindow, when_left: str) -> None:
    """Begin a run and wait for its first checkpoint, not for ever."""
    window.parts.settings.set("run_at_close", when_left)
    loop = QEventLoop()
    window.workshop.starting.begun.connect(loop.quit)
    QTimer.singleShot(LONGEST_START, loop.quit)
    window.commands.run("run.train")
    if window.parts.session.active is None:  # it begins once the data was looked at
        loop.exec()
    watch = window.parts.session.active
    assert watch is not None
    window.parts.session.changed.connect(lambda _watch: loop.quit() if watch.checkpoint or not watch.active else None)
    QTimer.singleShot(LONGEST_START, loop.quit)
    loop.exec()
    assert watch.checkpoint is not None, watch.failed


def main(file: Path, edited: Path, when_left: str = "") -> None:
    """Work on a project, then wait."""
    app = application()
    parts = Parts.make()
    dress(app, parts.themes.theme)
    window = MainWindow(parts)  # as the program does, without the worker that it gets ready beforehand
    window.open_file(file)
    window.show()
    QApplication.processEvents()
    edit(window)
    files.save(window.parts.document.project, edited)
    if when_left:
        train(window, when_left)
    QTimer.singleShot(0, lambda: print("ready", flush=True))
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
