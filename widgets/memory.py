"""What the window remembers by itself: recent projects and the layout of each view."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from builder import folders
from graphs.errors import UserError
from graphs.parameters import Value
from widgets.settings import read_document, set_aside, write_document

FILE_NAME = "window.json"


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project that was open once: its file, its title then, and when (seconds since 1970)."""

    path: Path
    title: str
    opened: float

    @property
    def missing(self) -> bool:
        """Whether the file is gone."""
        return not self.path.is_file()


class WindowMemory:
    """Read at the start, written at each change; a damaged file is set aside, since nothing in it is precious."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or folders.config()) / FILE_NAME
        try:
            self._document = dict(read_document(self._path))
        except UserError:
            set_aside(self._path)
            self._document = {}

    def recent(self) -> list[RecentProject]:
        """Return the projects that were open, newest first; what does not read as one is left out."""
        entries = self._document.get("recent")
        found = []
        for entry in entries if isinstance(entries, list) else []:
            with suppress(KeyError, TypeError, ValueError):
                found.append(RecentProject(Path(entry["path"]), str(entry["title"]), float(entry["opened"])))
        return found

    def add_recent(self, path: Path, title: str, most: int) -> None:
        """Put a project at the head of the recent ones, of which `most` are kept."""
        here = path.absolute()
        others = [recent for recent in self.recent() if recent.path != here]
        self._keep_recent([RecentProject(here, title, time.time()), *others][:most])

    def forget_recent(self, path: Path) -> None:
        """Take a project off the list."""
        self._keep_recent([recent for recent in self.recent() if recent.path != path.absolute()])

    def layout(self, view: str) -> Mapping[str, Value]:
        """Return how the docks of a view lay last, empty where that is not known."""
        layouts = self._document.get("layouts")
        found = layouts.get(view) if isinstance(layouts, dict) else None
        return found if isinstance(found, dict) else {}

    def keep_layout(self, view: str, layout: Mapping[str, Value]) -> None:
        """Remember how the docks of a view lie."""
        layouts = self._document.get("layouts")
        self._document["layouts"] = {**(layouts if isinstance(layouts, dict) else {}), view: dict(layout)}
        self._write()

    def _keep_recent(self, recent: list[RecentProject]) -> None:
        self._document["recent"] = [{"path": str(one.path), "title": one.title, "opened": one.opened} for one in recent]
        self._write()

    def _write(self) -> None:
        with suppress(UserError):  # a settings folder that cannot be written must not stand in the way of work
            write_document(self._path, self._document)
