"""Settings that last: declared once with the kinds of parameters, kept in one file in the user's settings folder."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from builder import folders
from graphs.declarations import Declaration
from graphs.errors import FileProblem, UserError
from graphs.filing.atomic import write_bytes
from graphs.parameters import Boolean, Choice, Integer, Value
from widgets.theme import SYSTEM, THEME_NAMES

SETTINGS = Declaration(
    name="Settings",
    summary="What the window does everywhere, in all projects.",
    parameters=(
        Choice(name="theme", options=(SYSTEM, *THEME_NAMES), default=SYSTEM, doc="Colours of the window."),
        Boolean(name="reduce_motion", default=False, doc="Let nothing slide or fade."),
        Choice(
            name="wheel",
            options=("ask", "zoom", "pan"),
            default="ask",
            doc="What the mouse wheel does on the canvas; asked when it is first turned.",
        ),
        Choice(name="flow", options=("down", "right"), default="down", doc="Where new networks grow."),
        Choice(
            name="run_at_close",
            options=("ask", "go_on", "stop"),
            default="ask",
            doc="What happens to a run when the window closes.",
        ),
        Boolean(name="recovery", default=True, doc="Keep each edit aside, so that a crash loses nothing."),
        Integer(name="recent_projects", default=12, low=0, high=50, doc="How many projects the start page remembers."),
    ),
)

FILE_NAME = "settings.json"


class Settings(QObject):
    """The settings in force; each change is written at once.

    changed: the name of a setting with a new value. A file that cannot be read is kept beside as `.bad`, and
    `complaint` says so in one sentence.
    """

    changed = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = (folder or folders.config()) / FILE_NAME
        self.complaint = ""
        self._values = self._read()

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def set(self, name: str, value: Value) -> None:
        """Change one setting. Raises ValueProblem for a value that it does not take, FileProblem if it cannot last."""
        checked = SETTINGS.parameter(name).check(value)
        if checked == self._values[name]:
            return
        self._values[name] = checked
        self.changed.emit(name)
        write_document(self.path, SETTINGS.trim(self._values))

    def reset(self) -> None:
        """Bring all settings back to what they were at first."""
        for parameter in SETTINGS.choices:
            self.set(parameter.name, SETTINGS.default(parameter))

    def _read(self) -> dict[str, Value]:
        try:
            return SETTINGS.complete(read_document(self.path))
        except UserError as error:
            kept = set_aside(self.path)
            self.complaint = f"The settings are the usual ones again; {kept} holds those that cannot be read. {error}"
            return SETTINGS.complete({})


def read_document(path: Path) -> Mapping[str, Value]:
    """Return the JSON object in a small file, empty where there is no file. Raises FileProblem for anything else."""
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise FileProblem(path, f"cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        raise FileProblem(path, f"is no readable JSON: {error}.") from None
    if not isinstance(document, dict):
        raise FileProblem(path, "holds no JSON object.")
    return document


def write_document(path: Path, document: Mapping[str, Value]) -> None:
    """Write a JSON object, whole or not at all. Raises FileProblem."""
    write_bytes(path, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())


def set_aside(path: Path) -> Path:
    """Move a file that cannot be read out of the way and return where it is now."""
    kept = path.with_name(f"{path.name}.bad")
    with suppress(OSError):  # where it cannot be moved, the next write replaces it
        path.replace(kept)
    return kept
