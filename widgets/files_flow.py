"""Files from the window's side: new, open, save, export, and what to do with work that is not saved yet."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from graphs import files, templates
from graphs.edits import SetNetworkAttributes
from graphs.errors import UserError
from graphs.files import SUFFIX
from graphs.filing.atomic import write_bytes
from graphs.project import MAIN, Project
from widgets.aside import Stopped, aside
from widgets.dialogs.ask import Ask
from widgets.dialogs.question import Answer, Question
from widgets.document import Document
from widgets.memory import WindowMemory
from widgets.settings import Settings

if TYPE_CHECKING:
    from graphs.reporting import Reporter

PROJECTS = f"Netwright projects (*{SUFFIX})"

Exporter = Callable[[], bytes]


class FilesFlow(QObject):
    """Carries a document from file to file. Mistakes come out as UserError; questions go through `ask`.

    shown: a project was opened or made. noted: one sentence about what was done.
    """

    shown = Signal()
    noted = Signal(str)

    def __init__(
        self, window: QWidget, document: Document, settings: Settings, memory: WindowMemory, ask: type[Ask]
    ) -> None:
        super().__init__(window)
        self.window = window
        self._document = document
        self._settings = settings
        self._memory = memory
        self._ask = ask
        self.exporters: dict[str, Exporter] = {}

    def new(self, template: str = "", options: Mapping[str, object] | None = None) -> bool:
        """Show a new project, empty or made from a template; False when what is open was to be kept."""
        if not self.settled():
            return False
        project = templates.create(template, **(options or {})) if template else Project()
        if not template and self._settings["flow"] != project.main.flow:
            SetNetworkAttributes(MAIN, {"flow": self._settings["flow"]}).apply(project)
        self._document.replace(project, dirty=bool(template))
        self.shown.emit()
        return True

    def open(self, path: Path | None = None) -> bool:
        """Show the project in a file, asking for one where none is given; False when nothing was opened."""
        if path is None:
            path = self._ask.path_to_open(self.window, "Open a project", self._folder(), PROJECTS)
        if path is None or not self.settled():
            return False
        read = self.read(path)
        if read is None:
            return False
        project, reporter = read
        self._document.replace(project, path.absolute(), reporter=reporter)
        self._remember()
        self.shown.emit()
        if project.read_only:
            self.noted.emit(f"{path.name} was written by a newer version. It is open for reading.")
        return True

    def open_copy(self, path: Path) -> bool:
        """Show what a file holds as a new project that is in no file yet; False when what is open was to be kept."""
        read = self.read(path) if self.settled() else None
        if read is None:
            return False
        self._document.replace(read[0], dirty=True, reporter=read[1])
        self.shown.emit()
        return True

    def read(self, path: Path) -> "tuple[Project, Reporter] | None":
        """Return the project in a file and its report, while the window waits; None when the wait was given up."""

        def work() -> "tuple[Project, Reporter]":
            from graphs.reporting import Reporter  # brings half of networkx, which the start page does without

            project = files.load(path)
            return project, Reporter(project)

        words = f"Opening {path.name}…"
        with self._document.hold(words):
            try:
                return aside(self.window, words, work, stoppable=True)
            except Stopped:
                return None

    def save(self) -> bool:
        """Write the project to its file, asking for one where it has none; False when that was declined."""
        path = self._document.path
        if path is None or self._document.project.read_only:
            return self.save_as()
        self._write(path)
        return True

    def save_as(self) -> bool:
        """Write the project to a file that is asked for; False when that was declined."""
        path = self._ask.path_to_save(self.window, "Save the project", self._suggested(SUFFIX), PROJECTS)
        if path is None:
            return False
        if self._document.project.read_only:
            self._copy(path)
            return True
        self._write(path.absolute())
        return True

    def export(self, path: Path | None = None) -> Path | None:
        """Write the project in the form that the suffix of the file asks for; None when that was declined."""
        if path is None:
            kinds = ";;".join(f"{_KINDS.get(suffix, suffix[1:])} (*{suffix})" for suffix in self.exporters)
            path = self._ask.path_to_save(self.window, "Export", self._suggested(next(iter(self.exporters))), kinds)
        if path is None:
            return None
        exporter = self.exporters.get(path.suffix.lower())
        if exporter is None:
            raise UserError(f"{path.name}: nothing is written as {path.suffix}. Use {' or '.join(self.exporters)}.")
        try:
            write_bytes(path, exporter())
        except Stopped:
            return None
        self.noted.emit(f"Exported {path.name}")
        return path

    def settled(self) -> bool:
        """Ask what becomes of work that is not saved; True when the document may go."""
        if not self._document.dirty:
            return True
        title = self._document.project.title
        answer = self._ask.question(self.window, unsaved_question(title))
        return self.save() if answer == "save" else answer == "discard"

    def reload(self) -> None:
        """Show what the file holds now, whatever was changed here."""
        path = self._document.path
        assert path is not None
        try:
            read = self.read(path)
        except UserError:
            self._document.lose_file()  # what is on show is in no file any more
            raise
        if read is None:
            return
        self._document.replace(read[0], path, reporter=read[1])
        self.noted.emit(f"{path.name} was changed elsewhere and is read anew")

    def lose(self) -> None:
        """Count the project as unsaved work: its file was taken away."""
        path = self._document.path
        assert path is not None
        self._document.lose_file()
        self.noted.emit(f"{path.name} is gone from its folder. Save writes it anew.")

    def find_again(self, lost: Path) -> bool:
        """Ask where a recent project went, and open it there; False when that is not known."""
        path = self._ask.path_to_open(self.window, f"Find {lost.name}", self._folder(), PROJECTS)
        if path is None or not self.open(path):
            return False
        self._memory.forget_recent(lost)
        return True

    def _write(self, path: Path) -> None:
        words = f"Saving {path.name}…"
        with self._document.hold(words):
            stamp = aside(self.window, words, lambda: files.save(self._document.project, path))
        self._document.keep(path, stamp)
        self._remember()

    def _copy(self, path: Path) -> None:
        """A newer version's file is copied as it is: writing it anew would lose what this version cannot read."""
        source = self._document.path
        assert source is not None
        try:
            shutil.copyfile(source, path)
        except OSError as error:
            raise UserError(f"{path}: not copied ({error.strerror}). Choose another folder.") from None
        self.noted.emit(f"Copied to {path.name}")

    def _remember(self) -> None:
        path = self._document.path
        assert path is not None
        self._memory.add_recent(path, self._document.project.title, self._settings["recent_projects"])

    def _folder(self) -> Path:
        if self._document.path is not None:
            return self._document.path.parent
        recent = self._memory.recent()
        return recent[0].path.parent if recent else Path.home()

    def _suggested(self, suffix: str) -> Path:
        if self._document.path is not None:
            return self._document.path.with_suffix(suffix)
        words = "".join(letter if letter.isalnum() else " " for letter in self._document.project.title).split()
        return self._folder() / ("-".join(words).lower() + suffix)


_KINDS = {".py": "PyTorch source", ".svg": "Drawing", ".png": "Picture"}


def changed_question(title: str) -> Question:
    """Return the question about a file that somebody else changed while there is unsaved work here."""
    return Question(
        f"The file of {title} was changed elsewhere",
        "Your changes are not in it. Reading it anew loses them; keeping them replaces the file at the next save.",
        (Answer("load", "Read it anew"), Answer("keep", "Keep my changes", primary=True)),
        safe="keep",
    )


def unsaved_question(title: str) -> Question:
    """Return the question about work that would be lost."""
    return Question(
        f"Save the changes to {title}?",
        "They are in no file yet.",
        (Answer("discard", "Don't save"), Answer("cancel", "Cancel"), Answer("save", "Save", primary=True)),
        safe="cancel",
    )
