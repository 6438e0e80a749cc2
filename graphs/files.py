"""Open and save projects: checked on the way in, checked on the way out, and never half written."""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphs.errors import FileProblem
from graphs.filing.atomic import Stamp, write_bytes
from graphs.filing.reading import read_project
from graphs.filing.strict_json import LARGEST_FILE, Misfit, decode, parse, problem
from graphs.filing.writing import encode, write_project
from graphs.garbage import uncollected
from graphs.project import Project

SUFFIX = ".netwright"

# What a file that is no project may start with, and where it belongs.
_STRANGERS = {
    b"PK\x03\x04": "a zip archive (PyTorch and Keras models are such); import it instead",
    b"\x89HDF": "an HDF5 file (older Keras models are such); import it instead",
    b"\x80\x02": "a pickle; import it instead",
    b"\x89PNG": "a picture",
    b"\x1f\x8b": "a gzip archive",
}


def load(path: str | Path) -> Project:
    """Return the project in a file. Raises FileProblem that says where in it what is wrong, and what to try."""
    return load_stamped(path)[0]


def load_stamped(path: str | Path) -> tuple[Project, Stamp]:
    """Return the project in a file and the stamp of exactly the bytes that were read."""
    data, found = _read(path)
    return loads(data, str(path)), Stamp(
        found.st_mtime_ns, found.st_size, found.st_ino, hashlib.sha256(data).hexdigest()
    )


def save(project: Project, path: str | Path) -> Stamp:
    """Write `project` to a file, which is whole whatever happens meanwhile, and return its stamp.

    Raises FileProblem, and the old file is as it was.
    """
    if project.read_only:
        what = (
            "not saved: a newer Netwright wrote this project, and saving it here would lose what this one cannot read"
        )
        raise FileProblem(path, f"{what}. Update Netwright to change it.")
    return write_bytes(path, dumps(project, str(path)))


def dumps(project: Project, name: str = "The project") -> bytes:
    """Return the bytes of the project's file, read back and compared. Raises FileProblem when they would not do."""
    try:
        document = write_project(project)
        data = encode(document)
    except Misfit as misfit:
        raise problem(misfit, name) from None
    except RecursionError:
        raise FileProblem(name, "cannot be saved: lists or objects in it are nested too deep.") from None
    if write_project(loads(data, name)) != document:
        raise FileProblem(name, "cannot be saved: what would be written does not read back the same.")
    return data


@uncollected()
def loads(data: bytes, name: str = "The project") -> Project:
    """Return the project that the bytes of a file describe; `name` is what errors call the file."""
    for start, what in _STRANGERS.items():
        if data.startswith(start):
            raise FileProblem(name, f"is no Netwright project but {what}.")
    document = parse(data, name)
    try:
        return read_project(document)
    except Misfit as misfit:
        raise problem(misfit, name, decode(data, name)) from None


def to_json(project: Project) -> dict[str, Any]:
    """Return the project as the JSON object of its file."""
    try:
        return write_project(project)
    except Misfit as misfit:
        raise problem(misfit, project.title) from None


def from_json(document: Mapping[str, Any], name: str = "The project") -> Project:
    """Return the project that a JSON object describes. Raises FileProblem."""
    try:
        return read_project(document)
    except Misfit as misfit:
        raise problem(misfit, name) from None


def _read(path: str | Path) -> tuple[bytes, os.stat_result]:
    """Return the contents of a regular file. A pipe or a device is never waited for."""
    try:
        _require_file(path, os.stat(path))
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            _require_file(path, found)
            return file.read(LARGEST_FILE + 1), found
    except FileNotFoundError:
        raise FileProblem(path, "there is no such file; it may have been moved or renamed.") from None
    except PermissionError:
        raise FileProblem(path, "you are not allowed to read it; ask its owner, or copy it to your folder.") from None
    except OSError as error:
        raise FileProblem(path, f"cannot be read: {error.strerror or error}.") from error
    except ValueError:
        raise FileProblem(ascii(path), "this is no name that a file can have.") from None


def _require_file(path: str | Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise FileProblem(path, f"is a folder; choose a {SUFFIX} file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise FileProblem(path, "is a device or a pipe, not a file.")
    if found.st_size > LARGEST_FILE:
        raise FileProblem(path, f"is {found.st_size:,} bytes long; at most {LARGEST_FILE:,} can be opened.")
