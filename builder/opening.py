"""Opening a file for a command; what its user should know beside the result goes to standard error."""

import sys
from pathlib import Path

from graphs import files
from graphs.project import Project


def opened(path: Path) -> Project:
    """Return a file's project, saying so where a newer version wrote it. Raises UserError where it cannot be read."""
    project = files.load(path)
    if project.read_only:
        note(f"{path} was written by a newer version, which may mean more by it than is known here.")
    return project


def note(text: str) -> None:
    """Tell something that a person should know and that stops nothing."""
    print(f"note: {text}", file=sys.stderr)
