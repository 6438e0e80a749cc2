"""The main job, start to end, in the real window: open the digits network, change it, train it, take it away.

Acts as a person would, with keys and commands, and writes a picture of each stage where a folder is given.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from builder import generator
from builder.states import State
from graphs import files
from graphs.errors import UserError
from graphs.project import MAIN
from graphs.splices import remove_and_heal
from widgets import app
from widgets.canvas.surface import Surface
from widgets.dialogs.ask import Ask
from widgets.dialogs.question import Question
from widgets.failures import FailureLog
from widgets.panels.training import TrainingPanel
from widgets.panels.training_head import CONFUSION, CURVES
from widgets.parts import Parts

WANTED = 0.98
LONGEST_RUN = 300.0  # seconds
SIZE = (1440, 900)
SETTLED = 700  # ms in which animations come to rest
QUIET_TURNS = 5  # of the event loop without work of the window's own, after which nothing more comes of itself


class DemoFailure(UserError):
    """A stage of the demonstration that did not come out as it should."""


def main(shots: Path | None) -> int:
    """Show the demonstration; with a display the window stays open at the end. Returns the exit status."""
    with (
        tempfile.TemporaryDirectory(prefix="netwright-demo-", ignore_cleanup_errors=True) as folder,
        _apart(folder),
        closing(FailureLog()) as failures,
    ):
        failures.install()
        application = app.application()
        with closing(Demonstration(application, Path(folder), shots)) as demonstration:
            demonstration.run()
            if application.platformName() != "offscreen":
                print("Close the window to end.")
                application.exec()
    return 0


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}: pictures cannot be kept here ({error.strerror}). Choose another folder.") from error


@contextmanager
def _apart(folder: str) -> Iterator[None]:
    """Keep out of the user's own recent files, settings and runs."""
    names = ("NETWRIGHT_DATA", "NETWRIGHT_CONFIG")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, str(Path(folder) / "user")))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class Demonstration:
    """The stages, in order; each leaves the window as the next one finds it."""

    def __init__(self, application: QApplication, folder: Path, shots: Path | None) -> None:
        self.folder = folder
        self.shots = shots
        if shots is not None:
            _make(shots)
        self.file = folder / "digits.netwright"
        self.code = folder / "digits.py"
        self.parts = Parts.make(answering(self.file, self.code))
        self.window = app.open_window(application, self.parts)
        self.window.resize(*SIZE)
        self.number = 0

    def run(self) -> None:
        """Do all stages. Raises DemoFailure for the first that fails."""
        for stage in (self.start, self.open, self.edit, self.mistake, self.data, self.train, self.save, self.export):
            stage()

    def start(self) -> None:
        """The start page, once a worker has told which devices are here."""
        self.wait(lambda: bool(self.parts.session.devices), "no worker named the devices", LONGEST_RUN)
        self.picture("start", "The start page")

    def open(self) -> None:
        """Open the digits network from its template."""
        self.window.files.new("digits_cnn")
        self.picture("network", "The digits network")

    def edit(self) -> None:
        """Type a layer's name on the canvas, take the layer back."""
        document, before = self.parts.document, files.dumps(self.parts.document.project)
        self.select("relu3")
        canvas = self.window.canvas
        canvas.setFocus()
        for key in (Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_O, Qt.Key.Key_P, Qt.Key.Key_O):
            QTest.keyClick(self.focused(), key)
        self.picture("search", "Typing on the canvas searches the layers")
        QTest.keyClick(self.focused(), Qt.Key.Key_Return)
        self.wait(lambda: document.can_undo, "the layer was not added")
        self.picture("added", f"{document.undo_title} with one key")
        self.window.commands.run("edit.undo")
        self.require(files.dumps(document.project) == before, "undo did not bring the network back")

    def mistake(self) -> None:
        """Take a layer away that is needed, see what is wrong, and let the fix mend it."""
        document = self.parts.document
        flatten = document.project.main.find("flatten")
        self.require(flatten is not None, "the network has no layer called flatten")
        assert flatten is not None
        document.perform(remove_and_heal(MAIN, document.project.main, [flatten]))
        self.wait(lambda: bool(document.report().errors), "no problem was found")
        self.window.show_panel("problems")
        self.window.commands.run("network.next_problem")
        self.picture("problem", document.report().errors[0].message)
        self.window.commands.run("network.fix")
        self.wait(lambda: not document.report().errors, "the fix did not mend the problem")
        self.picture("fixed", "One key mends it")
        while document.can_undo:
            self.window.commands.run("edit.undo")

    def data(self) -> None:
        """Look at the digits as the network will get them."""
        self.window.show_view("data")
        self.rest(SETTLED)
        self.wait(lambda: not self.window.workshop.data.working, "the data was not read", LONGEST_RUN)
        self.picture("data", "The data, as the network will get it")
        self.window.show_view("network")

    def train(self) -> None:
        """Train it with live curves, one of its layers chosen."""
        session = self.parts.session
        self.select("image")
        self.window.canvas.reveal(self.parts.selection.current or "")
        self.select("conv2")
        self.window.commands.run("run.train")
        self.wait(lambda: session.shown is not None, "training did not start")
        watch = session.shown
        assert watch is not None
        self.wait(lambda: watch.epoch >= 4 or not watch.active, "training does not move", LONGEST_RUN)
        self.picture("training", "Curves grow while it trains")
        self.wait(lambda: not watch.active, "training takes too long", LONGEST_RUN)
        if watch.state is not State.DONE or watch.finished is None:
            raise DemoFailure(f"The run ended as {watch.state}: {watch.failed.what if watch.failed else ''}")
        accuracy = watch.finished.metrics["validation.accuracy"]
        best = watch.finished.metrics["best_epoch"]
        self.picture("trained", f"Trained: validation accuracy {accuracy:.4f} in epoch {best:.0f} of {watch.epoch}")
        panel = self.window.findChild(TrainingPanel)
        self.require(panel is not None, "there is no training panel")
        assert panel is not None
        panel.show_view(CONFUSION)
        self.picture("confusion", "Which digits it takes for which")
        panel.show_view(CURVES)
        self.require(accuracy >= WANTED, f"the accuracy is {accuracy:.4f}, below {WANTED}")

    def save(self) -> None:
        """Save, and open the file again."""
        document = self.parts.document
        before = files.dumps(document.project)
        self.window.commands.run("file.save")
        self.require(self.file.is_file() and not document.dirty, "the project was not saved")
        self.window.open_file(self.file)
        self.require(files.dumps(document.project) == before, "the file does not hold what was saved")
        self.picture("reopened", "Saved and opened again")

    def export(self) -> None:
        """Take it away as PyTorch source."""
        self.window.show_view("source")
        self.select("conv2")
        self.window.files.export(self.code)
        self.require(self.code.read_text() == generator.source(self.parts.document.project), "the code differs")
        self.picture("source", "The code that ran, exported")
        if self.shots is not None:
            shutil.copyfile(self.file, self.shots / self.file.name)
            shutil.copyfile(self.code, self.shots / self.code.name)

    def focused(self) -> QWidget:
        """The widget that a key would go to."""
        return QApplication.focusWidget() or self.window.canvas

    def select(self, *names: str) -> None:
        """Select layers by name."""
        main = self.parts.document.project.main
        self.parts.selection.select([node for name in names if (node := main.find(name))])

    def picture(self, name: str, words: str) -> None:
        """Say what is done and, where a folder was given, write a picture of the window."""
        self.rest(SETTLED)
        self.settle()
        self.number += 1
        print(f"{self.number:2}. {words}", flush=True)
        if self.shots is not None:
            path = self.shots / f"{self.number:02}-{name}.png"
            if not self.window.grab().save(str(path)):
                raise DemoFailure(f"{path}: the picture could not be written. Choose another folder.")

    def require(self, holds: bool, otherwise: str) -> None:
        """Raise DemoFailure unless something holds."""
        if not holds:
            raise DemoFailure(f"The demonstration failed: {otherwise}.")

    def wait(self, condition: Callable[[], bool], otherwise: str, seconds: float = 20.0) -> None:
        """Let the window go on until a condition holds; raise DemoFailure when it does not in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            self.require(time.monotonic() < deadline, otherwise)
            self.rest(30)

    def settle(self) -> None:
        """Let everything come that is done bit by bit, such as panels made late, however slow the machine is."""
        quiet = 0
        while quiet < QUIET_TURNS:
            self.rest(0)
            due = any(timer.isActive() and not timer.interval() for timer in self.window.findChildren(QTimer))
            drawn = [canvas for canvas in self.window.findChildren(Surface) if canvas.isVisible()]
            quiet = 0 if due or any(canvas.painting_on for canvas in drawn) else quiet + 1

    def rest(self, milliseconds: int) -> None:
        """Let the window go on for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def close(self) -> None:
        """Close the window; a run that is still under way is stopped."""
        session = self.parts.session
        if session.active is not None:
            session.active.worker.terminate(0.0)
        self.parts.document.replace(self.parts.document.project, self.parts.document.path)
        self.window.close()
        session.close()


def answering(project: Path, code: Path) -> type[Ask]:
    """Return a door to everything modal that answers by itself: where to save, and that nothing is kept."""

    class Answers(Ask):
        """What the demonstration answers."""

        @classmethod
        def question(cls, parent: QWidget, question: Question) -> str:
            """Discard what is not saved, stop what runs."""
            return question.answers[-1].id

        @classmethod
        def path_to_save(cls, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
            """Name the file for a project or for its code."""
            return code if suggested.suffix == code.suffix else project

    return Answers
